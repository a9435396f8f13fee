"""What is wrong with a conf.py, in a sentence: Sphinx's own message holds a whole traceback."""

from __future__ import annotations

from pathlib import Path
from traceback import walk_tb

from sphinx.errors import ConfigError


def reason(conf: Path, error: ConfigError) -> str:
    """Return what went wrong in a conf.py, and where; Sphinx's own message holds a whole traceback."""
    cause = error.__cause__
    if cause is None:  # conf.py itself raised a ConfigError: its text is meant for people
        return str(error).rstrip(".")
    if isinstance(cause, SystemExit):
        return "it calls sys.exit()"
    where = f" in line {line}" if (line := _line(conf, cause)) else ""
    text = cause.msg if isinstance(cause, SyntaxError) else str(cause)
    return f"{type(cause).__name__}{where}: {text.rstrip('.')}"


def _line(conf: Path, cause: BaseException) -> int:
    if isinstance(cause, SyntaxError) and cause.filename == str(conf):
        return cause.lineno or 0
    lines = [line for frame, line in walk_tb(cause.__traceback__) if frame.f_code.co_filename == str(conf)]
    return lines[-1] if lines else 0
