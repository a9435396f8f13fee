"""``python -m benchmarks.notes_git``: reading the release notes of a git repository, beside ``reno report`` per branch.

The repository is made here, by ``git fast-import``, of the size that is asked for, or is one that stands on the disk.
A table is printed: how long it takes to index it cold, to look at it again when nothing has changed, or when one commit
has come to the main branch, and how long ``reno report`` takes for all of its branches, one by one.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from affidavit.model.note_sources import GitNotes
from affidavit.notes.sources.git import GitSource
from affidavit.notes.sources.source import Surroundings

_REPORT = "import sys; from reno.main import main; sys.exit(main(sys.argv[1:]))"
_OTHER_FILES = 40
"""Files beside the notes: a commit's tree is read for each."""


def main(argv: list[str] | None = None) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="tox -e bench-notes --", description=(__doc__ or "").partition(":")[0])
    parser.add_argument("--series", type=int, default=24, help="how many stable branches the repository has")
    parser.add_argument("--commits", type=int, default=400, help="how many commits there are in a series")
    parser.add_argument("--repository", type=Path, help="measure this one instead; nothing is written to it")
    arguments = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="affidavit-bench-") as folder:
        place = arguments.repository or _made(Path(folder) / "repository", arguments.series, arguments.commits)
        _say("\n".join(_table(place.resolve(), Path(folder) / "cache", changing=arguments.repository is None)))
    return 0


def _table(place: Path, cache: Path, *, changing: bool) -> Iterator[str]:
    def read() -> None:
        GitSource(GitNotes(str(place)), Surroundings(place, lambda _: b"", cache)).facts()

    import affidavit.notes.sources.git_chapters  # noqa: F401, PLC0415 -- what is loaded once is not measured

    branches = _branches(place)
    cold, warm = _timed(read), min(_timed(read) for _ in range(5))
    report = sum(_timed(lambda branch=branch: _report(place, branch)) for branch in branches)  # type: ignore[misc] # a lambda with a default
    yield "| what | seconds | to `reno report` |"
    yield "|---|--:|--:|"
    yield f"| `reno report`, {len(branches)} branches | {report:.2f} | 1 |"
    yield f"| index, cold | {cold:.2f} | 1/{report / cold:.1f} |"
    yield f"| index, nothing changed | {warm:.4f} | 1/{report / warm:.0f} |"
    if changing:
        _git(place, "fast-import", "--quiet", given=_one_more())
        again = _timed(read)
        yield f"| index, one more commit | {again:.2f} | 1/{report / again:.1f} |"


def _branches(place: Path) -> list[str]:
    """Return the series branches of a clone, by the names that reno knows them by, and the main one."""
    told = _git(place, "for-each-ref", "--format=%(refname)", "refs/heads/stable", "refs/remotes/origin/stable").split()
    return [*sorted({name.partition("stable/")[1] + name.partition("stable/")[2] for name in told}), ""]


def _git(place: Path, *arguments: str, given: bytes = b"") -> str:
    command = [shutil.which("git") or "git", *arguments]
    done = subprocess.run(command, cwd=place, input=given, check=True, stdout=subprocess.PIPE)  # noqa: S603 -- our own words
    return done.stdout.decode()


def _report(place: Path, branch: str) -> None:
    command = [sys.executable, "-c", _REPORT, "-q", "report", *([f"--branch={branch}"] if branch else []), "."]
    subprocess.run(command, cwd=place, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _timed(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _made(place: Path, series: int, commits: int) -> Path:
    """Return a repository with a note in every tenth commit, a release for each series, and a fix on its branch."""
    place.mkdir()
    _git(place, "init", "--quiet", "--initial-branch=master")
    _git(place, "fast-import", "--quiet", given="".join(_history(series, commits)).encode())
    _git(place, "reset", "--quiet", "--hard")
    return place


def _history(series: int, commits: int) -> Iterator[str]:
    yield from _commit("refs/heads/master", 0, {f"src/{name}/file.py": "x" for name in range(_OTHER_FILES)})
    for number in range(series * commits):
        files = {f"src/{number % _OTHER_FILES}/file.py": str(number)}
        yield from _commit("refs/heads/master", number, {**files, **(_note(number) if number % 10 == 0 else {})})
        if number % commits == commits - 1:
            yield from _release(number // commits, number)


def _release(series: int, number: int) -> Iterator[str]:
    branch = f"refs/heads/stable/{series + 2000}"
    yield f"reset refs/tags/{series}.0.0\nfrom refs/heads/master\n\nreset {branch}\nfrom refs/heads/master\n\n"
    yield from _commit(branch, number, _note(number + 10_000_000))
    yield f"reset refs/tags/{series}.0.1\nfrom {branch}\n\n"


def _note(number: int) -> dict[str, str]:
    name = f"releasenotes/notes/note-{number:016x}.yaml"
    return {name: f"features:\n  - Feature {number}\nfixes:\n  - |\n    Fix {number}\n"}


def _commit(branch: str, number: int, files: dict[str, str]) -> Iterator[str]:
    yield f"commit {branch}\ncommitter A <a@example.org> {1_400_000_000 + number * 600} +0000\ndata 1\nx\n"
    for name, content in files.items():
        yield f"M 644 inline {name}\ndata {len(content)}\n{content}\n"


def _one_more() -> bytes:
    change = "".join(_commit("refs/heads/master", 10_000_000, _note(7)))
    return change.replace("data 1\nx\n", "data 1\nx\nfrom refs/heads/master^0\n").encode()


def _say(text: str) -> None:
    print(text)  # noqa: T201 -- the table is what the command is for


if __name__ == "__main__":
    sys.exit(main())
