"""Walls against programs: pages that readers pass, and that say nothing of what stands behind them. Pure."""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

from affidavit.links.seen import Answered
from affidavit.links.suspicion import LITTLE, is_suspicious

_REFUSING = (401, 403, 405, 406, 429, 503)


class Wall(Struct, frozen=True):
    """A row of the table: a wall is known by all that a row says of it.

    ``hint`` is the beginning of a line of the head, ``title`` a regular expression for all of the title, in lower case
    (or of the heading where there is no title), ``statuses`` those that it has, any if it is empty, ``scripted`` that
    scripts make the page, and ``words`` how many it has at most.
    """

    name: str
    hint: str = ""
    title: str = ""
    statuses: tuple[int, ...] = ()
    scripted: bool = False
    words: int = LITTLE


WALLS = (
    Wall("Cloudflare", hint="cf-mitigated: challenge"),
    Wall("Cloudflare", title=r"just a moment\.*|please wait\.* \| cloudflare|attention required! \| cloudflare"),
    Wall("Cloudflare", title=r"access denied \| .+ used cloudflare to restrict access"),
    Wall("AWS WAF", hint="x-amzn-waf-action: "),
    Wall("DataDome", hint="x-datadome: ", statuses=_REFUSING),
    Wall("Imperva", hint="x-iinfo: ", statuses=_REFUSING),
    Wall("Imperva", hint="x-iinfo: ", scripted=True, words=3),
    Wall("Imperva", title=r"pardon our interruption\.*|request unsuccessful\. incapsula.*"),
    Wall("Sucuri", hint="x-sucuri-block: "),
    Wall("Sucuri", title=r"sucuri website firewall.*"),
    Wall("Vercel", hint="x-vercel-mitigated: "),
    Wall("Vercel", title=r"vercel security checkpoint"),
    Wall("Akamai", hint="server: akamaighost", title=r"access denied", statuses=_REFUSING),
    Wall("DDoS-Guard", hint="server: ddos-guard", statuses=_REFUSING),
    Wall("DDoS-Guard", title=r"ddos-guard"),
    Wall("Anubis", title=r"making sure you're not a bot!?|oh noes!?"),
    Wall("a client challenge", title=r"client challenge"),
    Wall("HUMAN", title=r"access to this page has been denied\.?"),
    Wall("a test for people", title=r"(?:are you (?:a )?(?:robot|human)|bot or not|robot or human)\??|robot check"),
    Wall(
        "a test for people", title=r"(?:please )?(?:verify(?:ing)?|confirm) (?:that )?you(?:'re| are) (?:a )?human\.*"
    ),
    Wall("a test for people", title=r"(?:human|bot|browser) (?:verification|check)|(?:re)?captcha|captcha challenge"),
    Wall(
        "a test for people", title=r"checking (?:if the site connection is secure|your browser.*)|one moment, please\.*"
    ),
    Wall("a test for people", title=r"security (?:check(?:point)?|verification|challenge)|ddos protection by .+"),
    Wall(
        "a ban",
        title=r".+ - blocked|(?:sorry, )?you have been blocked.*|request blocked\.?",
        statuses=(*_REFUSING, 200),
    ),
    Wall("a ban", title=r"access denied\.?|blocked|error 1020", statuses=_REFUSING),
)
"""The first row that fits names the wall."""


def wall(answered: Answered) -> str:
    """Return the name of the wall that answered; empty if none did."""
    title = answered.page.title or answered.page.heading
    if not answered.hints and not is_suspicious(title, ""):
        return ""
    plain = unicodedata.normalize("NFKC", title).replace("’", "'").casefold().strip()
    return next((row.name for row in WALLS if _fits(row, answered, plain)), "")


def _fits(row: Wall, answered: Answered, title: str) -> bool:
    if row.statuses and answered.status not in row.statuses:
        return False
    if answered.page.words > row.words or (row.scripted and not answered.page.scripted):
        return False
    if row.hint and not any(f"{hint} ".startswith(row.hint) for hint in answered.hints):
        return False
    return not row.title or re.fullmatch(row.title, title) is not None
