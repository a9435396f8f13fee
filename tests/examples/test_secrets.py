"""No secret is kept or shown."""

from __future__ import annotations

import base64
import html
import json
import textwrap
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from affidavit.examples.ansi import plain
from affidavit.examples.clean import clean
from affidavit.examples.secret_table import SHAPES
from affidavit.examples.secrets import REMOVED, SHORTEST, Redactor, too_short
from affidavit.examples.settle import Settler
from affidavit.examples.settle_table import NAMES

VALUE = "p@ss w/rd'é\"<&"
redact = Redactor([VALUE]).redact


def test_what_stands_for_a_secret_is_shorter_than_any():
    assert len(REMOVED) < SHORTEST


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_each_shape_is_known_by_its_example(shape):
    found = shape.form.search(shape.example)
    assert found
    value = found[found.lastgroup or 0]
    assert len(value) >= SHORTEST
    alone = shape.form.sub("", shape.example)
    for text in (shape.example, f"a {shape.example} b", f"'{shape.example}'", f"\n{shape.example}\n"):
        assert value.strip() not in Redactor().redact(text)
        assert REMOVED in Redactor().redact(text)
    assert Redactor().redact(alone) == alone


SHAPED = [
    ("Authorization: Bearer abcdef1", f"Authorization: Bearer {REMOVED}"),
    ('{"authorization": "Basic abcdef1"}', f'{{"authorization": "Basic {REMOVED}"}}'),
    ("X-Auth-Token: abcdef1\n", f"X-Auth-Token: {REMOVED}\n"),
    ("postgresql://glance:abcdef1@db/glance", f"postgresql://glance:{REMOVED}@db/glance"),
    ("redis://:abcdef1@db", f"redis://:{REMOVED}@db"),
    ("-----BEGIN PRIVATE KEY-----\nabc\ndef\n-----END PRIVATE KEY-----\na", (
        f"-----BEGIN PRIVATE KEY-----{REMOVED}-----END PRIVATE KEY-----\na"
    )),
    ("-----BEGIN EC PRIVATE KEY-----\nabc-def", f"-----BEGIN EC PRIVATE KEY-----{REMOVED}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kept"), SHAPED)
def test_what_stands_around_a_secret_is_kept(text, kept):
    assert Redactor().redact(text) == kept
    assert Redactor().redact(kept) == kept


INNOCENT = [
    "",
    "http://127.0.0.1:8080/a@b",
    "ssh://git@example.org/a",
    "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
    "ghp_ and AKIA, gl-options, xoxo",
    "authorization is needed",
    "d41d8cd98f00b204e9800998ecf8427e",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_no_secret_is_kept(text):
    assert Redactor().redact(text) == text


FORMS = {
    "as it is": VALUE,
    "JSON": json.dumps(VALUE)[1:-1],
    "JSON with its letters": json.dumps(VALUE, ensure_ascii=False)[1:-1],
    "HTML": html.escape(VALUE),
    "an address": quote(VALUE),
    "a part of an address": quote(VALUE, safe=""),
    "a form": quote_plus(VALUE),
    "an address in small letters": "p%40ss%20w/rd%27%c3%a9%22%3c%26",
    "a shell": VALUE.replace("'", "'\\''"),
    "Python": repr(VALUE)[1:-1],
    "hexadecimal digits": VALUE.encode().hex(),
    "base64": base64.b64encode(VALUE.encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_value_is_found_however_it_is_written(form):
    assert redact(f"a {form} b") == f"a {REMOVED} b"


@pytest.mark.parametrize("before", ["", "u:", "us:", "user:", "user2:"])
def test_a_value_is_found_within_base64(before):
    written = base64.b64encode(f"{before}{VALUE}:rest".encode()).decode()
    left = redact(written)
    assert REMOVED in left
    assert len(left.replace(REMOVED, "")) <= len(written) - len(VALUE.encode())


def test_each_line_of_a_value_is_a_secret():
    assert Redactor(["first line\nsecond line\n"]).redact("a second line") == f"a {REMOVED}"


def test_of_two_values_the_longer_one_is_taken_out():
    assert Redactor(["abcdef", "abcdefghi"]).redact("abcdefghi abcdef") == f"{REMOVED} {REMOVED}"


def test_short_values_are_told():
    assert too_short(["", "abcde", "abcdef"]) == ("abcde",)
    assert Redactor(["abcde"]).redact("abcde") == "abcde"


def test_colours_hide_nothing():
    assert redact("\x1b[31mp@ss\x1b[0m w/rd'é\"<&") == REMOVED
    assert redact("\x1b[31mfine\x1b[0m") == "\x1b[31mfine\x1b[0m"
    assert redact("p@x\bss w/rd'é\"<&") == REMOVED


SECRET = st.text(min_size=SHORTEST, max_size=20) | st.text(st.sampled_from("<*>ab"), min_size=SHORTEST, max_size=9)
SECRETS = st.lists(SECRET | st.sampled_from(["2026-11-28", "12:00:00-secret", "key-0b5e6c1f"]), min_size=1, max_size=3)


@st.composite
def told(draw):
    """Give secrets, and a text that tells them."""
    secrets = draw(SECRETS)
    pieces = draw(st.lists(st.sampled_from(secrets) | st.text(max_size=4) | st.sampled_from(["<", "*", ">"])))
    return secrets, "".join(pieces)


@given(told())
def test_no_secret_survives(case):
    secrets, text = case
    kept = Redactor(secrets).redact(text)
    assert not any(secret in kept for secret in secrets)


@given(told())
def test_no_secret_can_be_read_in_what_is_shown(case):
    secrets, text = case
    secrets = [secret for secret in secrets if plain(secret) == secret]
    assume(secrets)
    shown = plain(Redactor(secrets).redact(text))
    assert not any(secret in shown for secret in secrets)


@given(told())
def test_no_secret_survives_being_settled(case):
    secrets, text = case
    kept = clean(text, Redactor(secrets), Settler(NAMES))
    assert not any(secret in kept for secret in secrets)


@given(SECRETS, st.binary(max_size=5), st.binary(max_size=5))
def test_no_secret_survives_in_base64(secrets, before, after):
    raw = [secret.encode() for secret in secrets]
    written = base64.b64encode(before + raw[0] + after).decode()
    left = Redactor(secrets).redact(written).replace(REMOVED, "")
    assert len(left) <= len(written) - len(raw[0])


def test_binary_output_tells_no_secret():
    text = VALUE + "\x00" * 9
    assert clean(text, Redactor([VALUE]), Settler()) == clean(REMOVED + "\x00" * 9, Redactor(), Settler())


HOSTILE = [
    *(shape.example for shape in SHAPES),
    *(shape.example[:-1] for shape in SHAPES),
    *(
        "eyJ",
        "eyJé",
        "-----BEGIN PRIVATE KEY-----",
        "-",
        "-----",
        "://",
        "://a:",
        "a",
        "authorization: ",
        "A",
        "gh",
        "AKIA",
    ),
    *("aws_secret_access_key", "github_pat_", "x-auth-token:", "<***>"),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_longer_than_it_is_long(piece):
    secrets = Redactor([VALUE, "aaaaaaab"])

    def seconds(length):
        text = (piece * length)[:length]
        start = time.process_time()
        secrets.redact(text)
        return time.process_time() - start

    few = min(seconds(2**14) for _ in range(3))
    assert seconds(2**17) < 8 * 5 * few


@pytest.mark.parametrize(
    "write",
    [
        lambda raw: base64.encodebytes(raw).decode(),
        lambda raw: raw.hex(" ", 20),
        lambda raw: "\n".join(textwrap.wrap(raw.hex(), 60)),
    ],
)
def test_digits_that_programs_break_over_lines_are_found(write):
    value = "some-value-" * 12
    told = write(f"user:{value}".encode())
    assert sum(len(line) for line in Redactor([value]).redact(told).split()) < 24
