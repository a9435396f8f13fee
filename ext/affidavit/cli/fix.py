"""``affidavit fix``: write the new addresses of pages that moved, and https for http, into the sources."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from affidavit.cli.asking import ask
from affidavit.cli.outcome import Status, say, tell
from affidavit.cli.progress import Asked, display
from affidavit.gathered import Gathered, questions
from affidavit.links.claims import judge_all
from affidavit.links.judge import NOT_CHECKED
from affidavit.links.marks import Question
from affidavit.links.seen import Observation
from affidavit.links.sources import Edit, Plan, plan
from affidavit.links.successors import propose, settle
from affidavit.model.claims import Corpus, Link, Page
from affidavit.model.report import Judged
from affidavit.model.settings import Allowed, LinkChoice, Settings
from affidavit.reports.words import count

Ask = Callable[[Sequence[Question]], Asked]
"""Whoever asks the web."""


class Found(Struct, frozen=True):
    """What is to be written for which URL, and how many addresses nobody could be asked about."""

    changes: dict[str, str]
    unchecked: int


class Done(Struct, frozen=True):
    """What became of a plan: the exit status, and whether files were ``written``."""

    status: Status
    written: bool = False


def run(arguments: Namespace) -> Status:
    """Show what is to be changed, ask, and change it."""
    folder: Path = arguments.sourcedir
    gathered = about_all_links(_gather(folder), arguments)
    for problem in gathered.problems:
        tell(str(problem))
    ask_now = partial(
        ask,
        settings=gathered.settings,
        folder=folder,
        display=display(quiet=arguments.quiet),
        jobs=arguments.jobs,
    )
    found = find(gathered, ask_now)
    if found.unchecked:
        tell(f"{count(found.unchecked, 'URL')} could not be asked about: there is no network here, or none to the web.")
    planned = plan(folder, links_of(gathered.corpus), found.changes, linkify=gathered.linkify)
    done = apply(planned, write=_decision(arguments))
    for link in _left(folder, found.changes) if done.written else planned.missing:
        tell(_not_found(link, found.changes[link.url]))
    return done.status


def _gather(folder: Path, *, warn: bool = True) -> Gathered:
    from affidavit.cli import project  # noqa: PLC0415 -- it loads Sphinx

    return project.gather(folder, os.cpu_count() or 1, warn=warn)


def _left(folder: Path, changes: Mapping[str, str]) -> Iterable[Link]:
    """Read the project once more, now that it is changed, and return the links that nothing was written for."""
    links = links_of(_gather(folder, warn=False).corpus)
    return dict.fromkeys(link for link in links if link.url in changes)


def about_all_links(gathered: Gathered, arguments: Namespace) -> Gathered:
    """Return what was gathered with settings by which all links are asked, as the command line wants it."""
    settings = gathered.settings
    settings = replace(settings, links=LinkChoice(("",), settings.links.ignored))
    if arguments.allow_private:
        settings = replace(settings, allowed=Allowed(everything=True))
    if not arguments.cache:
        settings = replace(settings, cache=None)
    return replace(gathered, settings=settings)


def links_of(corpus: Corpus) -> tuple[Link, ...]:
    """Return every link of a site, those of glossaries too."""
    return (*corpus.links, *(link for term in corpus.terms for link in term.links))


def find(gathered: Gathered, ask_now: Ask) -> Found:
    """Ask about all links, then about what might be written instead, and return what holds.

    Raise `KeyboardInterrupt` where somebody ends that: half of it would be no basis for a change.
    """
    observations = _answers(ask_now(questions(gathered)))
    judged = _judge(gathered.corpus, gathered.settings, observations)
    proposals = propose(judged)
    instead = Corpus(
        (Page(links=tuple(Link(new, each.link.place) for each in proposals for new in each.instead)),),
    )
    answers = _answers(ask_now(questions(Gathered(instead, gathered.settings))))
    # The new beside the old: alone, URLs that nobody answers at would look like an absent network.
    known = observations | answers
    changes = settle(proposals, _judge(instead, gathered.settings, known), known)
    unchecked = {each.claim.url for each in judged if isinstance(each.claim, Link) and each.verdict in NOT_CHECKED}
    return Found(changes, len(unchecked))


def _answers(asked: Asked) -> dict[str, Observation]:
    if asked.interrupted:
        raise KeyboardInterrupt
    return dict(asked.observations)


def _judge(corpus: Corpus, settings: Settings, observations: Mapping[str, Observation]) -> tuple[Judged, ...]:
    return tuple(judge_all(corpus, settings, (), observations))


def apply(planned: Plan, *, write: Callable[[str], bool]) -> Done:
    """Show the edits, and write them if that is wanted; ``write`` is told in a sentence what would be written."""
    if not planned.edits:
        say("There is nothing else to fix." if planned.missing else "There is nothing to fix.")
        return Done(Status.FINE)
    for edit in planned.edits:
        say(edit.diff())
    what = f"{count(sum(each.count for each in planned.edits), 'URL')} in {count(len(planned.edits), 'file')}"
    if not write(what):
        return Done(Status.ERRORS)
    _write(planned.edits)
    say(f"Changed {what}.")
    return Done(Status.FINE, written=True)


def _write(edits: Iterable[Edit]) -> None:
    for edit in edits:
        edit.write()


def _decision(arguments: Namespace) -> Callable[[str], bool]:
    """Return who decides whether to write: the command line, or whoever sits before the terminal."""
    if arguments.yes:
        return lambda _: True
    if arguments.diff or not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return _show_only
    return _confirmed


def _show_only(what: str) -> bool:
    tell(f"{what} can be changed; nothing is. Run the command with `--yes` to change them.")
    return False


def _confirmed(what: str) -> bool:
    try:
        return input(f"Change {what}? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _not_found(link: Link, new: str) -> str:
    return f"{link.place}: {link.url} is left as it is there; write {new} where it comes from."
