"""``affidavit explain``: what a code means and what to do about it."""

from __future__ import annotations

from argparse import Namespace
from difflib import get_close_matches

from affidavit.cli.outcome import Status, UsageError, say
from affidavit.model.codes import CODES, Code


def run(arguments: Namespace) -> Status:
    """Print the explanation of one code, or a line for each."""
    say(_explained(_code(arguments.code)) if arguments.code else _table())
    return Status.FINE


def _code(written: str) -> Code:
    """Return the code, also where it is written as Sphinx shows it, ``[affidavit.link-broken]``."""
    name = written.strip("[] ").lower().removeprefix("affidavit.")
    if name in CODES:
        return CODES[name]
    near = " or ".join(f"`{each}`" for each in get_close_matches(name, CODES))
    advice = f"Did you mean {near}?" if near else "Run `affidavit explain` to list all codes."
    raise UsageError(f"There is no code `{written}`.", advice=advice)


def _explained(code: Code) -> str:
    return f"{code} ({code.severity})\n\n  {code.value.meaning}\n  {code.value.advice}"


def _table() -> str:
    width = max(map(len, CODES))
    return "\n".join(
        f"{name:<{width}}  {code.severity:<5}  {code.value.meaning}" for name, code in sorted(CODES.items())
    )
