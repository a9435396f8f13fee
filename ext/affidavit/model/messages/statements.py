"""What can be said of statements."""

from __future__ import annotations

from affidavit.model.severity import error, info

STATEMENT_CONTRADICTED = error(
    "statement-contradicted",
    "A run showed otherwise than a statement says, in a release for which the page does not say so.",
    "Correct the sentence where it is the site's own; declare the release with `contradicted` where it has a source.",
)

STATEMENT_BORNE_OUT = error(
    "statement-borne-out",
    "A statement is declared contradicted in a release, and all that was tried there came as it says.",
    "Take the release out of the option `contradicted`.",
)

STATEMENT_UNTRIED = info(
    "statement-untried",
    "No run is planned that could bear out a statement, or something that it names, in any of its releases.",
    "Write an example that tries it, in an environment of one of its releases, or say why it is `untestable`.",
)

STATEMENT_DUPLICATE = error(
    "statement-duplicate",
    "Two statements have one name.",
    "Rename one of them: links go by the name.",
)
