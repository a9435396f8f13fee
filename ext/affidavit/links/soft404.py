"""Pages that answer "all is well", and are not the page that was meant. Pure.

Articles about missing pages speak the same words. So only what is all of a title, or all of its part between two
separators, counts, and words that may be a topic count only on a page that has little else.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from affidavit.links.address import Address, read_address
from affidavit.links.not_found_phrases import PHRASES
from affidavit.links.seen import Answered, PageSeen
from affidavit.links.suspicion import is_suspicious

_LITTLE = 150
"""Words of a page that has nothing to say but who made it and where to go instead."""

_PERMALINK = "¶"
"""What Sphinx puts behind headings, so that it is a section of a documentation."""

_SEPARATOR = re.compile(r"\s+[|/–—:·•»«>~-]+\s+|\s*[|·•»«]\s*|:\s+|(?<=[.!?…])\s+")
_ENDS = " \t.,:;!?¡¿…\"'“”„«»()[]|/–—-~#*。！？、，：_"
_NUMBER = re.compile(
    r"(?:(?:http|status|errors?|error code|fehler|fehlercode|erreur|erro|errore|fout|błąd|ошибка|错误|錯誤|エラー)"
    r"[ :#-]*)*"
    r"\b404\b(?:[ :-]*(?:errors?|fehler))?"
)
_SORRY = re.compile(
    r"(?:oops|whoops|uh[- ]oh|oh no|sorry|we(?:'re| are)(?: very)? sorry|ups|hoppla|huch|entschuldigung|désolé|oups"
    r"|vaya|lo sentimos|desculpe|ops|spiacenti|helaas|przepraszamy|извините|к сожалению|很?抱歉|对不起|對不起"
    r"|申し訳(?:ございません|ありません)|(?:looks like )?you(?:'re| are| seem to be| look) lost|lost)"
    r"(?:[^\w]+(?:but|aber|mais|pero)\b)?(?!\w)"
)

_SHALLOW = re.compile(
    r"|(?:index|default|home|main|welcome)(?:\.\w+)?|[a-z]{2}(?:[-_][a-z]{2,4})?|latest|stable|current|docs?"
    r"|documentation",
    re.IGNORECASE,
)
"""Parts of a path that stand for a site's front page, too."""

_FRONT = re.compile(r"/(?:(?:index|default|home)(?:\.\w+)?)?", re.IGNORECASE)
_LOGIN = re.compile(
    r"(?:(?:users?|accounts?|auth|admin|my)[-_.]?)?(?:log[-_]?[io]n|sign[-_]?[io]n|sso|saml2?|oauth2?|oidc|openid|adfs|cas"
    r"|shibboleth|servicelogin|wp-login|authorize|authenticate|consent)(?:\.\w{2,5})?",
    re.IGNORECASE,
)
_LOGIN_HOST = re.compile(r"(?:login|signin|sso|auth|accounts?|idp|identity|oauth|consent)\..+")


class Says(IntEnum):
    """What a text says of the page that it stands on."""

    ELSE = 0
    SORRY = 1
    PERHAPS = 2
    """That it is not there, or what it is about."""

    SURE = 3


def says_not_found(page: PageSeen, status: int) -> str:
    """Return the words by which a page with a good status says that it is not there; empty if it does not."""
    if not 200 <= status <= 299 or not is_suspicious(page.title, page.heading):  # noqa: PLR2004 -- RFC 9110, 15.3
        return ""
    parts = [page.title, *_SEPARATOR.split(page.title)]
    title, part = max(((says(each), each) for each in parts), key=lambda each: each[0])
    heading = says(page.heading.removesuffix(_PERMALINK))
    little = page.whole and page.words <= _LITTLE and not page.heading.endswith(_PERMALINK)
    if title is Says.SURE and (heading or page.heading in ("", *parts[1:])):
        return part
    if heading is Says.SURE and (little or title):
        return page.heading
    if little and max(title, heading) >= Says.PERHAPS and _agree(page, title, heading):
        return part if title >= Says.PERHAPS else page.heading
    return ""


def lands_on_front_page(asked: Address, final: Address) -> bool:
    """Return whether a link to a page within a site led to the front page of the same site.

    One that leads to a part of the front page is meant: what were several pages may be one now.
    """
    if final.fragment or not _FRONT.fullmatch(final.target) or _site(asked) != _site(final):
        return False
    return any(not _SHALLOW.fullmatch(part) for part in asked.target.partition("?")[0].split("/"))


def login_page(answered: Answered) -> bool:
    """Return whether a link was redirected to where people log in, or agree to be followed, and did not lead there."""
    asked, final = read_address(answered.url), read_address(answered.final)
    if not answered.redirects or not isinstance(asked, Address) or not isinstance(final, Address):
        return False
    return _asks_who(final) and not _asks_who(asked)


@lru_cache(maxsize=256)
def says(text: str) -> Says:
    """Return what a title, or a part of one, or a heading says of its page; sites say it on each of their pages."""
    plain = _bare(unicodedata.normalize("NFKC", text).replace("’", "'").casefold())
    without = _bare(_NUMBER.sub(" ", plain))
    sorry = _bare(_SORRY.sub(" ", without))
    phrase = next((each for each in PHRASES if re.fullmatch(each.pattern, sorry)), None)
    if phrase:
        return Says.SURE if phrase.sure else Says.PERHAPS
    if sorry:
        return Says.ELSE
    return Says.PERHAPS if without != plain else Says.SORRY if plain else Says.ELSE


def _agree(page: PageSeen, title: Says, heading: Says) -> bool:
    """Tell whether title and heading say the same, where only one of them may."""
    return bool(title or not page.title) and bool(heading or not page.heading)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(_ENDS)


def _site(address: Address) -> str:
    return address.host.removeprefix("www.").removesuffix(".")


def _asks_who(address: Address) -> bool:
    parts = address.target.partition("?")[0].split("/")
    return bool(_LOGIN_HOST.fullmatch(address.host)) or any(_LOGIN.fullmatch(part) for part in parts)
