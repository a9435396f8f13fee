"""Tells a finding by way of Sphinx."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.util import logging

from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding
from affidavit.model.visible import visible

logger = logging.getLogger(__name__)


def tell(app: Sphinx, found: Finding) -> None:
    """Log a finding: an error as a Sphinx warning that ``suppress_warnings`` knows, anything less as information."""
    # Sphinx takes a location without a colon for the name of a document, so a whole file is its first line.
    location = f"{app.srcdir / found.place.file}:{found.place.line or 1}"
    told = visible(str(found))  # it may hold what others wrote, such as the title of a section
    match found.severity:
        case Severity.ERROR:
            logger.warning("%s", told, type="affidavit", subtype=str(found.code), location=location)
        case Severity.WARNING | Severity.INFO:
            logger.info("%s: %s: %s [affidavit.%s]", location, found.severity, told, found.code)
