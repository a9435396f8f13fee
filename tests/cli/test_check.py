"""``affidavit check --urls`` as a whole: what is asked, what is reported, how it ends."""

import io
import json
import os
import socket
from pathlib import Path

import pytest

from affidavit.cli import main
from affidavit.cli.check_options import FORMATS, FailOn
from affidavit.cli.check_report import status_of
from affidavit.cli.colour import show
from affidavit.links.names import WELL_KNOWN
from affidavit.model.claims import Link
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Judged, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Unable

PAGE = b"<!DOCTYPE html><title>A page</title><h1 id=there>A page</h1><p>With some words that people can read.</p>"


@pytest.fixture
def listed(server, answer, tmp_path, monkeypatch):
    """Return a file that lists these paths of a server, in the current folder, and the check of it."""
    monkeypatch.chdir(tmp_path)
    html = {"Content_Type": "text/html"}
    server.answers["/"] = answer(PAGE, **html)
    server.answers["/gone"] = answer(b"gone", 404)
    server.answers["/busy"] = answer(b"busy", 501)

    def make(*paths):
        lines = [path if "://" in path else f"{server.url}{path}" for path in paths]
        Path("urls.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return ["check", "--urls", "urls.txt", "--allow-private", "--quiet"]

    return make


def test_what_holds_is_counted_and_what_is_false_is_told_at_all_its_places(run, listed, server):
    status, out, err = run(*listed("/", "/gone", "/#there", "/gone"))
    assert (status, err) == (1, "")
    assert out.startswith(
        f"error [link-broken]\n  The link {server.url}/gone answers 404: the server knows no such page.\n"
        "    urls.txt:2\n    urls.txt:4\n  -> "
    )
    assert out.endswith("\n3 claims: 1 broken, 2 hold; 2 errors.\n")


def test_each_page_is_asked_once_with_our_name(run, listed, server):
    run(*listed("/", "/", "/#there"))
    (asked,) = server.asked
    assert asked[0] == "/"
    assert asked[1].startswith("Affidavit/")


def test_all_is_well(run, listed):
    assert run(*listed("/")) == (0, "1 claim: 1 hold; 0 errors.\n", "")


@pytest.mark.parametrize(
    ("fail_on", "paths", "status"),
    [
        ([], ["/", "/busy"], 0),
        (["unable"], ["/", "/busy"], 3),
        (["unable"], ["/"], 0),
        (["unable"], ["/", "/busy", "/gone"], 1),
        (["warning"], ["/", "/busy"], 0),
        (["error"], ["/gone"], 1),
    ],
)
def test_the_exit_status_says_how_it_is(run, listed, fail_on, paths, status):
    arguments = [word for level in fail_on for word in ("--fail-on", level)]
    ended, out, _ = run(*listed(*paths), *arguments)
    assert ended == status
    assert ("unable" in out) is ("/busy" in paths)


FOUND = Finding(Code.LINK_MOVED, Place("a.rst"), "It moved.", "Do.", told_as=Severity.WARNING)
OPEN = Judged(Link("https://a.example/", Place("a.rst")), Unable("Why."))


@pytest.mark.parametrize(
    ("report", "fail_on", "status"),
    [
        (Report(findings=(FOUND,)), [], 0),
        (Report(findings=(FOUND,)), ["warning"], 1),
        (Report(findings=(FOUND,)), ["unable"], 0),
        (Report(judged=(OPEN,), findings=(FOUND,)), ["unable", "warning"], 1),
        (Report(judged=(OPEN,), findings=(FOUND,)), ["unable"], 3),
    ],
)
def test_what_is_false_comes_before_what_could_not_be_told(report, fail_on, status):
    assert status_of(report, frozenset(map(FailOn, fail_on))) == status


def test_offline_nobody_is_asked_and_that_is_told(run, listed, server):
    status, out, _ = run(*listed("/", "/gone"), "--offline")
    assert (status, server.asked) == (0, [])
    assert "not checked\n  2 claims: Not checked: nobody asked.\n" in out
    assert run(*listed("/"), "--offline", "--fail-on", "unable")[0] == 3


@pytest.mark.parametrize(("known", "status"), [(WELL_KNOWN, 1), ((), 3)], ids=["a network", "no network"])
def test_where_all_hosts_are_dead_the_names_that_all_know_decide(run, listed, monkeypatch, known, status):
    def look_up(host, *_):
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    ended, out, _ = run(*listed("http://nothing.invalid/"), "--fail-on", "unable")
    assert ended == status
    assert ("[link-broken]" in out, "there is no network" in out) == (bool(known), not known)


@pytest.mark.parametrize(
    ("known", "said"),
    [(WELL_KNOWN, "may refuse a connection"), ((), "1 claim: Not checked: there is no network.")],
    ids=["a network", "no network"],
)
def test_so_they_do_for_a_server_that_is_down(run, listed, monkeypatch, known, said):
    def look_up(host, *_):
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    ended, out, _ = run(*listed("http://127.0.0.1:1/"))
    assert (ended, said in out) == (0, True)


def test_a_proxy_that_is_down_is_named_and_not_its_password(run, listed, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://bob:secret@127.0.0.1:1")
    ended, out, err = run(*listed("http://docs.example/", "http://other.example/"))
    assert (ended, "secret" in out + err) == (0, False)
    assert "2 claims: Not checked: the proxy that http_proxy, https_proxy or all_proxy names cannot be" in out


def test_wrong_usage_is_told_with_how_this_command_is_used(run):
    status, _, err = run("check", "--bogus")
    assert status == 2
    assert "usage: affidavit check" in err
    assert "--bogus" in err


@pytest.mark.parametrize("subject", [["--urls", "urls.txt"], ["--site", "."]], ids=["a list", "a site"])
def test_what_a_subject_never_has_cannot_be_chosen(run, listed, subject):
    listed("/")
    status, out, err = run("check", *subject, "--only", "term", "--only", "method", "--offline")
    assert (status, out) == (2, "")
    assert "states links and nothing else" in err
    assert run("check", "--urls", "urls.txt", "--only", "term", "--only", "link", "--offline")[0] == 0


def test_private_addresses_are_refused_unless_they_are_allowed(run, listed, server):
    arguments = [each for each in listed("/") if each != "--allow-private"]
    status, out, _ = run(*arguments)
    assert (status, server.asked) == (0, [])
    assert "info [address-refused]" in out


def test_what_is_excluded_is_not_asked(run, listed, server):
    status, out, _ = run(*listed("/", "/gone"), "--exclude", ".*/gone$")
    assert (status, out) == (0, "1 claim: 1 hold; 0 errors.\n")
    assert [path for path, _ in server.asked] == ["/"]


def test_what_was_seen_lately_is_not_asked_again_unless_one_wants_it(run, listed, server, monkeypatch, tmp_path):
    monkeypatch.setenv("AFFIDAVIT_CACHE", str(tmp_path / "cache"))
    for more in ([], [], ["--no-cache"]):
        assert run(*listed("/"), *more)[0] == 0
    assert len(server.asked) == 2


def test_the_addresses_come_from_standard_input_too(start, server, answer):
    server.answers["/"] = answer(PAGE)
    process = start("check", "--urls", "-", "--allow-private", "-q", "--format", "json", stdin=-1)
    out, err = process.communicate(f"{server.url}/\n")
    assert (process.returncode, err) == (0, "")
    (claim,) = json.loads(out)["claims"]
    assert (claim["verdict"], claim["places"][0]["file"]) == ("holds", "<stdin>")


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_goes_to_standard_output_or_whole_to_a_file(run, listed, name):
    arguments = [*listed("/", "/gone"), "--format", name]
    status, out, _ = run(*arguments)
    assert status == 1
    assert "link-broken" in out
    Path("report").write_text("older", encoding="utf-8")
    status, summary, _ = run(*arguments, "--output", "report")
    assert (status, summary) == (1, "report: 2 claims: 1 broken, 1 hold; 1 error.\n")
    assert Path("report").read_text(encoding="utf-8") == out
    assert sorted(os.listdir()) == ["report", "urls.txt"]  # noqa: PTH208 -- names are what matters


def test_a_report_can_go_to_a_device(run, listed):
    status, out, _ = run(*listed("/"), "--output", os.devnull)
    assert (status, out) == (0, f"{os.devnull}: 1 claim: 1 hold; 0 errors.\n")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--urls", "none.txt"], "`none.txt` cannot be read (No such file or directory). Name a file"),
        (["--urls", "."], "`.` is a folder, not a list of URLs. Name a file, or check a finished site with `--site`."),
        (["--urls", "empty.txt"], "There is no http or https URL in `empty.txt`. Write one on each line."),
        (["--urls", "latin.txt"], "`latin.txt` is not in UTF-8."),
        (["--urls", "good.txt", "--output", "."], "`.` is a folder, so no report can be written there."),
        (["--urls", "good.txt", "--output", "no/where.txt"], "There is no folder `no` to write the report to."),
        (["--urls", "good.txt", "--new-only", "none.json"], "The base `none.json` cannot be read (No such file"),
        (["--urls", "good.txt", "--new-only", "good.txt"], "The base `good.txt` is no JSON. Make one with"),
        (["--site", "none"], "There is no folder `none`."),
        (["--site", "good.txt"], "`good.txt` is no folder."),
        (["--site", "."], "There is no html page in `.`."),
        (["--urls", "good.txt", "--base-url", "https://a.example/"], "`--base-url` is for a finished site."),
        (["nowhere"], "There is no folder `nowhere`. Name the folder of conf.py"),
        (["."], "There is no conf.py in `.`. Name the folder of conf.py"),
        ([], "There is no conf.py in `.`."),
    ],
)
def test_bad_input_is_told_in_a_sentence_and_asks_nobody(run, listed, server, arguments, says):
    listed()
    Path("empty.txt").write_text("# nothing\n")
    Path("latin.txt").write_bytes(b"https://\xe4.example/\n")
    Path("good.txt").write_text(f"{server.url}/\n")
    status, out, err = run("check", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith(f"affidavit: {says}")
    assert err.count("\n") == 1
    assert server.asked == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder that not even root can write to")
def test_a_folder_that_cannot_be_written_to_is_told(run, listed):
    status, out, err = run(*listed("/"), "--output", "/proc/report")
    assert (status, out) == (2, "")
    assert "`/proc/report` cannot be written" in err


def test_a_reader_that_leaves_ends_it_without_a_word(start, listed):
    arguments = listed(*[f"/{n}" for n in range(200)])
    process = start(*arguments, "--offline", "--format", "json", cwd=Path.cwd())
    process.stdout.close()
    process.stdout = None
    assert process.communicate() == (None, "")
    assert process.returncode == 1


def test_elsewhere_than_on_a_terminal_lines_say_what_goes_on(run, listed):
    arguments = [each for each in listed("/", "/gone") if each != "--quiet"]
    assert run(*arguments)[2] == "affidavit: Asking the web about 2 pages.\n"


def test_on_a_terminal_the_words_are_the_same_with_colour(run, listed):
    from rich.console import Console  # noqa: PLC0415 -- as the command does

    _, plain, _ = run(*listed("/", "/gone"))
    written = io.StringIO()
    show(plain, Console(file=written, force_terminal=True, color_system="standard", width=40, _environ={}))
    coloured = written.getvalue()
    assert "\x1b[1;31merror [link-broken]\x1b[0m" in coloured
    written = io.StringIO()
    show(plain, Console(file=written, width=40))
    assert written.getvalue() == plain


# The peak of this process alone; what `getrusage` gives begins with that of the process it was forked from.
PEAK = """
import sys
from affidavit.cli import main
status = main(sys.argv[1:])
(peak,) = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print("MiB:", int(peak) // 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs the figures of Linux")
def test_a_long_list_takes_little_memory(start, tmp_path):
    (tmp_path / "long.txt").write_text("".join(f"https://host{n % 200}.example/{n}\n" for n in range(10_000)))
    process = start("check", "--offline", "--urls", tmp_path / "long.txt", "-q", program=("-c", PEAK))
    out, err = process.communicate()
    assert err == ""
    assert "10000 claims" in out
    assert int(out.rpartition("MiB: ")[2]) < 100


def test_the_command_is_the_same_in_this_process_and_in_one_of_its_own(start, run, listed):
    arguments = listed("/", "/gone")
    process = start(*arguments, cwd=Path.cwd())
    out, err = process.communicate()
    assert (process.returncode, out, err) == run(*arguments)
    assert main(arguments) == 1
