"""Whether the title or heading of a page may say that it is another page than the one that was meant. Pure.

Nearly all pages are told here from those that are worth a close look, at little cost.
"""

from __future__ import annotations

import re
from functools import lru_cache

LITTLE = 150
"""Words of a page that has nothing to say but who made it and where to go instead."""

_SIGNS = (
    "404", "410", "found", "find", "exist", "available", "gone", "removed", "oops", "oups", "sorry",
    "nothing here", "lost", "error", "for sale", "parked", "moment", "denied", "robot", "bot", "human",
    "captcha", "challenge", "checking", "security", "attention", "blocked", "forbidden", "interruption",
    "verif", "secure", "noes", "wait", "incapsula", "nicht", "trouv", "encontr", "encuentra", "trovat",
    "niet", "bestaat", "znale", "istnieje", "не ", "нет ", "存在", "找到", "找不到", "不见了", "不見了",
    "見つか", "ありません", "localizad", "disponi", "удалена", "страниц", "domain", "missing", "no such",
    "github pages", "esiste", "odnale", "ddos", "hoppla", "huch", "entschuldig", "désolé", "sentimos", "desculpe",
    "spiacenti", "helaas", "przepraszamy", "извините", "сожалению", "抱歉", "对不起", "對不起", "申し訳",
    "oh no", "uh-oh", "uh oh",
)  # fmt: skip
"""Parts of all words by which :mod:`~affidavit.links.soft404` and :mod:`~affidavit.links.walls` know pages; a test
holds that none of their phrases is without."""


_SIGN = re.compile("|".join(map(re.escape, _SIGNS)))


@lru_cache(maxsize=1024)
def is_suspicious(title: str, heading: str) -> bool:
    """Return whether these may be the title and heading of a page that stands in the place of another.

    Kept, since each page is looked at when it is read, recalled and judged.
    """
    return _SIGN.search(f"{title}\n{heading}".casefold()) is not None
