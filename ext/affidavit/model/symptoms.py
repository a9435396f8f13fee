"""How authors write the way in which something fails: on examples and on cards alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from affidavit.model.examples import Symptom

FORM = "`exit N`, `HTTP N` and one pattern at most; put a pattern that has commas in quotes"
"""What a symptom is made of, for messages."""

_PARTS = re.compile(r'(?:"[^"]*"|[^,])+')
_EXIT = re.compile(r"exit (?:status )?(\d{1,3})")
_HTTP = re.compile(r"HTTP ([1-5]\d\d)")
_ESCAPED = re.compile(r"\\\W")
_SPECIAL = re.compile(r"[\\^$*+?{}\[\]()|]")
"""What makes a pattern more than plain text; a dot does not, since it stands for itself as well."""


def parts_of(text: str) -> list[str]:
    """Return what stands between commas, those in quotes left out."""
    return [part for each in _PARTS.findall(text) if (part := each.strip())]


def read_symptom(parts: Iterable[str]) -> Symptom | None:
    """Read the parts of a symptom: ``exit 7``, ``HTTP 413``, and words; ``None`` where they say too much."""
    exits, statuses, words = [], [], []
    for part in parts:
        if match := _EXIT.fullmatch(part):
            exits.append(int(match[1]))
        elif match := _HTTP.fullmatch(part):
            statuses.append(int(match[1]))
        else:
            words.append(_unquoted(part))
    if max(len(exits), len(statuses), len(words)) > 1:
        return None
    return Symptom(next(iter(exits), None), next(iter(statuses), None), "".join(words))


def read_symptoms(text: str) -> tuple[Symptom, ...]:
    """Read symptoms between commas, each a single part: whatever fails shows one of them."""
    return tuple(found for part in parts_of(text) if (found := read_symptom([part])))


def says(text: str, symptom: Symptom) -> bool:
    """Tell whether a text names a symptom: its numbers, and its pattern where that is plain text, as whole words."""
    return all(re.search(rf"(?<!\w){each}(?!\w)", text) for each in _plain(symptom))


def _plain(symptom: Symptom) -> Iterator[str]:
    yield from (str(each) for each in (symptom.exit_status, symptom.http_status) if each is not None)
    if symptom.pattern and not _SPECIAL.search(_ESCAPED.sub("", symptom.pattern)):
        yield symptom.pattern


def written(symptom: Symptom) -> str:
    """Return a symptom of a single part as authors write it."""
    if symptom.exit_status is not None:
        return f"exit {symptom.exit_status}"
    return f"HTTP {symptom.http_status}" if symptom.http_status is not None else symptom.pattern


def _unquoted(part: str) -> str:
    return part[1:-1] if len(part) > 1 and part[0] == part[-1] == '"' else part
