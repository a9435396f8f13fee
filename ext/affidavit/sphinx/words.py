"""The words of the interface, for the catalogues: what a status, a cell and an interval are called."""

from __future__ import annotations

from sphinx.locale import get_translation

from affidavit.methods.matrix import Declared
from affidavit.model.cells import Showed
from affidavit.model.claims import Status
from affidavit.model.evidence import State
from affidavit.model.examples import Ready, ReadyKind
from affidavit.model.releases import Interval, Release, Releases
from affidavit.model.statements import Bears
from affidavit.notes.listing import Standing
from affidavit.notes.rules import Resolved

SHOWN = 6
"""How many other versions of a series are named; some series have a section under dozens."""

_ = get_translation("affidavit")


def status_word(status: Status) -> str:
    """Return what a status is called."""
    return {
        Status.RECOMMENDED: _("Recommended"),
        Status.SUPPORTED: _("Supported"),
        Status.DISCOURAGED: _("Discouraged"),
        Status.BROKEN: _("Broken"),
        Status.REMOVED: _("Removed"),
        Status.UNKNOWN: _("Unknown"),
    }[status]


def declared_word(declared: Declared) -> str:
    """Return what a cell of the matrix says."""
    return {
        Declared.WORKS: _("said to work"),
        Declared.FAILS: _("said to fail"),
        Declared.VARIES: _("said to fail in part"),
        Declared.REMOVED: _("removed"),
        Declared.NOTHING: _("nothing said"),
    }[declared]


def declared_meaning(declared: Declared) -> str:
    """Return what the word of a cell means, for the legend."""
    return {
        Declared.WORKS: _("the card declares the method supported, and no failure of the feature"),
        Declared.FAILS: _("the card declares that the feature fails"),
        Declared.VARIES: _("the card declares that the feature fails with some variants of the method"),
        Declared.REMOVED: _("the card declares that the method is gone"),
        Declared.NOTHING: _("the card declares nothing of this feature"),
    }[declared]


def showed_word(showed: Showed) -> str:
    """Return what a run showed of a feature."""
    return {Showed.WORKS: _("works"), Showed.FAILS: _("fails"), Showed.NOTHING: _("not shown")}[showed]


def showed_meaning(showed: Showed) -> str:
    """Return what the word of a cell means that a run speaks of, for the legend."""
    return {
        Showed.WORKS: _("a run gave what its example shows"),
        Showed.FAILS: _("a run did not give what its example shows; how it failed stands on the card"),
        Showed.NOTHING: _("no run speaks of it"),
    }[showed]


def warning_words() -> tuple[str, str]:
    """Return what the sign at a cell means that a run speaks against, for the legend."""
    return _("with this sign"), _("what the run showed speaks against the page or the card")


def release_word(release: str, releases: Releases) -> str:
    """Return what a release is called, with its series where it is known."""
    return _with_series(release, releases)


def section_words(found: Resolved, *, named: bool) -> str:
    """Return what a section of release notes is called: its release, with the series, and its title."""
    words = {"release": release_words(found, named=named), "section": found.title}
    return _("%(release)s, %(section)s") % words


def release_words(found: Resolved, *, named: bool) -> str:
    """Return what a release is called, with its project where readers must be told it."""
    release = str(Release(found.version, found.series))
    return f"{found.project} {release}" if named else release


def choice_words(found: Resolved) -> str:
    """Return which other versions of the series a reference may have meant."""
    few = ", ".join((*found.others[:SHOWN], *("…" for _more in found.others[SHOWN : SHOWN + 1])))
    return _("In the series %(series)s also: %(versions)s.") % {"series": found.series, "versions": few}


def standing_word(standing: Standing) -> str:
    """Return how a reference to release notes stands."""
    return {
        Standing.HOLDS: _("holds"),
        Standing.WRONG: _("wrong"),
        Standing.UNTOLD: _("could not be told"),
    }[standing]


def standing_meaning(standing: Standing) -> str:
    """Return what the word of a state means, for the legend."""
    return {
        Standing.HOLDS: _("the section is there, and says the words that are quoted of it"),
        Standing.WRONG: _("the reference means no section, or several, or the section does not say the words"),
        Standing.UNTOLD: _("what is published could not be looked at"),
    }[standing]


def state_word(state: State) -> str:
    """Return what the evidence makes of an example."""
    return {
        State.PROVEN: _("Proven"),
        State.PROVEN_ELSEWHERE: _("Proven elsewhere"),
        State.STALE: _("Changed since it was run"),
        State.EXPIRED: _("Proven too long ago"),
        State.DRIFTED: _("Does not give what is shown"),
        State.CONTRADICTED: _("Contradicted by a run"),
        State.NOT_YET_PROVEN: _("Not yet proven"),
        State.UNABLE: _("Could not be run"),
    }[state]


def bears_word(bears: Bears) -> str:
    """Return what runs made of a statement."""
    return {
        Bears.BORNE_OUT: _("Borne out"),
        Bears.CONTRADICTED: _("Contradicted"),
        Bears.NOT_TRIED: _("Not tried"),
    }[bears]


def bears_meaning(bears: Bears) -> str:
    """Return what that word means, for the legend."""
    return {
        Bears.BORNE_OUT: _("whatever runs tried came as the statement says"),
        Bears.CONTRADICTED: _("at least one run came otherwise"),
        Bears.NOT_TRIED: _("no run there has shown it, or the contrary"),
    }[bears]


CODE = "\0"
"""What stands before and behind a part of a text that is to be set as code."""


def ready_words(ready: Ready) -> str:
    """Return what tells that a service can be used, its value set as code."""
    told = {
        ReadyKind.URL: _("%(value)s answers with status %(status)s") if ready.status else _("%(value)s answers"),
        ReadyKind.PORT: _("something listens at %(value)s"),
        ReadyKind.LOG: _("its log has a line with %(value)s"),
        ReadyKind.FILE: _("%(value)s is there"),
    }[ready.kind]
    return told % {"value": f"{CODE}{ready.value}{CODE}", "status": ready.status}


def interval_words(interval: Interval, releases: Releases) -> str:
    """Return an interval as readers read it, with the series where it names one release."""
    first, last = (_with_series(end, releases) for end in (interval.first, interval.last))
    if interval.first == interval.last:
        return first
    if not interval.last:
        return _("%(release)s and later") % {"release": first}
    if not interval.first:
        return _("%(release)s and earlier") % {"release": last}
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _with_series(version: str, releases: Releases) -> str:
    at = releases.position(version)
    return version if at is None else str(releases.items[at])
