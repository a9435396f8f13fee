"""What Sphinx's words say of each thing that can be seen."""

from __future__ import annotations

import re

import pytest

from affidavit.links.seen import Answered, PageSeen, Trouble, Unreachable
from affidavit.sphinx.linkcheck_settings import Rules
from affidavit.sphinx.linkcheck_status import as_its_host, asked, outcome

URL = "https://docs.example/page"

BY_TROUBLE = {
    Trouble.URL_UNUSABLE: "broken",
    Trouble.NOT_ASKED: "timeout",
    Trouble.HOST_GIVEN_UP: "broken",
    Trouble.RATE_LIMITED: "broken",
    Trouble.NAME_UNKNOWN: "broken",
    Trouble.NAME_UNSURE: "broken",
    Trouble.NETWORK_CLOSED: "broken",
    Trouble.ADDRESS_REFUSED: "ignored",
    Trouble.NOT_CONNECTED: "broken",
    Trouble.CONNECT_TIMEOUT: "timeout",
    Trouble.PROXY_FAILED: "broken",
    Trouble.PROXY_UNREACHABLE: "broken",
    Trouble.TLS_FAILED: "broken",
    Trouble.NO_AUTHORITIES: "broken",
    Trouble.CERTIFICATE_INVALID: "broken",
    Trouble.CERTIFICATE_UNVERIFIED: "broken",
    Trouble.ANSWER_TIMEOUT: "timeout",
    Trouble.HEAD_TOO_LARGE: "broken",
    Trouble.CUT_OFF: "broken",
    Trouble.GARBLED: "broken",
    Trouble.REDIRECT_UNUSABLE: "broken",
    Trouble.REDIRECT_STOPPED: "ignored",
    Trouble.TOO_MANY_REDIRECTS: "broken",
    Trouble.OTHER: "broken",
}


def told(observation, *, uri=URL, **rules):
    rule = Rules(**rules)
    wanted = asked(uri, rule)
    assert wanted is not None
    return outcome(uri, wanted, observation, rule)


def test_the_table_has_all_kinds_of_trouble():
    assert set(BY_TROUBLE) == set(Trouble)


@pytest.mark.parametrize(("kind", "status"), BY_TROUBLE.items())
def test_trouble(kind, status):
    failed = Unreachable(URL, URL, kind, "the reason")
    assert told(failed).status == status
    assert told(failed).info
    as_broken = {"timeout": "broken"}.get(status, status)
    assert told(failed, timeouts_are_broken=True).status == as_broken


def test_a_redirect_that_leads_to_trouble_names_where():
    failed = Unreachable(URL, "https://gone.example/", Trouble.NOT_CONNECTED, "no", redirected_by=302)
    assert told(failed).code == 0
    assert " at https://gone.example/" in told(failed).info


def page(*, present=(), absent=(), scripted=False):
    return PageSeen("text/html", present=present, absent=absent, whole=True, scripted=scripted)


ANCHORS = [
    (page(present=("anchor:part",)), "working", ""),
    (page(absent=("anchor:part",)), "broken", "Anchor 'part' not found"),
    (page(absent=("anchor:part",), scripted=True), "ignored", "whether there is an anchor 'part' could not be told"),
    (page(), "ignored", "whether there is an anchor 'part' could not be told"),
]


@pytest.mark.parametrize(("seen", "status", "info"), ANCHORS)
def test_anchors(seen, status, info):
    answer = Answered(URL, URL, 200, 0, page=seen)
    assert told(answer, uri=f"{URL}#part")[:2] == (status, info)
    assert told(answer, uri=f"{URL}#part", anchors=False)[:2] == ("working", "")
    for setting, pattern in (("anchors_ignore", "pa"), ("anchors_ignore_for_url", "https://docs")):
        assert told(answer, uri=f"{URL}#part", **{setting: (re.compile(pattern),)}).status == "working"


def test_a_failure_is_told_before_an_anchor():
    answer = Answered(URL, URL, 404, 0, page=page(absent=("anchor:part",)))
    assert told(answer, uri=f"{URL}#part").info == f"404 Client Error: Not Found for url: {URL}"


def allowed(before, after):
    return {"allowed_redirects": ((re.compile(before), re.compile(after)),)}


REDIRECTS = [
    ("https://docs.example/page/", {}, "working"),
    ("https://docs.example/PAGE", {}, "redirected"),
    ("https://docs.example/PAGE", {"case_insensitive": (re.compile("https://docs"),)}, "working"),
    ("https://docs.example/PAGE", {"case_insensitive": (re.compile("https://other"),)}, "redirected"),
    ("https://other.example/", allowed("https://docs", "https://oth"), "working"),
    ("https://other.example/", allowed("https://docs", "other"), "redirected"),
    ("https://other.example/", {"allowed_redirects": ()}, "redirected"),
]


@pytest.mark.parametrize(("final", "rules", "status"), REDIRECTS)
def test_redirects(final, rules, status):
    answer = Answered(URL, final, 200, 1, redirected_by=301)
    assert told(answer, **rules) == ((status, final, 301) if status == "redirected" else (status, "", 0))


GIVEN_UP = "https://docs.example/other"
SIBLINGS = [
    (Unreachable(URL, URL, Trouble.CONNECT_TIMEOUT, "slow"), "timeout"),
    (Unreachable(URL, URL, Trouble.NOT_CONNECTED, "closed"), "broken"),
    (Answered(URL, URL, 200, 0), "broken"),
]


@pytest.mark.parametrize(("sibling", "status"), SIBLINGS)
def test_what_a_given_up_host_comes_to(sibling, status):
    given_up = Unreachable(GIVEN_UP, GIVEN_UP, Trouble.HOST_GIVEN_UP, "nothing was heard of others")
    seen = as_its_host({URL: sibling, GIVEN_UP: given_up})
    assert seen[URL] == sibling
    found = told(seen[GIVEN_UP], uri=GIVEN_UP)
    assert found.status == status
    assert URL not in found.info
