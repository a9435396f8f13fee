"""The examples of settings about links do what the manual says of them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sphinx.application import Sphinx
from sphinx.builders.linkcheck import CheckExternalLinksBuilder
from sphinx.util.docutils import docutils_namespace

from affidavit.check import World, judge
from affidavit.cli.project import gather
from affidavit.gathered import questions
from affidavit.links.marks import Mark, MarkKind
from affidavit.links.seen import Answered, PageSeen
from affidavit.model.codes import Code
from affidavit.model.verdicts import Holds, Refuted, Unable
from affidavit.notes.lock import Lock

MARKUPS = ("rst", "md")
GUIDE, DEMO = "https://some-server.example/guide/#start", "https://demo.some-company.example/"
LOCK, TODAY = Lock(()), date(2026, 11, 22)


def links_of(site):
    report = json.loads(site.built("html", "claims.json"))
    return {claim["target"] for claim in report["claims"] if claim["kind"] == "link"} - {"https://some-server.example/"}


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize(
    ("snippet", "judged"),
    [("affidavit_links", {GUIDE}), ("affidavit_links_ignore", {GUIDE}), ("affidavit_linkcheck", set())],
)
def test_which_links_are_judged(site, snippet, judged, markup):
    assert links_of(site(f"settings/{snippet}", markup)) == judged


def test_all_links_are_judged_where_none_is_ignored(site):
    ignoring = site("settings/affidavit_links_ignore", "rst")
    conf = ignoring.folder / "source" / "conf.py"
    lines = conf.read_text(encoding="utf-8").splitlines()
    conf.write_text("\n".join(line for line in lines if "ignore" not in line), encoding="utf-8")
    assert links_of(ignoring) == {GUIDE, DEMO}


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_page_must_speak_of_a_term_or_its_synonyms(site, markup):
    gathered = gather(site("settings/affidavit_synonyms", markup).folder / "source", 1)
    (asked,) = [each for each in questions(gathered) if each.url == "https://some-protocol.example/terms"]
    words = {mark.text for mark in asked.marks if mark.kind is MarkKind.WORD}
    assert words == {"reverse proxy", "gateway", "edge server"}

    def codes(present):
        every = {str(mark) for mark in asked.marks}
        page = PageSeen("text/html", present=tuple(present), absent=tuple(sorted(every - set(present))), whole=True)
        seen = {asked.url: Answered(asked.url, asked.url, 200, 0, page=page)}
        return {each.code for each in judge(gathered, World(LOCK, TODAY, seen)).findings}

    assert Code.TERM_UNMENTIONED in codes([])
    assert Code.TERM_UNMENTIONED not in codes([str(Mark(MarkKind.WORD, "gateway"))])


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_first_key_that_fits_a_host_counts(site, markup):
    gathered = gather(site("settings/affidavit_hosts", markup).folder / "source", 1)
    settings = gathered.settings
    named, below, none = map(
        settings.rule_of, ("wiki.some-company.example", "shop.some-company.example", "some-company.example")
    )
    assert named is not None
    assert (named.credentials, named.pace, named.timeout) == ("WIKI_LOGIN", 0.5, 0)
    assert below is not None
    assert (below.credentials, below.timeout) == ("netrc", 30)
    assert none is None


@pytest.mark.parametrize(("status", "verdict"), [(403, Holds), (401, Unable), (404, Refuted)])
def test_statuses_that_are_accepted_hold(site, status, verdict):
    gathered = gather(site("settings/affidavit_hosts", "rst").folder / "source", 1)
    url = "https://some-client.example/"
    report = judge(gathered, World(LOCK, TODAY, {url: Answered(url, url, status, 0)}))
    assert [type(each.verdict) for each in report.judged if getattr(each.claim, "url", "") == url] == [verdict]


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_finding_weighs_what_the_setting_says(site, markup):
    weighed = site("settings/affidavit_severity", markup)
    report = json.loads(weighed.built("html", "claims.json"))
    assert [(each["code"], each["severity"]) for each in report["findings"]] == [("stage-gap", "warning")]
    conf = weighed.folder / "source" / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8").replace('"warning"', '"error"'), encoding="utf-8")
    assert weighed.build("html").status == 1


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_builder_linkcheck_is_left_to_sphinx(site, tmp_path, markup):
    source = site("settings/affidavit_linkcheck", markup).folder / "source"
    with docutils_namespace():
        app = Sphinx(source, source, tmp_path / "out", tmp_path / "doctrees", "linkcheck", status=None)
    assert type(app.builder) is CheckExternalLinksBuilder
