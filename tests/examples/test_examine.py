"""The site's own patterns, and blocks that ask for them."""

import pytest

from affidavit.examples.examine import examine, own_of
from affidavit.model.codes import Code
from affidavit.model.examples import ConsoleStep, Example, Exchange, Matching
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


@pytest.mark.parametrize(
    ("name", "text"), [("ticket", "T-[0-9"), ("ticket", "(?<=a)b"), ("ticket", "x*"), ("Ticket", "T"), ("uuid", "T")]
)
def test_a_pattern_that_cannot_be_used_is_told(name, text):
    (found,) = examine([], Settings(settle=((name, text),)))
    assert (found.code, found.place.file) == (Code.SETTING_INVALID, "conf.py")
    assert [each.name for each in own_of(Settings(settle=((name, text), ("right", "T"))))] == ["right"]
