"""Addresses by which a check might be turned against the machine that it runs on, or its network."""

from __future__ import annotations

from tests.links.behaviours.behaviour import NO_CLAIM, At, Row, malformed, refused, row
from tests.links.behaviours.wire import page, redirect

_REFUSED = {
    "http://127.1/": "loopback",
    "http://2130706433/": "loopback",
    "http://0x7f000001/": "loopback",
    "http://0x7f.0.0.1/": "loopback",
    "http://0177.0.0.1/": "loopback",
    "http://127.0.0.01/": "loopback",
    "http://017700000001/": "loopback",
    "http://127.0.0.1/": "loopback",
    "http://127.0.0.1:9292/v2": "loopback",
    "http://127.0.0.2/": "loopback",
    "http://127.255.255.254/": "loopback",
    "http://0.0.0.0/": "unspecified",
    "http://0.1.2.3/": "unspecified",
    "http://[::]/": "unspecified",
    "http://[::1]/": "loopback",
    "http://[0:0:0:0:0:0:0:1]/": "loopback",
    "http://[::ffff:127.0.0.1]/": "loopback",
    "http://[::ffff:7f00:1]/": "loopback",
    "http://[::127.0.0.1]/": "reserved",
    "http://[64:ff9b::127.0.0.1]/": "loopback",
    "http://[2002:7f00:1::]/": "tunnel",
    "http://localhost/": "loopback",
    "http://localhost./": "loopback",
    "http://LOCALHOST:8080/": "loopback",
    "http://api.localhost/": "loopback",
    "http://10.1.2.3/": "private",
    "http://172.16.0.1/": "private",
    "http://172.31.255.255/": "private",
    "http://192.168.1.1/admin": "private",
    "http://100.64.0.1/": "carrier",
    "http://169.254.169.254/latest/meta-data/": "metadata",
    "http://[::ffff:169.254.169.254]/": "metadata",
    "http://[fd00:ec2::254]/": "metadata",
    "http://168.63.129.16/": "metadata",
    "http://100.100.100.200/": "metadata",
    "http://169.254.1.1/": "link-local",
    "http://[fe80::1]/": "link-local",
    "http://[fc00::1]/": "private",
    "http://192.0.2.1/": "examples",
    "http://[2001:db8::1]/": "examples",
    "http://224.0.0.1/": "multicast",
    "http://[ff02::1]/": "multicast",
    "http://255.255.255.255/": "reserved",
    "http://240.0.0.1/": "reserved",
    "http://user:word@127.0.0.1/secret": "loopback",
    "https://127.0.0.1/": "loopback",
    "http://①②⑦.⓪.⓪.①/": "loopback",
    "http://127。0。0。1/": "loopback",
    "http://127.0.0.1./": "loopback",
}
"""An address, and a word of what it is."""

_INTRANET = "http://intranet.example/"
TRAPS = tuple(At(url, page()) for url in (_INTRANET, *_REFUSED) if url.isascii() and "[" not in url)
"""Servers at 127.0.0.1, on which all these addresses and names end, and which nobody is to ask."""

_MALFORMED = (
    "http://127.0.0.1.5/",
    "http://256.0.0.1/",
    "http://[::1]evil.example/",
    "http://[127.0.0.1]/",
    "http://127.0.0.1%00.example/",
    "http:/127.0.0.1/",
    "http:\\\\127.0.0.1\\",
)
"""Spellings that programs take for different addresses, or for none."""

_OTHER_SCHEMES = (
    "mailto:somebody@example.org",
    "ftp://ftp.example.org/",
    "file:///etc/passwd",
    "data:text/html,Hello",
    "javascript:alert(1)",
    "gopher://127.0.0.1:9292/",
    "dict://127.0.0.1:9292/",
    "tel:+491234",
    "irc://irc.example.org/glance",
)

ROWS = (
    *(Row(f"address {url}", url, refused(word), (), 0) for url, word in _REFUSED.items()),
    *(Row(f"address {url}", url, malformed(), (), 0) for url in _MALFORMED),
    *(Row(f"address {url}", url, NO_CLAIM, (), 0) for url in _OTHER_SCHEMES),
    Row("a name that leads to loopback", _INTRANET, refused("leads to a loopback address"), (), 0),
    *(row(f"a redirect to {url}", f"http://tricks.example/{number}", refused(_REFUSED[url]), redirect(302, url))
      for number, url in enumerate(("http://127.0.0.1/", "http://[::1]/", "http://0.0.0.0/", "http://localhost./",
                                    "http://192.168.1.1/admin", "http://169.254.169.254/latest/meta-data/",
                                    "http://[::ffff:127.0.0.1]/"))),
    row("a redirect to a name that leads to loopback", "http://tricks.example/name", refused("leads to a loopback"),
        redirect(302, _INTRANET)),
    row("two redirects to loopback", "http://tricks.example/two", refused("loopback"),
        redirect(301, "http://tricks.example/three"),
        At("http://tricks.example/three", redirect(302, "//127.0.0.1/")), requests=2),
)  # fmt: skip
