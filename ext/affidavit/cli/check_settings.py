"""The settings of a check: those of the site, with what the command line says instead. Pure."""

from __future__ import annotations

from msgspec.structs import replace

from affidavit.cli.check_options import CheckOptions
from affidavit.model.settings import Allowed, HostRule, LinkChoice, Settings


def settings_of(settings: Settings, options: CheckOptions) -> Settings:
    """Return settings by which all links are asked, not only those that a build asks about."""
    return replace(
        settings,
        links=LinkChoice(("",), (*settings.links.ignored, *options.exclude)),
        allowed=Allowed(everything=True) if options.allow_private else settings.allowed,
        cache=settings.cache if options.cache else None,
        hosts=_hosts(settings.hosts, options.timeout) if options.timeout else settings.hosts,
    )


def _hosts(rules: tuple[HostRule, ...], timeout: float) -> tuple[HostRule, ...]:
    """Return rules by which each host has a timeout: its own, or else this one."""
    own = (replace(each, timeout=each.timeout or timeout) for each in rules)
    return *own, HostRule("*", timeout=timeout)
