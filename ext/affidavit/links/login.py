"""In which manner a site's settings want each host to be asked. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable

from affidavit.links.address import Address
from affidavit.links.manner import USUAL, Concealed, Manner
from affidavit.model.settings import HostRule

_WHOLE_VALUE = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+ +[^ ].*")
"""A scheme and what it takes, such as ``Bearer abc`` (RFC 9110, 11.4)."""


class Secret(Concealed, frozen=True):
    """What a server wants to know: ``user:password``, or the whole value of the field ``Authorization``."""

    login: str = ""
    authorization: str = ""


NONE = Secret()


def read_secret(text: str) -> Secret | None:
    """Read ``user:password`` or a value of ``Authorization``; ``None`` is that it is neither."""
    plain = text.strip()
    if not plain.isprintable():  # a line break would end the field, and begin another one
        return None
    if _WHOLE_VALUE.fullmatch(plain):
        return Secret(authorization=plain)
    return Secret(login=plain) if ":" in plain else None


class HostManners:
    """Knows for each address how it is to be asked.

    ``rule_of`` gives a host's rule, if there is one, ``secret_of`` what its rule says to log in with.
    """

    def __init__(self, rule_of: Callable[[str], HostRule | None], secret_of: Callable[[HostRule, str], Secret]) -> None:
        self._rule_of = rule_of
        self._secret_of = secret_of
        self._known: dict[str, Manner] = {}

    def __call__(self, address: Address) -> Manner:
        """Return the manner, the same one for all addresses of a host."""
        known = self._known.get(address.host)
        if known is None:
            known = self._known[address.host] = self._manner(address.host)
        return known

    def _manner(self, host: str) -> Manner:
        rule = self._rule_of(host)
        if rule is None:
            return USUAL
        secret = self._secret_of(rule, host) if rule.credentials else NONE
        return Manner(
            headers=rule.headers,
            login=secret.login,
            authorization=secret.authorization,
            timeout=rule.timeout,
            pace=rule.pace,
            at_once=rule.at_once,
        )
