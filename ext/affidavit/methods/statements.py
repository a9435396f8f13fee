"""Verdicts on statements, and what is wrong with those that runs contradict where the page does not say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from affidavit.methods.borne import borne, intervals
from affidavit.methods.contradictions import run_of
from affidavit.methods.verdict import SHOWN
from affidavit.model.cells import Borne, Cell
from affidavit.model.codes import Code
from affidavit.model.releases import Releases
from affidavit.model.report import Judged
from affidavit.model.statements import About, Bears, Says, Statement
from affidavit.model.verdicts import Finding, Holds, Refuted, Unproven, Verdict, finding


def judge_all(statements: Sequence[Statement], cells: Sequence[Cell], releases: Releases) -> Iterator[Judged]:
    """Judge every statement by the cells of the site, those of plain examples included."""
    for each in statements:
        found = borne(each, cells, releases) if each.about else ()
        yield Judged(each, _verdict(each, found, releases), borne=found)


def untried(judged: Sequence[Judged]) -> Iterator[Finding]:
    """Yield the statements that nothing will ever try, and of the others whatever they name that nothing will."""
    for each in judged:
        claim = each.claim
        if isinstance(claim, Statement) and claim.about:
            for part in _untried(claim.about, [cell for found in each.borne for cell in found.cells]):
                message = f"No run is planned that could bear out {part}the statement `{claim.name}`."
                yield finding(Code.STATEMENT_UNTRIED, claim.place, message)


def _untried(about: About, cells: Sequence[Cell]) -> Iterator[str]:
    """Yield what a statement says of which no run is planned; an empty part is all of it."""
    if not cells:
        yield ""
        return
    named = (
        ("method", about.methods, {each.method for each in cells}),
        ("variant", about.variants, {each.variant for each in cells}),
        ("feature", about.features, {each.feature for each in cells}),
        ("example", about.examples, {each.tried.example for each in cells if each.tried}),
    )
    yield from (
        f"what is said of the {kind} `{name}` in "
        for kind, names, tried in named
        for name in names
        if name not in tried
    )


def _verdict(statement: Statement, found: Sequence[Borne], releases: Releases) -> Verdict:
    """Judge a statement: it holds where all its runs came as it says, or otherwise where it declares that."""
    if statement.words.untestable:
        return Unproven(f"It cannot be tested: {statement.words.untestable}")
    against = tuple(_against(statement, found, releases))
    if against:
        return Refuted(against)
    planned, shown = sum(len(each.cells) for each in found), sum(each.shown for each in found)
    if not shown:
        return Unproven()
    if shown < planned:
        return Unproven(f"{shown} of {planned} runs have shown it.")
    return Holds(
        "; ".join(_told(found, bears, releases) for bears in Bears if any(each.bears is bears for each in found))
    )


def _told(found: Sequence[Borne], bears: Bears, releases: Releases) -> str:
    where = ", ".join(map(str, intervals(found, bears, releases)))
    word = f"{bears} as declared" if bears is Bears.CONTRADICTED else str(bears)
    return f"{word}: {where}" if where else word


def _against(statement: Statement, found: Sequence[Borne], releases: Releases) -> Iterator[Finding]:
    declared = {at for each in statement.contradicted for at in releases.span(each)}
    for each in found:
        is_declared = releases.position(each.release) in declared
        if each.bears is Bears.CONTRADICTED and not is_declared:
            yield _contradicted(statement, each)
        elif each.bears is Bears.BORNE_OUT and is_declared:
            message = f"The statement `{statement.name}` is declared contradicted in {each.release}, but {_came(each)}."
            advice = f"Take {each.release} out of the option `contradicted`."
            yield finding(Code.STATEMENT_BORNE_OUT, statement.place, message, advice)


def _contradicted(statement: Statement, found: Borne) -> Finding:
    where = f" of {found.release}" if found.release else ""
    message = f"The statement `{statement.name}` says{where} that {_said(statement)}, but {_came(found)}."
    tried = found.cells[0].tried
    example = f"or correct the example at {tried.at or tried.place}" if tried else ""
    if statement.words.source and found.release:
        advice = f"Add {found.release} to the option `contradicted`, {example}."
    else:
        sentence = "sentence and its `symptom`" if statement.symptoms else "sentence"
        advice = f"Correct the {sentence}, end its releases before that one, {example}."
    return finding(Code.STATEMENT_CONTRADICTED, statement.place, message, advice)


def _said(statement: Statement) -> str:
    if statement.says is Says.WORKS:
        return "this works"
    ways = " or ".join(map(str, statement.symptoms))
    return f"this fails with {ways}" if ways else "this fails"


def _came(found: Borne) -> str:
    """Say what the run that decides came to."""
    cell = found.cells[0]
    if not cell.method:
        return f"{run_of(cell)} {_came_plain(cell, found.bears)}"
    symptom = f": it shows “{cell.tried.symptom}”" if cell.tried and cell.tried.symptom else ""
    return f"{run_of(cell)} {cell.showed}{symptom}"


def _came_plain(cell: Cell, bears: Bears) -> str:
    if cell.state not in SHOWN:
        return "does not come out as its page shows it"
    return f"comes out as its page shows it{'' if bears is Bears.BORNE_OUT else ', and does not fail with that'}"
