"""The settings that say what examples run in, and what is asked of it: from raw values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from msgspec.structs import replace

from affidavit.model import raw
from affidavit.model.environments import MACHINE, Environment, ProgramSpec, Resolving
from affidavit.model.releases import Releases
from affidavit.model.runs import MIB, Limits, Promise

_NAME = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_PYTHON = re.compile(r"3\.[0-9]{1,2}(\.[0-9]{1,3})?")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PROGRAM = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")
_PACKAGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+@/-]*")
_OURS = frozenset({"PATH", "VIRTUAL_ENV", "HOME", "AFFIDAVIT_RUN"})
"""Variables that say where a run is, which no setting knows better."""

PLATFORMS = ("debian", "fedora", "alpine", "homebrew")
"""The words for the platforms whose packages have programs."""

_RESOLVING = ("exclude_newer", "constraints", "overrides", "build_constraints")
_KEYS = frozenset({"release", "packages", "projects", "python", "programs", "variables", "secrets", *_RESOLVING})
_MOST_MIB = 1024 * 1024
_MOST = 1_000_000


def environment(name: object, entry: object, releases: Releases | None) -> Environment:
    """Read one environment; ``releases`` are those that it may name, ``None`` where nobody knows them."""
    own = _name(name)
    parts = _parts(own, entry)
    release: str = parts.get("release", "")
    if release and releases is not None and releases.position(release) is None:
        raise raw.Wrong(f"right; the `release` of {own!r} must be one of `affidavit_releases`, not {release!r}")
    read = Environment(
        own,
        release,
        parts.get("packages", ()),
        parts.get("python", ""),
        Resolving(**{key: parts[key] for key in _RESOLVING if key in parts}),
        parts.get("programs", ()),
        parts.get("variables", ()),
        parts.get("secrets", ()),
        parts.get("projects", ()),
    )
    both = sorted({name for name, _ in read.variables} & set(read.secret))
    if both:
        raise raw.Wrong(f"clear; {own!r} has {both[0]!r} in `variables` and in `secrets`")
    return read


def _name(name: object) -> str:
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name == MACHINE:
        told = f"a dict whose keys are names in small letters and digits, with `-` and `.`, and not {MACHINE!r}"
        raise raw.Wrong(f"{told}; {raw.shown(name)} is none")
    return name


def _parts(own: str, entry: object) -> dict[str, Any]:
    if not isinstance(entry, Mapping):
        raise raw.Wrong(f"a dict of dicts; that of {own!r} is {raw.kind(entry)}")
    return {key: _part(own, key, value) for key, value in _known(own, entry, _KEYS)}


def _known(own: str, entry: Mapping[object, object], keys: frozenset[str]) -> Iterator[tuple[str, object]]:
    for key, value in entry.items():
        if not isinstance(key, str) or key not in keys:
            raise raw.Wrong(f"made of dicts with the keys {', '.join(sorted(keys))}; {own!r} has {raw.shown(key)}")
        yield key, value


def _part(own: str, key: str, value: object) -> object:
    try:
        return _READ[key](value)
    except raw.Wrong as wrong:
        raise raw.Wrong(f"right; `{key}` of {own!r} must be {wrong}") from None


def _requirements(value: object) -> tuple[str, ...]:
    # Few have environments, and this takes as long to load as all other settings together.
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415

    texts = _texts(value, "requirements of Python packages")
    for each in texts:
        try:
            Requirement(each)
        except InvalidRequirement:
            raise raw.Wrong(f"made of requirements such as 'some-server>=2,<3'; {each!r} is none") from None
    return texts


def _texts(value: object, what: str) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(each, str) for each in value):
        raise raw.Wrong(f"a list of {what}, as strings")
    texts = tuple(each.strip() for each in value)
    if not all(each and each.isprintable() for each in texts):
        raise raw.Wrong(f"a list of {what}, none of them empty, each on one line")
    return texts


def _python(value: object) -> str:
    version = raw.text(value)
    if not _PYTHON.fullmatch(version):
        raise raw.Wrong(f"a version of Python, such as '3.11', not {version!r}")
    return version


def _moment(value: object) -> str:
    text = raw.text(value)
    try:
        date.fromisoformat(text) if len(text) == len("2025-06-01") else datetime.fromisoformat(text)
    except ValueError:
        raise raw.Wrong(f"a day such as '2025-06-01', or a time such as '2025-06-01T12:00:00Z', not {text!r}") from None
    return text


def _variables(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
        raise raw.Wrong("a dict of variable to its value, as strings")
    if any("\0" in text for text in value.values()):
        raise raw.Wrong("a dict of variable to its value, which has no NUL in it")
    return tuple((_variable(name), text) for name, text in value.items())


def _secrets(value: object) -> tuple[str, ...]:
    return tuple(_variable(name) for name in _texts(value, "names of variables"))


def _variable(name: object) -> str:
    if not isinstance(name, str) or not _VARIABLE.fullmatch(name):
        raise raw.Wrong(f"made of names of variables; {raw.shown(name)} is none")
    if name in _OURS:
        raise raw.Wrong(f"without {name!r}, which each run has of its own")
    return name


def programs(value: object) -> tuple[ProgramSpec, ...]:
    """Read programs: a list of names, or a dict of name to its version command, or to a dict."""
    if isinstance(value, (list, tuple)):
        return tuple(program(name, {}) for name in value)
    if not isinstance(value, Mapping):
        raise raw.Wrong(f"a list of programs, or a dict of program to what is known of it, not {raw.kind(value)}")
    return tuple(program(name, entry) for name, entry in value.items())


def program(name: object, entry: object) -> ProgramSpec:
    """Read one program."""
    if not isinstance(name, str) or not _PROGRAM.fullmatch(name):
        raise raw.Wrong(f"made of names of programs; {raw.shown(name)} is none")
    told = {"version": entry} if isinstance(entry, str) else entry
    texts = raw.texts(f"{name!r}", told, allowed={"version", "install", "file", *PLATFORMS})
    if not all(text.strip() and text.isprintable() for text in texts.values()):
        raise raw.Wrong(f"complete; {name!r} has a value that is empty, or has several lines")
    packages = tuple((platform, texts[platform]) for platform in PLATFORMS if platform in texts)
    wrong = next((package for _, package in packages if not _PACKAGE.fullmatch(package)), None)
    if wrong is not None:
        raise raw.Wrong(f"made of names of packages; {wrong!r} of {name!r} is none, and a whole line is `install`")
    return ProgramSpec(name, texts.get("version", ""), packages, texts.get("install", ""), _file(name, texts))


def _file(name: str, texts: Mapping[str, str]) -> str:
    """Return the path of what is no command, and so says nothing of its version itself."""
    file = texts.get("file", "")
    if file and not file.startswith("/"):
        raise raw.Wrong(f"complete; the `file` of {name!r} must begin with a slash: it is a path from the root")
    if file and "version" not in texts:
        raise raw.Wrong(f"complete; {name!r} has a `file`, and needs a `version`: the command that prints it")
    return file


def pattern(name: object, text: object) -> tuple[str, str]:
    """Read a pattern of the site's own; whether it can be used is for those to say who use it."""
    if not isinstance(name, str) or not isinstance(text, str):
        raise raw.Wrong("a dict of name to regular expression, as strings")
    return name, text


def limits(value: object) -> Limits:
    """Read limits: times in seconds, sizes in MiB."""
    if not isinstance(value, Mapping):
        raise raw.Wrong(f"a dict of limit to number, not {raw.kind(value)}")
    sizes = {"memory", "file_size", "disk", "output"}
    read = dict(_known("it", value, frozenset({"cpu_seconds", "processes", *sizes})))
    told = {key: _number(key, each, _MOST_MIB if key in sizes else _MOST) for key, each in read.items()}
    return replace(Limits(), **{key: each * MIB if key in sizes else each for key, each in told.items()})


def _number(key: str, value: object, most: int) -> int:
    if type(value) is not int or not 0 < value <= most:
        raise raw.Wrong(f"made of whole numbers from 1 to {most}; `{key}` is {raw.shown(value)}")
    return value


def promises(value: object) -> frozenset[Promise]:
    """Read what a sandbox must keep."""
    words = _texts(value, "promises")
    unknown = next((word for word in words if word not in set(Promise)), None)
    if unknown is not None:
        raise raw.Wrong(f"a list of {', '.join(map(repr, map(str, Promise)))}; {unknown!r} is none of them")
    return frozenset(map(Promise, words))


_READ: Mapping[str, Callable[[object], object]] = {
    "release": raw.text,
    "packages": _requirements,
    "projects": lambda value: _texts(value, "folders"),
    "python": _python,
    "exclude_newer": _moment,
    "constraints": _requirements,
    "overrides": _requirements,
    "build_constraints": _requirements,
    "programs": programs,
    "variables": _variables,
    "secrets": _secrets,
}
