"""Each fact of the guide, changed one at a time: the build says so, by the right code and at the right line.

What a record says is held twice. Whatever is changed in its file by hand has not the digest that a run wrote; and what
a run had seen otherwise, with a digest of its own, is held against the page.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import pytest
from msgspec.structs import replace
from tests.sphinx.guide_cases import TODAY, cases, gathered
from tests.sphinx.guide_changes import OTHERWISE, What, against, changes, due, expects_failure, failed_otherwise, passed
from tests.sphinx.guide_pages import acting_otherwise, shown_otherwise, with_example, with_lines_otherwise

from affidavit.check import World, judge
from affidavit.examples import compared
from affidavit.examples.edited import checksums
from affidavit.examples.environments.declared import Declared
from affidavit.examples.environments.lock import Lock as Packages
from affidavit.examples.evidence import digest_of, read_record, record_text
from affidavit.examples.states import Kept
from affidavit.examples.versioned import EditedError
from affidavit.model.cells import HOLDS, Expect, Expectation
from affidavit.model.codes import Code
from affidavit.model.examples import Symptom
from affidavit.model.place import Place
from affidavit.notes.facts import Lock

HEAD, DIGEST = 4, 3
"""How many lines of a record say its version, its digest and the checksums, and which of them is the digest."""

ELSEWHERE = ("statement-", "note-", "lock-")
"""How codes begin that are told of statements, and of release notes, which need a lock file."""


@pytest.fixture(scope="module", autouse=True)
def _compared_once():
    """Compare the same two texts once: a change leaves all but one of a record as they were."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("compare", "compare_symptom"):
            patch.setattr(compared, name, cache(getattr(compared, name)))
        yield


@pytest.fixture(scope="module")
def runs(project):
    found = cases(project)
    assert len(found) > 600
    return found


def test_of_what_is_recorded_nothing_is_told(runs):
    assert [case.run.key for case in runs if case.told(case.record)] == []


def test_each_fact_that_a_run_saw_otherwise_is_told_at_its_line(runs):
    wrong, heard = [], Counter[What]()
    for case in runs:
        for change in changes(case.record):
            told = case.told(change.record)
            heard[change.what] += bool(told)
            if told != due(case, change):
                wrong.append((case.run.key, change.what, change.at, change.name, told))
    assert wrong == []
    assert min(heard[what] for what in What) >= 500
    assert heard[What.STATUS] > 10000


@pytest.mark.parametrize("what", [What.FINGERPRINT, What.STATUS])
def test_a_check_of_the_whole_site_tells_the_same_of_all_probes_at_once(runs, project, what):
    found = gathered(project)
    probes = [case for case in runs if case.run.setup]
    other = {case.run.key: next(each for each in changes(case.record) if each.what is what) for case in probes}
    assert found.tried
    evidence = {key: replace(found.tried.kept.evidence[key], record=each.record) for key, each in other.items()}
    tried = replace(found.tried, kept=Kept({**found.tried.kept.evidence, **evidence}))
    report = judge(replace(found, tried=tried), World(Lock(()), TODAY))
    told = {(each.code, each.place) for each in report.errors if not str(each.code).startswith(ELSEWHERE)}
    knowing = [case for case in probes if case.knows_all or what is not What.FINGERPRINT]  # the others go with them
    assert told == {each for case in knowing for each in due(case, other[case.run.key])}


def test_each_fact_that_was_changed_by_hand_is_told_by_the_digest(runs):
    for case in runs:
        digest = digest_of(case.record)
        assert [each for each in changes(case.record) if digest_of(each.record) == digest] == []


def test_no_record_is_read_in_which_a_fact_was_changed_by_hand(runs):
    """One fact of each record, which is another kind from record to record."""
    for number, case in enumerate(runs):
        every = list(changes(case.record))
        tree = json.loads(record_text(every[number % len(every)].record))
        with pytest.raises(EditedError):
            read_record(f"{json.dumps({**tree, 'digest': digest_of(case.record)})}\n")


def test_each_fact_of_a_record_that_was_changed_by_hand_is_told_at_its_line(runs):
    for number, case in enumerate(runs):
        every = list(changes(case.record))
        before = record_text(case.record).split("\n")
        after = record_text(every[number % len(every)].record).split("\n")
        changed = [*before[:HEAD], *after[HEAD:]]
        with pytest.raises(EditedError) as raised:
            read_record("\n".join(changed))
        assert raised.value.line == first_seen(before, changed), (case.run.key, number)


def first_seen(before, after):
    """Return the first line that is another, and has another checksum; that of the digest where none has."""
    pairs = enumerate(zip(before, after, strict=False), start=1)
    return next((at for at, (one, other) in pairs if checksums([one]) != checksums([other])), DIGEST)


def test_each_declared_failure_that_is_none_any_more_is_told_at_its_card(runs):
    failing = [case for case in runs if expects_failure(case)]
    assert len(failing) > 100
    for case in failing:
        gone = (Code.FAILURE_GONE, case.cell.failure.place) if case.cell.failure else None
        assert case.told(passed(case)) == (gone or (Code.METHOD_THERE, case.cell.stage.place),), case.run.key


def test_each_declared_failure_with_another_symptom_is_told_at_its_card(runs):
    failing = [case for case in runs if case.pattern]
    assert len(failing) > 90
    for case in failing:
        assert case.told(failed_otherwise(case)) == ((Code.FAILURE_DIFFERS, case.cell.failure.place),), case.run.key


def test_each_declared_failure_that_the_card_tells_otherwise_is_told_at_its_card(runs):
    for case in (case for case in runs if case.pattern):
        other = case.expecting(Expectation(Expect.FAILS, Symptom(pattern=OTHERWISE)))
        assert other.told(case.record) == ((Code.FAILURE_DIFFERS, case.cell.failure.place),), case.run.key
        without = replace(case.expecting(HOLDS), cell=replace(case.cell, failure=None))
        assert without.told(case.record) == against(without, case.run.example.place), case.run.key


def using(runs, example):
    return [case for case in runs if any(each is example for each in case.run.chain)]


@pytest.fixture(scope="module")
def examples(runs):
    return {each.name: each for case in runs for each in case.run.chain}.values()


def test_each_http_status_that_the_page_shows_otherwise_is_told_at_its_line(runs, examples):
    told = 0
    for example in examples:
        for exchange, other in shown_otherwise(example):
            for case in (case for case in using(runs, example) if not expects_failure(case)):
                shown = case.asked(with_example(case.run, example, other))
                assert shown.told(case.record) == against(case, exchange.place), (case.run.key, exchange.given)
                told += 1
    assert told > 500


def test_each_directive_and_command_that_is_another_makes_all_runs_stale_that_have_it(runs, examples):
    """It is told where it stands: of a setup on the page of its method, of a probe on that of the features."""
    lines = 0
    for example in examples:
        of_example = using(runs, example)
        for line, place, other in acting_otherwise(example):
            changed = [case.asked(with_example(case.run, example, other)) for case in of_example]
            marks = {case.planned.today.fingerprint for case in changed}
            assert marks.isdisjoint(case.planned.today.fingerprint for case in of_example), line
            for case in changed[:: max(1, len(changed) - 1)]:
                at = case.run.example.place if is_behind_its_end(case, place) else place
                assert case.told(case.record) == ((Code.EXAMPLE_STALE, at),), line
            lines += 1
    assert lines > 500


def is_behind_its_end(case, place):
    """Tell whether a run ended before it came to a command, of which its record knows nothing then."""
    return place in {each.place for each in case.exchanges[len(case.record.seen) :]}


def test_each_line_of_a_file_that_is_gone_or_new_is_told_where_it_is_or_was(runs, examples):
    lines = 0
    for example in examples:
        first = using(runs, example)[0]
        for place, other in with_lines_otherwise(example):
            case = first.asked(with_example(first.run, example, other))
            assert case.told(case.record) == ((Code.EXAMPLE_STALE, place),), (first.run.key, place)
            lines += 1
    assert lines > 500


def test_each_locked_package_that_is_another_makes_runs_stale_and_is_told_at_the_lock(runs, project):
    found = gathered(project)
    packages = 0
    for name in {case.run.environment for case in runs}:
        case = next(case for case in runs if case.run.environment == name and case.knows_all)
        lock = found.tried.locks[name] if found.tried else None
        assert isinstance(lock, Packages)
        for at, requirement in enumerate(lock.requirements):
            other = (*lock.requirements[:at], requirement.replace("==", "==1!", 1), *lock.requirements[at + 1 :])
            declared = Declared(found.settings.environments, {name: replace(lock, requirements=other)})
            line = case.locked.get(requirement.partition("==")[0], 1)
            told = case.within(declared).told(case.record)
            assert told == ((Code.EXAMPLE_STALE, Place(f"environments/{name}.txt", line)),), requirement
            packages += 1
    assert packages > 500
