"""From a ``statement`` as it is written to a value, and every problem found on the way. Nothing raises."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from affidavit.methods.declare import Reading, parse_interval
from affidavit.model.claims import NoteRef
from affidavit.model.codes import Code
from affidavit.model.directives import Declaration
from affidavit.model.examples import Symptom
from affidavit.model.releases import Interval
from affidavit.model.statements import About, Says, Statement, Words
from affidavit.model.symptoms import read_symptoms, written
from affidavit.model.symptoms import says as is_said
from affidavit.model.verdicts import Finding

_BETWEEN_NAMES = re.compile(r"[\s,]+")
_TESTING = ("method", "variant", "features", "examples", "says", "symptom", "contradicted")
"""The options of what can be tested."""


def read(told: Declaration, words: Words, notes: Sequence[NoteRef], reading: Reading) -> Statement | None:
    """Read a ``statement``, whose words come as the page shows them; ``None`` without a usable name or a sentence."""
    reading.options(told)
    reading.findings.extend(_problems(told))
    if not reading.name(told):
        return None
    if not words.text:
        reading.findings.append(told.problem(Code.CARD_EMPTY, f"The statement `{told.argument}` is empty."))
        return None
    intervals, contradicted = (tuple(_intervals(told, name, reading)) for name in ("releases", "contradicted"))
    says = Says(told.option("says")) if told.option("says") in set(Says) else Says.WORKS
    symptoms = read_symptoms(told.option("symptom")) if says is Says.FAILS else ()
    reading.findings.extend(_unsaid(told, words, symptoms))
    about = _about(told)
    return Statement(told.argument, words, told.place, about, says, intervals, contradicted, tuple(notes), symptoms)


def _about(told: Declaration) -> About:
    if told.option("untestable"):
        return About()
    methods, features, examples = (_names(told.option(name)) for name in ("method", "features", "examples"))
    return About(methods, _parts(told.option("variant")), features, examples)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in _BETWEEN_NAMES.split(text) if name)


def _parts(text: str) -> tuple[str, ...]:
    """Part what may hold spaces."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _intervals(told: Declaration, name: str, reading: Reading) -> Iterator[Interval]:
    for part in _parts(told.option(name)):
        interval = parse_interval(part)
        if interval:
            yield interval
        else:
            message = f"The option `{name}` of `statement` has “{part}”, which is no interval of releases."
            reading.findings.append(told.problem(Code.OPTION_INVALID, message))


def _unsaid(told: Declaration, words: Words, symptoms: Sequence[Symptom]) -> Iterator[Finding]:
    """Yield symptoms that the sentences do not name, so that neither can be changed without the other."""
    for each in symptoms:
        if not is_said(words.plain, each):
            message = f"The text of the statement `{told.argument}` does not name its symptom `{written(each)}`."
            advice = "Correct the text, or the option `symptom`, whichever is not what runs show."
            yield told.problem(Code.OPTION_INVALID, message, advice)


def _problems(told: Declaration) -> Iterator[Finding]:
    """Yield options that do not go together, and lacking ones."""
    given = {name for name in told.options if told.option(name)}
    if "untestable" in given:
        for name in (name for name in _TESTING if name in given):
            message = (
                f"The statement `{told.argument}` is untestable, and has the option `{name}` of what can be tested."
            )
            yield told.problem(Code.OPTION_INVALID, message, "Remove one of the two options.")
        return
    if not given & {"method", "examples"}:
        message = f"The statement `{told.argument}` names neither a `method` nor `examples` that could bear it out."
        yield told.problem(Code.OPTION_MISSING, message, "Add one of these options, or say why it is `untestable`.")
    for name in ("variant", "features"):
        if name in given and "method" not in given:
            message = f"The statement `{told.argument}` has the option `{name}`, but no `method`."
            yield told.problem(Code.OPTION_INVALID, message, "Name the method.")
    if "says" in given and told.option("says") not in set(Says):
        message = f"`{told.option('says')}` is nothing that a statement can say of runs."
        yield told.problem(Code.OPTION_INVALID, message, "Write `works` or `fails`.")
    if "symptom" in given and told.option("says") != Says.FAILS:
        message = f"The statement `{told.argument}` has the option `symptom`, and does not say that anything fails."
        yield told.problem(Code.OPTION_INVALID, message, "Remove the option, or write `fails` in the option `says`.")
    if "contradicted" in given and "source" not in given:
        message = f"The statement `{told.argument}` is the site's own, and declared contradicted."
        yield told.problem(Code.OPTION_INVALID, message, "Correct the sentence, or name its source.")
