"""Which answers are walls against programs."""

from __future__ import annotations

import pytest

from affidavit.links.seen import Answered, PageSeen
from affidavit.links.suspicion import is_suspicious
from affidavit.links.walls import WALLS, wall


def answered(status, hints=(), title="", words=20, *, scripted=False):
    page = PageSeen("text/html", title, words=words, scripted=scripted)
    return Answered("https://a.example/", "https://a.example/", status, 0, hints=tuple(hints), page=page)


SEEN = [
    ("Cloudflare", answered(403, ["server: cloudflare", "cf-mitigated: challenge"], "Just a moment...")),
    ("Cloudflare", answered(503, (), "Just a moment...")),
    ("Cloudflare", answered(403, (), "Access denied | example.org used Cloudflare to restrict access")),
    ("AWS WAF", answered(202, ["x-amzn-waf-action: challenge"])),
    ("DataDome", answered(403, ["x-datadome: protected"])),
    ("Imperva", answered(403, ["x-iinfo: 1-2-3"])),
    ("Imperva", answered(200, ["x-iinfo: 1-2-3"], words=0, scripted=True)),
    ("Imperva", answered(200, (), "Pardon Our Interruption")),
    ("Sucuri", answered(403, ["x-sucuri-block: 1"])),
    ("Sucuri", answered(403, (), "Sucuri WebSite Firewall - Access Denied")),
    ("Vercel", answered(429, ["x-vercel-mitigated: challenge"])),
    ("Vercel", answered(200, (), "Vercel Security Checkpoint")),
    ("Akamai", answered(403, ["server: akamaighost"], "Access Denied")),
    ("DDoS-Guard", answered(403, ["server: ddos-guard"])),
    ("DDoS-Guard", answered(200, (), "DDoS-Guard")),
    ("Anubis", answered(200, (), "Making sure you&#39;re not a bot!".replace("&#39;", "’"))),
    ("a client challenge", answered(200, (), "Client Challenge")),
    ("HUMAN", answered(403, (), "Access to this page has been denied.")),
    ("a test for people", answered(200, (), "Robot Check")),
    ("a test for people", answered(200, (), "Verify you are human")),
    ("a test for people", answered(200, (), "Human Verification")),
    ("a test for people", answered(200, (), "Checking your browser before accessing example.org")),
    ("a test for people", answered(200, (), "Security Check")),
    ("a ban", answered(403, (), "Reddit - Blocked")),
    ("a ban", answered(403, (), "Access Denied")),
]


@pytest.mark.parametrize(("name", "answer"), SEEN)
def test_a_wall_is_known(name, answer):
    assert wall(answer) == name


def test_a_title_may_have_other_words():
    assert wall(answered(403, (), "Attention Required! | Cloudflare")) == "Cloudflare"


def test_each_row_has_an_example_and_each_title_is_worth_a_close_look():
    assert [name for name, _ in SEEN] == [row.name for row in WALLS]
    titles = [answer.page.title for (_, answer), row in zip(SEEN, WALLS, strict=True) if row.title]
    assert [title for title in titles if not is_suspicious(title, "")] == []


NONE = [
    answered(200, (), "Just a moment in time, a novel"),
    answered(200, (), "Security Check", words=300),
    answered(200, ["x-datadome: protected"], "A page"),
    answered(200, ["x-iinfo: 1-2-3"], "A page", words=300),
    answered(200, ["x-iinfo: 1-2-3"], words=0),
    answered(403, ["server: nginx"], "Forbidden by us"),
    answered(200, (), "Access denied"),
    answered(404, ["server: cloudflare"], "Page not found"),
    answered(200, ["cf-mitigated: none"], "A page"),
    answered(200),
]


@pytest.mark.parametrize("answer", NONE)
def test_what_is_no_wall(answer):
    assert wall(answer) == ""


def test_a_heading_counts_where_there_is_no_title():
    page = PageSeen("text/html", "", "Access Denied", 10)
    assert wall(Answered("https://a.example/", "https://a.example/", 403, 0, page=page)) == "a ban"
