"""Pictures of a method's page, the matrix and the list of references, as each kind of reader sees them.

A person looks at them. They are kept in ``shots/`` beside this file. ``card-light.png`` shows one card, for README.md
(``tox -e picture``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

SHOTS = Path(__file__).with_name("shots")

# What is to be seen on the picture: a page, and something of ours on it.
SUBJECTS = {
    "method": ("guide/mod-proxy-uwsgi.html", ".affidavit-card"),
    "matrix": ("guide/overview.html", ".affidavit-matrix"),
    "references": ("guide/release-notes.html", ".affidavit-listing"),
}

READERS: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"scheme": "dark"},
    "print": {"media": "print"},
    "narrow": {"width": 320},
    "narrow-dark": {"width": 320, "scheme": "dark"},
    "no-scripts": {"scripts": False},
}


@pytest.fixture(scope="module")
def shots():
    SHOTS.mkdir(exist_ok=True)
    return SHOTS


@pytest.fixture
def show(site, new_page):
    """Open a page as one kind of reader sees it; return it, and what the picture is about."""

    def open_page(subject, reader):
        path, ours = SUBJECTS[subject]
        page = new_page(**READERS[reader])
        page.goto(f"{site.url}/{path}")
        return page, page.locator(ours).first

    return open_page


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_page_has_its_picture_taken(show, shots, subject, reader):
    page, ours = show(subject, reader)
    assert ours.is_visible()
    page.screenshot(path=shots / f"{subject}-{reader}.png", full_page=True, animations="disabled")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_card_has_its_picture_taken_with_its_history(show, shots, scheme):
    _, card = show("method", scheme)
    card.locator("details:not(.affidavit-evidence-of-card)").evaluate("fold => fold.open = true")
    assert card.locator(".affidavit-fails").first.is_visible()
    card.screenshot(path=shots / f"card-{scheme}.png", animations="disabled")
