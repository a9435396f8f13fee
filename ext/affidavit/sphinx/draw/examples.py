"""Examples, drawn as they are written, with a line that says what the evidence makes of them."""

from __future__ import annotations

from collections.abc import Container, Sequence

from docutils import nodes
from msgspec.structs import replace
from sphinx.locale import get_translation

from affidavit.examples.ansi import runs as ansi_runs
from affidavit.examples.compared import exchanges_of
from affidavit.examples.plan import Run
from affidavit.examples.states import Stood
from affidavit.model.evidence import Record, Seen, State
from affidavit.model.examples import ConsoleStep, Example, ServiceStep
from affidavit.reports.words import versioned
from affidavit.sphinx import nodes as ours
from affidavit.sphinx.anchors import run_anchor
from affidavit.sphinx.draw.findings import inline
from affidavit.sphinx.draw.tables import line
from affidavit.sphinx.draw.view import View
from affidavit.sphinx.words import CODE, ready_words, state_word

_ = get_translation("affidavit")

MARKS = {
    State.PROVEN: "works",
    State.PROVEN_ELSEWHERE: "works",
    State.STALE: "varies",
    State.EXPIRED: "unknown",
    State.DRIFTED: "fails",
    State.CONTRADICTED: "fails",
    State.NOT_YET_PROVEN: "nothing",
    State.UNABLE: "unknown",
}
"""The icon of each state."""

MOST = 20_000
"""The most characters of a transcript that a page shows."""


def draw_step(node: ours.example_step, _view: View) -> list[nodes.Node]:
    """Draw a step; one that is no plain block has a label above it."""
    match node["directive"]:
        case "file":
            return _file(node)
        case "service":
            return [*node.children, *_service(node)]
        case _:
            return list(node.children)


def draw(node: ours.example, view: View) -> list[nodes.Node]:
    """Draw an example: what its author wrote, and what is known of it."""
    example: Example | None = node["value"]
    box = nodes.container("", *node.children, classes=["affidavit-example"])
    if example:
        skipped = _("Skipped on some machines: %(reason)s")
        box += [line(nodes.Text(skipped % {"reason": each.reason})) for each in example.skips]
        box += _evidence(view.judgement.runs_of(example))
    return [*([nodes.target("", "", ids=node["ids"])] if node["ids"] else []), box]


def _file(node: ours.example_step) -> list[nodes.Node]:
    path = nodes.literal("", node["argument"])
    if "hidden" in node["options"]:
        return [ours.fold("", ours.fold_label("", "", path), *node.children, classes=["affidavit-hidden"])]
    return [nodes.paragraph("", "", path, classes=["affidavit-file"]), *node.children]


def _service(node: ours.example_step) -> list[nodes.Node]:
    """Say what a service is, and what it waits for."""
    service: ServiceStep | None = node["value"]
    told = _("Runs in the background.")
    if service and service.ready:
        conditions = ", ".join(map(ready_words, service.ready))
        told = _("Runs in the background; ready once %(conditions)s.") % {"conditions": conditions}
    parts = (nodes.literal("", each) if at % 2 else nodes.Text(each) for at, each in enumerate(told.split(CODE)))
    return [nodes.paragraph("", "", *parts, classes=["affidavit-service"])]


def _evidence(runs: Sequence[Stood]) -> list[nodes.Node]:
    """Return the line about the worst run, which unfolds to what all of them saw."""
    words = _words(runs[0]) if runs else _state(State.NOT_YET_PROVEN)
    recorded = [(each, each.evidence.record) for each in runs if each.evidence.record]
    if not recorded:
        return [nodes.paragraph("", "", *words, classes=["affidavit-proof"])]
    transcripts = [part for each, record in recorded for part in _run(each, record, titled=len(runs) > 1)]
    sandboxes = dict.fromkeys(record.sandbox for _, record in recorded)
    transcripts.append(line(nodes.Text(_("Sandbox: %(names)s") % {"names": ", ".join(sandboxes)})))
    label = ours.fold_label("", "", *words)
    return [ours.fold("", label, ours.transcript("", *transcripts), classes=["affidavit-proof"])]


def _words(each: Stood) -> list[nodes.Node]:
    record, proof = each.evidence.record, each.evidence.proof
    day = [proof.day.isoformat()] if proof else []
    seen = [record.platform, *(versioned(*each) for each in record.versions)] if record else []
    about = ", ".join((*day, *seen))
    remark = f" ({each.standing.reason})" if each.standing.state is State.PROVEN and each.standing.reason else ""
    return [*_state(each.standing.state), nodes.Text(f"{remark}: {about}" if about else remark)]


def _state(state: State) -> list[nodes.Node]:
    return [ours.mark(kind=MARKS[state]), nodes.strong("", state_word(state))]


def _run(each: Stood, record: Record, *, titled: bool) -> list[nodes.Node]:
    title = [nodes.paragraph("", "", nodes.literal("", each.run.key), nodes.Text(" "), *_words(each))] if titled else []
    run = [*title, *_transcript_of(each.run, record), *_reason(record.reason)]
    return [nodes.container("", *run, ids=[run_anchor(each.run.key)], classes=["affidavit-run"])]


def _reason(reason: str) -> list[nodes.Node]:
    """Say why a run ended early; the end of a log, if it has one, keeps its lines."""
    told, _line, log = reason.partition("\n")
    block = [nodes.literal_block("", log, classes=["affidavit-transcript"])] if log else []
    return [line(*inline(told)), *block] if told else []


def _transcript_of(run: Run, record: Record) -> list[nodes.Node]:
    """Return the transcript of a run; of a probe its own part, since that of the setup stands with the setup."""
    before = sum(1 for _exchange in exchanges_of(replace(run, chain=run.chain[:-1]))) if run.setup else 0
    commands = {exchange.given for step, exchange in exchanges_of(run) if isinstance(step, ConsoleStep)}
    if not run.setup or len(record.seen) <= before:
        return _transcript(record.seen, commands)
    told = _("Behind the set-up %(name)s, whose own transcript stands with it:") % {"name": run.setup.name}
    return [line(nodes.Text(told)), *_transcript(record.seen[before:], commands)]


def _transcript(seen: Sequence[Seen], commands: Container[str]) -> list[nodes.Node]:
    """Return what was put in and what came out, as one block; what is too long is left out, and that is said."""
    pieces = [piece for each in seen for piece in _exchange(each, is_command=each.given in commands)]
    block = nodes.literal_block("", "", classes=["affidavit-transcript"])
    left = MOST
    for classes, text in pieces:
        if left > 0:
            block += nodes.inline("", text[:left], classes=list(classes))
        left -= len(text)
    more = [line(nodes.Text(_("%(number)s more characters are left out.") % {"number": -left}))] if left < 0 else []
    return [block, *more] if pieces else []


def _exchange(seen: Seen, *, is_command: bool) -> list[tuple[Sequence[str], str]]:
    """Return what was put in and what came of it; only of a command does no output tell how it ended."""
    output = seen.output.rstrip("\n")
    pieces = [(run.classes, run.text) for run in ansi_runs(f"{output}\n")] if output else []
    ended: list[tuple[Sequence[str], str]] = [((), f"[{seen.status}]\n")] if is_command and seen.status else []
    return [(("affidavit-given",), f"{seen.given}\n"), *pieces, *ended]
