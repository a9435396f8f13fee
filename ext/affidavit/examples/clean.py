"""What is done to output before anything is kept, shown or compared. Pure."""

from __future__ import annotations

from affidavit.examples.binary import readable
from affidavit.examples.secrets import Redactor
from affidavit.examples.settle import Settler


def clean(text: str, redactor: Redactor, settler: Settler) -> str:
    """Return output without secrets, and without what changes from run to run.

    Secrets first: a time or an identifier within one would else be replaced, and the rest of it not be known. And once
    more at the end, for what settling might have put together.
    """
    return redactor.redact(settler.settle(readable(redactor.redact(text))))
