from __future__ import annotations

import pytest

from affidavit.links.asked import question
from affidavit.links.seen import Answered, PageSeen, Trouble, Unreachable
from affidavit.links.successors import propose, settle
from affidavit.model.claims import Link
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Judged
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, finding

PLACE = Place("index.rst", 3, "index")
FOUND = finding(Code.LINK_MOVED, PLACE, "It moved.")


def judged(url, verdict):
    return Judged(Link(url, PLACE), verdict)


def moved(url, to):
    return judged(url, Moved(to, FOUND))


def answered(url, final="", title=""):
    asked = question(url)
    assert asked
    return {asked.url: Answered(asked.url, final or asked.url, 200, 0, page=PageSeen(title=title))}


PROPOSED = [
    ("it moved", moved("https://a.example/old", "https://a.example/new"), ["https://a.example/new"]),
    ("to https", moved("http://a.example/", "https://a.example/"), ["https://a.example/"]),
    ("within http", moved("http://a.example/old", "http://a.example/new"),
     ["https://a.example/new", "http://a.example/new"]),
    ("within http, on a port of its own", moved("http://a.example:8080/old", "http://a.example:8080/new"),
     ["http://a.example:8080/new"]),
    ("to http", moved("https://a.example/old", "http://a.example/new"), []),
    ("to a page that asks for a user", moved("https://a.example/old", "https://user@a.example/new"), []),
    ("it has a fragment", moved("https://a.example/old#ä", "https://a.example/new#%C3%A4"), ["https://a.example/new#ä"]),
    ("the new one has another", moved("https://a.example/old#one", "https://a.example/new#two"),
     ["https://a.example/new#two"]),
    ("names in fragments", moved("https://a.example/o#a.__init__", "https://a.example/n#a.__init__"),
     ["https://a.example/n#a.__init__"]),
    ("signs of markup", moved("https://a.example/old", "https://a.example/It's_(a)*_b_/_"),
     ["https://a.example/It%27s_%28a%29%2A_b%5F/%5F"]),
    ("signs at the end", moved("https://a.example/old", "https://a.example/new."), ["https://a.example/new%2E"]),
    ("http that holds", judged("http://a.example/page?q#part", Holds()), ["https://a.example/page?q#part"]),
    ("nothing but a host", judged("HTTP://a.example", Holds()), ["https://a.example"]),
    ("the usual port", judged("http://a.example:80/", Holds()), ["https://a.example/"]),
    ("another port", judged("http://a.example:8080/", Holds()), []),
    ("https that holds", judged("https://a.example/", Holds()), []),
    ("broken", judged("http://a.example/", Refuted((FOUND,))), []),
    ("unable", judged("http://a.example/", Unable("Who knows.")), []),
]  # fmt: skip


@pytest.mark.parametrize(("given", "instead"), [row[1:] for row in PROPOSED], ids=[row[0] for row in PROPOSED])
def test_what_is_proposed(given, instead):
    assert [list(each.instead) for each in propose([given])] == ([instead] if instead else [])


def test_each_url_is_proposed_once():
    both = [moved("https://a.example/old", "https://a.example/new")] * 2
    assert len(propose(both)) == 1


OLD, NEW, TWIN = "http://a.example/old", "http://a.example/new", "https://a.example/new"
PROPOSALS = propose([moved(OLD, NEW)])

SETTLED = [
    ("both hold", [judged(TWIN, Holds()), judged(NEW, Holds())], answered(TWIN) | answered(NEW), TWIN),
    ("only http holds", [judged(NEW, Holds())], answered(NEW), NEW),
    ("the new one is broken", [judged(NEW, Refuted((FOUND,)))], answered(NEW), ""),
    ("it moved, too", [moved(NEW, "http://a.example/newer")], answered(NEW), ""),
    ("it cannot be told", [judged(NEW, Unable("Who knows."))], answered(NEW), ""),
    ("https leads back to http", [judged(TWIN, Holds()), judged(NEW, Holds())],
     answered(TWIN, final=NEW) | answered(NEW), NEW),
    ("https shows another page", [judged(TWIN, Holds())],
     answered(OLD, title="A manual") | answered(TWIN, title="Welcome to this server"), ""),
    ("https shows the same page", [judged(TWIN, Holds())],
     answered(OLD, title="A manual") | answered(TWIN, title="A manual"), TWIN),
    ("nobody answered", [judged(TWIN, Holds())],
     {TWIN: Unreachable(TWIN, TWIN, Trouble.NOT_CONNECTED, "refused")}, ""),
    ("nobody asked", [], {}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("verdicts", "seen", "new"), [row[1:] for row in SETTLED], ids=[row[0] for row in SETTLED])
def test_only_what_holds_is_written(verdicts, seen, new):
    assert settle(PROPOSALS, verdicts, seen) == ({OLD: new} if new else {})
