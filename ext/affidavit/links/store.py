"""The file in which observations outlive a build: SQLite, so that several builds may share it, and any may be killed.

Nothing stays open between two calls: a transaction is short, and no connection crosses a fork.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import platformdirs
from msgspec import Struct

from affidavit.links.facts import from_text, to_text
from affidavit.links.seen import Observation
from affidavit.model.errors import AffidavitError
from affidavit.model.settings import Settings

FORMAT_VERSION = 4
"""Part of the file's name as well, so that two releases with different formats do not get in each other's way."""

VARIABLE = "AFFIDAVIT_CACHE"

_CREATE = """
    CREATE TABLE IF NOT EXISTS observation (
        url TEXT NOT NULL, manner TEXT NOT NULL, seen INTEGER NOT NULL, facts TEXT NOT NULL,
        PRIMARY KEY (url, manner)
    ) WITHOUT ROWID
"""
_SELECT = "SELECT seen, facts FROM observation WHERE url = ? AND manner = ?"
_REPLACE = "INSERT OR REPLACE INTO observation (url, manner, seen, facts) VALUES (?, ?, ?, ?)"
_FORGET = "DELETE FROM observation WHERE seen < ?"

_NOT_THE_FILES_FAULT = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
    }
)
"""Another day, or another place, may do. With any other error the file is damaged, or was never ours."""

T = TypeVar("T")


class CacheError(AffidavitError):
    """Observations cannot be read or kept; ``begun_anew`` tells that the file was set aside, so that a new one can."""

    def __init__(self, problem: str, *, advice: str, begun_anew: bool = False) -> None:
        super().__init__(problem, advice=advice)
        self.begun_anew = begun_anew


class Kept(Struct, frozen=True):
    """An observation, and when it was made, in seconds since 1970."""

    observation: Observation
    seen: int


class Store(Struct, frozen=True):
    """Observations by URL, in a file of this folder; both are made when first needed.

    ``manner`` keeps apart what was asked in different ways, where these see different things. Every method raises
    `CacheError` where the file cannot be used, after waiting ``patience`` seconds, or twice that, for other processes.
    """

    folder: Path
    manner: str = ""
    patience: float = 5

    @property
    def path(self) -> Path:
        """Return the file."""
        return self.folder / f"observations-{FORMAT_VERSION}.sqlite3"

    def read(self, urls: Iterable[str]) -> dict[str, Kept]:
        """Return what is kept of these URLs; what cannot be made out is as good as absent."""
        return self._do(lambda connection: _select(connection, urls, self.manner)) if self._is_there() else {}

    def write(self, kept: Iterable[Kept], *, forget_before: int) -> None:
        """Keep observations in place of earlier ones, all or none, and forget those made before a time."""
        rows = [*_rows(kept, self.manner)]
        self._do(lambda connection: _replace(connection, rows, forget_before))

    def _is_there(self) -> bool:
        try:
            return self.path.exists()
        except OSError:
            return True  # opening it says what is wrong

    def _do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            with self._opened() as connection:
                return work(connection)
        except (OSError, MemoryError) as error:
            raise self._unusable(error) from error
        except (sqlite3.Error, UnicodeDecodeError) as error:  # of a damaged schema, not even the message can be read
            raise self._failed(error) from error

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        # Nobody else needs to know which pages somebody looks at; 0700 is what the XDG specification asks for, too.
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=self.patience, isolation_level=None)) as connection:
            connection.text_factory = bytes  # a damaged file holds what no codec reads
            self._prepare(connection)
            yield connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Write ahead, create the table if the file is new, and go no further if it is of another format."""
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")  # enough for a whole file after a crash, with a log ahead
        if _version(connection) == 0:
            connection.execute(_CREATE)
            connection.execute(f"PRAGMA user_version = {FORMAT_VERSION}")
        if _version(connection) != FORMAT_VERSION:
            raise CacheError(
                f"The cache {self.path} was not written by this release of Affidavit, and is left alone.",
                advice="Links are asked without it. Delete it, or name another folder in `affidavit_cache`.",
            )

    def _failed(self, error: sqlite3.Error | UnicodeDecodeError) -> CacheError:
        # Errors that Python's module raises by itself have no code: they are about what a row holds.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
        if code & 0xFF in _NOT_THE_FILES_FAULT:
            return self._unusable(error)
        aside = self.path.with_name(f"{self.path.name}.damaged")
        try:
            _move(self.path, aside)
        except OSError as failure:
            return self._unusable(failure)
        return CacheError(
            f"The cache {self.path} is damaged. It was set aside as {aside.name}.",
            advice="Nothing needs to be done: links are asked again, and a new one is begun.",
            begun_anew=True,
        )

    def _unusable(self, error: BaseException) -> CacheError:
        told = error.strerror if isinstance(error, OSError) else str(error) or "no memory"
        return CacheError(
            f"The cache {self.path} cannot be used ({told}).",
            advice="Links are asked without it. See that its folder can be written to and no other program holds it, or"
            " name another one in `affidavit_cache`.",
        )


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Choose write-ahead logging; some file systems cannot, and there SQLite's older way serves as well.

    Where two processes begin a file at once, one is told at once that it is busy, however patient it is: the
    other one has made the choice, and what comes next waits.
    """
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode = WAL")


def cache_folder(settings: Settings, folder: Path) -> Path | None:
    """Return the folder for what is to outlive a build; a relative one of the settings is below ``folder``."""
    if settings.cache is None:
        return None
    return folder / settings.cache if settings.cache else default_folder()


def default_folder(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the folder that the environment names, else one in the user's own cache; ``None`` is that none is wanted.

    ``AFFIDAVIT_CACHE`` names it; set to nothing, it wants none. A user without a home has none.
    """
    named = environ.get(VARIABLE)
    if named is not None:
        return Path(named).absolute() if named else None
    folder = platformdirs.user_cache_path("affidavit", appauthor=False)
    return folder if folder.is_absolute() else None


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    """Do all or nothing: whoever leaves with an error closes the connection, and so takes everything back."""
    connection.execute(f"BEGIN {kind}")
    yield
    connection.execute("COMMIT")


def _select(connection: sqlite3.Connection, urls: Iterable[str], manner: str) -> dict[str, Kept]:
    with _transaction(connection, "DEFERRED"):
        rows = {url: connection.execute(_SELECT, (url, manner)).fetchone() for url in urls}
    read = {url: _kept(row) for url, row in rows.items() if row}
    return {url: kept for url, kept in read.items() if kept and kept.observation.url == url}


def _kept(row: tuple[object, object]) -> Kept | None:
    seen, facts = row
    observation = from_text(facts) if isinstance(facts, bytes) else None
    return Kept(observation, seen) if observation and isinstance(seen, int) else None


def _rows(kept: Iterable[Kept], manner: str) -> Iterator[tuple[object, ...]]:
    for each in kept:
        with suppress(UnicodeEncodeError):  # what no file can hold is asked again
            yield each.observation.url, manner, each.seen, to_text(each.observation)


def _replace(connection: sqlite3.Connection, rows: Iterable[tuple[object, ...]], forget_before: int) -> None:
    with _transaction(connection, "IMMEDIATE"):
        connection.execute(_FORGET, (forget_before,))
        connection.executemany(_REPLACE, rows)


def _move(path: Path, to: Path) -> None:
    """Move a database: its log first, which must never be found beside another file of its name."""
    for ending in ("-wal", "-shm", ""):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(to.with_name(to.name + ending))
