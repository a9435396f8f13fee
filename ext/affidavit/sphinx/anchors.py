"""The ids that parts of pages have, for links to them; no title or label makes an id with a dot."""

from __future__ import annotations

from affidavit.model.claims import Card, Feature
from affidavit.model.examples import Example
from affidavit.model.statements import Statement

Declared = Card | Feature | Example | Statement
"""What can be linked to by its name."""


def anchor(declared: Declared) -> str:
    """Return the id that something has on its page."""
    match declared:
        case Card():
            return f"deployment-method.{declared.name}"
        case Feature():
            return f"deployment-feature.{declared.name}"
        case Example():
            return f"example.{declared.name}"
        case Statement():
            return f"statement.{declared.name}"


def run_anchor(key: str) -> str:
    """Return the id that html has for what a run saw."""
    return "run." + key.replace("/", ".").replace("@", ".")
