"""Where redirects end that lead away from the page that was meant: what the addresses themselves show. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from affidavit.links.address import Address, read_address
from affidavit.links.seen import Answered

_LANGUAGE = (
    r"(?:(?:bg|bn|cs|da|de|en|es|fa|fi|fr|hi|hu|ja|ko|lv|nb|nl|pt|ro|ru|sk|sr|sv|th|uk|zh)"
    r"|[a-z]{2}[-_](?:[a-z]{2}|[A-Z]{2})|zh[-_](?:hans|hant|Hans|Hant))"
)
"""Languages that sites have front pages for; ``it``, ``hr`` or ``TR`` may as well be something else."""

_SHALLOW = re.compile(
    r"|(?:index|default|home|homepage|main|main_page|welcome|start|startseite|accueil|web|site|wiki)(?:\.\w+)?"
    r"|[a-z]{2}(?:[-_][a-z0-9]{2,4}){0,2}|english|german|deutsch|french|francais|spanish|espanol"
    r"|latest|stable|current|dev|devel|main|master|next|trunk|\S*@latest|v?\d{1,2}(?:\.(?:\d{1,3}|x))*"
    r"|docs?|documentation|;jsessionid=.*",
    re.IGNORECASE,
)
"""Parts of a path that stand for a site's front page, too."""

_FRONT = re.compile(rf"/(?:{_LANGUAGE}(?:/|$))?(?:(?i:index|default|home)(?:\.\w+)?)?")
_KEYS = re.compile(r"p|attachment_id|(?:post|article|topic|product)_?id", re.IGNORECASE)
"""Parameters of a query by which sites number pages that are never the front page."""

_FIRST = "1"
"""A number that may as well be that of the first of several parts, which is the front page itself."""

_NUMBER = "404"
_ANY_NUMBER = re.compile(r"(?<!\d)404(?!\d)")
_LACK = re.compile(
    r"(?:404[-_]?)?(?:(?:file|content|error|page|http)[-_]?)?not[-_]?found(?:[-_]?(?:404|page|error))?(?:\.\w{2,5})?"
    r"|(?:error|http|status|page)[-_]?404(?:\.\w{2,5})?|404[-_](?:error|page)(?:\.\w{2,5})?|404\.\w{2,5}",
    re.IGNORECASE,
)
"""How a site names its page for what is not there, at the top; further down the words may as well be a topic."""

_LACK_FILE = re.compile(r"(?:404|(?:404[-_]?)?page[-_]?not[-_]?found(?:error)?)\.(?:html?|aspx?|php)", re.IGNORECASE)
_OF_DOCUMENTATION = re.compile(r"api|apis|reference|ref|docs?|documentation|manual|guides?|wiki", re.IGNORECASE)
_OF_ERRORS = re.compile(r"errors?", re.IGNORECASE)
_SAYING = re.compile(
    r"errors?|err|e|status|code|(?:http|status|error)[-_]?(?:status|code|errors?)|reason|msg|message", re.IGNORECASE
)
"""Parameters of a query by which sites say what happened."""

_LOGIN = re.compile(
    r"(?:(?:users?|accounts?|auth|admin|my)[-_.]?)?(?:log[-_]?[io]n|sign[-_]?[io]n|sso|saml2?|oauth2?|oidc|openid|adfs|cas"
    r"|shibboleth|servicelogin|wp-login|authorize|authenticate|consent)(?:\.\w{2,5})?",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"(?:login|signin|sso|auth|accounts?|idp|identity|oauth|consent)\..+")


def lands_on_front_page(asked: Address, final: Address) -> bool:
    """Return whether a link to a page within a site led to the front page of the same site, in any language.

    One that leads to a part of the front page is meant: what were several pages may be one now.
    """
    path, _, query = final.target.partition("?")
    if final.fragment or query or not _FRONT.fullmatch(path) or _site(asked) != _site(final):
        return False
    return (_is_deep(asked) and _last(asked) != _last(final)) or _is_numbered(asked)


def lands_on_error_page(asked: Address, final: Address) -> bool:
    """Return whether a link led to an address that says itself that a page is not there, and is not about such.

    What is asked for by a number may lead to any words, since they are those of a title.
    """
    is_topic = _ANY_NUMBER.search(asked.target) or any(_OF_ERRORS.fullmatch(part) for part in _parts(asked))
    by_number = _is_numbered(asked) or _last(asked).isdigit()
    return _says_lack(final) and not (is_topic or by_number or _says_lack(asked))


def login_page(answered: Answered) -> bool:
    """Return whether a link was redirected to where people log in, or agree to be followed, and did not lead there."""
    asked, final = read_address(answered.url), read_address(answered.final)
    if not answered.redirects or not isinstance(asked, Address) or not isinstance(final, Address):
        return False
    return _asks_who(final) and not _asks_who(asked)


def _is_deep(address: Address) -> bool:
    return any(not _SHALLOW.fullmatch(part) for part in _parts(address))


def _is_numbered(address: Address) -> bool:
    pairs = _parameters(address)
    return any(_KEYS.fullmatch(name) and value.isdigit() and value != _FIRST for name, value in pairs)


def _says_lack(address: Address) -> bool:
    *above, last = _parts(address)
    if _LACK_FILE.fullmatch(last) and not any(map(_OF_DOCUMENTATION.fullmatch, above)):
        return True
    on_top = all(_SHALLOW.fullmatch(part) or _OF_ERRORS.fullmatch(part) for part in above)
    return (on_top and _is_lack(last)) or any(_is_lack_of(*pair) for pair in _parameters(address))


def _is_lack(text: str) -> bool:
    return text == _NUMBER or _LACK.fullmatch(text) is not None


def _is_lack_of(name: str, value: str) -> bool:
    return _is_lack(name) or (_SAYING.fullmatch(name) is not None and _is_lack(value))


def _parameters(address: Address) -> list[tuple[str, str]]:
    return parse_qsl(address.target.partition("?")[2], keep_blank_values=True)


def _parts(address: Address) -> list[str]:
    return address.target.partition("?")[0].removesuffix("/").split("/")


def _last(address: Address) -> str:
    return _parts(address)[-1]


def _site(address: Address) -> str:
    return address.host.removeprefix("www.").removesuffix(".")


def _asks_who(address: Address) -> bool:
    parts = address.target.partition("?")[0].split("/")
    return bool(_LOGIN_HOST.fullmatch(address.host)) or any(_LOGIN.fullmatch(part) for part in parts)
