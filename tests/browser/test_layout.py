"""Pages on narrow phones, without scripts, in print, and with a keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import affidavit.sphinx

NARROW = 320  # WCAG 1.4.10: text must reflow at this width

OPEN_FOLDS = 'for (const fold of document.querySelectorAll("details")) fold.open = true;'

WIDTH = "document.scrollingElement.scrollWidth"

LAPTOP = 1280
CUT_OFF = """
() => [...document.querySelectorAll(".affidavit-matrix")].filter(each => each.scrollWidth > each.clientWidth + 1).length
"""

# The labels of those tab panels that a reader cannot see, or sees without a label right above their content.
UNSEEN_PANELS = """
() => {
  const read = element => element?.checkVisibility() ? element.innerText.trim() : "";
  const unseen = panel => {
    const label = document.getElementById(panel.getAttribute("aria-labelledby")).textContent.trim();
    const drawn = getComputedStyle(panel, "::before").content.replaceAll('"', "");
    const labels = [drawn, read(panel.firstElementChild), read(panel.previousElementSibling)];
    return read(panel) && labels.includes(label) ? [] : [label];
  };
  return [...document.querySelectorAll(".sphinx-tabs-panel")].flatMap(unseen);
}
"""

FOLD_OF_CARD = ".affidavit-card details"
FOLDED_AWAY = f"""
() => [...document.querySelectorAll("{FOLD_OF_CARD} > :not(summary)")]
  .filter(each => each.getBoundingClientRect().height === 0 || !each.checkVisibility()).length
"""
FOCUS_IN_FOLD = f'document.activeElement.closest("{FOLD_OF_CARD}") !== null'
TABS_AT_MOST = 400


def fits(page):
    """Return whether the page that is open needs no sideways scrolling, with all that can be unfolded."""
    page.evaluate(OPEN_FOLDS)
    return page.evaluate(WIDTH) <= NARROW


def walk(page, site):
    """Open each page of the site in the tab; give its path."""
    for path in site.pages:
        page.goto(f"{site.url}/{path}")
        yield path


def press_to_fold(page):
    """Go through the page with the Tab key until the focus is in a card; return whether it came there."""
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUS_IN_FOLD):
            return True
    return False


@pytest.mark.parametrize("scripts", [True, False])
def test_no_page_scrolls_sideways_on_a_narrow_screen(site, new_page, scripts):
    page = new_page(width=NARROW, scripts=scripts)
    assert [path for path in walk(page, site) if not fits(page)] == []


def test_all_methods_of_the_matrix_stand_beside_each_other_on_a_laptop(site, new_page):
    page = new_page(width=LAPTOP)
    page.goto(f"{site.url}/guide/overview.html")
    assert page.locator("table.affidavit-matrix").first.is_visible()
    assert page.evaluate(CUT_OFF) == 0


READERS: dict[str, dict[str, Any]] = {"without scripts": {"scripts": False}, "in print": {"media": "print"}}


@pytest.mark.parametrize("reader", READERS)
def test_all_tabs_are_read_with_their_labels(site, new_page, reader):
    page = new_page(**READERS[reader])
    unseen = {path: page.evaluate(UNSEEN_PANELS) for path in walk(page, site)}
    assert {path: labels for path, labels in unseen.items() if labels} == {}


def test_tabs_stand_on_the_site(site, new_page):
    page = new_page()
    assert sum(page.locator(".sphinx-tabs-panel").count() for _ in walk(page, site)) > 0


def test_nothing_of_a_card_is_folded_away_in_print(site, new_page):
    page = new_page(media="print")
    assert {path: page.evaluate(FOLDED_AWAY) for path in walk(page, site)} == dict.fromkeys(site.pages, 0)


def test_the_history_of_a_card_opens_with_the_keyboard(site, new_page):
    page = new_page()
    pages = [path for path in walk(page, site) if page.locator(FOLD_OF_CARD).count()]
    assert pages != []
    for path in pages:
        page.goto(f"{site.url}/{path}")
        assert press_to_fold(page), path
        page.keyboard.press("Enter")
        assert page.evaluate(f'document.activeElement.closest("{FOLD_OF_CARD}").open'), path


STYLE = Path(affidavit.sphinx.__file__).parent / "static" / "affidavit.css"
FINDINGS = "<ul class='affidavit-findings' style='width: 9em'><li>Words of a finding</li></ul>"
GAPS = """
() => {
  const box = name => document.querySelector(name).getBoundingClientRect();
  const [outer, inner] = [box(".affidavit-findings"), box("li")];
  return [inner.left - outer.left, outer.right - inner.right];
}
"""


def test_findings_keep_clear_of_their_frame(new_page):
    page = new_page()
    page.set_content(
        html(f"<style>* {{ padding: 0 }}</style><style>{STYLE.read_text(encoding='utf-8')}</style>{FINDINGS}")
    )
    before, behind = page.evaluate(GAPS)
    assert (before > 24, behind > 8) == (True, True)  # in front there is room for the bullet


def html(body):
    return f"<!doctype html><html lang='en'><title>Page</title><body style='margin: 0'>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "fit"),
    [
        ("<p>Short words wrap where a line ends, however many of them there are on it.</p>", True),
        ("<div style='width: 320px'>.</div>", True),
        ("<div style='width: 321px'>.</div>", False),
        ("<details><summary>More</summary><div style='width: 400px'>.</div></details>", False),
        ("<div style='overflow-x: auto'><div style='width: 900px'>.</div></div>", True),
    ],
)
def test_a_page_that_is_too_wide_is_seen(new_page, body, fit):
    page = new_page(width=NARROW)
    page.set_content(html(body))
    assert fits(page) is fit


TABS = "<p><button id='tab'>Debian</button> <button>Ubuntu</button></p>"
OPEN = "<div class='sphinx-tabs-panel' aria-labelledby='tab'>"
CLOSED = "<div class='sphinx-tabs-panel' aria-labelledby='tab' hidden>"
DRAWN = "<style>.sphinx-tabs-panel::before { content: 'Debian' }</style>"
PANELS = [
    (f"{CLOSED}<p>Debian</p><p>Text</p></div>", ["Debian"]),
    (f"{OPEN}<p>Text</p></div>", ["Debian"]),
    (f"{OPEN}<p hidden>Debian</p><p>Text</p></div>", ["Debian"]),
    (f"{OPEN}<p>Debian</p><p>Text</p></div>", []),
    (f"<p>Debian</p>{OPEN}<p>Text</p></div>", []),
    (f"{DRAWN}{OPEN}<p>Text</p></div>", []),
    (f"{DRAWN}{CLOSED}<p>Text</p></div>", ["Debian"]),
]


@pytest.mark.parametrize(("panel", "unseen"), PANELS)
def test_a_tab_that_cannot_be_read_is_seen(new_page, panel, unseen):
    page = new_page(scripts=False)
    page.set_content(html(f"{TABS}{panel}"))
    assert page.evaluate(UNSEEN_PANELS) == unseen


@pytest.mark.parametrize(("state", "hidden"), [("", 1), ("open", 0)])
def test_what_is_folded_away_is_seen(new_page, state, hidden):
    page = new_page(media="print")
    page.set_content(
        html(f"<div class='affidavit-card'><details {state}><summary>More</summary><p>.</p></details></div>")
    )
    assert page.evaluate(FOLDED_AWAY) == hidden


def test_a_fold_that_the_keyboard_does_not_reach_is_seen(new_page):
    page = new_page()
    fold = "<details><summary tabindex='-1'>More</summary>.</details>"
    page.set_content(html(f"<div class='affidavit-card'>{fold}</div>"))
    assert not press_to_fold(page)
