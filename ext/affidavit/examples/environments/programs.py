"""What is said where a program is missing: how it is installed on the system at hand. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from affidavit.examples.environments.program_table import PACKAGES
from affidavit.model.environments import ProgramSpec

COMMANDS = {
    "debian": "apt-get install",
    "fedora": "dnf install",
    "alpine": "apk add",
    "homebrew": "brew install",
}
"""What installs packages, by the word for the platform."""

FAMILIES = {
    "debian": "debian",
    "ubuntu": "debian",
    "fedora": "fedora",
    "rhel": "fedora",
    "centos": "fedora",
    "alpine": "alpine",
}
"""The platforms by the names that systems have for themselves, in os-release(5), and for what they are made of."""


def platform_of(system: str, release: Mapping[str, str]) -> str:
    """Return the word for a platform, from the name of its system and its os-release; empty where nothing is known."""
    if system == "Darwin":
        return "homebrew"
    names = (release.get("ID", ""), *release.get("ID_LIKE", "").split())
    return next((FAMILIES[name] for name in names if name in FAMILIES), "")


def merged(specs: Iterable[ProgramSpec]) -> dict[str, ProgramSpec]:
    """Return what is known of programs, by name: the first that tells of one counts, each part by itself."""
    known: dict[str, ProgramSpec] = {}
    for spec in specs:
        known[spec.name] = _both(known[spec.name], spec) if spec.name in known else spec
    return known


def missing(names: Sequence[str], specs: Mapping[str, ProgramSpec], platform: str) -> str:
    """Return the clause that says which programs are missing, and what installs them, as far as that is known."""
    told = f"{', '.join(f'`{name}`' for name in names)} {'is' if len(names) == 1 else 'are'} not installed"
    lines = tuple(dict.fromkeys(filter(None, (install_line(name, specs.get(name), platform) for name in names))))
    return f"{told}; to install: {', '.join(f'`{line}`' for line in lines)}" if lines else told


def install_line(name: str, spec: ProgramSpec | None, platform: str) -> str:
    """Return what installs a program on a platform, empty where nobody knows: the settings know best."""
    own = dict(spec.packages) if spec else {}
    package = own.get(platform) or ("" if spec and spec.install else PACKAGES.get(name, {}).get(platform, ""))
    if package:
        return f"{COMMANDS[platform]} {package}"
    return spec.install if spec else ""


def _both(first: ProgramSpec, second: ProgramSpec) -> ProgramSpec:
    packages = dict(second.packages) | dict(first.packages)
    return ProgramSpec(
        first.name,
        first.version_command or second.version_command,
        tuple(packages.items()),
        first.install or second.install,
        first.file or second.file,
    )
