"""The options of each directive, declared once: the reader checks against this table, the manual prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from affidavit.model.codes import Code


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a directive and what it is for."""

    name: str
    meaning: str
    required: bool = False


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
        Option("symptom", "How the failure looks to the operator, as inline markup.", required=True),
        Option("variant", "The variant of the method that fails; all of them where it is not given."),
    ),
    "deployment-matrix": (),
}


def examine(directive: str, options: Mapping[str, str]) -> Iterator[tuple[Code, str]]:
    """Yield a code and a sentence for each option that is unknown, lacking or empty."""
    known = {option.name: option for option in DIRECTIVES[directive]}
    for name in options:
        if name not in known:
            yield Code.OPTION_UNKNOWN, f"`{directive}` has no option `{name}`{_nearest(name, known)}."
        elif not options[name].strip():
            yield Code.OPTION_INVALID, f"The option `{name}` of `{directive}` has no value."
    for option in known.values():
        if option.required and option.name not in options:
            yield Code.OPTION_MISSING, f"This `{directive}` lacks the option `{option.name}`."


def _nearest(name: str, known: Mapping[str, Option]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"; did you mean `{near[0]}`"
    return f"; it has {', '.join(f'`{each}`' for each in known)}" if known else "; it has none"
