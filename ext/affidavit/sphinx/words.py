"""The words of the interface, for the catalogues: what a status, a cell and an interval are called."""

from __future__ import annotations

from sphinx.locale import get_translation

from affidavit.methods.matrix import Declared
from affidavit.model.claims import Status
from affidavit.model.releases import Interval, Releases

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
