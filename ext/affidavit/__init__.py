"""Affidavit: documentation whose pages prove what they say. Use it as ``extensions = ["affidavit"]``."""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers read it: importing typing would be most of the time until Ctrl-C is heard

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["__version__", "setup"]

__version__ = "0.1.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx; imported late, so that the command starts without Sphinx."""
    from affidavit.sphinx import setup as register  # noqa: PLC0415 -- the docstring says why

    return register(app)
