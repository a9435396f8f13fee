"""The command ``affidavit``. Each subcommand is a module of its own: it reads, calls a room, and prints."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module

from affidavit.cli.outcome import Status, UsageError, tell
from affidavit.cli.parser import parser
from affidavit.model.errors import AffidavitError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: see :class:`~affidavit.cli.outcome.Status`.

    Whatever the user can cause is told in a sentence on standard error.
    """
    try:
        _print_anything()
        with _ended_as_by_keys():
            status = _status(argv)
        if sys.stdout is not None:  # as under pythonw, or with standard output closed
            sys.stdout.flush()
    except KeyboardInterrupt:
        tell("Interrupted. Run the command again to finish.")
        return Status.INTERRUPTED
    except BrokenPipeError:  # the reader has what it wanted, as `head` does; that needs no words
        return _stop_printing()
    except OSError as error:
        tell(f"The system stopped the command: {error}. See to that, and run it again.")
        return _stop_printing()
    return status


@contextmanager
def _ended_as_by_keys() -> Iterator[None]:
    """Let SIGTERM, by which CI ends what takes too long, and SIGHUP, by which a terminal does, do what Ctrl-C does.

    What is known is kept and told.
    """
    if threading.current_thread() is not threading.main_thread():  # where signals cannot be dealt with
        yield
        return
    others = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    usual = {each: signal.signal(each, _interrupt) for each in others}
    try:
        yield
    finally:
        for each, handler in usual.items():
            signal.signal(each, handler)


def _interrupt(*_: object) -> None:
    """Do what Ctrl-C does, also where that is ignored, as shells have it for what they put into the background."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        raise KeyboardInterrupt
    signal.raise_signal(signal.SIGINT)


def _status(argv: Sequence[str] | None) -> int:
    try:
        return _run(_parsed(parser(), argv))
    except SystemExit as leaving:  # how argparse ends: with 0 after --help, with 2 after wrong usage
        return int(leaving.code or Status.FINE)
    except UsageError as error:
        tell(error)
        return Status.USAGE
    except AffidavitError as error:
        tell(error)
        return Status.ERRORS


def _parsed(known: ArgumentParser, argv: Sequence[str] | None) -> Namespace:
    """Return what the command line says; names may stand behind options, where argparse takes them for unknown."""
    arguments, rest = known.parse_known_args(argv)
    names: list[str] | None = getattr(arguments, "names", None)
    if rest and (names is None or any(each.startswith("-") for each in rest)):
        arguments.parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if names is not None:
        arguments.names = [*names, *rest]
    return arguments


def _run(arguments: Namespace) -> int:
    """Run a subcommand; its module is imported now, so that ``--version`` does not wait for Sphinx."""
    run: Callable[[Namespace], Status] = import_module(arguments.module).run
    return run(arguments)


def _print_anything() -> None:
    """Let a terminal that cannot show a character show its number: a title must not end the command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _stop_printing() -> int:
    """Send what is still to be printed nowhere; else Python tries again while it exits, and complains."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Status.ERRORS
