"""The same sources give the same bytes: serial, parallel and incremental."""

import hashlib
import json

import pytest


def digest(folder):
    return {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def search_index(folder):
    """Return what the search looks in, without what Sphinx itself does otherwise in an incremental build.

    It orders the index entries by when their pages were read, and keeps words that no page has any more.
    """
    script = (folder / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))
    del index["indexentries"]
    index["terms"] = {word: pages for word, pages in index["terms"].items() if pages != []}
    return index


@pytest.fixture
def big(site, pages):
    """Return a project of enough pages for Sphinx to read and write it in parallel."""
    names = [f"page{n}" for n in range(12)]
    listed = "\n".join(f"   {name}" for name in names)
    site.write("index.rst", f"Home\n====\n\n.. toctree::\n\n{listed}\n")
    for n, name in enumerate(names):
        suffix = "rst" if n % 2 else "md"
        text = pages[suffix].replace("some-server", f"server-{n}").replace("big-upload", f"upload-{n}")
        site.write(f"{name}.{suffix}", text.replace("some server", f"server {n}"))
    return site


def test_parallel_builds_keep_everything_and_give_the_same_bytes(big):
    serial = big.run("-n", "-W", to="serial")
    parallel = big.run("-n", "-W", "-j", "4", to="parallel")
    assert serial.warnings == parallel.warnings == []
    assert len([claim for claim in parallel.claims["claims"] if claim["kind"] == "method"]) == 12
    assert digest(parallel.out) == digest(serial.out)


def test_an_incremental_build_gives_the_same_bytes(big):
    text = (big.src / "page3.rst").read_text(encoding="utf-8")
    big.write(
        "page3.rst", text.replace("Because of the new thing.", "Because of something else.").replace("3.0..", "3.0")
    )
    big.run(to="incremental")
    big.write("page3.rst", text)
    incremental = big.run("-j", "4", to="incremental")
    clean = big.run(to="clean")
    changed = {name for name, known in digest(clean.out).items() if digest(incremental.out).get(name) != known}
    assert changed <= {"searchindex.js"}
    assert search_index(clean.out) == search_index(incremental.out)
    assert digest(clean.out).keys() == digest(incremental.out).keys()


def test_findings_of_parallel_builds_are_told_once_and_fail(big):
    big.write("page5.rst", "Page\n====\n\n.. deployment-method:: lonely\n   :title: Lonely\n")
    built = big.run("-j", "4", "-W", "--keep-going", to="parallel")
    assert built.codes == ["card-empty"]


def test_a_second_build_sees_no_setting_that_has_changed(site):
    site.write("conf.py", "extensions = ['affidavit']\n")  # others do what this one must not
    site.write("index.rst", "Home\n====\n")
    site.run(to="twice")
    assert "configuration has changed" not in site.run(to="twice").log
