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
    "statement": (
        Option("source", "Who said it, as inline markup; without it the site says it itself."),
        Option("release-notes", "References to release notes, separated by commas."),
        Option("releases", "Intervals of releases that it speaks of, separated by commas; all without it."),
        Option("method", "The deployment methods that it speaks of, separated by spaces or commas."),
        Option("variant", "Which variants of these methods, separated by commas; all without it."),
        Option("features", "Which features, separated by spaces or commas; the methods as a whole without it."),
        Option("examples", "The plain examples that bear it out, separated by spaces or commas."),
        Option("says", "What it says of these runs: ``works``, the default, or ``fails``."),
        Option("symptom", "How they fail: ``exit 7``, ``HTTP 413`` or words; in one of several ways, with commas."),
        Option("contradicted", "Intervals of releases in which runs are known to show otherwise, separated by commas."),
        Option("untestable", "Why no run can test it, as inline markup; in place of what it is held against."),
    ),
    "statement-list": (
        Option("source", "List the statements of this source only, written as they have it."),
        Option("class", "Further classes of the table, such as ``stacked``."),
    ),
}
