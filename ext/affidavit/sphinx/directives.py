"""The directives: they keep what authors wrote, and judge nothing."""

from __future__ import annotations

from collections.abc import Mapping

from docutils import nodes

from affidavit.examples import options as examples
from affidavit.methods import options as methods
from affidavit.model.directives import Option
from affidavit.notes import options as notes
from affidavit.sphinx import nodes as ours
from affidavit.sphinx import steps
from affidavit.sphinx.declaring import Declaring
from affidavit.sphinx.tree import own_text


class Titled(Declaring):
    """A directive that readers know by a title."""

    def inline_options(self) -> list[nodes.Node]:
        """Return the title."""
        return self.inline_option("title", ours.heading)


class DeploymentMethod(Titled):
    """A warning card for one deployment method."""

    node_class = ours.deployment_method
    directive_name = "deployment-method"


class DeploymentFeature(Titled):
    """Something that operators do, and that a method can break."""

    node_class = ours.deployment_feature
    directive_name = "deployment-feature"


class Stage(Declaring):
    """A method's status over an interval of releases."""

    node_class = ours.deployment_stage
    directive_name = "stage"


class Fails(Declaring):
    """A feature that fails in a stage."""

    node_class = ours.deployment_failure
    directive_name = "fails"

    def inline_options(self) -> list[nodes.Node]:
        """Return the symptom."""
        return self.inline_option("symptom", ours.symptom)


class DeploymentMatrix(Declaring):
    """The table of all methods and features."""

    node_class = ours.deployment_matrix
    directive_name = "deployment-matrix"
    optional_arguments = 0
    has_content = False


class Statement(Declaring):
    """A sentence that runs bear out, or do not."""

    node_class = ours.statement
    directive_name = "statement"

    def inline_options(self) -> list[nodes.Node]:
        """Return who said it, and why it cannot be tested."""
        return [*self.inline_option("source", ours.source), *self.inline_option("untestable", ours.reason)]

    def keep(self, node: ours.declared) -> None:
        """Keep the text, which must name the symptom."""
        node["plain"] = own_text(node)


class StatementList(Declaring):
    """The table of statements."""

    node_class = ours.statement_list
    directive_name = "statement-list"
    optional_arguments = 0
    has_content = False

    def inline_options(self) -> list[nodes.Node]:
        """Return whose statements are listed: to be compared with what statements have, it is read as theirs is."""
        return self.inline_option("source", ours.source)


class ReleaseNoteReferences(Declaring):
    """The table of all references to release notes."""

    node_class = ours.release_note_references
    directive_name = "release-note-references"
    optional_arguments = 0
    has_content = False


DIRECTIVES = {
    directive.directive_name: directive
    for directive in (
        *(DeploymentMethod, DeploymentFeature, Stage, Fails, DeploymentMatrix),
        *(Statement, StatementList, ReleaseNoteReferences),
        *(steps.Example, steps.File, steps.Console, steps.Pycon, steps.Http, steps.Service),
    )
}

OPTIONS: Mapping[str, tuple[Option, ...]] = {
    **methods.DIRECTIVES,
    **notes.DIRECTIVES,
    **examples.DIRECTIVES,
}
"""The options of all directives, each declared by the room that reads them."""
