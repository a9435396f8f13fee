"""The options of the directives about examples: the reader checks against this table, the manual prints it."""

from __future__ import annotations

from affidavit.model.directives import Option

_MATCHING = (
    Option("match", "How expected output is read: ``exact``, the default, ``glob``, ``regex`` or ``json``."),
    Option("unordered", "Lines of output may come in any order.", flag=True),
    Option("tolerance", "How far numbers may be off: a share of the expected one, such as ``0.1``."),
    Option("settle", "Names of further patterns to replace before comparing, separated by commas."),
)

DIRECTIVES: dict[str, tuple[Option, ...]] = {
    "example": (
        Option("setup", "Examples to run before this one, in the same workspace, separated by commas."),
        Option("setup-for", "The deployment method that this example sets up."),
        Option("variant", "Which variant of the method that is."),
        Option("features", "The features that are tried under this setup, separated by commas; all without it."),
        Option("probe", "The feature that this example tries, under every setup."),
        Option("environments", "The environments to run in, separated by commas; the machine's own without it."),
        Option("needs", "Programs that must be there, separated by commas."),
        Option("versions", "What cards tell the versions of, separated by commas; all that may matter without it."),
        Option("files", "Files of the repository that the outcome depends on, separated by commas."),
        Option("timeout", "How many seconds it may take at most."),
        Option("network", "Let the steps reach the network.", flag=True),
        Option("expect", "``failure`` where the steps must fail."),
        Option("symptom", "How the failure must look: ``exit 7``, ``HTTP 413`` or words of the output, with commas."),
        Option("slow", "Run it only with ``--slow``, or where it is named; what it showed counts as ever.", flag=True),
        Option("skip-if", "``COMMAND => REASON``: where the command succeeds, the example is not run."),
    ),
    "file": (
        Option("source", "A file of the repository, relative to the page's folder, in place of content."),
        Option("mode", "The file's permissions, such as ``755``."),
        Option("hidden", "Fold the file away on the page.", flag=True),
    ),
    "console": _MATCHING,
    "pycon": _MATCHING,
    "http": (Option("base", "The address of the server, such as ``http://127.0.0.1:8080``."), *_MATCHING),
    "service": (
        Option("ready", "Conditions: a URL, ``HOST:PORT``, ``log PATTERN`` or ``file PATH``, separated by commas."),
        Option("status", "The HTTP status that its URL must answer with; any without it."),
        Option("within", "How many seconds it may take to be ready."),
        Option("stop", "The signal that stops it; ``SIGTERM`` without it."),
    ),
}
