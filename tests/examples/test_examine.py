"""The site's own patterns, and blocks that ask for them."""

from functools import partial

import pytest

from affidavit.examples.examine import examine, own_of
from affidavit.model.codes import Code
from affidavit.model.examples import Comparison, ConsoleStep, Example, Exchange, HttpStep, Matching
from affidavit.model.place import Place
from affidavit.model.settings import Settings

AT = Place("guide.rst", 7)


def example(*settled):
    return Example(
        "a", (ConsoleStep((Exchange("true", "", AT),), AT, Matching(settled=settled)),), Place("guide.rst", 3)
    )


def test_a_pattern_of_the_site_may_be_asked_for():
    settings = Settings(settle=(("ticket", "T-[0-9]+"),))
    assert [each.name for each in own_of(settings)] == ["ticket"]
    assert list(examine([example("ticket", "uuid")], settings)) == []


def test_a_pattern_that_there_is_not_is_told_at_the_block():
    (found,) = examine([example("ticket")], Settings())
    assert (found.code, found.place) == (Code.OPTION_INVALID, AT)
    assert "names `ticket`" in found.message


def test_the_patterns_that_there_are_are_named():
    (found,) = examine([example("zzz")], Settings(settle=(("ticket", "T-[0-9]+"),)))
    assert found.advice == "There are `checksum`, `epoch`, `ticket`; `affidavit_settle` has the site's own."


def shown(text, comparison, tolerance=0.0, kind=ConsoleStep):
    exchange = Exchange("true", text, Place("guide.rst", 9))
    return Example("a", (kind((exchange,), place=AT, matching=Matching(comparison, tolerance=tolerance)),), AT)


@pytest.mark.parametrize(
    ("text", "comparison", "told"),
    [
        ("a\n(a", Comparison.REGEX, "The regular expression cannot be used"),
        ("[\n{a", Comparison.JSON, "What is expected is no JSON"),
    ],
)
def test_what_no_output_can_be_compared_with_is_told_before_any_run(text, comparison, told):
    (found,) = examine([shown(text, comparison)], Settings())
    assert (found.code, found.place.line) == (Code.EXAMPLE_MALFORMED, 9)
    assert found.message.startswith(told)
    assert found.advice == f"Correct line 2 of what is shown, or leave `match` out: it is `{comparison}`."
    assert list(examine([shown(None, comparison)], Settings())) == []


def test_so_is_the_content_of_an_answer():
    text = "HTTP/1.1 200 OK\n\n(a"
    (found,) = examine([shown(text, Comparison.REGEX, kind=partial(HttpStep, base=""))], Settings())
    assert "line 3" in found.advice
    assert list(examine([shown("HTTP/1.1 200 OK", Comparison.JSON, kind=partial(HttpStep, base=""))], Settings())) == []


def test_a_tolerance_where_it_cannot_be_is_told_at_the_block():
    (found,) = examine([shown("a*", Comparison.GLOB, 0.1)], Settings())
    assert (found.code, found.place) == (Code.EXAMPLE_MALFORMED, AT)
    assert found.advice == "Leave out one of `match` and `tolerance`."


@pytest.mark.parametrize(
    ("name", "text"), [("ticket", "T-[0-9"), ("ticket", "(?<=a)b"), ("ticket", "x*"), ("Ticket", "T"), ("uuid", "T")]
)
def test_a_pattern_that_cannot_be_used_is_told(name, text):
    (found,) = examine([], Settings(settle=((name, text),)))
    assert (found.code, found.place.file) == (Code.SETTING_INVALID, "conf.py")
    assert found.advice == "Correct it in conf.py; this entry is left out meanwhile."
    assert [each.name for each in own_of(Settings(settle=((name, text), ("right", "T"))))] == ["right"]


def test_of_too_many_patterns_none_is_used():
    (found,) = examine([], Settings(settle=tuple((f"a{number}", "T") for number in range(51))))
    assert found.advice == "Correct it in conf.py; none of them is used meanwhile."
