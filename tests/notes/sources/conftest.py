"""The server of the command's tests."""

from tests.cli.conftest import answer, server

__all__ = ["answer", "server"]
