"""``affidavit check --site`` as a whole: links inside and links to the web in one report."""

import json

import pytest


@pytest.fixture
def built(server, answer, tmp_path, monkeypatch):
    """Write a site of two pages below the current folder, with links to a server."""
    monkeypatch.chdir(tmp_path)
    server.answers["/gone"] = answer(b"gone", 404)
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "index.html").write_text(
        f'<title>Home</title>\n<a href="other.html#part">one</a>\n<a href="none.html">two</a>\n'
        f'<a href="{server.url}/gone">three</a>\n<a href="https://docs.example/other.html">four</a>\n'
    )
    (folder / "other.html").write_text('<title>Other</title><h1 id="part">Part</h1>\n')
    return folder


def test_links_inside_and_to_the_web_are_told_alike(run, built, server):
    arguments = ["--site", built.name, "--allow-private", "--quiet", "--exclude", "https://docs"]
    status, out, _ = run("check", *arguments)
    assert status == 1
    assert "    html/index.html:3\n" in out
    assert f"The link {server.url}/gone answers 404: the server knows no such page.\n    html/index.html:4\n" in out


def test_each_link_is_a_claim_with_every_place_in_json(run, built):
    (built / "more").mkdir()
    (built / "more" / "index.html").write_text(
        '\n<a href="../other.html"></a>\n<a href="../../up/a"></a><a href="../other.html"></a><a href="../../up/a"></a>'
    )
    (built / "index.html").write_text('<a href="more/"></a>\n<a href="../up/a"></a><a href="other.html"></a>')
    _, out, _ = run("check", "--site", "html", "--offline", "--format", "json", "--base-url", "https://x.example/d/")
    told = json.loads(out)
    assert {
        (each["target"], each["verdict"], each.get("resolved"), *((p["file"], p["line"]) for p in each["places"]))
        for each in told["claims"]
    } == {
        ("more/", "holds", "more/index.html", ("index.html", 1)),
        ("../up/a", "unable", None, ("index.html", 2)),
        ("other.html", "holds", "other.html", ("index.html", 2)),
        ("../other.html", "holds", "other.html", ("more/index.html", 2), ("more/index.html", 3)),
        ("../../up/a", "unable", None, ("more/index.html", 3), ("more/index.html", 3)),
    }
    _, text, _ = run("check", "--site", "html", "--offline", "--base-url", "https://x.example/d/")
    assert f"{told['summary']['claims']} claims" in text


def test_links_to_where_it_is_published_are_links_inside(run, built, server):
    arguments = ["--site", "html", "--offline", "--format", "json", "--base-url", "https://docs.example/"]
    (built / "index.html").write_text('<a href="https://docs.example/none.html">gone</a>')
    status, out, _ = run("check", *arguments)
    assert (status, server.asked) == (1, [])
    assert [claim["verdict"] for claim in json.loads(out)["claims"]] == ["broken"]
