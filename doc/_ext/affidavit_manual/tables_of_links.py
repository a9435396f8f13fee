"""The tables by which links are judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from affidavit.links import asked, fragments, not_found_phrases, quirk_table, refuse, rulings, seen, walls
from affidavit.links.marks import MarkKind, Question
from affidavit.links.not_found_phrases import PHRASES
from affidavit.links.quirk_table import QUIRKS, Quirk
from affidavit.links.refuse import BLOCKS
from affidavit.links.rulings import STATUS_RULES, TROUBLE_RULES, Ruling
from affidavit.links.walls import WALLS, Wall
from affidavit_manual.table import Table, listed, literal, sentence, span


def http_statuses() -> Table:
    """Return what each HTTP status means for a link."""
    rows = [(span(rule.first, rule.last), *_ruling(rule.ruling)) for rule in STATUS_RULES]
    return Table("What an HTTP status means", ("Status", "Verdict", "Reason"), rows, (rulings,))


def troubles() -> Table:
    """Return what it means for a link that there was no status."""
    rows = [(literal(trouble), *_ruling(ruling)) for trouble, ruling in TROUBLE_RULES.items()]
    head = ("What happened", "Verdict", "Reason")
    return Table("What it means that there was no status", head, rows, (rulings, seen))


def _ruling(ruling: Ruling) -> tuple[str, str]:
    return f"*{ruling.outcome}*", sentence(ruling.reason)


def refused_addresses() -> Table:
    """Return which addresses are not asked; the first row that fits decides."""
    rows = [(literal(str(block.network)), sentence(block.kind), sentence(block.source)) for block in BLOCKS]
    return Table("Addresses that are refused", ("Addresses", "What they are", "Source"), rows, (refuse,))


LINKS = (
    "https://some-server.example/page",
    "https://some-server.example/page#some-section",
    "https://some-server.example/page#top",
    "https://some-server.example/page#:~:text=some%20words",
    "https://some-server.example/paper.pdf#page=2",
    "https://github.com/some/project/blob/main/some.py#L10-L20",
    "https://github.com/some/project#some-section",
    "https://some-server.example/#/some/route",
)
"""Links of every kind that asks for something else."""

_LOOKED_FOR = {
    MarkKind.ANCHOR: "an element whose ``id`` is {}, or an ``a`` with that ``name``",
    MarkKind.RENDERED: "a section {}, also by the name that a code host gives to what authors write",
    MarkKind.TEXT: "the words {}",
    MarkKind.PAGE: "page {} of a PDF",
    MarkKind.LINE: "line {} of the file",
    MarkKind.WORD: "the term {}",
}


def looked_for() -> Table:
    """Return what is asked for, and looked for, for the sake of some links."""
    rows = [(literal(url), *_question(question)) for url in LINKS if (question := asked.question(url))]
    return Table("What a link asks", ("Link", "Asked for", "Looked for"), rows, (asked, fragments, quirk_table))


def _question(question: Question) -> tuple[str, str]:
    marks = [_LOOKED_FOR[mark.kind].format(literal(mark.text)) for mark in sorted(question.marks)]
    return literal(question.url), sentence(", ".join(marks)) if marks else "Nothing."


def quirks() -> Table:
    """Return the sites whose fragments mean something of their own; the first row that fits decides."""
    rows = [(_name(row), ". ".join(_addresses(row)), _done(row), row.why.replace("`", "``")) for row in QUIRKS]
    return Table("What sites make of fragments", ("What", "Which", "What is done", "Why"), rows, (quirk_table,))


def _name(row: Quirk | Wall) -> str:
    return f"{row.name[0].upper()}{row.name[1:]}"


def _addresses(row: Quirk) -> Iterator[str]:
    if row.hosts:
        yield f"Host: {listed(row.hosts)}"
    if row.path:
        yield f"Path: {literal(row.path)}"
    if row.fragment:
        yield f"Fragment: {literal(row.fragment)}"


def _done(row: Quirk) -> str:
    raw = f" The file: {literal(row.raw)}." if row.raw else ""
    return f"{sentence(row.asks)}{raw} Where it is not found: {row.missing}."


def bot_walls() -> Table:
    """Return by what walls against programs are known; the first row that fits names the wall."""
    rows = [(_name(row), sentence("; ".join(_signs(row)))) for row in WALLS]
    return Table("Walls against programs", ("Wall", "Known by all of"), rows, (walls,))


def _signs(row: Wall) -> Iterator[str]:
    if row.hint:
        yield f"a line of the head that begins with {literal(row.hint.strip())}"
    if row.title:
        yield f"the title {literal(row.title)}"
    if row.statuses:
        yield f"the status is one of {', '.join(map(str, row.statuses))}"
    if row.scripted:
        yield "scripts make the page"
    if row.words != Wall("").words:
        yield f"at most {row.words} words"


def phrases() -> Table:
    """Return the phrases by which pages say that they are not there."""
    rows = [(each.language, literal(each.pattern), "no" if each.sure else "yes") for each in PHRASES]
    head = ("Language", "Regular expression", "May be a topic")
    return Table("How pages say that they are not there", head, rows, (not_found_phrases,))


TABLES: dict[str, Callable[[], Table]] = {
    "http-statuses": http_statuses,
    "troubles": troubles,
    "refused-addresses": refused_addresses,
    "looked-for": looked_for,
    "quirks": quirks,
    "walls": bot_walls,
    "phrases": phrases,
}
