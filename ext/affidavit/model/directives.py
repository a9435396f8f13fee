"""A directive as an author writes it, and the options that it may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from msgspec import Struct

from affidavit.model.codes import Code
from affidavit.model.place import Place
from affidavit.model.verdicts import Finding, finding


class Option(Struct, frozen=True):
    """An option of a directive and what it is for; a flag has no value."""

    name: str
    meaning: str
    required: bool = False
    flag: bool = False


class Declaration(Struct, frozen=True):
    """A directive as it is written: its name, its argument (empty if it has none) and its options."""

    directive: str
    argument: str
    options: Mapping[str, str]
    place: Place

    def option(self, name: str) -> str:
        """Return an option's value on one line, empty if it is not given."""
        return " ".join(self.options.get(name, "").split())

    def problem(self, code: Code, message: str, advice: str = "") -> Finding:
        """Return a finding at the place of this directive."""
        return finding(code, self.place, message, advice)


def examine(told: Declaration, options: Sequence[Option]) -> Iterator[Finding]:
    """Yield a finding for each option that the directive does not have, that is lacking, or empty."""
    known = {option.name: option for option in options}
    for name in told.options:
        if name not in known:
            message = f"`{told.directive}` has no option `{name}`{_nearest(name, known)}."
            yield told.problem(Code.OPTION_UNKNOWN, message)
        elif not told.option(name) and not known[name].flag:
            yield told.problem(Code.OPTION_INVALID, f"The option `{name}` of `{told.directive}` has no value.")
    for option in options:
        if option.required and option.name not in told.options:
            yield told.problem(Code.OPTION_MISSING, f"This `{told.directive}` lacks the option `{option.name}`.")


def _nearest(name: str, known: Mapping[str, Option]) -> str:
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    if near:
        return f"; did you mean `{near[0]}`"
    return f"; it has {', '.join(f'`{each}`' for each in known)}" if known else "; it has none"
