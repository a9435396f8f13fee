"""Commands that a shell can be asked for in a quicker way: they are words alone, and leave the shell as it was.

As long as it was asked for nothing else, it has no function, no alias, no trap and no tracing, and its output goes
where it went. So what is done around such a command need not be kept from any of these, which takes half of the time.
"""

from __future__ import annotations

SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _./:@+,=-")
"""Characters that stand for themselves in any word."""

_WORDS = (
    ". : [ alias bg bind break builtin caller cd command compgen complete compopt continue declare dirs disown enable "
    "eval exec exit export fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd read "
    "readarray readonly return set shift shopt source suspend times trap type typeset ulimit umask unalias unset wait "
    "if then else elif fi case esac for select while until do done in function time coproc"
)
KNOWN = frozenset(_WORDS.split())
"""Words that the shell itself knows, but for those that do nothing to it: echo, false, pwd, test and true."""

TOGETHER = 50
"""Commands that are asked for as one. Bash goes deeper for each."""

CHANGING = ("BASH", "SHELLOPTS", "POSIXLY_CORRECT")
"""How the names of variables begin by which a shell may have begun with more than it is asked for."""


def is_as_it_comes(variables: dict[str, str]) -> bool:
    """Tell whether a shell begins with nothing of its own under these variables."""
    return not [name for name in variables if name.startswith(CHANGING)]


def plain_first(given: list[str]) -> int:
    """Return how many of the first commands are plain."""
    for number, text in enumerate(given):
        if not _is_plain(text):
            return number
    return len(given)


def _is_plain(text: str) -> bool:
    words = text.split(" ")
    return SAFE.issuperset(text) and "" not in words and "=" not in words[0] and words[0] not in KNOWN


def at_once(given: list[str]) -> list[tuple[str, int]]:
    """Return commands that do plain ones and tell of each as the session does, and how many each of them does."""
    pieces = [given[first : first + TOGETHER] for first in range(0, len(given), TOGETHER)]
    return [("; ".join([f'{text}; printf "$__aff_say" $?' for text in piece]), len(piece)) for piece in pieces]
