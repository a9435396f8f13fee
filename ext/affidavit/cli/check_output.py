"""Where the report of a check goes: to standard output, or whole to a file."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from affidavit.cli.outcome import UsageError, say
from affidavit.model.report import Report
from affidavit.reports.formats import FORMATS
from affidavit.reports.groups import summary
from affidavit.reports.origin import Origin

_ADVICE = "Name a file in a folder that can be written to."


def require_writable(path: Path, what: str = "report") -> None:
    """Raise :class:`UsageError` where a report, or what else, could not be written, before anybody is asked for it."""
    real = Path(os.path.realpath(path))
    if real.is_dir():
        raise UsageError(f"`{path}` is a folder, so no {what} can be written there.", advice=_ADVICE)
    if not real.parent.is_dir():
        raise UsageError(f"There is no folder `{path.parent}` to write the {what} to.", advice="Make it first.")
    if not os.access(real if _is_device(real) else real.parent, os.W_OK):
        raise UsageError(f"`{path}` cannot be written.", advice=_ADVICE)


def publish(report: Report, origin: Origin, *, name: str, path: Path | None) -> None:
    """Write a report in the format of this name: to a file, with its summary on standard output, or there itself."""
    text = FORMATS[name](report, origin)
    if path is not None:
        write(path, text)
        say(f"{path}: {summary(report)}")
    elif name == "text" and sys.stdout is not None and sys.stdout.isatty():
        from affidavit.cli.colour import show  # noqa: PLC0415 -- rich is worth its time on a terminal only

        show(text)
    else:
        if name != "text":
            speak_utf_8()
        say(text.removesuffix("\n"))


def speak_utf_8() -> None:
    """Write in UTF-8 what programs read: XML says so in its head, and JSON is nothing else (RFC 8259, 8.1)."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")


def write(path: Path, text: str, what: str = "report") -> None:
    """Write a report, or what else, to a file, whole; raise :class:`UsageError` where that fails."""
    try:
        if _is_device(path):
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
        else:
            from affidavit.files import replace_text  # noqa: PLC0415 -- it brings cryptography that few runs need

            replace_text(path, text)
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else error
        raise UsageError(f"The {what} `{path}` cannot be written ({told}).", advice=_ADVICE) from None


def _is_device(path: Path) -> bool:
    """Tell what must not be replaced by a file: a pipe of the shell, or a device such as ``/dev/null``."""
    return path.exists() and not path.is_file()
