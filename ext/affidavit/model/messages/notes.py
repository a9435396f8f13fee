"""What can be said of references to release notes, and of the lock file."""

from __future__ import annotations

from affidavit.model.severity import error, info

NOTE_MALFORMED = error(
    "note-malformed",
    "A reference to release notes is not of the form `[project:]release#section`, perhaps with words in quotes behind.",
    'Write for example `pike#known-issues`, `glance:15.0.0#known-issues` or `pike#known-issues "tasks"`.',
)

NOTE_PROJECT_UNKNOWN = error(
    "note-project-unknown",
    "A reference names a project that is not in `affidavit_release_notes`, or that the lock file does not hold.",
    "Add the project to the setting and run `affidavit notes lock`.",
)

NOTE_RELEASE_UNKNOWN = error(
    "note-release-unknown",
    "The release notes of the project have no such release or series.",
    "Correct the release, or run `affidavit notes lock` if it is new.",
)

NOTE_SECTION_UNKNOWN = error(
    "note-section-unknown",
    "The release notes of that release have no such section.",
    "Correct the section, or name another release of the series.",
)

NOTE_AMBIGUOUS = error(
    "note-ambiguous",
    "A reference fits more than one place in the release notes.",
    "Name the release, or `series/version` where a version stands in two series.",
)

NOTE_WORDS_MISSING = error(
    "note-words-missing",
    "A section of release notes does not say the words that a reference to it quotes.",
    "Quote what it says now, or refer to another section.",
)

NOTE_WORDS_UNLOCKED = error(
    "note-words-unlocked",
    "A reference to release notes quotes words that the lock file knows nothing of.",
    "Run `affidavit notes lock`, which looks for them, and commit the file that it writes.",
)

NOTE_UNABLE = info(
    "note-unable",
    "Whether a section of release notes says what a reference quotes could not be told.",
    "Run `affidavit notes lock` where the source of the notes, or the published page, can be reached.",
)

NOTE_SERIES_REMOVED = error(
    "note-series-removed",
    "A reference names a series that the release notes once had, and have no more.",
    "Remove the reference, or name the release under a series that is still there.",
)

NOTE_SERIES_CLOSED = info(
    "note-series-closed",
    "A reference names a release of a series that is closed.",
    "See whether readers are to be told of a later series as well; the page of this one may go away.",
)

NOTE_NEWER_THAN_CARD = info(
    "note-newer-than-card",
    "A card refers to the notes of a release that is newer than all that its stages speak of.",
    "Extend the card with a stage for that release, or see whether the reference belongs there.",
)

NOTE_ANCHOR_BARE = info(
    "note-anchor-bare",
    "A plain link leads into release notes, to an anchor that is none of a section: it belongs to what stands first.",
    "Write it as a `release-note` reference, which leads to the section of one release.",
)

NOTE_DROPPED = info(
    "note-dropped",
    "A note is not published in full, since the tool that publishes it does not know one of its sections.",
    "If the project is yours, correct the section's name in that file; else tell its maintainers.",
)

NOTE_CHANGED = error(
    "note-changed",
    "What a reference means is not the same in the release notes as in the lock file.",
    "Run `affidavit notes lock`, and correct the reference if the next build says so.",
)

LOCK_MISSING = error(
    "lock-missing",
    "There are references to release notes, but no lock file to check them against.",
    "Run `affidavit notes lock` and commit the file that it writes.",
)

LOCK_UNREADABLE = error(
    "lock-unreadable",
    "The lock file cannot be read, is cut short, or is not what `affidavit notes lock` writes.",
    "Restore the file from version control, or run `affidavit notes lock` again.",
)

LOCK_VERSION = error(
    "lock-version",
    "The lock file was written by a later version of Affidavit.",
    "Upgrade Affidavit, or write the file again with `affidavit notes lock`.",
)

LOCK_DUPLICATE = error(
    "lock-duplicate",
    "The lock file holds one key twice, as a merge of two changes may leave it.",
    "Run `affidavit notes lock` again and commit the result.",
)

LOCK_OUTDATED = error(
    "lock-outdated",
    "The lock file and `affidavit_release_notes` disagree: a project is in one alone, or its URL differs.",
    "Run `affidavit notes lock` and commit the file that it writes.",
)

LOCK_BEHIND = info(
    "lock-behind",
    "The lock file is older than its source: the release notes of a project have changed since it was written.",
    "See `affidavit notes diff`, run `affidavit notes lock`, and commit the file that it writes.",
)

LOCK_UNCHECKED = info(
    "lock-unchecked",
    "Whether the lock file still agrees with its source could not be told.",
    "Check again where the source can be reached.",
)
