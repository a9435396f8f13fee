"""What steps leave is put below the folder that keeps it, whatever its names say."""

import io
import tarfile

from affidavit.examples.sandbox.workspace import unpack

LINKS = {
    "inside": "a/file",
    "a/up": "../a",
    "nowhere": "missing",
    "absolute": "/etc/passwd",
    "above": "../other",
    "a/b/through": "../..",
    "a/beyond": "b/through/..",
    "circle": "circle",
}


def archive(*members):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w|") as opened:
        for member, data in members:
            opened.addfile(member, io.BytesIO(data))
    return packed


def file(name, mode=0o644):
    member = tarfile.TarInfo(name)
    member.size, member.mode = 4, mode
    return member, b"text"


def link(name, target, kind=tarfile.SYMTYPE):
    member = tarfile.TarInfo(name)
    member.type, member.linkname = kind, target
    return member, b""


def test_files_are_written_below_the_folder_and_nowhere_else(tmp_path):
    unpack(
        archive(file("a/file"), file("../out"), file("a/../../out"), file("/out"), file("./run", 0o6777)),
        tmp_path / "in",
    )
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"in/a/file", "in/run"}
    assert (tmp_path / "in" / "run").stat().st_mode & 0o7777 == 0o755


def test_links_stay_that_lead_nowhere_else(tmp_path):
    (tmp_path / "other").mkdir()
    unpack(archive(file("a/file"), file("a/b/file"), *(link(*each) for each in LINKS.items())), tmp_path / "in")
    kept = {path.relative_to(tmp_path / "in").as_posix() for path in (tmp_path / "in").rglob("*") if path.is_symlink()}
    assert kept == {"inside", "a/up", "nowhere", "a/b/through"}


def test_no_file_is_written_through_a_link(tmp_path):
    (tmp_path / "other").mkdir()
    unpack(archive(link("way", "../other"), file("way/file")), tmp_path / "in")
    assert not list((tmp_path / "other").iterdir())


def test_hard_links_are_left_out(tmp_path):
    unpack(archive(file("a"), link("b", "a", tarfile.LNKTYPE), file("c")), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "c"]
