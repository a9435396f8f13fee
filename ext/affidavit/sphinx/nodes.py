"""The nodes of ours: those that directives put into the doctree, and those that builders draw.

What directives leave keeps the author's words only, so that translation catalogues hold nothing else;
:mod:`affidavit.sphinx.expand` turns it into stock nodes and the few drawn ones when a page is written.
"""

from __future__ import annotations

from docutils import nodes


class declared(nodes.General, nodes.Element):
    """A directive as written: ``directive``, ``argument`` and ``options`` are its source text.

    Once the page is read, ``place`` is where it stands, and ``value`` what it came to.
    """


class deployment_method(declared):
    """A card: a :class:`heading`, then text and :class:`deployment_stage` nodes."""


class deployment_stage(declared):
    """A stage: the reason, then :class:`deployment_failure` nodes."""


class deployment_failure(declared):
    """A feature that fails: a :class:`symptom`, then text."""


class deployment_feature(declared):
    """A feature: a :class:`heading`, then text."""


class deployment_matrix(declared):
    """The place where the matrix of methods and features is drawn."""


class release_note_references(declared):
    """The place where the references to release notes are listed."""


class statement(declared):
    """A sentence that runs bear out: its :class:`source`, or why it cannot be tested, then the text.

    ``plain`` has the text as written, without typography.
    """


class statement_list(declared):
    """The place where the statements of the site are listed."""


class example(declared):
    """An executable example: its text, with :class:`example_step` nodes and stock literal blocks in it."""


class example_step(declared):
    """A step of an example, with the literal block that shows it.

    ``text`` is its content as written and ``at`` the line where that begins, 0 if it is not known; ``problem`` says why
    there is none.
    """


class option(nodes.General, nodes.TextElement):
    """What readers see of an option; ``plain`` has it as written, without typography, ``code`` what is set as code."""


class heading(option):
    """The title that an author gives a card or a feature."""


class symptom(option):
    """How a failure looks, in the author's words."""


class source(option):
    """Who made a statement."""


class reason(option):
    """Why a statement cannot be tested."""


class release_note(nodes.Inline, nodes.TextElement):
    """A reference to release notes: ``target`` as written, ``explicit`` if the author gave a text."""


class card_box(nodes.General, nodes.Element):
    """A drawn card: a :class:`card_title`, then its content."""


class card_title(nodes.General, nodes.TextElement):
    """The title of a drawn card."""


class fold(nodes.General, nodes.Element):
    """Content that html folds behind its first child, a :class:`fold_label`; others show all of it."""


class fold_label(nodes.General, nodes.TextElement):
    """The words on which a fold opens."""


class mark(nodes.Inline, nodes.Element):
    """The icon of a ``kind`` (a status, or what is declared of a feature); a word always stands beside it."""


class scroll(nodes.General, nodes.Element):
    """A wide table in html: scrolls by itself, and is reached by keyboard; ``label`` names it."""


class transcript(nodes.General, nodes.Element):
    """What runs saw, line by line: html shows it on demand, the others leave it out."""
