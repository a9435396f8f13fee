"""Console blocks: which lines are commands, which are output."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.examples.parse.console import parse, render
from affidavit.model.examples import Exchange
from affidavit.model.place import Place

PLACE = Place("page.rst", 10, "page")

# What it is, the block, and for each command: what is given, what is expected, the exit status.
BLOCKS = [
    ("a command and its output", "$ echo a\na\n", [("echo a", "a", 0)]),
    ("two commands", "$ echo a\na\n$ echo b\nb", [("echo a", "a", 0), ("echo b", "b", 0)]),
    ("none shows output: it is recorded", "$ a\n$ b\n", [("a", None, 0), ("b", None, 0)]),
    ("one shows output: the other prints none", "$ cd x\n$ ls\na\n", [("cd x", "", 0), ("ls", "a", 0)]),
    ("blank lines between are layout", "$ cd x\n\n$ ls\na\n\n\n", [("cd x", "", 0), ("ls", "a", 0)]),
    ("blank lines within are output", "$ ls\n\na\n\nb\n", [("ls", "\na\n\nb", 0)]),
    ("an exit status", "$ ls x\nls: no x\n[2]\n", [("ls x", "ls: no x", 2)]),
    ("an exit status is no output", "$ false\n[1]\n$ true\n", [("false", None, 1), ("true", None, 0)]),
    ("an exit status before a blank line", "$ false\n[1]\n\n$ echo\n\n", [("false", None, 1), ("echo", None, 0)]),
    ("the greatest exit status", "$ a\n[255]", [("a", None, 255)]),
    ("no exit status: too great", "$ a\n[256]", [("a", "[256]", 0)]),
    ("no exit status: success", "$ a\n[0]", [("a", "[0]", 0)]),
    ("no exit status: not the last line", "$ a\n[1]\nb", [("a", "[1]\nb", 0)]),
    ("no exit status: a digit of another script", "$ a\n[١]", [("a", "[١]", 0)]),
    ("output that looks like an exit status", "$ a\n\\[1]", [("a", "[1]", 0)]),
    ("output that looks like a command", "$ a\n\\$ b", [("a", "$ b", 0)]),
    ("output that looks like a continued line", "$ a\n\\> b", [("a", "> b", 0)]),
    ("output that looks like one with a backslash", "$ a\n\\\\$ b", [("a", "\\$ b", 0)]),
    ("output with a backslash of its own", "$ a\n\\b\n\\$c", [("a", "\\b\n\\$c", 0)]),
    ("output that begins with a sign, not at first", "$ diff a b\n< a\n> b", [("diff a b", "< a\n> b", 0)]),
    ("root is no prompt", "$ cat f\n# comment", [("cat f", "# comment", 0)]),
    ("marked lines", "$ for x in a\n> do echo $x\n> done\na", [("for x in a\ndo echo $x\ndone", "a", 0)]),
    ("a marked blank line", "$ a\n>\n> b", [("a\n\nb", None, 0)]),
    ("a backslash", "$ a \\\n    b\nc", [("a \\\n    b", "c", 0)]),
    ("a backslash, marked", "$ a \\\n> b\nc", [("a \\\nb", "c", 0)]),
    ("a backslash that is none", "$ a \\\\\nb", [("a \\\\", "b", 0)]),
    ("quotes", "$ echo 'a\nb' \"c\nd\"\ne", [("echo 'a\nb' \"c\nd\"", "e", 0)]),
    ("quotes within quotes", '$ echo "it\'s"\na', [('echo "it\'s"', "a", 0)]),
    ("quotes that are escaped", "$ echo \\'\na", [("echo \\'", "a", 0)]),
    ("quotes that are escaped in quotes", '$ echo "\\"\n"\na', [('echo "\\"\n"', "a", 0)]),
    ("quotes of the other kind", "$ echo $'\\''\na", [("echo $'\\''", "a", 0)]),
    ("quotes in a comment", "$ a # it's\nb", [("a # it's", "b", 0)]),
    ("no comment", "$ a ${#b} c#d 'e\nf'\ng", [("a ${#b} c#d 'e\nf'", "g", 0)]),
    ("a here-document", "$ cat <<EOF\na\nEOF\na", [("cat <<EOF\na\nEOF", "a", 0)]),
    ("a here-document, marked", "$ cat <<EOF\n> $ a\n> EOF\na", [("cat <<EOF\n$ a\nEOF", "a", 0)]),
    ("a here-document with marks of its own", "$ cat <<EOF\na\n> b\nEOF\na", [("cat <<EOF\na\n> b\nEOF", "a", 0)]),
    ("a here-document in quotes", "$ cat <<'E F'\na\nE F\na", [("cat <<'E F'\na\nE F", "a", 0)]),
    ("a here-document with tabs", "$ cat <<-EOF\n\ta\n\tEOF\na", [("cat <<-EOF\n\ta\n\tEOF", "a", 0)]),
    ("two here-documents", '$ c <<A <<"B"\nB\nA\nB\nd', [('c <<A <<"B"\nB\nA\nB', "d", 0)]),
    ("a here-document with quotes", "$ cat <<EOF\nit's\nEOF\na", [("cat <<EOF\nit's\nEOF", "a", 0)]),
    ("a here-string", "$ cat <<<EOF\na", [("cat <<<EOF", "a", 0)]),
    ("a sum", "$ echo $((1<<2))\n4", [("echo $((1<<2))", "4", 0)]),
    ("a here-document in quotes of a command", '$ a "$(cat <<E\nb\nE\n)"\nc', [('a "$(cat <<E\nb\nE\n)"', "c", 0)]),
    ("carriage returns", "$ a\r\nb\r\n", [("a", "b", 0)]),
    ("other separators", "$ a\nb\x0cc\u2028d", [("a", "b\x0cc\u2028d", 0)]),
]


@pytest.mark.parametrize(("block", "exchanges"), [row[1:] for row in BLOCKS], ids=[row[0] for row in BLOCKS])
def test_a_block_is_read(block, exchanges):
    parsed = parse(block, PLACE)
    assert [(each.given, each.expected, each.status) for each in parsed.exchanges] == exchanges
    assert parsed.problems == ()


def test_each_command_has_its_place():
    parsed = parse("$ a\nb\n\n$ c \\\nd\n$ e", PLACE)
    assert [each.place.line for each in parsed.exchanges] == [10, 13, 15]


def test_without_a_line_the_file_is_the_place():
    assert [each.place for each in parse("$ a\n$ b", Place("page.rst")).exchanges] == [Place("page.rst")] * 2


PROBLEMS = [
    ("nothing", "", 10, "no command"),
    ("no command", "a\nb", 10, "no command"),
    ("output first", "\na\n$ b", 11, "before the first command"),
    ("a prompt of root first", "# a\n$ b", 10, "no prompt"),
    ("a prompt alone", "$ a\n$\n", 11, "has no command"),
    ("blanks alone", "$   \n", 10, "has no command"),
    ("an open quotation mark", "$ a\n$ echo it's\n", 11, "the quotation mark '"),
    ("an open quotation mark before a command", "$ echo it's\n$ echo it's\n", 10, "the quotation mark '"),
    ("a here-document without end", "$ cat <<EOF\na\n", 10, "“EOF”"),
    ("a here-document with a prompt", "$ cat <<EOF\n$ a\nEOF\n", 10, "“EOF”"),
    ("a backslash at the end", "$ a \\\n", 10, "behind the backslash"),
]


@pytest.mark.parametrize(("block", "line", "words"), [row[1:] for row in PROBLEMS], ids=[row[0] for row in PROBLEMS])
def test_what_cannot_be_meant_so_is_told(block, line, words):
    problem = parse(block, PLACE).problems[0]
    assert problem.place.line == line
    assert words in problem.sentence


LINES = st.text(st.sampled_from("ab >$\\#[1]<&.…é"), max_size=8)
GIVEN = st.lists(st.text(st.sampled_from("ab>$[1] é"), max_size=6), max_size=3).map(
    lambda lines: "\n".join(["a", *lines])
)
SHOWN = st.lists(LINES, max_size=4).map(lambda lines: "\n".join([*lines, "z"][: len(lines) or None]))


@st.composite
def blocks(draw):
    """Give exchanges of which one shows output, and none ends with a blank line."""
    rows = draw(st.lists(st.tuples(GIVEN, SHOWN, st.integers(0, 255)), min_size=1, max_size=4))
    made = [(given, shown if shown.split("\n")[-1].strip() else "", status) for given, shown, status in rows]
    silent = not any(shown for _, shown, _ in made)
    return [(given, None if silent else shown, status) for given, shown, status in made]


@given(blocks())
def test_what_is_rendered_is_read_as_it_was(rows):
    text = render(Exchange(given, shown, PLACE, status) for given, shown, status in rows)
    parsed = parse(text, PLACE)
    assert [(each.given, each.expected, each.status) for each in parsed.exchanges] == rows
    assert parsed.problems == ()
    assert render(parsed.exchanges) == text


@pytest.mark.parametrize(
    "block",
    [
        "$ a\n",
        "$ a\n> b\n>\nc\n[3]\n$ d\n",
        "$ a\n\\$ b\n> c\n[1]\nd\n$ e\n\\[1]\n[1]\n",
        "$ diff a b\n< a\n> b\n[1]\n",
    ],
)
def test_a_block_that_is_read_is_rendered_as_it_was(block):
    assert render(parse(block, PLACE).exchanges) == block


@given(st.text(st.sampled_from("$> \\\n'\"<-#[1]E()\t") | st.characters()))
def test_no_text_is_too_much(text):
    for each in parse(text, PLACE).exchanges:
        assert each.place.line >= PLACE.line
