"""The options of the directives about methods: the reader checks against this table, the manual prints it."""

from __future__ import annotations

from affidavit.model.directives import Option

DIRECTIVES: dict[str, tuple[Option, ...]] = {
    "deployment-feature": (Option("title", "What readers call the feature.", required=True),),
    "deployment-method": (
        Option("title", "What readers call the method; the heading of the card.", required=True),
        Option("term", "The glossary term that explains the method."),
        Option("release-notes", "References to release notes, separated by commas."),
    ),
    "stage": (
        Option(
            "status",
            "One of recommended, supported, discouraged, broken, removed and unknown.",
            required=True,
        ),
    ),
    "fails": (
        Option(
            "symptom",
            "How the failure looks to the operator, as inline markup, and must look in runs: see below.",
            required=True,
        ),
        Option("variant", "The variant of the method that fails; all of them where it is not given."),
    ),
    "deployment-matrix": (),
}
