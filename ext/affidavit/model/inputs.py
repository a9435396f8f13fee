"""What acts in a run apart from what is put in, as a record keeps it: what has changed is told by it. Values only.

Texts are those of the page, which everybody reads. Of files of the repository there are hashes alone.
"""

from __future__ import annotations

from msgspec import Struct

from affidavit.model.examples import Ready

MODE = 0o644
"""The permissions of a file whose page names none."""


class FileInput(Struct, frozen=True):
    """A file that the run found: with the text of its page, or as the repository's file ``source``.

    Of that, ``hash`` is what it held, empty where it could not be read; ``text`` is empty then.
    """

    path: str
    text: str = ""
    source: str = ""
    hash: str = ""
    mode: int = MODE


class ServiceInput(Struct, frozen=True):
    """A program in the background, what told that it was ready, and the signal that stopped it."""

    command: str
    ready: tuple[Ready, ...] = ()
    stop: str = "SIGTERM"


class HttpInput(Struct, frozen=True):
    """The server that the requests of a step went to."""

    base: str


class DeclaredInput(Struct, frozen=True):
    """A file of the repository on which the outcome is said to depend; ``hash`` is empty where it could not be read."""

    name: str
    hash: str = ""


Input = FileInput | ServiceInput | HttpInput | DeclaredInput
