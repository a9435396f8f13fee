"""The icons: one shape for each status and each cell of the matrix, told apart without colour.

They are decoration: a word always stands beside them, so html hides them from assistive technology.
"""

from __future__ import annotations

_CIRCLE = '<circle cx="8" cy="8" r="6.8"/>'
_CHECK = '<path d="M4.8 8.3l2.2 2.3 4.2-4.8"/>'
_CROSS = '<path d="M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2"/>'
_SHAPES = {
    "recommended": '<path d="M8 1.2l2 4.3 4.7.6-3.4 3.3.9 4.7L8 11.8l-4.2 2.3.9-4.7L1.3 6.1 6 5.5z"/>',
    "supported": _CIRCLE + _CHECK,
    "discouraged": '<path d="M8 1.6l6.6 12H1.4zM8 6v3.6M8 11.6v.4"/>',
    "broken": '<path d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z"/>' + _CROSS,
    "removed": _CIRCLE + '<path d="M4.6 8h6.8"/>',
    "unknown": _CIRCLE + '<path d="M6 6.2c0-2.8 4-2.6 4-.1 0 1.6-2 1.6-2 3.2M8 11.6v.4"/>',
    "works": _CHECK,
    "fails": _CROSS,
    "varies": '<path d="M2.5 9.5c2-4 3.5-4 5.5-1.5s3.5 2.5 5.5-1.5"/>',
    "nothing": '<path d="M4.6 8h6.8"/>',
    "shown-works": _CIRCLE + _CHECK,
    "shown-fails": '<path d="M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z"/>' + _CROSS,
    "against": '<path d="M8 1.6l6.6 12H1.4zM8 6v3.6M8 11.6v.4"/>',
}
SYMBOLS = {
    "recommended": "++",
    "supported": "+",
    "discouraged": "!",
    "broken": "x",
    "removed": "-",
    "unknown": "?",
    "works": "+",
    "fails": "x",
    "varies": "~",
    "nothing": " ",
    "shown-works": "+",
    "shown-fails": "x",
    "against": "!",
}
"""The marks in plain text."""

LATEX_DINGBATS = {
    "recommended": 72,
    "supported": 51,
    "discouraged": 115,
    "broken": 55,
    "removed": 109,
    "unknown": 68,
    "works": 51,
    "fails": 55,
    "varies": 118,
    "nothing": 113,
    "shown-works": 52,
    "shown-fails": 56,
    "against": 115,
}
"""The characters of the PostScript font Zapf Dingbats, by their numbers in the package ``pifont``."""


def svg(kind: str) -> str:
    """Return an icon as inline SVG, in the colour of the text around it; well-formed XML, as epub wants."""
    return (
        '<svg class="affidavit-mark" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16" '
        'fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" '
        f'aria-hidden="true" focusable="false">{_SHAPES[kind]}</svg> '
    )
