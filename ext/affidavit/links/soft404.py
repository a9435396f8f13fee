"""Pages that answer "all is well", and are not the page that was meant. Pure.

Articles about missing pages speak the same words. So only what is all of a title, or all of its part between two
separators, counts, and words that may be a topic count only on a page that has little else. Of the text, sentences
count only where the top of the page is sorry without saying for what, or is the bare number.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from affidavit.links.not_found_phrases import PHRASES
from affidavit.links.seen import PageSeen
from affidavit.links.suspicion import LITTLE, is_suspicious

_PERMALINK = "¶"
"""What Sphinx puts behind headings, so that it is a section of a documentation."""

_SEPARATOR = re.compile(r"\s+[|/–—:·•»«>~-]+\s+|\s*[|·•»«]\s*|:\s+|(?<=[.!?…])\s+")
_SENTENCE = re.compile(r"\n|(?<=[.!?…。！？])\s*")
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


class Says(IntEnum):
    """What a text says of the page that it stands on."""

    ELSE = 0
    SORRY = 1
    PERHAPS = 2
    """That it is not there, or what it is about."""

    SURE = 3


def says_not_found(page: PageSeen, status: int) -> str:
    """Return the words by which a page with a good status says that it is not there; empty if it does not."""
    if not 200 <= status <= 299:  # noqa: PLR2004 -- RFC 9110, 15.3
        return ""
    return _said_on_top(page) or _said_in_text(page)


def _said_on_top(page: PageSeen) -> str:
    if not is_suspicious(page.title, page.heading):
        return ""
    parts = [page.title, *_SEPARATOR.split(page.title)]
    title, part = max(((says(each), each) for each in parts), key=lambda each: each[0])
    heading = says(page.heading.removesuffix(_PERMALINK))
    little = page.whole and page.words <= LITTLE and not page.heading.endswith(_PERMALINK)
    if title is Says.SURE and (heading or page.heading in ("", *parts[1:])):
        return part
    if heading is Says.SURE and (little or title):
        return page.heading
    if little and max(title, heading) >= Says.PERHAPS and _agree(page, title, heading):
        return part if title >= Says.PERHAPS else page.heading
    return ""


def _said_in_text(page: PageSeen) -> str:
    """Return the sentence of a page that says it, where its top does not say for what it is sorry."""
    if not any(says(each) is Says.SORRY or _is_number(each) for each in (page.title, page.heading)):
        return ""
    sentences = (each.strip() for each in _SENTENCE.split(page.text))
    return next((each for each in sentences if is_suspicious(each, "") and says(each) is Says.SURE), "")


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


def _is_number(text: str) -> bool:
    """Tell a text that is nothing but the number of the status, with or without the word error."""
    plain = _bare(text.casefold())
    return bool(plain) and not _bare(_NUMBER.sub(" ", plain))


def _agree(page: PageSeen, title: Says, heading: Says) -> bool:
    """Tell whether title and heading say the same, where only one of them may."""
    return bool(title or not page.title) and bool(heading or not page.heading)


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(_ENDS)
