"""The sandbox of namespaces, made by bubblewrap, where that is installed and the system lets it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryFile

from affidavit.examples.sandbox.cgroups import bounds_memory
from affidavit.examples.sandbox.ending import finished
from affidavit.examples.sandbox.environment import LOCALE, PLACE, with_environment, with_locale
from affidavit.examples.sandbox.identity import Identity, identity, others_of_user
from affidavit.examples.sandbox.leftovers import VARIABLE, sweep
from affidavit.examples.sandbox.low_ports import low_ports
from affidavit.examples.sandbox.mounts import FILES, SHARES, VARIABLES, WORKSPACE, System, bubblewrap_arguments
from affidavit.examples.sandbox.program import boot_arguments
from affidavit.examples.sandbox.sandbox import Started, Unable
from affidavit.model.runs import MIB, Job, Limits, Promise

INSTALL = "apt-get install bubblewrap"
TRIAL = """
import json, select, resource, socket, sys
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname()).close()
print("works")
"""
TRIAL_SECONDS = 20
COUNTED_BY_NAMESPACE = (5, 14)
"""The kernel from which on a limit on processes counts those of a user namespace alone."""


PROMISES = frozenset({Promise.FILES, Promise.NETWORK, Promise.PROCESSES, Promise.DISK, Promise.NUMBER})


class Bubblewrap:
    """Starts the supervisor in namespaces of its own; ``python`` runs it, and is within what ``system`` shows.

    ``opening`` is what makes a network whose low ports are free, empty where that cannot be had.
    """

    name: str = "bubblewrap"

    def __init__(self, program: str, python: str, system: System, opening: tuple[str, ...] = ()) -> None:
        self._program = program
        self._opening = opening
        self._python = python
        self._system = system
        memory = {Promise.MEMORY} if bounds_memory() else set()
        self.promises = PROMISES | memory | ({Promise.PORTS} if opening else set())

    @contextmanager
    def started(self, job: Job, workspace: Path, mark: str) -> Iterator[Started]:
        """Start the supervisor; the kernel ends all that it started together with it, and the mark finds the rest."""
        del workspace  # what the steps leave comes back through the supervisor
        place = PLACE if job.environment else ""
        variables = with_environment({**VARIABLES, **with_locale(dict(job.variables)), VARIABLE: mark}, place)
        with self._finished(job, boot_arguments(self._python), mark) as process:
            yield Started(
                process,
                tuple(variables.items()),
                WORKSPACE,
                full=tuple(SHARES),
                others=_others(),
                kept=True,
            )

    def trial(self) -> str:
        """Return what speaks against this sandbox, from starting a program in it; nothing where it works."""
        job = Job((), limits=Limits(disk=MIB))
        with self._finished(job, [self._python, "-I", "-S", "-c", TRIAL], token_hex(16)) as process:
            try:
                output, problems = process.communicate(timeout=TRIAL_SECONDS)
            except subprocess.TimeoutExpired:
                return "A trial did not end."
        return "" if output == b"works\n" else problems.decode("utf-8", "replace").strip() or "A trial said nothing."

    @contextmanager
    def _finished(self, job: Job, command: list[str], mark: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start a program, and see to it that nothing of it is left.

        A child of bubblewrap whose parent is killed before the child has asked to end with it waits for that one
        without end.
        """
        with identity() as who:
            try:
                with finished(self._popen(job, command, mark, who)) as process:
                    yield process
            finally:
                sweep(mark, who.get("user"))

    def _popen(self, job: Job, command: list[str], mark: str, who: Identity) -> subprocess.Popen[bytes]:
        opening = () if job.network else self._opening
        with ExitStack() as stack:
            files = _open_files(stack)
            arguments = bubblewrap_arguments(job, self._system, files, has_network=bool(opening))
            return subprocess.Popen(  # noqa: S603 - the command is ours, word for word
                [*opening, self._program, *arguments, *command],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                pass_fds=tuple(files.values()),
                env={VARIABLE: mark, "PATH": VARIABLES["PATH"], **LOCALE},
                cwd="/",
                **who,
            )


def _open_files(stack: ExitStack) -> Mapping[str, int]:
    """Open the files that are made up for the inside, until they have been handed on."""
    opened = {}
    for path, text in FILES.items():
        file = stack.enter_context(TemporaryFile())  # noqa: SIM115 - the stack closes it
        file.write(text.encode())
        file.seek(0)
        opened[path] = file.fileno()
    return opened


@cache
def find_bubblewrap() -> Bubblewrap | Unable:
    """Return the sandbox if it works here, which is tried once."""
    program = shutil.which("bwrap")
    if sys.platform != "linux" or program is None:
        return Unable("bubblewrap is not installed.", f"On Linux, install it: {INSTALL}")
    problem = ""
    for found in _candidates(program):
        problem = found.trial()
        if not problem:
            return found
    return Unable(f"bubblewrap is refused: {problem}", "It needs version 0.8 or later, and user namespaces.")


def _candidates(program: str) -> Iterator[Bubblewrap]:
    """Yield what may work here, first what promises most, last what asks least of the system."""
    for opening in filter(None, (low_ports(program),)):
        yield from (Bubblewrap(program, python, _system(folders), opening) for python, folders in _pythons())
    yield from (Bubblewrap(program, python, _system(folders)) for python, folders in reversed(_pythons()))


def _pythons() -> list[tuple[str, tuple[str, ...]]]:
    """Return Pythons that may run the supervisor, and the folders that they need besides the system's: any will do."""
    ours = os.path.realpath(sys.executable)
    system = [path for path in ("/usr/bin/python3", "/usr/local/bin/python3") if Path(path).exists()]
    return [*((path, ()) for path in system), (ours, (sys.base_prefix,))]


def _system(more: tuple[str, ...]) -> System:
    """Return what is shown of the system, which has its top folders below /usr, by links, or has not."""
    top = [Path(path) for path in ("/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")]
    links = tuple((str(path), str(path.readlink())) for path in top if path.is_symlink())
    folders = ["/usr", *(str(path) for path in top if path.is_dir() and not path.is_symlink())]
    return System((*folders, *(folder for folder in more if not folder.startswith("/usr/"))), links)


def _others() -> int:
    """Return the processes that count as well: none in a namespace of its own, on kernels that count by namespace."""
    release = tuple(int(part) for part in os.uname().release.split(".")[:2] if part.isdigit())
    return 0 if release >= COUNTED_BY_NAMESPACE or not os.geteuid() else others_of_user()
