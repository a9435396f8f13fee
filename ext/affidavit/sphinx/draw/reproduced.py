"""The line of a card that says what runs showed of it, unfolding to all its cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx.locale import get_translation

from affidavit.methods.verdict import SHOWN, missing
from affidavit.model.cells import Cell, Showed
from affidavit.model.claims import Card
from affidavit.model.evidence import State
from affidavit.reports.words import versioned
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.draw import cells
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import release_word, state_word

_ = get_translation("affidavit")


def draw(card: Card, view: View) -> list[nodes.Node]:
    """Draw the line, and what it unfolds to; nothing unfolds where no run is planned."""
    tried = [each for each in view.judgement.report.cells if each.method == card.name and each.tried and each.release]
    if not any(each.tried and each.tried.record for each in tried):
        return [not_yet()]
    releases = list(dict.fromkeys(each.release for each in tried))
    label = ours.fold_label("", "", *_summary(tried, releases, view))
    lists = [part for release in releases for part in _of_release(release, tried, view)]
    return [ours.fold("", label, *lists, classes=["affidavit-evidence-of-card"])]


def not_yet() -> nodes.Node:
    """Return the line of a card that no run speaks of."""
    return nodes.paragraph("", _("Declared, not yet proven: no run has shown it."), classes=["affidavit-evidence"])


def _summary(tried: Sequence[Cell], releases: Sequence[str], view: View) -> list[nodes.Node]:
    """Tell of one release: the documented one, or else the newest that was shown."""
    shown = {each.release for each in tried if each.state in SHOWN}
    documented = view.judgement.settings.release
    wanted = [documented, *(each for each in releases if each in shown), *releases]
    release = next(each for each in wanted if each in releases and (each in shown or not shown))
    here = [each for each in tried if each.release == release]
    proven = [each for each in here if each.state in SHOWN]
    stages = {each.stage for each in here if each.stage}
    whole = proven and not any(missing(stage, proven) for stage in stages)
    word = nodes.strong("", _("Reproduced") if whole else _("Declared, not yet proven"))
    return [
        ours.mark(kind=_kind(here, proven if whole else ())),
        word,
        nodes.Text(f" {_about(release, here, proven, view)}"),
    ]


def _kind(here: Sequence[Cell], proven: Sequence[Cell]) -> str:
    if any(each.state not in cells.AS_DECLARED and each.showed is not Showed.NOTHING for each in here):
        return "against"
    return "shown-works" if len(here) == len(proven) else "varies" if proven else "nothing"


def _about(release: str, here: Sequence[Cell], proven: Sequence[Cell], view: View) -> str:
    """Tell of which release and versions, how many probes, when, and what came of the others."""
    probes = [each for each in here if each.feature]
    count = {"shown": sum(each in proven for each in probes), "all": len(probes)}
    told = [_("on release %(release)s") % {"release": release_word(release, view.judgement.settings.releases)}]
    told += _versions(proven)
    told += [_("%(shown)d of %(all)d probes") % count] if probes else []
    told += _days(proven)
    others = Counter[State](each.state for each in here if each.state is not State.PROVEN)
    return ", ".join(told) + "".join(f". {state_word(state)}: {others[state]}" for state in State if others[state])


def _versions(proven: Sequence[Cell]) -> list[str]:
    seen = dict.fromkeys(pair for each in proven if each.tried for pair in each.tried.about)
    return [versioned(*each) for each in sorted(seen)]


def _days(proven: Sequence[Cell]) -> list[str]:
    """Return when runs were last seen to be so: the first and the last of these days, if they differ."""
    days = sorted({each.tried.day.isoformat() for each in proven if each.tried and each.tried.day})
    return (
        [days[0] if len(days) == 1 else _("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}]
        if days
        else []
    )


def _of_release(release: str, tried: Sequence[Cell], view: View) -> Iterator[nodes.Node]:
    settings = view.judgement.settings
    told = _("Release %(release)s:") % {"release": release_word(release, settings.releases)}
    items = [nodes.list_item("", _item(each, view)) for each in tried if each.release == release]
    yield nodes.paragraph("", "", nodes.strong("", told))
    yield nodes.bullet_list("", *items, bullet="*", classes=["affidavit-cells"])


def _item(cell: Cell, view: View) -> nodes.Node:
    """Tell of a cell: its feature, which leads to what was seen, what came of it, where and when."""
    tried = cell.tried
    where = (
        [cell.variant, tried.subject.environment, tried.day.isoformat() if tried and tried.day else ""] if tried else []
    )
    about = ", ".join(filter(None, where))
    told = f": {cells.words(cell)}" + (f" ({about})" if about else "")
    symptom = [nodes.Text(" "), nodes.literal("", tried.symptom)] if tried and tried.symptom else []
    return nodes.paragraph(
        "",
        "",
        ours.mark(kind=cells.kind(cell)),
        cells.linked(cell, cells.name(cell, view), view),
        nodes.Text(told),
        *symptom,
    )
