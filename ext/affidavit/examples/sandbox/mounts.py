"""The command line of bubblewrap: what is seen inside, and what of it can be written. Pure.

Nothing of the outside can be written at all. What can be is in file systems that end with the run, whose sizes add
up to the limit on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from affidavit.examples.sandbox.environment import PLACE
from affidavit.model.runs import Job

WORKSPACE = "/workspace"
HOME = "/home/user"
USER, GROUP = 1000, 1000

SHARES = {WORKSPACE: 4, "/tmp": 2, HOME: 1, "/dev/shm": 1}  # noqa: S108 - those inside, which are private
"""File systems that can be written, and their shares of the limit."""

ETC = (
    "alternatives", "apache2", "ca-certificates", "ca-certificates.conf", "crypto-policies", "debian_version",
    "fonts", "gai.conf", "httpd", "java", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "locale.alias", "localtime",
    "lsb-release", "magic", "magic.mime", "mime.types", "nginx", "os-release", "perl", "php", "pki", "protocols",
    "python3", "python3.11", "python3.12", "python3.13", "python3.14", "redhat-release", "rpc", "services",
    "ssl/certs", "ssl/openssl.cnf", "terminfo", "timezone", "uwsgi",
)  # fmt: skip
"""What of /etc programs need; the rest tells of this machine and its people."""
ETC_OF_NETWORK = ("resolv.conf",)

PACKAGES = ("/var/lib/dpkg", "/var/lib/rpm")
"""What the system knows of the packages that it is made of, and so the versions of what says none itself."""

FILES = {
    "/etc/passwd": (
        "root:x:0:0:root:/root:/usr/sbin/nologin\n"
        f"user:x:{USER}:{GROUP}:user:{HOME}:/bin/bash\n"
        "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n"
    ),
    "/etc/group": f"root:x:0:\nuser:x:{GROUP}:\nnogroup:x:65534:\n",
    "/etc/hosts": "127.0.0.1 localhost sandbox\n::1 localhost\n",
    "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\nservices: files\nprotocols: files\n",
}
"""Files that say the same on every machine."""

VARIABLES = {
    "HOME": HOME,
    "LOGNAME": "user",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "SHELL": "/bin/bash",
    "TMPDIR": "/tmp",  # noqa: S108 - the one inside, which is private
    "USER": "user",
}


class System(Struct, frozen=True):
    """What of the machine is seen inside: ``links`` are top folders that are links, by where they lead."""

    folders: tuple[str, ...]
    links: tuple[tuple[str, str], ...]


def bubblewrap_arguments(job: Job, system: System, files: Mapping[str, int], *, has_network: bool = False) -> list[str]:
    """Return what comes between the program's name and the command; ``files`` are open files by where they appear.

    It ``has_network`` of its own already, or makes one, unless the job asks for that of the machine.
    The supervisor is process 1: no signal from within can stop it, and no helper beside it holds its descriptors.
    """
    network = ["--share-net"] if job.network or has_network else []
    return [
        *("--unshare-all", *network, "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session"),
        *("--as-pid-1", "--cap-drop", "ALL", "--uid", str(USER), "--gid", str(GROUP), "--hostname", "sandbox"),
        *(word for folder in system.folders for word in ("--ro-bind", folder, folder)),
        *(word for path, target in system.links for word in ("--symlink", target, path)),
        *_etc(job.network),
        *(word for path, descriptor in files.items() for word in ("--ro-bind-data", str(descriptor), path)),
        *("--proc", "/proc", "--dev", "/dev", "--dir", "/run", "--dir", "/var", "--symlink", "/tmp", "/var/tmp"),  # noqa: S108
        *(word for folder in PACKAGES for word in ("--ro-bind-try", folder, folder)),
        *_writable(job.limits.disk),
        *(word for folder in job.visible for word in ("--ro-bind", folder.source or folder.at, folder.at)),
        *(("--ro-bind", job.environment, PLACE) if job.environment else ()),
        *("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", WORKSPACE, "--"),
    ]


def _etc(network: bool) -> Iterable[str]:  # noqa: FBT001 - the one thing that it depends on
    for name in (*ETC, *(ETC_OF_NETWORK if network else ())):
        yield from ("--ro-bind-try", f"/etc/{name}", f"/etc/{name}")


def _writable(disk: int) -> Iterable[str]:
    for path, share in SHARES.items():
        size = max(disk * share // sum(SHARES.values()), 4096)
        yield from ("--perms", "1777" if path in {"/tmp", "/dev/shm"} else "0755")  # noqa: S108
        yield from ("--size", str(size), "--tmpfs", path)
