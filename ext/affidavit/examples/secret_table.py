"""What well-known secrets look like. Pure."""

from __future__ import annotations

import re

from msgspec import Struct


class Shape(Struct, frozen=True):
    """One kind of secret: an ``example`` that is none, made of pieces so that no scanner takes this file for a leak.

    ``form`` is an expression; where it has a group ``value``, only that is taken out.
    """

    name: str
    form: re.Pattern[str]
    example: str


_BEFORE = r"(?<![A-Za-z0-9_-])"


def _form(text: str) -> re.Pattern[str]:
    return re.compile(text, re.ASCII)


SHAPES = (
    Shape("AWS access key", _form(rf"{_BEFORE}A(?:KIA|SIA)[A-Z0-9]{{16}}"), "AKIA" + "Q7" * 8),
    Shape(
        "AWS secret key",
        _form(r"(?i:aws_?secret_?access_?key)[\"']?[ \t]{0,9}[=:][ \t]{0,9}[\"']?(?P<value>[A-Za-z0-9/+]{40})"),
        "aws_secret_access_key = " + "a1/+" * 10,
    ),
    Shape("GitHub token", _form(rf"{_BEFORE}gh[pousr]_[A-Za-z0-9]{{20,255}}"), "ghp_" + "a1B2" * 9),
    Shape("GitHub fine-grained token", _form(rf"{_BEFORE}github_pat_\w{{20,255}}"), "github_pat_" + "a1_B" * 20),
    Shape("GitLab token", _form(rf"{_BEFORE}gl[a-z]{{2,6}}-[\w-]{{20,255}}"), "glpat-" + "a1B2-" * 4),
    Shape("Slack token", _form(rf"{_BEFORE}xox[a-z](?:\.xox[a-z])?-[A-Za-z0-9-]{{10,255}}"), "xoxb-" + "12345-" * 4),
    Shape(
        "Slack webhook",
        _form(r"hooks\.slack\.com/(?:services|workflows)/(?P<value>[A-Za-z0-9/_-]{20,255})"),
        "https://hooks.slack.com/services/" + "T0/B0/" + "a1B2" * 6,
    ),
    Shape("PyPI token", _form(rf"{_BEFORE}pypi-[\w-]{{40,500}}"), "pypi-" + "AgEI" * 15),
    Shape("npm token", _form(rf"{_BEFORE}npm_[A-Za-z0-9]{{36,255}}"), "npm_" + "a1B2" * 9),
    Shape("Google key", _form(rf"{_BEFORE}AIza[\w-]{{35}}"), "AIza" + "a1B2-" * 7),
    Shape(
        "private key",
        _form(r"-----BEGIN[A-Z0-9 ]{0,40} PRIVATE KEY(?: BLOCK)?-----(?P<value>[^-]*(?:-(?!----)[^-]*)*)"),
        "\n".join(("-----BEGIN RSA PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED", "", "MIIE" + "a1B2" * 9)),
    ),
    Shape(
        "JSON web token",
        _form(rf"{_BEFORE}eyJ[\w-]{{5,}}\.eyJ[\w-]{{5,}}(?:\.[\w-]*){{1,3}}"),
        ".".join(("eyJ" + "hbGci" * 3, "eyJ" + "zdWIi" * 3, "a1B2" * 9)),
    ),
    Shape(
        "Authorization",
        _form(
            r"(?i:authorization)[\"']?[ \t]{0,9}[:=][ \t]{0,9}[\"']?[A-Za-z0-9-]{1,20}[ \t]{1,9}(?P<value>[^\s\"']+)"
        ),
        "Authorization: Bearer " + "a1B2" * 9,
    ),
    Shape(
        "token in a field",
        _form(
            r"(?i:x-(?:auth|subject|service|storage|api)-(?:token|key)|private-token)"
            r"[\"']?[ \t]{0,9}[:=][ \t]{0,9}[\"']?(?P<value>[^\s\"']+)"
        ),
        "X-Auth-Token: gAAAAAB" + "a1B2" * 9,
    ),
    Shape(
        "password in an address",
        _form(r"://[^/\s:@\"'<>]{0,100}:(?P<value>[^/\s@\"'<>]{1,200})@"),
        "https://somebody:" + "a1B2c3" + "@example.org/",
    ),
)
"""All are looked for, in this order."""
