"""A private network in which everybody may use all ports, made around the one sandbox that is to have it.

In a network of its own the sandbox's user still may not use the ports below 1024, on which web servers stand. Linux
has a setting of the network for that, `ip_unprivileged_port_start`, and who makes the network may change it. The
sandbox must not be able to, so bubblewrap runs twice: the outer one makes the network, changes the setting and gives
its capability away; the inner one makes everything else, and stays in that network.
"""

from __future__ import annotations

import shutil

SETTING = "/proc/sys/net/ipv4/ip_unprivileged_port_start"
_THEN = f'echo 0 >{SETTING} && exec "$@"'


def low_ports(program: str) -> tuple[str, ...]:
    """Return what stands before bubblewrap's own command line, empty where the system has not what it needs."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return ()
    return (
        *(program, "--unshare-user", "--unshare-net", "--die-with-parent", "--cap-add", "CAP_NET_ADMIN"),
        *("--dev-bind", "/", "/", "--", "/bin/sh", "-c", _THEN, "sh"),
        *(setpriv, "--ambient-caps=-all", "--inh-caps=-all"),
    )
