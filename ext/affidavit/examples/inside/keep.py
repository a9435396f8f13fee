"""What the steps leave in a workspace that ends with the run, as an archive in pieces."""

from __future__ import annotations

import base64
import io
import tarfile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


def send_workspace(folder: str, send: Callable[[str], None]) -> None:
    """Hand over the files, folders and links of a folder; whatever else there is, is left out."""
    with tarfile.open(fileobj=_Pieces(send), mode="w|") as archive:
        archive.add(folder, arcname=".", filter=_plain)


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return member if member.isfile() or member.isdir() or member.issym() else None


class _Pieces(io.RawIOBase):
    """A file to write to, as far as an archive needs one."""

    def __init__(self, send: Callable[[str], None]) -> None:
        self._send = send

    def write(self, data: Any) -> int:  # noqa: ANN401 - anything that holds bytes
        self._send(base64.b64encode(data).decode())
        return len(data)
