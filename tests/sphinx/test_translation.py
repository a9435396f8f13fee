"""The words of the interface in another language, and the words of authors in theirs."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

import affidavit

PACKAGE = Path(affidavit.__file__).parent
CATALOGUES = sorted(PACKAGE.glob("locale/*/LC_MESSAGES/affidavit.po"))
WORDS = {message for _, _, message, _, _ in extract_from_dir(PACKAGE / "sphinx", keywords={"_": None})}


def placeholders(message):
    return sorted(re.findall(r"%\(\w+\)s", message))


def test_there_is_a_german_catalogue():
    assert [file.parts[-3] for file in CATALOGUES] == ["de"]


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_a_catalogue_has_all_words_and_no_others(file):
    catalogue = read_po(BytesIO(file.read_bytes()))
    told = {message.id: message for message in catalogue if message.id}
    assert set(told) == WORDS
    assert not any(message.fuzzy or not message.string for message in told.values())
    for message in told.values():
        assert placeholders(message.id) == placeholders(message.string)


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parts[-3])
def test_the_compiled_catalogue_is_that_of_the_source(file):
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(file.read_bytes()), locale=file.parts[-3]))
    compiled.seek(0)
    shipped = read_mo(BytesIO(file.with_suffix(".mo").read_bytes()))
    assert {m.id: m.string for m in shipped if m.id} == {m.id: m.string for m in read_mo(compiled) if m.id}


def test_cards_speak_german(page):
    page.conf(language="de")
    built = page.build()
    assert built.warnings == []
    html = built.text("index.html")
    for words in (
        "Nicht empfohlen",
        "in Version 3.0 (cedar)",
        "Andere Versionen",
        "Kein Lauf hat es gezeigt",
        "keine Angabe",
    ):
        assert words in html
    assert "Discouraged" not in html


def test_catalogues_for_translators_hold_the_authors_words_alone(page):
    pot = page.build("gettext").text("index.pot")
    messages = set(re.findall(r'^msgid "(.+)"$', pot, re.MULTILINE))
    for words in (
        "Some server in front",
        "Because of the old thing.",
        "Upload of a large file",
        "More than a gigabyte.",
    ):
        assert words in messages
    assert any("413 Content Too Large" in message for message in messages)
    assert not messages & WORDS


def test_translated_words_of_authors_reach_card_matrix_and_links(page):
    page.conf(language="de", gettext_compact=False)
    page.write(
        "locales/de/LC_MESSAGES/index.po",
        """
        msgid ""
        msgstr "Content-Type: text/plain; charset=UTF-8"

        msgid "Some server in front"
        msgstr "Ein Server davor"

        msgid "Because of the new thing."
        msgstr "Wegen der neuen Sache."

        msgid "Upload of a large file"
        msgstr "Hochladen einer großen Datei"

        msgid "some server"
        msgstr "irgendein Server"
        """,
    )
    page.conf(language="de", locale_dirs=["locales"])
    built = page.build()
    assert built.warnings == []
    html = built.text("index.html")
    assert "Some server in front" not in html
    assert "Wegen der neuen Sache." in html
    table = html[html.index("<table") : html.index("</table>")]
    assert "Ein Server davor" in table
    assert "Hochladen einer großen Datei" in table
    assert re.search(r'<a[^>]*href="#term-some-server"[^>]*>(<[^>]*>)*irgendein Server<', html)
    assert {claim["target"] for claim in built.claims["claims"] if claim["kind"] == "term"} == {"some server"}
    method = next(claim for claim in built.claims["claims"] if claim["kind"] == "method")
    assert method["title"] == "Ein Server davor"
