"""Where redirects end that lead away from the page that was meant: what the addresses themselves show. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from affidavit.links.address import Address, read_address
from affidavit.links.seen import Answered

_LANGUAGE = (
    r"(?:ar|bg|bn|ca|cs|da|de|el|en|es|et|fa|fi|fr|he|hi|hr|hu|id|it|ja|ko|lt|lv|nb|nl|nn|no|pl|pt|ro|ru|sk|sl|sr|sv|th"
    r"|tr|uk|vi|zh)(?:[-_][a-z]{2,4})?"
)
_SHALLOW = re.compile(
    r"|(?:index|default|home|main|welcome)(?:\.\w+)?|[a-z]{2}(?:[-_][a-z]{2,4})?|latest|stable|current|docs?"
    r"|documentation",
    re.IGNORECASE,
)
"""Parts of a path that stand for a site's front page, too."""

_FRONT = re.compile(rf"/(?:{_LANGUAGE}(?:/|$))?(?:(?:index|default|home)(?:\.\w+)?)?", re.IGNORECASE)
_KEYS = re.compile(
    r"p|id|page_?id|post(?:_?id)?|attachment_id|article(?:_?id)?|aid|nid|node|topic(?:_?id)?|tid|product(?:_?id)?|itemid"
    r"|doc(?:_?id)?",
    re.IGNORECASE,
)
"""Parameters of a query by which sites tell their pages apart (of WordPress, Drupal, Joomla, phpBB and the like)."""

_LACK = re.compile(
    r"(?:404[-_]?)?(?:(?:error|page|http|file|content)[-_]?)?not[-_]?found(?:[-_]?(?:404|page|error))?(?:\.\w{2,5})?"
    r"|(?:error|http|status|page)[-_]?404(?:\.\w{2,5})?|404[-_](?:error|page)(?:\.\w{2,5})?|404\.\w{2,5}",
    re.IGNORECASE,
)
"""How a site names its page for what is not there."""

_NUMBER = "404"
_OF_ERRORS = re.compile(r"errors?|err|status|e|code|http[-_]?(?:status|code|errors?)", re.IGNORECASE)

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
    return _is_deep(asked) or any(_KEYS.fullmatch(name) for name, _ in _parameters(asked))


def lands_on_error_page(asked: Address, final: Address) -> bool:
    """Return whether a link led to an address that says itself that a page is not there, and does not say so itself."""
    return _says_lack(final) and not _says_lack(asked) and _NUMBER not in asked.target


def login_page(answered: Answered) -> bool:
    """Return whether a link was redirected to where people log in, or agree to be followed, and did not lead there."""
    asked, final = read_address(answered.url), read_address(answered.final)
    if not answered.redirects or not isinstance(asked, Address) or not isinstance(final, Address):
        return False
    return _asks_who(final) and not _asks_who(asked)


def _is_deep(address: Address) -> bool:
    return any(not _SHALLOW.fullmatch(part) for part in _parts(address))


def _says_lack(address: Address) -> bool:
    """Tell the address of an error page; a bare number may as well be that of an article, but not at the top."""
    *above, last = _parts(address)
    bare = last == _NUMBER and all(_SHALLOW.fullmatch(part) or _OF_ERRORS.fullmatch(part) for part in above)
    return bare or bool(_LACK.fullmatch(last)) or any(_is_lack(*pair) for pair in _parameters(address))


def _is_lack(name: str, value: str) -> bool:
    says = name == _NUMBER or _LACK.fullmatch(name) or _LACK.fullmatch(value)
    return bool(says) or (value == _NUMBER and _OF_ERRORS.fullmatch(name) is not None)


def _parameters(address: Address) -> list[tuple[str, str]]:
    return parse_qsl(address.target.partition("?")[2], keep_blank_values=True)


def _parts(address: Address) -> list[str]:
    return address.target.partition("?")[0].removesuffix("/").split("/")


def _site(address: Address) -> str:
    return address.host.removeprefix("www.").removesuffix(".")


def _asks_who(address: Address) -> bool:
    parts = address.target.partition("?")[0].split("/")
    return bool(_LOGIN_HOST.fullmatch(address.host)) or any(_LOGIN.fullmatch(part) for part in parts)
