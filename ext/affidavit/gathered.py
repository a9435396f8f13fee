"""What a check is about, before anybody is asked. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from affidavit.links import wanted
from affidavit.links.marks import Question
from affidavit.model.claims import Corpus
from affidavit.model.report import Judged
from affidavit.model.settings import Settings
from affidavit.model.verdicts import Finding

if TYPE_CHECKING:
    from affidavit.examples.judge import Tried


class Gathered(Struct, frozen=True):
    """What a check is about, before anybody is asked: of a Sphinx project, a finished site or a list of URLs.

    ``problems`` are the findings about the settings themselves; they are reported with the others. ``judged`` are
    claims that were judged already, since nobody needs to be asked about them. ``tried`` is what runs of examples
    saw, which stands in the repository as the pages do; ``None`` is that nobody looked there. ``linkify`` tells that
    bare URLs of pages in Markdown are links.
    """

    corpus: Corpus
    settings: Settings
    problems: tuple[Finding, ...] = ()
    judged: tuple[Judged, ...] = ()
    tried: Tried | None = None
    linkify: bool = True


def questions(gathered: Gathered) -> tuple[Question, ...]:
    """Return which pages are to be asked for, each once, to judge all links."""
    return wanted.questions(gathered.corpus, gathered.settings)
