"""`affidavit fix`, on small projects and against real servers."""

from __future__ import annotations

import os
import ssl
import threading
from argparse import Namespace
from ipaddress import ip_network

import pytest
import trustme
from tests.cli.conftest import Server

from affidavit.cli.fix import Found, about_all_links, find
from affidavit.cli.progress import Asked
from affidavit.gathered import Gathered
from affidavit.links.probe import CurlProbe
from affidavit.model.claims import Corpus, Link, Page
from affidavit.model.place import Place
from affidavit.model.settings import Allowed, LinkChoice, Settings

HTML = b"<!DOCTYPE html><title>A page</title><h1 id=part>A page</h1>"


@pytest.fixture
def moving(server, answer):
    """Return a server on which some pages moved, each in a way of its own."""
    here = answer(HTML, Content_Type="text/html")
    server.answers |= {
        "/new": here,
        "/here": here,
        "/old/more": here,
        "/login": here,
        "/gone": answer(status=404),
        "/old": answer(status=301, Location="/new"),
        "/older": answer(status=308, Location="/old"),
        "/now": answer(status=302, Location="/new"),
        "/dead": answer(status=301, Location="/gone"),
        "/deep/page": answer(status=301, Location="/login"),
    }
    return server


@pytest.fixture
def project(tmp_path, moving):
    """Write a project, with {} for the server, and return its folder."""

    def make(**files):
        folder = tmp_path / "doc"
        folder.mkdir()
        (folder / "conf.py").write_text("extensions = ['myst_parser']\n")
        for name, text in files.items():
            path = folder / name.replace("_", ".")
            path.write_bytes(text.replace("{}", moving.url).encode())
        return folder

    return make


@pytest.fixture
def fix(run):
    def call(folder, *options):
        return run("fix", folder, "--allow-private", "--quiet", *options)

    return call


def names(folder):
    return sorted(path.name for path in folder.iterdir())


RST = """\
Page
====

`One <{}/old>`_, `two <{}/old#part>`__ and three_; ``{}/old``, {}/old/more and {}/here.

.. _three: {}/old

.. code-block:: console

   $ curl {}/old
"""
FIXED = """\
Page
====

`One <{}/new>`_, `two <{}/new#part>`__ and three_; ``{}/old``, {}/old/more and {}/here.

.. _three: {}/new

.. code-block:: console

   $ curl {}/old
"""
MYST = "# Page\n\n[one]({}/old), <{}/old#part>, `{}/old`, [two]({}/here)\r\n"
FIXED_MYST = "# Page\n\n[one]({}/new), <{}/new#part>, `{}/old`, [two]({}/here)\r\n"


def test_new_addresses_are_written_and_nothing_else(project, fix, moving):
    folder = project(index_rst=f":orphan:\n\n{RST}", other_md=f"---\norphan: true\n---\n{MYST}")
    status, out, err = fix(folder, "--yes")
    assert (status, err) == (0, "")
    assert (folder / "index.rst").read_bytes().decode() == f":orphan:\n\n{FIXED}".replace("{}", moving.url)
    assert (folder / "other.md").read_bytes().decode() == f"---\norphan: true\n---\n{FIXED_MYST}".replace(
        "{}", moving.url
    )
    assert f"-.. _three: {moving.url}/old\n+.. _three: {moving.url}/new" in out
    assert out.endswith("Changed 5 URLs in 2 files.\n")


def test_a_second_run_has_nothing_to_do(project, fix):
    folder = project(index_rst=RST)
    fix(folder, "--yes")
    before = (folder / "index.rst").read_bytes()
    assert fix(folder, "--yes")[:2] == (0, "There is nothing to fix.\n")
    assert (folder / "index.rst").read_bytes() == before


LEFT_ALONE = ["/here", "/now", "/dead", "/deep/page", "/gone", "/old/more"]


def test_what_did_not_move_for_good_to_a_page_that_holds_is_left_alone(project, fix):
    folder = project(index_rst="Page\n====\n\n" + "".join(f"* `x <{{}}{path}>`__\n" for path in LEFT_ALONE))
    assert fix(folder, "--yes")[:2] == (0, "There is nothing to fix.\n")


def test_a_page_that_moved_twice_gets_its_last_address(project, fix, moving):
    folder = project(index_rst="Page\n====\n\n`x <{}/older>`__\n")
    fix(folder, "--yes")
    assert f"<{moving.url}/new>" in (folder / "index.rst").read_text()


@pytest.mark.parametrize("options", [["--diff"], []])
def test_without_a_terminal_and_without_yes_it_only_shows(project, fix, options):
    folder = project(index_rst=RST)
    before = (folder / "index.rst").read_bytes()
    status, out, err = fix(folder, *options)
    assert status == 1
    assert "+.. _three: " in out
    assert err == (
        "affidavit: 3 URLs in 1 file can be changed; nothing is. Run the command with `--yes` to change them.\n"
    )
    assert (folder / "index.rst").read_bytes() == before
    assert names(folder) == ["conf.py", "index.rst"]


@pytest.mark.parametrize(("said", "status", "changed"), [("y\n", 0, True), ("n\n", 1, False), ("\n", 1, False)])
def test_whoever_sits_before_a_terminal_is_asked(project, start, said, status, changed):
    folder = project(index_rst=RST)
    ours, theirs = os.openpty()
    process = start("fix", folder, "--allow-private", stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(ours, 4096)
    os.write(ours, said.encode())
    assert process.wait() == status
    os.close(ours)
    assert b"Change 3 URLs in 1 file?" in shown
    assert ("/new" in (folder / "index.rst").read_text()) is changed


def test_a_link_that_comes_from_elsewhere_is_told(project, fix, moving):
    folder = project(index_rst="Page\n====\n\n|x|_ and `y <{}/old>`__\n\n.. |x| replace:: text\n")
    with (folder / "conf.py").open("a") as conf:
        conf.write(f"rst_epilog = '.. _x: {moving.url}/old#part'\n")
    status, out, err = fix(folder, "--yes")
    assert status == 0
    assert out.endswith("Changed 1 URL in 1 file.\n")
    assert f"{moving.url}/old#part is left as it is there; write {moving.url}/new#part" in err


LEFT = {
    "a table": "==== ====\none  `x <{}/old>`__\n==== ====\n",
    "a role": ":old:`d`",
    "an epilog": "z_",
}


@pytest.mark.parametrize("left", LEFT.values(), ids=LEFT)
def test_links_that_are_left_are_told_beside_those_that_are_not(project, fix, moving, left):
    folder = project(index_rst="Page\n====\n\n`y <{}/old>`__\n\n" + left)
    with (folder / "conf.py").open("a") as conf:
        conf.write("extensions.append('sphinx.ext.extlinks')\n")
        conf.write(f"extlinks = {{'old': ('{moving.url}/ol%s', None)}}\nrst_epilog = '.. _z: {moving.url}/old'\n")
    status, out, err = fix(folder, "--yes")
    assert (status, err.count("is left as it is there")) == (0, 1)
    assert out.endswith("Changed 1 URL in 1 file.\n")
    told = f"{moving.url}/old is left as it is there; write {moving.url}/new where it comes from."
    assert told in err
    status, out, err = fix(folder, "--yes")
    assert (status, out) == (0, "There is nothing else to fix.\n")
    assert told in err


def test_text_in_markdown_is_no_link(project, fix, moving):
    text = "# Page\n\n[one]({}/old) is {}/old\n"
    folder = project(index_md=text)
    assert fix(folder, "--yes")[1].endswith("Changed 1 URL in 1 file.\n")
    assert (folder / "index.md").read_text() == text.replace("({}/old", "({}/new").replace("{}", moving.url)


def test_links_of_glossaries_count(project, fix, moving):
    folder = project(index_rst="Page\n====\n\n.. glossary::\n\n   page\n     `x <{}/old>`__\n")
    fix(folder, "--yes")
    assert f"<{moving.url}/new>" in (folder / "index.rst").read_text()


def test_without_a_network_nothing_is_changed(project, fix, server):
    server.answers.clear()
    folder = project(index_rst="Page\n====\n\n`x <http://127.0.0.1:1/old>`__\n")
    status, out, err = fix(folder)
    assert (status, out) == (0, "There is nothing to fix.\n")
    assert "1 URL could not be asked about" in err


WRONG = [
    (["--yes", "--diff"], "not allowed with"),
    (["--jobs", "0"], "is not a whole number from 1 on"),
    (["--jobs", "x"], "is not a whole number from 1 on"),
]


@pytest.mark.parametrize(("options", "told"), WRONG)
def test_wrong_usage(fix, tmp_path, options, told):
    status, _, err = fix(tmp_path, *options)
    assert status == 2
    assert told in err


def test_a_folder_without_conf(fix, tmp_path):
    status, _, err = fix(tmp_path)
    assert status == 2
    assert "conf.py" in err


def test_a_file_that_cannot_be_written(project, fix, monkeypatch):
    folder = project(index_rst=RST)
    before = (folder / "index.rst").read_bytes()

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    status, _, err = fix(folder, "--yes")
    assert status == 1
    assert "index.rst cannot be written (No space left on device). It is as it was." in err
    assert (folder / "index.rst").read_bytes() == before
    assert names(folder) == ["conf.py", "index.rst"]


PLACE = Place("index.rst", 1, "index")


def page(title):
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body><p>Words of a page.".encode()


PLAIN = {
    "/both": (200, page("A page")),
    "/plain": (200, page("A page")),
    "/other": (200, page("A page")),
    "/back": (200, page("A page")),
    "/moved": (301, "/both"),
    "/to-https": (301, "https://a.example/both"),
}
SECURE = {
    "/both": (200, page("A page")),
    "/other": (200, page("Welcome to this server")),
    "/back": (302, "http://a.example/back"),
    "/down": (301, "http://a.example/plain"),
}


@pytest.fixture
def ask_both(server, answer, tmp_path):
    """Ask one host that answers with http and with https."""

    def answers(kinds):
        return {
            path: answer(what, Content_Type="text/html") if status == 200 else answer(status=status, Location=what)
            for path, (status, what) in kinds.items()
        }

    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("a.example").configure_cert(context)
    secure = Server()
    secure.socket = context.wrap_socket(secure.socket, server_side=True)
    server.answers |= answers(PLAIN)
    secure.answers |= answers(SECURE) | {"/plain": answer(status=404)}
    thread = threading.Thread(target=secure.serve_forever, args=[0.02])
    thread.start()
    probe = CurlProbe(
        user_agent="Affidavit/test",
        ca_file=tmp_path / "ca.pem",
        resolve={
            "a.example:80": f"127.0.0.1:{server.server_port}",
            "a.example:443": f"127.0.0.1:{secure.server_port}",
        },
        allowed=Allowed(networks=(ip_network("127.0.0.0/8"),)),
    )
    yield lambda questions: Asked(probe.observe(questions))
    secure.shutdown()
    thread.join()
    secure.server_close()


ENCRYPTED = {
    "http://a.example/both": "https://a.example/both",
    "http://a.example/plain": "",
    "http://a.example/other": "",
    "http://a.example/back": "",
    "http://a.example/moved": "https://a.example/both",
    "http://a.example/to-https": "https://a.example/both",
    "https://a.example/down": "",
    "https://a.example/both": "",
}


def test_https_is_written_where_it_answers_as_http_does(ask_both):
    links = tuple(Link(url, PLACE) for url in ENCRYPTED)
    gathered = Gathered(Corpus((Page(links=links),)), Settings(links=LinkChoice(("",))))
    assert find(gathered, ask_both) == Found({old: new for old, new in ENCRYPTED.items() if new}, 0)


def test_half_an_answer_is_no_basis_for_a_change():
    gathered = Gathered(Corpus((Page(links=(Link("http://a.example/", PLACE),)),)), Settings(links=LinkChoice(("",))))
    with pytest.raises(KeyboardInterrupt):
        find(gathered, lambda _: Asked({}, interrupted=True))


def test_all_links_are_asked_but_those_that_the_settings_leave_out():
    settings = Settings(links=LinkChoice(("https://some",), ("https://not",)))
    changed = about_all_links(Gathered(Corpus(), settings), Namespace(allow_private=True, cache=False)).settings
    assert (changed.links, changed.allowed.everything, changed.cache) == (
        LinkChoice(("",), ("https://not",)),
        True,
        None,
    )
