"""The server of the command's tests, for all suites of seams."""

from tests.cli.conftest import answer, server

__all__ = ["answer", "server"]
