"""What runs have in common, for the machine itself and for each environment that a site declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from affidavit.examples.environments.declared import Declared
from affidavit.examples.examine import own_of
from affidavit.examples.running import Ground
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.model.environments import Environment
from affidavit.model.settings import Settings


def machine_ground(settings: Settings, folder: Path, sandbox: Sandbox) -> Ground:
    """Return the ground of examples that name no environment; ``folder`` is that of the pages."""
    return Ground(folder, sandbox, limits=settings.limits, asked=settings.promises, own=own_of(settings))


def grounds(machine: Ground, declared: Declared, values: Mapping[str, str]) -> dict[str, Ground]:
    """Return the grounds of environments; ``values`` are the caller's own variables, for those that are secret."""
    return {each.name: _ground(machine, each, declared, values) for each in declared.items}


def _ground(machine: Ground, environment: Environment, declared: Declared, values: Mapping[str, str]) -> Ground:
    secret = tuple((name, values[name]) for name in environment.secret if name in values)
    return replace(
        machine,
        variables=(*environment.variables, *secret),
        secret=frozenset(environment.secret),
        mark=declared.mark(environment.name),
    )
