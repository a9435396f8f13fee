"""What servers are told so that they let somebody in: from the environment, or from the user's netrc file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from netrc import NetrcParseError, netrc
from pathlib import Path

from affidavit.links.login import NONE, Secret, read_secret
from affidavit.model.settings import HostRule

NETRC = "netrc"
"""What a rule says that means the file; anything else is the name of a variable."""


class Credentials:
    """Knows the secrets that rules name; what is missing is told, once each, and the hosts are asked without.

    Never is any of it told, shown or kept.
    """

    def __init__(
        self, rules: Iterable[HostRule], told: Callable[[str], object], environ: Mapping[str, str] = os.environ
    ) -> None:
        named = {rule.credentials: rule.pattern for rule in reversed(tuple(rules)) if rule.credentials}
        self._netrc = _read_netrc(environ, told) if named.pop(NETRC, None) else None
        self._secrets = {name: _of_variable(name, pattern, environ, told) for name, pattern in named.items()}

    def of(self, rule: HostRule, host: str) -> Secret:
        """Return what a rule says to log in to a host with."""
        if rule.credentials != NETRC:
            return self._secrets.get(rule.credentials, NONE)
        found = self._netrc.authenticators(host.strip("[]")) if self._netrc else None
        return Secret(login=f"{found[0]}:{found[2]}") if found else NONE


def _of_variable(name: str, pattern: str, environ: Mapping[str, str], told: Callable[[str], object]) -> Secret:
    value = environ.get(name, "")
    secret = read_secret(value) if value else None
    if secret is None:
        problem = "neither holds user:password nor a value for the field Authorization" if value else "is not set"
        told(
            f"The variable {name}, which affidavit_hosts names for {pattern}, {problem}. Hosts are asked without it:"
            " set it, or take it out of the setting."
        )
    return secret or NONE


def _read_netrc(environ: Mapping[str, str], told: Callable[[str], object]) -> netrc | None:
    path = Path(environ.get("NETRC") or Path("~/.netrc").expanduser())
    try:
        return netrc(str(path))
    except NetrcParseError as error:  # whose words may hold what stands in the file
        problem = f"cannot be understood in line {error.lineno}, or others may read it"
    except (OSError, ValueError) as error:
        problem = f"cannot be read ({getattr(error, 'strerror', None) or 'it is no text'})"
    told(
        f"The file {path}, from which affidavit_hosts wants credentials, {problem}. Hosts are asked without:"
        " mend it, or name a variable instead."
    )
    return None
