"""The statements of a report as JSON: what each says of which runs, and what these made of it, by release."""

from __future__ import annotations

from collections.abc import Mapping

from affidavit.model.cells import Borne
from affidavit.model.report import Judged
from affidavit.model.statements import Statement
from affidavit.model.symptoms import written

Json = Mapping[str, object]


def statement(each: Statement) -> Json:
    """Return what a statement says, and of what; what it does not name is left out."""
    about = each.about
    named = {
        "methods": list(about.methods),
        "variants": list(about.variants),
        "features": list(about.features),
        "examples": list(about.examples),
        "intervals": list(map(str, each.intervals)),
        "declared_contradicted": list(map(str, each.contradicted)),
        "symptoms": list(map(written, each.symptoms)),
        "untestable": each.words.untestable,
    }
    return {
        "text": each.words.text,
        "source": each.words.source,
        "release_notes": [note.target for note in each.notes],
        **({} if each.words.untestable else {"says": str(each.says)}),
        **{name: value for name, value in named.items() if value},
    }


def seen(judged: Judged) -> Json:
    """Return what became of a statement in each release."""
    return {"seen": list(map(_borne, judged.borne))} if isinstance(judged.claim, Statement) else {}


def _borne(borne: Borne) -> Json:
    """Tell of a release, with the keys of the runs, those that decide first; and why none was shown."""
    runs = [cell.tried for cell in borne.cells if cell.tried]
    reason = "" if borne.shown else next((run.reason for run in runs if run.reason), "")
    told = {"release": borne.release, "came": str(borne.bears), "runs": [run.key for run in runs]}
    return {**told, "shown": borne.shown, **({"reason": reason} if reason else {})}
