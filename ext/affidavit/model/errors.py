"""What Affidavit raises: one base class, so that callers can catch everything of ours at once."""

from __future__ import annotations

from affidavit.model.codes import Code


class AffidavitError(Exception):
    """Something that the user must mend: what is wrong, and what to do next.

    ``code`` is the stable code where the error is one of the documented messages.
    """

    def __init__(self, problem: str, *, advice: str, code: Code | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.advice = advice
        self.code = code

    def __str__(self) -> str:
        """Return both sentences, and the code where there is one."""
        told = f"{self.problem} {self.advice}"
        return f"{told} [{self.code}]" if self.code else told


class LockError(AffidavitError):
    """The lock file of the release notes cannot be used; ``line`` counts from 1, 0 is the whole file."""

    code: Code

    def __init__(self, problem: str, *, advice: str, code: Code, line: int = 0) -> None:
        super().__init__(problem, advice=advice, code=code)
        self.line = line


class SourceError(AffidavitError):
    """Release notes cannot be read from where the settings say they are."""
