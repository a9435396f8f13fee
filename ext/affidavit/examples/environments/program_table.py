"""Which package has a program, by platform: of those that guides often need, and whose name is not theirs alone. Pure.

What is not here, the settings can say. Homebrew has no word for what macOS brings along.
"""

from __future__ import annotations

from collections.abc import Mapping

_ROWS = (
    # program, Debian, Fedora, Alpine, Homebrew
    ("ab", "apache2-utils", "httpd-tools", "apache2-utils", "httpd"),
    ("apache2", "apache2", "", "", ""),
    ("bash", "bash", "bash", "bash", "bash"),
    ("curl", "curl", "curl", "curl", "curl"),
    ("dig", "bind9-dnsutils", "bind-utils", "bind-tools", "bind"),
    ("gcc", "gcc", "gcc", "gcc", "gcc"),
    ("git", "git", "git", "git", "git"),
    ("go", "golang-go", "golang", "go", "go"),
    ("haproxy", "haproxy", "haproxy", "haproxy", "haproxy"),
    ("htpasswd", "apache2-utils", "httpd-tools", "apache2-utils", "httpd"),
    ("httpd", "", "httpd", "apache2", "httpd"),
    ("ip", "iproute2", "iproute", "iproute2", "iproute2mac"),
    ("jq", "jq", "jq", "jq", "jq"),
    ("make", "make", "make", "make", "make"),
    ("memcached", "memcached", "memcached", "memcached", "memcached"),
    ("nginx", "nginx", "nginx", "nginx", "nginx"),
    ("node", "nodejs", "nodejs", "nodejs", "node"),
    ("openssl", "openssl", "openssl", "openssl", "openssl"),
    ("perl", "perl", "perl", "perl", "perl"),
    ("psql", "postgresql-client", "postgresql", "postgresql-client", "libpq"),
    ("python3", "python3", "python3", "python3", "python"),
    ("redis-server", "redis-server", "", "redis", "redis"),
    ("rsync", "rsync", "rsync", "rsync", "rsync"),
    ("ruby", "ruby", "ruby", "ruby", "ruby"),
    ("socat", "socat", "socat", "socat", "socat"),
    ("sqlite3", "sqlite3", "sqlite", "sqlite", "sqlite"),
    ("ssh", "openssh-client", "openssh-clients", "openssh-client", "openssh"),
    ("ss", "iproute2", "iproute", "iproute2", ""),
    ("tar", "tar", "tar", "tar", "gnu-tar"),
    ("unzip", "unzip", "unzip", "unzip", "unzip"),
    ("wget", "wget", "wget", "wget", "wget"),
    ("xmllint", "libxml2-utils", "libxml2", "libxml2-utils", "libxml2"),
    ("xz", "xz-utils", "xz", "xz", "xz"),
    ("zip", "zip", "zip", "zip", "zip"),
)

PACKAGES: Mapping[str, Mapping[str, str]] = {
    program: {"debian": debian, "fedora": fedora, "alpine": alpine, "homebrew": homebrew}
    for program, debian, fedora, alpine, homebrew in _ROWS
}
"""The packages by program and word for the platform; empty where there is none."""
