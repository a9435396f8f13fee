"""The tables about what is Sphinx's, and about settings without it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import groupby

from affidavit.cli import config
from affidavit.links.marks import Question
from affidavit.links.seen import Answered, Observation, Trouble, Unreachable
from affidavit.sphinx import linkcheck_status
from affidavit.sphinx.linkcheck_settings import Rules
from affidavit.sphinx.linkcheck_status import outcome
from affidavit_manual.table import Table, listed, literal, span

_URL = "https://some-server.example/"


def linkcheck_statuses() -> Table:
    """Return what each thing that can be seen is called in Sphinx's words."""
    found = defaultdict[str, list[str]](list)
    for word, group in groupby(range(200, 600), key=lambda status: _word(Answered(_URL, _URL, status, 0))):
        statuses = list(group)
        found[word].append(span(statuses[0], statuses[-1]))
    troubles = defaultdict[str, list[Trouble]](list)
    for trouble in Trouble:
        troubles[_word(Unreachable(_URL, _URL, trouble, ""))].append(trouble)
    rows = [(literal(word), ", ".join(found[word]), listed(troubles[word])) for word in sorted({*found, *troubles})]
    head = ("Word of Sphinx", "Statuses of HTTP", "What happened without one")
    return Table("What a link is called", head, rows, (linkcheck_status,))


def _word(observation: Observation) -> str:
    return outcome(_URL, Question(_URL), observation, Rules()).status


def toml() -> Table:
    """Return the settings of a file of TOML."""
    rows = [(literal(name), _entry(setting)) for name, setting in config.NAMES.items()]
    return Table("Settings without a conf.py", ("In the file", "Stands for"), rows, (config,))


def _entry(setting: str) -> str:
    return f":confval:`{setting}`" if setting.startswith("affidavit_") else f"{literal(setting)}, see :ref:`heeded`"


TABLES: dict[str, Callable[[], Table]] = {"linkcheck-statuses": linkcheck_statuses, "toml": toml}
