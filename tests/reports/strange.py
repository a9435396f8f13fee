"""Reports of every shape, with any text: what renderers must bear."""

from hypothesis import strategies as st

from affidavit.model.claims import Card, Failure, Link, NoteRef, Stage, Status, Term
from affidavit.model.codes import Code
from affidavit.model.examples import Example
from affidavit.model.place import Place
from affidavit.model.releases import Interval
from affidavit.model.report import Accepted, Judged, Observed, Report
from affidavit.model.severity import Severity
from affidavit.model.verdicts import Finding, Holds, Moved, Refuted, Unable, Unproven

AWKWARD = [
    *("", "\n", "\r\n", "\x00", "\x1b[31m", "\ud800", "\udcff", "\ufffe", "\u2028", "\u202e", "a\tb"),
    *("]]>", "-->", "<b>&amp;", "a|b", "`", "\\", "[x](y)", "https://a.example/x_y_z|w"),
    *("::error::x", "100%", "%0A", "{0}"),
]

texts = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(codec=None), max_size=20))
places = st.builds(Place, texts, st.integers(0, 9), texts)
severities = st.none() | st.sampled_from(Severity)
findings = st.builds(Finding, st.sampled_from(Code), places, texts, texts, severities)
links = st.builds(Link, texts, places)
notes = st.builds(NoteRef, texts, texts, texts, texts, places)
failures = st.builds(Failure, texts, texts, texts, places)
stages = st.builds(
    Stage,
    st.builds(Interval, texts, texts),
    st.sampled_from(Status),
    texts,
    st.lists(failures, max_size=2).map(tuple),
    places,
)
cards = st.builds(
    Card,
    texts,
    texts,
    texts,
    st.lists(stages, max_size=2).map(tuple),
    st.lists(notes, max_size=2).map(tuple),
    places,
)
terms = st.builds(Term, st.lists(texts, min_size=1, max_size=2).map(tuple), st.just(()), st.just(()), places)
examples = st.builds(Example, texts, st.just(()), places)
verdicts = st.one_of(
    st.builds(Holds, texts),
    st.builds(Moved, texts, findings),
    st.builds(Refuted, st.lists(findings, min_size=1, max_size=2).map(tuple)),
    st.builds(Unable, texts, st.sampled_from(Code)),
    st.just(Unproven()),
)
observed = st.none() | st.builds(Observed, texts, st.integers(0, 999), st.integers(0, 20), texts, texts)
judged = st.builds(Judged, st.one_of(links, notes, cards, terms, examples), verdicts, observed)


@st.composite
def reports(draw):
    """Draw a report; some of its findings are those of its verdicts, as in one that was judged."""
    every = draw(st.lists(judged, max_size=5))
    told = [found for each in every if isinstance(each.verdict, Refuted) for found in each.verdict.findings]
    own = draw(st.lists(findings, max_size=4))
    kept = [found for found in told if draw(st.booleans())]
    aside = draw(st.lists(st.builds(Accepted, st.sampled_from(told) if told else findings, texts), max_size=2))
    return Report(tuple(every), (*own, *kept), tuple(aside), draw(st.integers(0, 9)))


def words_of(report):
    """Return what a report must not lose: every finding's code and message, with each of its places."""
    return {(str(each.code), each.message, each.place) for each in report.findings}
