"""What runs have in common, for the machine itself and for each environment that a site declares."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from msgspec.structs import replace

from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.made import Made, Unready, make
from affidavit.examples.environments.programs import merged
from affidavit.examples.examine import own_of
from affidavit.examples.ground import Ground
from affidavit.examples.sandbox.sandbox import Sandbox
from affidavit.model.environments import Environment
from affidavit.model.runs import Promise
from affidavit.model.settings import Settings


def machine_ground(settings: Settings, folder: Path, sandbox: Sandbox) -> Ground:
    """Return the ground of examples that name no environment; ``folder`` is that of the pages."""
    known = tuple(merged(settings.programs).values())
    # Who asked for promises in words that nobody understands is not to get less than all of them.
    asked = frozenset(Promise) if "affidavit_sandbox" in settings.invalid else settings.promises
    return Ground(folder, sandbox, limits=settings.limits, asked=asked, own=own_of(settings), programs=known)


def grounds(
    machine: Ground,
    declared: Declared,
    names: Container[str],
    values: Mapping[str, str],
    told: Callable[[str], AbstractContextManager[None]],
) -> dict[str, Ground]:
    """Return the grounds of those environments, by name; each stands from then on, or the ground says why not.

    ``values`` are the variables of the caller, for those that are secret. ``told`` hears what is being done.
    """
    found: dict[str, Ground] = {}
    for environment in declared.items:
        if environment.name in names:
            with told(f"Making the environment {environment.name}"):
                made = make(environment, declared, machine.folder, values)
            found[environment.name] = ground_in(machine, environment, declared, made, values)
    return found


def ground_in(
    machine: Ground, environment: Environment, declared: Declared, made: Made | Unready, values: Mapping[str, str]
) -> Ground:
    """Return the ground of an environment; ``values`` are the variables of the caller, for those that are secret."""
    secret = tuple((name, values[name]) for name in environment.secret if name in values)
    return replace(
        machine,
        variables=(*environment.variables, *secret),
        secret=frozenset(environment.secret),
        mark=declared.mark(environment.name),
        programs=tuple(merged((*environment.programs, *machine.programs)).values()),
        needed=tuple(each.name for each in environment.programs),
        made=made,
    )
