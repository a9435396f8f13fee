"""The options of the directive about release notes: the reader checks against this table, the manual prints it."""

from __future__ import annotations

from affidavit.model.directives import Option

DIRECTIVES: dict[str, tuple[Option, ...]] = {
    "release-note-references": (
        Option("by", "What a row is: one ``reference``, the default, or one section of a ``release``."),
        Option("project", "The project of whose release notes to list the references; all where it is not given."),
    ),
}
