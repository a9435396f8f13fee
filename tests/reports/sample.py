"""A report with one of everything, as small as can be."""

from msgspec.structs import replace

from affidavit.model.claims import Card, Link, NoteRef, Term
from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.report import Accepted, Judged, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Holds, Moved, Refuted, Unable, Unproven, finding

NOT_ASKED = "Not checked: nobody asked."
HERE, THERE, LATER = (
    Place("index.rst", 4, "index"),
    Place("install.rst", 9, "install"),
    Place("index.rst", 20, "index"),
)


def broken(url, place):
    return finding(Code.LINK_BROKEN, place, f"The link {url} answers 404: the server knows no such page.")


GONE = "https://gone.example/a_b"
GONE_HERE, GONE_THERE = broken(GONE, HERE), broken(GONE, THERE)
OLD = broken("https://old.example/", LATER)
MOVED = replace(finding(Code.LINK_MOVED, LATER, "The link http://m.example/ moved."), told_as=Severity.WARNING)
BUSY = finding(Code.RATE_LIMITED, HERE, "The link https://busy.example/ answers 429: too often.")
SETTING = finding(Code.SETTING_INVALID, Place("conf.py"), "`affidavit_online` must be a word, not 3.")

REPORT = Report(
    (
        Judged(Link(GONE, HERE), Refuted((GONE_HERE,))),
        Judged(Link("https://fine.example/", HERE), Holds("answers 200")),
        Judged(Link("https://busy.example/", HERE), Unable(BUSY.message, Code.RATE_LIMITED)),
        Judged(Link("https://late.example/", HERE), Unable(NOT_ASKED)),
        Judged(Term(("a term",), ("a term",), (), HERE), Holds()),
        Judged(Link("https://old.example/", LATER), Refuted((OLD,))),
        Judged(Link("http://m.example/", LATER), Moved("https://m.example/", MOVED)),
        Judged(Card("proxy", "Proxy", "", (), (), LATER), Unproven()),
        Judged(NoteRef("", "pike", "known-issues", "pike#known-issues", LATER), Holds("https://n.example/")),
        Judged(Link(GONE, THERE), Refuted((GONE_THERE,))),
    ),
    (SETTING, GONE_HERE, BUSY, MOVED, GONE_THERE),
    (Accepted(OLD, "It comes back in spring."),),
    1,
)
