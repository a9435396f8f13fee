"""Runs done several times: what counts as the same, and what is said of what is not."""

from datetime import date

import pytest
from msgspec.structs import replace

from affidavit.examples.came import judged
from affidavit.examples.fingerprint import fingerprint
from affidavit.examples.ground import Failed, Observed
from affidavit.examples.plan import Run
from affidavit.examples.planned import NONE, Planned
from affidavit.examples.states import Standing, Today
from affidavit.examples.steady import Repeats, unsteady_finding
from affidavit.examples.told import unsteady_lines
from affidavit.model.cells import Expect, Expectation
from affidavit.model.evidence import Outcome, Record, Seen, State
from affidavit.model.examples import ConsoleStep, Example, Exchange, Symptom
from affidavit.model.place import Place

PAGE = Place("index.rst", 3)


def planned(shown="a", name="one"):
    exchanges = (Exchange("echo", shown, Place("index.rst", 7)), Exchange("more", None, Place("index.rst", 9)))
    run = Run((Example(name, (ConsoleStep(exchanges, PAGE),), PAGE),), "")
    today = Today(fingerprint(run, {}, ""), date(2030, 1, 1))
    return Planned(run, today, NONE, Standing(State.NOT_YET_PROVEN))


def came(output="a\n", more="", status=0, of=None, **about):
    """Return a run that gave this."""
    seen = (Seen("echo", output, status), Seen("more", more, 0))
    mark = (of or planned()).today.fingerprint
    return Observed(replace(Record(mark, Outcome.FINISHED, seen, (), "Linux", "none"), **about))


def repeated(*found, of=None):
    of = of or planned()
    repeats = Repeats()
    told = [
        repeats.add(number, judged(of, each, recording=False), each)
        for number, each in enumerate(found, 1)
        if each is not None
    ]
    return repeats, told


BROKE = came(seen=(), outcome=Outcome.BROKE_OFF, reason="a service died: not\nso")
SAME = [
    (came(), came()),
    (came(more="at 12:00:00\n"), came(more="at 13:00:01\n")),
    (came("b\n"), came("b\n")),
    (BROKE, BROKE),
    (Failed("It."), Failed("It.")),
]


@pytest.mark.parametrize("found", SAME)
def test_what_comes_to_the_same_once_settled_is_steady(found):
    repeats, told = repeated(*found)
    assert (repeats.unsteady, told) == ((), [True, False])
    assert list(repeats.sum_lines()) == ["1 of 1 run came out the same 2 times."]


def test_what_is_as_the_page_shows_is_the_same_whatever_it_is():
    of = planned("...")
    assert repeated(came("b\n", of=of), came("c\n", of=of), of=of)[0].unsteady == ()


def failing(pattern, expect=Expect.FAILS):
    of = planned()
    return replace(of, today=replace(of.today, expectation=Expectation(expect, Symptom(pattern=pattern))))


def test_a_failure_that_a_card_declares_by_a_pattern_is_the_same_whatever_fits_it():
    of = failing("50[02]")
    repeats, told = repeated(came("500\n", of=of), came("502\n", of=of), of=of)
    assert (repeats.unsteady, told) == ((), [True, False])


@pytest.mark.parametrize(
    ("of", "first", "second"),
    [
        (failing("50[02]"), "500\n", "503\n"),
        (failing("50[02]"), "is 500\n", "is 502\n"),
        (failing("50[02]"), "500\n", "502\nmore\n"),
        (failing("(50)?"), "\n", "50\n"),
        (failing("50[02]", Expect.EITHER), "500\n", "502\n"),
        (failing(""), "500\n", "502\n"),
        (failing("(?=50)"), "500\n", "502\n"),
    ],
)
def test_whatever_else_differs_is_not_the_same(of, first, second):
    repeats, _ = repeated(came(first, of=of), came(second, of=of), of=of)
    ((found),) = repeats.unsteady
    assert [each.exchange.given for each in found.differing] == ["echo"]


def test_a_failure_that_a_page_declares_by_a_pattern_is_the_same_whatever_fits_it():
    of = planned()
    (example,) = of.run.chain
    of = replace(of, run=Run((replace(example, symptom=Symptom(pattern="b|c")),), ""))
    assert repeated(came("b\n", of=of), came("c\n", of=of), of=of)[0].unsteady == ()


DRIFTED = "drifted (it does not give what the page shows)"
DIFFERENT = [
    ([came(), came(), came("b\n"), came()], f"in rounds 1, 2 and 4 as shown; in round 3 {DRIFTED}", 7),
    ([came(), came(more="b\n")], "in round 1 as shown; in round 2 as shown, otherwise than in round 1", 9),
    ([came(), came(status=3)], f"in round 1 as shown; in round 2 {DRIFTED}", 7),
    ([came(), BROKE], "in round 1 as shown; in round 2 drifted (a service died: not)", 3),
    ([Failed("It."), came()], "in round 1 failed (It.); in round 2 as shown", 3),
    (
        [came("b\n"), came("c\n"), came()],
        f"in round 1 {DRIFTED}; in round 2 {DRIFTED}, otherwise than in round 1; in round 3 as shown",
        7,
    ),
]


@pytest.mark.parametrize(("found", "told", "line"), DIFFERENT)
def test_what_does_not_is_told_with_its_rounds_at_the_line_of_the_page(found, told, line):
    repeats, _ = repeated(*found)
    (unsteady,) = repeats.unsteady
    finding = unsteady_finding(unsteady)
    assert (str(finding.code), finding.place.line) == ("example-unsteady", line)
    assert finding.message == f"`one/here` does not come out the same each time: {told}."
    assert list(repeats.sum_lines()) == ["0 of 1 run came out the same each time."]


def test_both_are_shown_in_what_they_differ():
    (unsteady,) = repeated(came(), came("b\n"))[0].unsteady
    first, *rest = unsteady_lines(unsteady, "doc")
    assert first.startswith("doc/index.rst:7: `one/here` does not come out the same each time: ")
    assert first.endswith(" [example-unsteady]")
    assert rest == [
        "  doc/index.rst:7: echo",
        "    “echo” does not give the same each time.",
        "    Rule: the same each time.",
        "    --- earlier",
        "    +++ later",
        "    -a",
        "    +b",
    ]


def test_where_only_the_status_differs_there_are_no_lines_to_show():
    (unsteady,) = repeated(came(), came(status=3))[0].unsteady
    assert list(unsteady_lines(unsteady, ""))[1:] == [
        "  index.rst:7: echo",
        "    “echo” does not give the same each time, with the status 0 and then 3.",
        "    Rule: the same each time.",
    ]


def test_after_an_interrupt_each_is_told_with_the_rounds_that_it_had():
    repeats = Repeats()
    for number, names in enumerate([("c", "a", "b"), ("a", "b"), ("b",)], 1):
        for name in names:
            of = planned(name=name)
            output = f"{number}\n" if name == "b" and number == 3 else "a\n"
            repeats.add(number, judged(of, came(output, of=of), recording=False), came(output, of=of))
    assert [each.planned.run.key for each in repeats.unsteady] == ["b/here"]
    assert list(repeats.sum_lines()) == ["1 of 3 runs came out the same 2 times.", "1 of 3 runs ran once."]
