"""Where redirects end that lead away from the page that was meant: what the addresses themselves show. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from affidavit.links.address import Address, read_address
from affidavit.links.seen import Answered

_LANGUAGE = (
    r"(?:(?:bg|bn|cs|da|de|en|es|fa|fi|fr|hi|hu|ja|ko|lv|nb|nl|pl|pt|ro|ru|sk|sr|sv|th|tr|uk|zh)(?:[-_][a-z]{2,4})?"
    r"|[a-z]{2}[-_][a-z]{2})"
)
"""Languages that sites have front pages for; ``it`` or ``hr`` alone may as well be a department."""

_SHALLOW = re.compile(
    r"|(?:index|default|home|main|welcome)(?:\.\w+)?|[a-z]{2}(?:[-_][a-z]{2,4})?|latest|stable|current|docs?"
    r"|documentation|english|german|deutsch|french|francais|spanish|espanol",
    re.IGNORECASE,
)
"""Parts of a path that stand for a site's front page, too."""

_FRONT = re.compile(rf"/(?:{_LANGUAGE}(?:/|$))?(?:(?:index|default|home)(?:\.\w+)?)?", re.IGNORECASE)
_KEYS = re.compile(
    r"p|page_?id|post_?id|attachment_id|article(?:_?id)?|nid|topic(?:_?id)?|product(?:_?id)?|itemid|doc_?id",
    re.IGNORECASE,
)
"""Parameters of a query by which sites number their pages (of WordPress, Drupal, Joomla, phpBB and the like)."""

_FIRST = "1"
"""A number that may as well be that of the first of several parts, which is the front page itself."""

_LACK = re.compile(r"(?:(?:file|content|404)[-_]?)?not[-_]?found(?:[-_]?404)?", re.IGNORECASE)
_LACK_PAGE = re.compile(
    r"(?:404[-_]?)?(?:(?:error|page|http)[-_]?)?not[-_]?found[-_]?(?:page|error)?\.\w{2,5}"
    r"|(?:404[-_]?)?(?:error|page)[-_]?not[-_]?found|not[-_]?found[-_]?(?:page|error)"
    r"|(?:error|http|status|page)[-_]?404(?:\.\w{2,5})?|404[-_](?:error|page)(?:\.\w{2,5})?|404\.\w{2,5}",
    re.IGNORECASE,
)
"""How a site names its page for what is not there; the words alone may as well be a topic, but not at the top."""

_NUMBER = "404"
_OF_ERRORS = re.compile(r"errors?|err|e|status|code|http[-_]?(?:status|code|errors?)|reason|msg|message", re.IGNORECASE)

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
    return _is_deep(asked) or any(_is_numbered(*pair) for pair in _parameters(asked))


def lands_on_error_page(asked: Address, final: Address) -> bool:
    """Return whether a link led to an address that says itself that a page is not there, and is not about such."""
    is_topic = _NUMBER in asked.target or any(_OF_ERRORS.fullmatch(part) for part in _parts(asked))
    return _says_lack(final) and not is_topic and not _says_lack(asked)


def login_page(answered: Answered) -> bool:
    """Return whether a link was redirected to where people log in, or agree to be followed, and did not lead there."""
    asked, final = read_address(answered.url), read_address(answered.final)
    if not answered.redirects or not isinstance(asked, Address) or not isinstance(final, Address):
        return False
    return _asks_who(final) and not _asks_who(asked)


def _is_deep(address: Address) -> bool:
    return any(not _SHALLOW.fullmatch(part) for part in _parts(address))


def _is_numbered(name: str, value: str) -> bool:
    return _KEYS.fullmatch(name) is not None and value.isdigit() and value != _FIRST


def _says_lack(address: Address) -> bool:
    *above, last = _parts(address)
    on_top = all(_SHALLOW.fullmatch(part) or _OF_ERRORS.fullmatch(part) for part in above)
    by_path = _LACK_PAGE.fullmatch(last) or (on_top and _is_lack(last))
    return bool(by_path) or any(_is_lack_of(*pair) for pair in _parameters(address))


def _is_lack(text: str) -> bool:
    return text == _NUMBER or _LACK.fullmatch(text) is not None


def _is_lack_of(name: str, value: str) -> bool:
    return _is_lack(name) or (_OF_ERRORS.fullmatch(name) is not None and _is_lack(value))


def _parameters(address: Address) -> list[tuple[str, str]]:
    return parse_qsl(address.target.partition("?")[2], keep_blank_values=True)


def _parts(address: Address) -> list[str]:
    return address.target.partition("?")[0].removesuffix("/").split("/")


def _site(address: Address) -> str:
    return address.host.removeprefix("www.").removesuffix(".")


def _asks_who(address: Address) -> bool:
    parts = address.target.partition("?")[0].split("/")
    return bool(_LOGIN_HOST.fullmatch(address.host)) or any(_LOGIN.fullmatch(part) for part in parts)
