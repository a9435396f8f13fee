"""What can be said of references to release notes, and of the lock file."""

from __future__ import annotations

from affidavit.model.severity import error

NOTE_MALFORMED = error(
    "note-malformed",
    "A reference to release notes is not of the form `[project:]release#section`.",
    "Write for example `pike#known-issues` or `glance:15.0.0#known-issues`.",
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
