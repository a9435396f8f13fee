"""``affidavit environments create``: make environments stand before anything runs in them."""

from __future__ import annotations

import os
import time
from argparse import Namespace

from affidavit.cli.environments_chosen import read_environments
from affidavit.cli.environments_options import read_options
from affidavit.cli.notes_progress import watch
from affidavit.cli.outcome import Status, say, tell
from affidavit.examples.environments.made import Made, Unready, make


def run(arguments: Namespace) -> Status:
    """Make them, one after the other, and say where each stands."""
    options = read_options(arguments)
    site, declared, chosen = read_environments(options)
    worst = Status.FINE
    for environment in chosen:
        begun = time.monotonic()
        with watch().step(f"Making the environment {environment.name}"):
            made = make(environment, declared, site.folder.absolute(), os.environ)
        match made:
            case Made(folder=folder):
                say(f"{environment.name}: {folder or 'has nothing to be made'} ({time.monotonic() - begun:.1f} s)")
            case Unready(reason, failed):
                tell(f"{environment.name}: {reason}.")
                worst = Status.ERRORS if failed or worst is Status.ERRORS else Status.UNABLE
    return worst
