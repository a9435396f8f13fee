"""What a run is given, and what it saw. Values only: they cross into the sandbox and back as JSON."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct, field

from affidavit.model.examples import Step

MIB = 1024 * 1024


class Limits(Struct, frozen=True):
    """What a run may use at most: times in seconds, sizes in bytes; they hold for all its processes together.

    ``seconds`` is the time on the clock, ``output`` what all steps may print.
    """

    seconds: float = 300
    cpu_seconds: float = 300
    memory: int = 2048 * MIB
    processes: int = 256
    file_size: int = 1024 * MIB
    disk: int = 2048 * MIB
    output: int = 8 * MIB


class Promise(StrEnum):
    """What a sandbox keeps, whatever the steps try; what asks for one that is missing cannot be run there."""

    FILES = "files"
    """Nothing outside is written, and no home folder is read."""
    NETWORK = "network"
    """Nothing outside is reached unless the job asks for the network, and all ports from 1024 on are free."""
    PORTS = "ports"
    """The ports below 1024 are free as well, unless the job asks for the network."""
    PROCESSES = "processes"
    """No process outside is seen or touched, and none of the run's survives it, nor the one who started it."""
    DISK = "disk"
    """What the files may take is never exceeded."""
    NUMBER = "number"
    """How many processes there may be is never exceeded."""
    MEMORY = "memory"
    """The memory of all processes and their files together never exceeds the two limits together."""


class Console(Struct, frozen=True):
    """A terminal at which somebody sits: its lines and columns, and the variables that programs on it need."""

    size: tuple[int, int] = (24, 80)
    variables: tuple[tuple[str, str], ...] = ()


class Part(Struct, frozen=True):
    """Steps of a job from ``first`` on, which know nothing of those of other parts; ``seconds`` bounds its time.

    That time counts from the beginning of the job, but for the time that other parts took.
    """

    first: int
    seconds: float


class Folder(Struct, frozen=True):
    """A folder outside of the system that steps may read, ``at`` its path; ``source`` is a copy that stands for it."""

    at: str
    source: str = ""


class Job(Struct, frozen=True):
    """The steps of an example and of those before it, and what they run in.

    ``variables`` are the whole environment, but for what the sandbox itself sets. ``visible`` are folders outside the
    system that the steps may read. ``environment`` is the folder of a virtual environment whose programs come first,
    wherever it stands for the steps; empty is none. Somebody at the ``console`` gets a shell behind the last step.
    Where there are ``parts``, each begins with what the steps before the first of them have made. Before the steps
    whose numbers are in ``looks``, limits are looked at as they are at the end.
    """

    steps: tuple[Step, ...]
    variables: tuple[tuple[str, str], ...] = ()
    limits: Limits = field(default_factory=Limits)
    network: bool = False
    visible: tuple[Folder, ...] = ()
    environment: str = ""
    console: Console | None = None
    parts: tuple[Part, ...] = ()
    looks: tuple[int, ...] = ()


class Shown(Struct, frozen=True):
    """What an exchange printed; ``step`` and ``exchange`` count from 0. ``status`` is that of the exit, or of HTTP."""

    step: int
    exchange: int
    output: str
    status: int | None = None


class End(StrEnum):
    """How a run ended."""

    FINISHED = "finished"
    """All steps were done, whatever they printed."""
    TIMED_OUT = "timed-out"
    CPU_EXCEEDED = "cpu-exceeded"
    MEMORY_EXCEEDED = "memory-exceeded"
    PROCESSES_EXCEEDED = "processes-exceeded"
    OUTPUT_EXCEEDED = "output-exceeded"
    DISK_EXCEEDED = "disk-exceeded"
    SESSION_ENDED = "session-ended"
    """The shell or the Python of a session ended before its steps did."""
    FILE_REFUSED = "file-refused"
    """A file could not be written where it was to be, or would have left the workspace."""
    SERVICE_DIED = "service-died"
    SERVICE_NOT_READY = "service-not-ready"
    RUNNER_FAILED = "runner-failed"
    """What runs the steps failed itself: nothing is known."""


EXCEEDED = frozenset({
    End.TIMED_OUT, End.CPU_EXCEEDED, End.MEMORY_EXCEEDED, End.PROCESSES_EXCEEDED, End.OUTPUT_EXCEEDED,
    End.DISK_EXCEEDED,
})  # fmt: skip
"""The ends that a limit made."""

USED_TOGETHER = EXCEEDED - {End.TIMED_OUT}
"""Those in which any step that was done may have had a share, not only the one at which it was noticed."""


class Ran(Struct, frozen=True):
    """What came of a job.

    ``step`` is the one at which it ended early, ``detail`` what is known of that, such as the tail of a service's log.
    ``sandbox`` is the word for what kept it in; ``seconds`` is how long it took. ``parts`` are the seconds of the parts
    that were done, with those of the steps before them; ``begun`` are those until each step began that it came to.
    """

    end: End
    shown: tuple[Shown, ...] = ()
    step: int | None = None
    detail: str = ""
    sandbox: str = ""
    seconds: float = 0
    parts: tuple[float, ...] = ()
    begun: tuple[float, ...] = ()

    def until(self, step: int) -> float:
        """Return the seconds until a step began; all there are, where it came to no such step."""
        return self.begun[step] if step < len(self.begun) else self.seconds
