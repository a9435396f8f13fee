"""What may be said behind ``affidavit check``: read to one value, or refused with a sentence."""

from pathlib import Path
from typing import get_args

import pytest

from affidavit.cli.check_options import FORMATS, KINDS, FailOn, read_options
from affidavit.cli.check_settings import settings_of
from affidavit.cli.parser import parser
from affidavit.links.copies import can_copy
from affidavit.model.claims import Claim
from affidavit.model.settings import Allowed, HostRule, LinkChoice, Settings
from affidavit.reports import formats


def options(*arguments):
    return read_options(parser().parse_args(["check", *arguments]))


def test_the_kinds_and_formats_are_all_there_are():
    assert sorted(KINDS) == sorted(each.kind for each in get_args(Claim))
    assert tuple(formats.FORMATS) == FORMATS


def test_without_a_word_the_project_of_the_current_folder_is_checked():
    read = options()
    assert (read.sourcedir, read.site, read.urls, read.base_url) == (Path(), None, None, "")
    assert (read.offline, read.cache, read.allow_private, read.quiet) == (False, True, False, False)
    assert (read.only, read.fail_on, read.exclude, read.new_only) == (frozenset(), frozenset(), (), "")
    assert (read.jobs, read.timeout, read.output, read.format) == (0, 0.0, None, "text")


def test_everything_can_be_said():
    read = options(
        *("doc", "--offline", "--only", "link", "--only", "term", "--new-only", "git:main", "--exclude", "https://a/"),
        *("--fail-on", "warning", "--fail-on", "unable", "-j", "64", "--timeout", "2.5", "--output", "out.sarif"),
        *("--format", "sarif", "--allow-private", "--no-cache", "--quiet"),
    )
    assert (read.sourcedir, read.output, read.format) == (Path("doc"), Path("out.sarif"), "sarif")
    assert (read.only, read.new_only, read.exclude) == ({"link", "term"}, "git:main", ("https://a/",))
    assert read.fail_on == {FailOn.WARNING, FailOn.UNABLE}
    assert (read.jobs, read.timeout) == (64, 2.5)
    assert (read.offline, read.allow_private, read.cache, read.quiet) == (True, True, False, True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--site", "a", "--urls", "b"], "not allowed with argument"),
        (["doc", "--urls", "b"], "not allowed with argument"),
        (["--format", "xml"], "invalid choice: 'xml'"),
        (["--only", "page"], "invalid choice: 'page'"),
        (["--fail-on", "nothing"], "argument --fail-on: 'nothing' is none of error, warning, unable"),
        (["--jobs", "0"], "'0' is not a whole number from 1 on"),
        (["--jobs", "many"], "'many' is not a whole number"),
        (["--timeout", "-1"], "'-1' is not a number of seconds above 0"),
        (["--timeout", "nan"], "'nan' is not a number"),
        (["--timeout", "inf"], "'inf' is not a number"),
        (["--exclude", "("], "'(' is no regular expression"),
    ],
)
def test_what_cannot_be_is_refused(run, arguments, says):
    status, out, err = run("check", *arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert err.startswith("usage: affidavit check")


def test_a_check_asks_all_links_but_those_that_are_left_out():
    given = Settings(links=LinkChoice(("https://only/",), ("https://not/",)))
    assert settings_of(given, options("--exclude", "https://nor/")).links == LinkChoice(
        ("",), ("https://not/", "https://nor/")
    )


def test_the_command_line_overrides_settings_where_it_speaks():
    given = Settings(cache="kept", allowed=Allowed(hosts=("a.example",)))
    assert (settings_of(given, options()).cache, settings_of(given, options()).allowed) == ("kept", given.allowed)
    told = settings_of(given, options("--no-cache", "--allow-private"))
    assert (told.cache, told.allowed) == (None, Allowed(everything=True))


def test_a_timeout_counts_for_every_host_that_has_none_of_its_own():
    given = Settings(hosts=(HostRule("slow.example", timeout=60), HostRule("b.example", pace=1)))
    rules = settings_of(given, options("--timeout", "5")).hosts
    assert [(each.pattern, each.timeout, each.pace) for each in rules] == [
        ("slow.example", 60, 0),
        ("b.example", 5, 1),
        ("*", 5, 0),
    ]
    assert settings_of(given, options()).hosts == given.hosts


WITHOUT_WEIGHT = """
import sys
from affidavit.cli import main
status = main(sys.argv[1:])
heavy = {"sphinx", "docutils", "requests", "rich", "pycurl", "selectolax", "affidavit.cells", "affidavit.noted"}
heavy = sorted(heavy & set(sys.modules))
sys.exit(f"imported {heavy}" if heavy else status)
"""


def test_a_list_is_judged_offline_without_loading_what_that_does_not_need(start, tmp_path):
    (tmp_path / "urls.txt").write_text("https://a.example/\n")
    process = start("check", "--offline", "--urls", tmp_path / "urls.txt", program=("-c", WITHOUT_WEIGHT))
    assert process.communicate()[1] == ""
    assert process.returncode == 0


WHEN_LOADED = """
import os, sys
os.cpu_count = lambda: 2
from affidavit.cli import main
from affidavit.links.copies import Copies
submit, found = Copies.submit, []
def submitting(*arguments):
    found.append("affidavit.check" in sys.modules)
    return submit(*arguments)
Copies.submit = submitting
main(sys.argv[1:])
found.append("affidavit.check" in sys.modules)
sys.exit(0 if found == [False, True] else str(found))
"""


@pytest.mark.skipif(not can_copy(), reason="one process asks alone")
def test_what_judges_is_loaded_once_others_ask(start, tmp_path):
    urls = [f"http://127.0.0.{host}:9/{page}" for host in (1, 2) for page in range(300)]
    (tmp_path / "urls.txt").write_text("\n".join(urls))
    options = ("--quiet", "--no-cache", "--allow-private", "--urls", tmp_path / "urls.txt")
    process = start("check", *options, program=("-c", WHEN_LOADED))
    assert process.communicate()[1] == ""
    assert process.returncode == 0
