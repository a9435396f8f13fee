"""What a table of cases holds: examples as authors think of them, whatever the markup they are written in."""

from __future__ import annotations

from textwrap import dedent

from msgspec import Struct

from affidavit.model.evidence import State

Options = tuple[tuple[str, str], ...]


class Block(Struct, frozen=True):
    """A directive within an example, a ``stock`` block in a language, or with no ``directive`` a paragraph."""

    directive: str
    argument: str = ""
    options: Options = ()
    text: str = ""
    stock: bool = False
    listed: bool = False


class Case(Struct, frozen=True):
    """An example, and what it must come to; ``apart`` is why both markups cannot give the same run, if they do not.

    ``runs`` is how many runs are about it: a probe has one for each setup.
    """

    name: str
    blocks: tuple[Block, ...]
    options: Options = ()
    state: State = State.PROVEN
    apart: str = ""
    runs: int = 1


def _options(told: dict[str, object]) -> Options:
    return tuple((name.replace("_", "-"), "" if value is True else str(value)) for name, value in told.items())


def case(
    name: str, *blocks: Block, state: State = State.PROVEN, apart: str = "", runs: int = 1, **options: object
) -> Case:
    """Return a case; options of its directive are named as Python spells them."""
    return Case(name, blocks, _options(options), state, apart, runs)


def prose(text: str) -> Block:
    """Return a paragraph between two steps."""
    return Block("", text=text)


def stock(language: str, text: str, *, listed: bool = False) -> Block:
    """Return a block of the markup's own, which may stand in a list."""
    return Block(language, text=dedent(text), stock=True, listed=listed)


def console(text: str, **options: object) -> Block:
    """Return a console step."""
    return Block("console", options=_options(options), text=dedent(text))


def pycon(text: str, **options: object) -> Block:
    """Return a Python step."""
    return Block("pycon", options=_options(options), text=dedent(text))


def http(text: str, **options: object) -> Block:
    """Return a step of requests."""
    return Block("http", options=_options(options), text=dedent(text))


def file(path: str, text: str = "", **options: object) -> Block:
    """Return a file."""
    return Block("file", path, _options(options), text)


def service(command: str, **options: object) -> Block:
    """Return a service."""
    return Block("service", command, _options(options))
