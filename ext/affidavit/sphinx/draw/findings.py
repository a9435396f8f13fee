"""Findings, drawn in the card that they are about."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding

_ = get_translation("affidavit")


def draw(findings: Sequence[Finding]) -> list[nodes.Node]:
    """Draw findings as a list, each with its severity as a word and its code."""
    items = [nodes.list_item("", _one(each)) for each in findings]
    return [nodes.bullet_list("", *items, bullet="*", classes=["affidavit-findings"])] if items else []


def _one(found: Finding) -> nodes.Node:
    severity = {Severity.ERROR: _("Error:"), Severity.WARNING: _("Warning:"), Severity.INFO: _("Note:")}[found.severity]
    code = [nodes.Text(" ["), nodes.literal("", str(found.code)), nodes.Text("]")]
    return nodes.paragraph("", "", nodes.strong("", severity), nodes.Text(" "), *inline(str(found)), *code)


def inline(text: str) -> list[nodes.Node]:
    """Set what stands between backquotes as literals: messages are written for a terminal."""
    parts = text.split("`")
    return [nodes.literal("", part) if at % 2 else nodes.Text(part) for at, part in enumerate(parts)]
