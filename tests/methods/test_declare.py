"""Reading directives as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.methods.declare import Reading, parse_interval
from affidavit.methods.options import DIRECTIVES
from affidavit.model.claims import Status
from affidavit.model.codes import Code
from affidavit.model.directives import Declaration, examine
from affidavit.model.place import Place
from affidavit.model.releases import Interval

HERE = Place("index.rst", 4, "index")


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("1.0..2.4", Interval("1.0", "2.4")),
        (" 1.0 .. 2.4 ", Interval("1.0", "2.4")),
        ("3.0..", Interval("3.0", "")),
        ("..2", Interval("", "2")),
        ("15.0.0", Interval("15.0.0", "15.0.0")),
        ("16.0.1-11..2023.1-eom", Interval("16.0.1-11", "2023.1-eom")),
        ("", None),
        ("..", None),
        ("...", None),
        ("1.0...2", None),
        ("1..2..3", None),
        ("1.", None),
        ("since 1.0", None),
    ],
)
def test_intervals(text, interval):
    assert parse_interval(text) == interval


@given(st.text())
def test_an_interval_that_is_read_reads_the_same_from_its_own_words(text):
    interval = parse_interval(text)
    assert interval is None or parse_interval(str(interval)) == interval


def told(directive, **options):
    found = examine(Declaration(directive, "x", options, HERE), DIRECTIVES[directive])
    return {each.code: each.message for each in found}


def test_options_are_closed_and_told_precisely():
    assert told("fails", symptom=" ", symptoms="x") == {
        Code.OPTION_INVALID: "The option `symptom` of `fails` has no value.",
        Code.OPTION_UNKNOWN: "`fails` has no option `symptoms`; did you mean `symptom`.",
    }
    assert told("fails") == {Code.OPTION_MISSING: "This `fails` lacks the option `symptom`."}
    assert told("deployment-matrix", x="y")[Code.OPTION_UNKNOWN].endswith("it has none.")


@pytest.mark.parametrize("directive", DIRECTIVES)
def test_each_directive_is_content_with_the_options_it_declares(directive):
    assert told(directive, **{option.name: "value" for option in DIRECTIVES[directive]}) == {}


def test_an_unknown_status_keeps_the_stage():
    reading = Reading()
    stage = reading.stage(Declaration("stage", "1.0..", {"status": "fine"}, HERE), "Why.", [])
    assert stage is not None
    assert (stage.status, stage.reason, stage.place) == (Status.UNKNOWN, "Why.", HERE)
    assert [each.code for each in reading.findings] == [Code.STATUS_UNKNOWN]
    assert all(status in reading.findings[0].advice for status in Status)


@pytest.mark.parametrize("name", ["Some", "a b", "a--b", "-a", "a_b", "ä", ""])
def test_a_name_that_could_be_no_anchor_is_refused(name):
    reading = Reading()
    assert reading.card(Declaration("deployment-method", name, {"title": "T"}, HERE), "T", [], []) is None
    assert [each.code for each in reading.findings] == [Code.ARGUMENT_INVALID if name else Code.ARGUMENT_MISSING]


def test_options_are_read_as_one_line():
    told = Declaration("deployment-method", "one", {"title": "A\n  title", "term": "some\nterm"}, HERE)
    card = Reading().card(told, "A title", [], [])
    assert card is not None
    assert card.term == "some term"
