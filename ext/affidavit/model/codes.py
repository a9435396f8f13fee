"""Every message that Affidavit can give: its stable code, its severity, what it means and what to do.

The manual's page *Messages* and ``affidavit explain`` print this table; warnings, ``claims.json`` and
every other output use the same codes. A code is never renamed or reused.
"""

from __future__ import annotations

from enum import Enum

from affidavit.model.messages import cards, examples, links, notes, site
from affidavit.model.severity import Severity


class Code(Enum):
    """The closed list of codes; the value of a member explains it."""

    ARGUMENT_MISSING = cards.ARGUMENT_MISSING
    ARGUMENT_INVALID = cards.ARGUMENT_INVALID
    OPTION_UNKNOWN = cards.OPTION_UNKNOWN
    OPTION_MISSING = cards.OPTION_MISSING
    OPTION_INVALID = cards.OPTION_INVALID
    CARD_EMPTY = cards.CARD_EMPTY
    CARD_NESTED = cards.CARD_NESTED
    CARD_MISPLACED = cards.CARD_MISPLACED
    PART_MISPLACED = cards.PART_MISPLACED
    METHOD_DUPLICATE = cards.METHOD_DUPLICATE
    FEATURE_DUPLICATE = cards.FEATURE_DUPLICATE
    FEATURE_UNKNOWN = cards.FEATURE_UNKNOWN
    TERM_UNKNOWN = cards.TERM_UNKNOWN
    STATUS_UNKNOWN = cards.STATUS_UNKNOWN
    RELEASE_UNKNOWN = cards.RELEASE_UNKNOWN
    RELEASE_MISSING = cards.RELEASE_MISSING
    RELEASE_UNCOVERED = cards.RELEASE_UNCOVERED
    STAGE_OVERLAP = cards.STAGE_OVERLAP
    STAGE_GAP = cards.STAGE_GAP
    STAGE_REVERSED = cards.STAGE_REVERSED
    FEATURE_FAILS = cards.FEATURE_FAILS
    FAILURE_GONE = cards.FAILURE_GONE
    FAILURE_DIFFERS = cards.FAILURE_DIFFERS
    METHOD_FAILS = cards.METHOD_FAILS
    METHOD_THERE = cards.METHOD_THERE
    METHOD_WORKS = cards.METHOD_WORKS
    METHOD_UNKNOWN = cards.METHOD_UNKNOWN
    VARIANT_UNKNOWN = cards.VARIANT_UNKNOWN
    NOTE_MALFORMED = notes.NOTE_MALFORMED
    NOTE_PROJECT_UNKNOWN = notes.NOTE_PROJECT_UNKNOWN
    NOTE_RELEASE_UNKNOWN = notes.NOTE_RELEASE_UNKNOWN
    NOTE_SECTION_UNKNOWN = notes.NOTE_SECTION_UNKNOWN
    NOTE_AMBIGUOUS = notes.NOTE_AMBIGUOUS
    NOTE_WORDS_MISSING = notes.NOTE_WORDS_MISSING
    NOTE_WORDS_UNLOCKED = notes.NOTE_WORDS_UNLOCKED
    NOTE_UNABLE = notes.NOTE_UNABLE
    NOTE_SERIES_REMOVED = notes.NOTE_SERIES_REMOVED
    NOTE_SERIES_CLOSED = notes.NOTE_SERIES_CLOSED
    NOTE_NEWER_THAN_CARD = notes.NOTE_NEWER_THAN_CARD
    NOTE_ANCHOR_BARE = notes.NOTE_ANCHOR_BARE
    NOTE_DROPPED = notes.NOTE_DROPPED
    NOTE_CHANGED = notes.NOTE_CHANGED
    LOCK_MISSING = notes.LOCK_MISSING
    LOCK_UNREADABLE = notes.LOCK_UNREADABLE
    LOCK_VERSION = notes.LOCK_VERSION
    LOCK_DUPLICATE = notes.LOCK_DUPLICATE
    LOCK_OUTDATED = notes.LOCK_OUTDATED
    LOCK_BEHIND = notes.LOCK_BEHIND
    LOCK_UNCHECKED = notes.LOCK_UNCHECKED
    TERM_WITHOUT_REFERENCE = links.TERM_WITHOUT_REFERENCE
    URL_MALFORMED = links.URL_MALFORMED
    URL_SCHEME = links.URL_SCHEME
    URL_DUPLICATE = links.URL_DUPLICATE
    URL_INSECURE = links.URL_INSECURE
    LINK_BROKEN = links.LINK_BROKEN
    LINK_UNABLE = links.LINK_UNABLE
    ADDRESS_REFUSED = links.ADDRESS_REFUSED
    LINK_MOVED = links.LINK_MOVED
    ANCHOR_MISSING = links.ANCHOR_MISSING
    SOFT_404 = links.SOFT_404
    RATE_LIMITED = links.RATE_LIMITED
    TERM_UNMENTIONED = links.TERM_UNMENTIONED
    EXAMPLE_MALFORMED = examples.EXAMPLE_MALFORMED
    EXAMPLE_DUPLICATE = examples.EXAMPLE_DUPLICATE
    EXAMPLE_SETUP = examples.EXAMPLE_SETUP
    EXAMPLE_UNKNOWN = examples.EXAMPLE_UNKNOWN
    ENVIRONMENT_UNKNOWN = examples.ENVIRONMENT_UNKNOWN
    ENVIRONMENT_UNLOCKED = examples.ENVIRONMENT_UNLOCKED
    ENVIRONMENT_OUTDATED = examples.ENVIRONMENT_OUTDATED
    ENVIRONMENT_UNREADABLE = examples.ENVIRONMENT_UNREADABLE
    EXAMPLE_UNPROVEN = examples.EXAMPLE_UNPROVEN
    EXAMPLE_STALE = examples.EXAMPLE_STALE
    EXAMPLE_EXPIRED = examples.EXAMPLE_EXPIRED
    EXAMPLE_DRIFTED = examples.EXAMPLE_DRIFTED
    EXAMPLE_CONTRADICTED = examples.EXAMPLE_CONTRADICTED
    EXAMPLE_UNABLE = examples.EXAMPLE_UNABLE
    EVIDENCE_UNREADABLE = examples.EVIDENCE_UNREADABLE
    EVIDENCE_UNUSED = examples.EVIDENCE_UNUSED
    SETTING_INVALID = site.SETTING_INVALID
    REPORT_UNWRITABLE = site.REPORT_UNWRITABLE
    ACCEPTANCE_EXPIRED = site.ACCEPTANCE_EXPIRED
    ACCEPTANCE_UNUSED = site.ACCEPTANCE_UNUSED

    def __str__(self) -> str:
        """Return the code as it stands in every output."""
        return self.value.code

    @property
    def severity(self) -> Severity:
        """Return how much a finding of this code matters."""
        return self.value.severity


CODES = {str(code): code for code in Code}
"""The codes by the words that stand in every output."""
