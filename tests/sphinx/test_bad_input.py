"""Bad input: one clear finding each, at its line, with an advice; and the rest of the site is built."""

import re
from textwrap import indent

import pytest
from msgspec import Struct

from affidavit.model.codes import Code
from affidavit.notes.lock import write_lock

STAGE = ".. stage:: 1.0..\n   :status: broken\n\n   Why.\n"


def card(body: str = STAGE, *, name: str = "one", options: str = "") -> str:
    head = f".. deployment-method:: {name}\n   :title: One\n{indent(options, '   ')}\n"
    return head + indent(body, "   ")


class Case(Struct, frozen=True, dict=True):
    """A page, the code it must give, a part of the message, and the line the finding must name."""

    name: str
    text: str
    code: Code
    says: str
    line: int

    def __str__(self) -> str:
        return self.name


HEAD = "Home\n====\n\n"
"""Three lines, so what follows begins on line 4."""

CASES = [
    Case("unknown option", card(options=":titel: x\n"), Code.OPTION_UNKNOWN, "did you mean `title`", 4),
    Case("unknown option of a stage", card(STAGE.replace(":status:", ":state: x\n   :status:")), Code.OPTION_UNKNOWN,
         "`stage` has no option `state`", 7),
    Case("no title", ".. deployment-method:: one\n\n" + indent(STAGE, "   "), Code.OPTION_MISSING, "`title`", 4),
    Case("empty option", card(options=":term:\n"), Code.OPTION_INVALID, "`term`", 4),
    Case("no status", card(STAGE.replace("   :status: broken\n", "")), Code.OPTION_MISSING, "`status`", 7),
    Case("unknown status", card(STAGE.replace("broken", "brocken")), Code.STATUS_UNKNOWN, "`brocken`", 7),
    Case("no name", card(name=""), Code.ARGUMENT_MISSING, "name", 4),
    Case("bad name", card(name="Some Server"), Code.ARGUMENT_INVALID, "`Some Server`", 4),
    Case("no releases", card(STAGE.replace(" 1.0..", "")), Code.ARGUMENT_MISSING, "releases", 7),
    Case("bad releases", card(STAGE.replace("1.0..", "since 1.0")), Code.ARGUMENT_INVALID, "`since 1.0`", 7),
    Case("unknown release", card(STAGE.replace("1.0..", "1.1..")), Code.RELEASE_UNKNOWN, "`1.1`", 7),
    Case("reversed stage", card(STAGE.replace("1.0..", "3.0..2.0")), Code.STAGE_REVERSED, "3.0..2.0", 7),
    Case("overlap", card(STAGE.replace("1.0..", "1.0..2.0") + "\n" + STAGE.replace("1.0..", "2.0..")),
         Code.STAGE_OVERLAP, "both speak of 2.0", 12),
    Case("gap", card(STAGE.replace("1.0..", "1.0") + "\n" + STAGE.replace("1.0..", "3.0..")),
         Code.STAGE_GAP, "nothing covers 2.0", 12),
    Case("uncovered", card(STAGE.replace("1.0..", "1.0..2.0")), Code.RELEASE_UNCOVERED, "3.0", 4),
    Case("empty card", card(""), Code.CARD_EMPTY, "`one` is empty", 4),
    Case("two cards of one name", card() + "\n\nBetween.\n\n" + card(), Code.METHOD_DUPLICATE, "index.rst:4", 15),
    Case("nested cards", card(STAGE + "\n" + card(name="two")), Code.CARD_NESTED, "inside the card `one`", 12),
    Case("card in a list", "* Item\n\n" + indent(card(), "  "), Code.CARD_MISPLACED, "inside a list item", 6),
    Case("card in a tab", ".. tabs::\n\n   .. tab:: A\n\n" + indent(card(), "      "), Code.CARD_MISPLACED,
         "inside a tab", 8),
    Case("card in a table", ".. list-table::\n\n   * - A\n   * - \n" + indent(card(), "       ").lstrip("\n"),
         Code.CARD_MISPLACED, "inside a table", 8),
    Case("stage outside", STAGE, Code.PART_MISPLACED, "directly in a `deployment-method`", 4),
    Case("stage in a stage", card(STAGE + "\n" + indent(STAGE, "   ")), Code.PART_MISPLACED, "`stage`", 12),
    Case("stage in a list", card(STAGE + "\n* x\n\n" + indent(STAGE, "  ")), Code.PART_MISPLACED, "`stage`", 14),
    Case("stage in an only", card(STAGE + "\n.. only:: html\n\n" + indent(STAGE, "   ")), Code.PART_MISPLACED,
         "`stage`", 14),
    Case("failure in a card", card(STAGE + "\n.. fails:: upload\n   :symptom: x\n"), Code.PART_MISPLACED,
         "directly in a `stage`", 12),
    Case("failure in a list", card(STAGE + "\n   * x\n\n     .. fails:: upload\n        :symptom: x\n"),
         Code.PART_MISPLACED, "`fails`", 14),
    Case("card in an only", ".. only:: html\n\n" + indent(card(), "   "), Code.CARD_MISPLACED,
         "inside an `only` directive", 6),
    Case("matrix in a card", card(STAGE + "\n.. deployment-matrix::\n"), Code.CARD_MISPLACED, "inside a card", 12),
    Case("matrix in a table", ".. list-table::\n\n   * - A\n   * - .. deployment-matrix::\n", Code.CARD_MISPLACED,
         "inside a table", 7),
    Case("list in a card", card(STAGE + "\n.. release-note-references::\n"), Code.CARD_MISPLACED,
         "The list of references stands inside a card; it is not drawn", 12),
    Case("list in a tab", ".. tabs::\n\n   .. tab:: A\n\n      .. release-note-references::\n", Code.CARD_MISPLACED,
         "inside a tab", 8),
    Case("list by nothing known", ".. release-note-references::\n   :by: page\n", Code.OPTION_INVALID,
         "`page` is nothing that references can be listed by. Write `reference` or `release`.", 4),
    Case("unknown option of a list", ".. release-note-references::\n   :projekt: subject\n", Code.OPTION_UNKNOWN,
         "did you mean `project`", 4),
    Case("list of an unknown project", ".. release-note-references::\n   :project: object\n", Code.OPTION_INVALID,
         "no project `object`, whose references are to be listed. Name one of `subject`.", 4),
    Case("words that the lock does not know", ':release-note:`alder#known-issues "other"`', Code.NOTE_WORDS_UNLOCKED,
         "“other”", 4),
    Case("words without a second quote", ':release-note:`alder#known-issues "tasks`', Code.NOTE_MALFORMED,
         "a quotation mark lacks its pair", 4),
    Case("words in a card", card(options=':release-notes: alder#known-issues "other", birch#known-issues\n'),
         Code.NOTE_WORDS_UNLOCKED, "“other”", 4),
    Case("half a quote in a card", card(options=':release-notes: alder#known-issues "tasks\n'), Code.NOTE_MALFORMED,
         '`alder#known-issues "tasks`', 4),
    Case("unknown term", card(options=":term: some serfer\n"), Code.TERM_UNKNOWN, "`some serfer`", 4),
    Case("unknown feature", card(STAGE + "\n   .. fails:: uplaod\n      :symptom: x\n"), Code.FEATURE_UNKNOWN,
         "`uplaod`", 12),
    Case("no symptom", card(STAGE + "\n   .. fails:: upload\n"), Code.OPTION_MISSING, "`symptom`", 12),
    Case("two features of one name", ".. deployment-feature:: upload\n   :title: U\n", Code.FEATURE_DUPLICATE,
         "index.rst:4", 6),
    Case("note without a section", ":release-note:`alder`", Code.NOTE_MALFORMED, "`alder`", 4),
    Case("note of an unknown release", ":release-note:`alter#known-issues`", Code.NOTE_RELEASE_UNKNOWN, "alter", 4),
    Case("note of an unknown section", ":release-note:`alder#isues`", Code.NOTE_SECTION_UNKNOWN, "isues", 4),
    Case("note of an unknown project", ":release-note:`object:alder#known-issues`", Code.NOTE_PROJECT_UNKNOWN,
         "object", 4),
    Case("bare anchor", ":release-note:`#known-issues`", Code.NOTE_AMBIGUOUS, "known-issues", 4),
    Case("note in a card", card(options=":release-notes: alder#known-issues, alder#nothing\n"),
         Code.NOTE_SECTION_UNKNOWN, "nothing", 4),
    Case("term without a link", ".. glossary::\n\n   bare\n      Nothing.\n", Code.TERM_WITHOUT_REFERENCE, "bare", 6),
    Case("ftp link", ".. glossary::\n\n   old\n      See ftp://old.example/ and https://new.example/.\n",
         Code.URL_SCHEME, "ftp://old.example/", 7),
    Case("malformed link", ".. glossary::\n\n   odd\n      `A <https://>`__ and https://new.example/.\n",
         Code.URL_MALFORMED, "https://", 7),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_bad_input_gives_one_finding_and_the_rest_is_built(site, case):
    site.write(
        "other.rst",
        """
        :orphan:

        Other
        =====

        .. deployment-feature:: upload
           :title: Upload

        .. glossary::

           some server
              See https://server.example/.
        """,
    )
    site.write("index.rst", HEAD + case.text + "\n\nThe rest stands.\n")
    built = site.build()
    assert built.codes == [str(case.code)], built.warnings
    assert len(built.warnings) == 1, built.warnings
    warning = built.warnings[0]
    file = "other.rst" if case.code is Code.FEATURE_DUPLICATE else "index.rst"
    assert warning.startswith(f"{site.src / file}:{case.line}: WARNING: "), warning
    assert case.says in warning
    assert "The rest stands." in built.text("index.html")
    assert [each["code"] for each in built.claims["findings"]] == [str(case.code)]


@pytest.mark.parametrize("case", [case for case in CASES if case.text.startswith(".. deployment-method")], ids=str)
def test_a_card_shows_its_findings(site, case):
    site.write("index.rst", HEAD + case.text)
    site.write("other.rst", ":orphan:\n\nOther\n=====\n\n.. deployment-feature:: upload\n   :title: Upload\n")
    html = site.build().text("index.html")
    assert f">{case.code}<" in re.sub(r"</?span[^>]*>", "", html)


SETTINGS = [
    ({"affidavit_releases": 3}, "`affidavit_releases` must be"),
    ({"affidavit_releases": {1.0: "a"}}, "quotes"),
    ({"affidavit_releases": ["1.0", "2.0", "3.0", "1.0"]}, "twice"),
    ({"affidavit_release": 3.0}, "`affidavit_release` must be a string"),
    ({"affidavit_release_notes": ["subject"]}, "`affidavit_release_notes` must be"),
    ({"affidavit_release_notes": {"subject": {}}}, "`url`"),
    ({"affidavit_release_notes": {"subject": {"url": "ftp://x"}}}, "neither http nor https"),
    ({"affidavit_release_notes": {"subject": {"url": "https://x", "uri": "y"}}}, "unknown key 'uri'"),
    ({"affidavit_release_notes_lock": 1}, "`affidavit_release_notes_lock` must be a string"),
    ({"affidavit_online": "sometimes"}, "'sometimes'"),
    ({"affidavit_cache": True}, "`affidavit_cache` must be the name of a folder, relative to conf.py, or False"),
    ({"affidavit_cache": "a\nb"}, "`affidavit_cache` must be a name in printable characters"),
    ({"affidavit_allow_private": "wiki.example"}, "True, False, or a list of hosts and networks, not 'wiki.example'"),
    ({"affidavit_allow_private": ["10.1.2.3/16"]}, "networks such as 10.1.0.0/16; '10.1.2.3/16' is none of them"),
    ({"affidavit_accepted": {}}, "`affidavit_accepted` must be a list"),
    ({"affidavit_accepted": [{"code": "nonsense", "reason": "x", "until": "2099-01-01"}]}, "'nonsense'"),
    ({"affidavit_accepted": [{"code": "card-empty", "until": "2099-01-01"}]}, "no `reason`"),
    ({"affidavit_accepted": [{"code": "card-empty", "reason": "x", "until": "soon"}]}, "2027-01-31"),
]


@pytest.mark.parametrize(("settings", "says"), SETTINGS, ids=str)
def test_a_wrong_setting_gives_one_finding_and_its_default(site, settings, says):
    site.conf(**settings)
    site.write("index.rst", HEAD + "The rest stands.")
    built = site.build()
    assert built.codes == ["setting-invalid"]
    assert len(built.warnings) == 1
    assert built.warnings[0].startswith(f"{site.src / 'conf.py'}:1: WARNING: ")
    assert says in built.warnings[0]
    assert "The rest stands." in built.text("index.html")


@pytest.mark.parametrize("name", ["affidavit_release", "affidavit_releases"])
def test_a_conf_without_a_release(site, name):
    site.conf(release=None, **{name: None})
    site.write("index.rst", HEAD + card() + "\n\n" + card(name="two"))
    built = site.build()
    assert built.codes == ["release-missing"]
    assert f"`{name}` is not set" in built.warnings[0]
    assert "Why." in built.text("index.html")


def test_a_documented_release_that_is_not_known(site):
    site.conf(affidavit_release="4.0")
    site.write("index.rst", HEAD + card())
    assert site.build().codes == ["release-unknown"]


LOCKS = [
    ("missing", None, "lock-missing"),
    ("empty", b"", "lock-unreadable"),
    ("not text", b"\xff\xfe\x00", "lock-unreadable"),
    ("not json", b"<html>", "lock-unreadable"),
    ("another shape", b'{"version": 1, "projects": []}\n', "lock-unreadable"),
    ("later version", b'{"version": 3, "things": []}\n', "lock-version"),
    ("duplicate keys", b'{"version": 1, "projects": {}, "projects": {}}\n', "lock-duplicate"),
]


@pytest.mark.parametrize(("content", "code"), [row[1:] for row in LOCKS], ids=[row[0] for row in LOCKS])
def test_a_lock_that_cannot_be_used_gives_one_finding(site, content, code):
    lock = site.src / "release-notes.lock.json"
    lock.unlink()
    if content is not None:
        lock.write_bytes(content)
    site.write("index.rst", HEAD + ":release-note:`alder#known-issues` and :release-note:`birch#known-issues`")
    built = site.build()
    assert built.codes == [code]
    assert len(built.warnings) == 1
    assert str(lock) in built.warnings[0]
    assert {claim["verdict"] for claim in built.claims["claims"]} == {"unable"}


def test_a_truncated_lock_is_told_wherever_it_ends(site):
    lock = site.src / "release-notes.lock.json"
    whole = lock.read_bytes()
    site.write("index.rst", HEAD + ":release-note:`alder#known-issues`")
    for length in range(0, len(whole), 97):
        lock.write_bytes(whole[:length])
        assert site.build().codes == ["lock-unreadable"], length


def test_a_lock_that_nobody_needs_may_be_missing(site):
    (site.src / "release-notes.lock.json").unlink()
    site.write("index.rst", HEAD + "Text.")
    assert site.build().warnings == []


def test_findings_are_suppressed_as_other_warnings_are(site):
    site.conf(suppress_warnings=["affidavit.card-empty"])
    site.write("index.rst", HEAD + card(""))
    assert site.build().warnings == []


def test_errors_fail_a_strict_build(site):
    site.write("index.rst", HEAD + card(""))
    done = site.run("-W", "--keep-going")
    assert done.codes == ["card-empty"]
    assert "Traceback" not in done.log + "".join(done.warnings)


@pytest.mark.parametrize("builder", ["text", "man", "latex", "texinfo"])
@pytest.mark.parametrize("case", [case for case in CASES if "MISPLACED" in case.code.name], ids=str)
def test_what_stands_elsewhere_breaks_no_builder(site, case, builder):
    site.write("other.rst", ":orphan:\n\nOther\n=====\n\n.. deployment-feature:: upload\n   :title: Upload\n")
    site.write("index.rst", HEAD + case.text)
    assert site.build(builder).codes == [str(case.code)]


def test_no_text_is_lost_where_a_part_cannot_be_used(site):
    text = card(
        "Of the card.\n\n.. stage:: since 1\n   :status: broken\n\n   Of the stage.\n\n"
        "   .. fails:: Up Load\n      :symptom: Of the symptom.\n\n      Of the failure.\n",
        name="A B",
    )
    site.write("index.rst", HEAD + text)
    html = re.sub(r"<[^>]+>", "", site.build().text("index.html"))
    for words in ("Of the card.", "Of the stage.", "Of the symptom.", "Of the failure."):
        assert words in html


@pytest.mark.parametrize("builder", ["html", "text", "latex"])
@pytest.mark.parametrize(
    "text",
    [
        card(STAGE + "\n.. fails:: upload\n   :symptom: x\n\n   Not lost.\n"),
        card(STAGE + "\n" + indent(STAGE.replace("Why.", "Not lost."), "   ")),
    ],
    ids=["failure in a card", "stage in a stage"],
)
def test_the_text_of_a_misplaced_part_is_kept(site, text, builder):
    site.write("index.rst", HEAD + text)
    built = site.build(builder)
    assert built.codes == ["part-misplaced"]
    assert "Not lost." in built.text({"html": "index.html", "text": "index.txt", "latex": "subject.tex"}[builder])


def test_a_wrong_release_is_told_once(site):
    site.conf(affidavit_release=3.0)
    site.write("index.rst", HEAD + card())
    assert site.build().codes == ["setting-invalid"]


def test_half_a_surrogate_pair_is_told_and_written_as_json(site):
    site.write("index.md", '# Home\n\n```{deployment-method} one\n:title: One\n:term: "\\ud800"\n\nText.\n```\n')
    built = site.build()
    assert built.codes == ["term-unknown"]
    assert "\\ud800" in built.text("claims.json")


@pytest.mark.parametrize("agent", ["Müller", 3, "a\r\nX-Evil: 1"], ids=ascii)
def test_a_user_agent_that_no_header_can_hold_is_refused(site, agent):
    site.conf(user_agent=agent, affidavit_online="auto")
    site.write("index.rst", HEAD + "The rest stands.")
    assert "setting-invalid" in site.build().codes


def test_what_upstream_calls_its_sections_cannot_steer_a_terminal(site, lock_of):
    write_lock(site.src / "release-notes.lock.json", lock_of("Known\x1b[2J Issues"))
    site.write("index.rst", "Home\n====\n\n:release-note:`1.0#nothing`\n")
    (told,) = site.build().warnings
    assert "there are Known\\x1b[2J Issues." in told
    assert "\x1b" not in told
