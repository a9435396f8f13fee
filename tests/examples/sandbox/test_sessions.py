"""Shells and Pythons that stay: what they print and leave, and how they end."""

import pytest
from msgspec.structs import replace
from tests.examples.sandbox.jobs import console, job, outputs, pycon, statuses

from affidavit.model.runs import End, Part

SHELL = [
    # commands, what they print, their statuses
    (["echo one", "echo two"], ["one\n", "two\n"], [0, 0]),
    (["false", "echo $?"], ["", "1\n"], [1, 0]),
    (["x=1; f() { echo f$x; }", "f"], ["", "f1\n"], [0, 0]),
    (["alias say=echo", "say it"], ["", "it\n"], [0, 0]),
    (["cd /usr", "pwd"], ["", "/usr\n"], [0, 0]),
    (["echo a; echo b >&2; echo c"], ["a\nb\nc\n"], [0]),
    (["cat <<END\nx\ny\nEND"], ["x\ny\n"], [0]),
    (["nothing-of-that-name"], ["bash: line 1: nothing-of-that-name: command not found\n"], [127]),
    (["if then", "echo on"], [None, "on\n"], [2, 0]),
    (["echo 'open", "echo on"], [None, "on\n"], [2, 0]),
    (["(exit 7)"], [""], [7]),
    (["kill -9 $BASHPID & wait $!"], [None], [137]),
    (["break", "continue", "echo on"], ["", "", "on\n"], [0, 0, 0]),
    (["set -u; set -o pipefail", "echo on"], ["", "on\n"], [0, 0]),
    (["exec 3>file; echo in >&3; exec 3>&-", "cat file"], ["", "in\n"], [0, 0]),
    (["exec 9>lock", "echo x >&9; cat lock"], ["", "x\n"], [0, 0]),
    (["sleep 60 & echo begun", "jobs -r | wc -l"], ["begun\n", "1\n"], [0, 0]),
    (["read=1; printf() { :; }; read() { :; }; eval() { :; }", "echo on"], ["", "on\n"], [0, 0]),
    (["IFS=x; set -f", "echo on"], ["", "on\n"], [0, 0]),
    (["printf 'a\\0b'"], ["a\0b"], [0]),
    (["printf 'no newline'", "echo on"], ["no newline", "on\n"], [0, 0]),
    (["printf '\\xff\\xfe'"], ["\ufffd\ufffd"], [0]),
    (["echo ä", "printf '%s' €"], ["ä\n", "€"], [0, 0]),
    (["echo $0 $# $-"], ["bash 0 hBc\n"], [0]),
    (["(exit 254)", "echo $?", "echo $?"], ["", "254\n", "0\n"], [254, 0, 0]),
    (["set -eu", "echo on", "f() { return 0; }; f", "echo $?"], ["", "on\n", "", "0\n"], [0, 0, 0, 0]),
    (["IFS=$' 0123s'", "echo on", "(exit 120)", 'echo "$?"'], ["", "on\n", "", "120\n"], [0, 0, 120, 0]),
    (["\n\nnothing-of-that-name", "echo $LINENO"], ["bash: line 3: nothing-of-that-name: command not found\n", "1\n"],
     [127, 0]),
    (["exec >file", "echo in", "exec >&2; cat file"], ["", "", "in\n"], [0, 0, 0]),
    (["exec 2>&-", "nothing-of-that-name", "echo $?"], ["", "", "127\n"], [0, 127, 0]),
    (["exec <&-", "echo on"], ["", "on\n"], [0, 0]),
    (["set -o posix", "shift 5", "echo on"], ["", None, "on\n"], [0, 1, 0]),
    (["ulimit -n 100", "echo on"], ["", "on\n"], [0, 0]),
    (["trap 'echo e' ERR; trap 'echo x' EXIT", "echo on", "exit 3"], ["", "on\n", "x\n"], [0, 0, 3]),
    (["", "# nothing", "echo $?"], ["", "", "0\n"], [0, 0, 0]),
    (["trap 'echo d >&2' DEBUG", "echo on", "echo off"], ["", "d\nd\non\n", "d\nd\noff\n"], [0, 0, 0]),
    (["break", "break", "echo on", "continue", "echo off", "f() { return 9; }; break; f", "echo $?"],
     ["", "", "on\n", "", "off\n", "", "0\n"], [0, 0, 0, 0, 0, 0, 0]),
    (["(exit 4)", "break", "echo $?"], ["", "", "0\n"], [4, 0, 0]),
    (["while :; do break; done; (exit 4)", "while :; do break 2; done", "echo on"], ["", "", "on\n"], [4, 0, 0]),
]  # fmt: skip


@pytest.mark.parametrize(("commands", "printed", "status_each"), SHELL, ids=lambda each: str(each)[:40])
def test_a_shell_stays_as_commands_leave_it(ran_simply, commands, printed, status_each):
    found = ran_simply(job(console(*commands)))
    assert found.end is End.FINISHED
    assert statuses(found) == status_each
    assert [
        each for each in zip(outputs(found), printed, strict=True) if each[1] is not None and each[0] != each[1]
    ] == []


def test_how_the_shell_splits_words_is_nothing_to_what_it_is_asked(ran_simply):
    found = ran_simply(job(console('IFS=" \'0123456789"'), pycon("1"), console("true"), pycon("2"), console("echo on")))
    assert (found.end, outputs(found)[-1], statuses(found)) == (End.FINISHED, "on\n", [0] * 5)


def test_sessions_are_alike_in_both_sandboxes(ran):
    found = ran(job(console("x=1", "false"), pycon("y = 2"), console("echo $? $x"), pycon("y")))
    assert (found.end, outputs(found)[-2:], statuses(found)) == (End.FINISHED, ["1 1\n", "2\n"], [0, 1, 0, 0, 0])


WAITING = ["read x; echo $?", "cat", "python3 -c 'input()' 2>/dev/null; echo $?", "read x </dev/tty; echo $?"]


@pytest.mark.parametrize("command", WAITING)
def test_a_command_that_waits_for_input_ends(ran, command):
    found = ran(job(console(command, "echo on"), seconds=10))
    assert (found.end, outputs(found)[1]) == (End.FINISHED, "on\n")


ENDING = [("exit 3", 3), ("exec true", 0), ("kill -9 $$", 137), ("set -e\nfalse", 1)]


@pytest.mark.parametrize(("command", "status"), ENDING)
def test_a_command_that_ends_the_shell_ends_the_run_where_more_was_to_come(ran, command, status):
    more = ran(job(console("echo one", command), console("echo two")))
    assert (more.end, more.step) == (End.SESSION_ENDED, 1)
    assert more.detail == f"The shell had ended with status {status}."
    assert statuses(more) == [0, status]


def test_a_last_command_may_end_the_shell(ran):
    found = ran(job(console("echo one", "echo two; exit 4")))
    assert (found.end, outputs(found), statuses(found)) == (End.FINISHED, ["one\n", "two\n"], [0, 4])


def test_what_the_shell_printed_before_its_end_is_known_however_much_it_is(ran):
    found = ran(job(console("head -c 300000 /dev/zero | tr '\\0' x; exit 4")))
    assert (found.end, statuses(found), outputs(found) == ["x" * 300_000]) == (End.FINISHED, [4], True)


def test_nobody_else_can_say_that_a_command_is_done(ran):
    guess = "for n in $(seq 3 260); do echo 0123456789abcdef 0 >&$n; done 2>/dev/null; sleep 0.2; echo late"
    late, on = outputs(ran(job(console(guess, "echo on"))))
    assert late.endswith("late\n")
    assert on == "on\n"


def test_programs_get_their_input_and_output_and_nothing_else(ran):
    assert outputs(ran(job(console("ls /proc/self/fd | sort -n | tr '\\n' ' '"))))[0].split()[:3] == ["0", "1", "2"]
    found = ran(
        job(
            console(
                "python3 -c 'import os; print([n for n in range(3, 300) if os.path.exists(f\"/proc/self/fd/{n}\")])'"
            )
        )
    )
    assert outputs(found) == ["[]\n"]


PYTHON = [
    (["1 + 1", "_ + 1"], ["2\n", "3\n"], [0, 0]),
    (["x = 5", "x"], ["", "5\n"], [0, 0]),
    (["for n in range(2):\n    print(n)\n"], ["0\n1\n"], [0]),
    (["def f(n):\n    return 1 / n", "f(0)", "f(1)"], ["", None, "1.0\n"], [0, 1, 0]),
    (["1 +", "2"], [None, "2\n"], [1, 0]),
    (["from __future__ import annotations", "def f(x: nothing): pass", "f.__annotations__"],
     ["", "", "{'x': 'nothing'}\n"], [0, 0, 0]),
    (["import sys; print(1); print(2, file=sys.stderr); print(3)"], ["1\n2\n3\n"], [0]),
    (["__name__, sys.argv if 'sys' in dir() else []"], ["('__main__', [])\n"], [0]),
    (["# nothing", "", "None"], ["", "", ""], [0, 0, 0]),
    (["import os; _ = os.write(1, b'\\xff')"], ["\ufffd"], [0]),
    (["'ä€'"], ["'ä€'\n"], [0]),
    (["class A: pass", "import pickle; pickle.loads(pickle.dumps(A())).__class__ is A"], ["", "True\n"], [0, 0]),
    (["import subprocess; subprocess.run(['echo', 'sub']).returncode"], ["sub\n0\n"], [0]),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "printed", "status_each"), PYTHON, ids=lambda each: str(each)[:40])
def test_a_python_stays_as_statements_leave_it(ran_simply, statements, printed, status_each):
    found = ran_simply(job(pycon(*statements)))
    assert found.end is End.FINISHED
    assert statuses(found) == status_each
    assert [
        each for each in zip(outputs(found), printed, strict=True) if each[1] is not None and each[0] != each[1]
    ] == []


def test_a_traceback_shows_no_frame_of_the_machinery(ran):
    found = ran(job(pycon("def f():\n    1 / 0", "f()", "1 +")))
    assert outputs(found)[1] == (
        "Traceback (most recent call last):\n"
        '  File "<stdin>", line 1, in <module>\n'
        '  File "<stdin>", line 2, in f\n'
        "ZeroDivisionError: division by zero\n"
    )
    assert outputs(found)[2].startswith('  File "<stdin>", line 1\n    1 +\n')


@pytest.mark.parametrize(
    ("statement", "status"), [("exit()", 0), ("raise SystemExit(3)", 3), ("import os; os._exit(4)", 4)]
)
def test_a_statement_that_ends_python_ends_the_run_where_more_was_to_come(ran, statement, status):
    found = ran(job(pycon("print('one')", statement, "2")))
    assert (found.end, found.detail) == (End.SESSION_ENDED, f"Python had ended with status {status}.")
    assert outputs(found)[0] == "one\n"


def test_a_program_of_a_session_that_is_missing_is_named(ran):
    found = ran(job(console("echo one"), variables=[("PATH", "/nowhere")]))
    assert (found.end, found.step, found.detail) == (End.SESSION_ENDED, 0, "There is no program bash.")


TRACED = [
    # commands after `set -x`, what is seen of them
    (["echo on"], ["+ builtin eval 'echo on'\n++ echo on\non\n"]),
    (["false", "echo $?"], ["+ builtin eval false\n++ false\n", "+ builtin eval 'echo $?'\n++ echo 1\n1\n"]),
    (["break", "continue", ":"],
     ["+ builtin eval break\n++ break\n", "+ builtin eval continue\n++ continue\n", "+ builtin eval :\n++ :\n"]),
    (["set -e; set -u", "true"],
     ["+ builtin eval 'set -e; set -u'\n++ set -e\n++ set -u\n", "+ builtin eval true\n++ true\n"]),
]  # fmt: skip


@pytest.mark.parametrize(("commands", "printed"), TRACED, ids=str)
@pytest.mark.parametrize("together", [True, False])
def test_tracing_shows_what_the_page_says_and_nothing_of_ours(ran_simply, commands, printed, together):
    """What is asked of something else in between has the shell asked anew."""
    between = [] if together else [pycon("1")]
    found = ran_simply(job(console("set -x"), *between, console(*commands)))
    assert (found.end, outputs(found)[-len(commands) :]) == (End.FINISHED, printed)


@pytest.mark.parametrize("command", ["set", "declare -p", "printf '%s' \"$__aff_say\""])
def test_whatever_prints_all_variables_says_nothing_of_what_is_done(ran_simply, command):
    found = ran_simply(job(console(command, "echo on")))
    assert (found.end, found.detail, statuses(found)) == (End.FINISHED, "", [0, 0])
    assert outputs(found)[1] == "on\n"
    assert "s%03d" in outputs(found)[0]


def test_tracing_that_a_setup_began_is_no_harm_to_those_that_share_it(ran_simply):
    shared = replace(job(console("set -x"), console("echo on"), console("echo off")), parts=(Part(1, 9), Part(2, 9)))
    found = ran_simply(shared)
    assert (found.end, found.detail, statuses(found)) == (End.FINISHED, "", [0, 0, 0])
    assert [each.rpartition("++ ")[2] for each in outputs(found)] == ["", "echo on\non\n", "echo off\noff\n"]


ODD = "".join(map(chr, range(1, 256))) + "\u20ac\U0001f600"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_commands_of_any_characters_go_in_as_they_are(ran_simply, locale):
    quoted = ODD.replace("'", "'\\''")
    found = ran_simply(
        job(console(f"printf %s '{quoted}' | od -An -v -tx1", "x='", "echo on"), variables=[("LC_ALL", locale)])
    )
    assert bytes.fromhex(outputs(found)[0]) == ODD.encode()
    assert outputs(found)[2] == "on\n"


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_long_command_between_others_goes_in_whole(ran_simply, locale):
    text = "\u00e4'" * 50_000
    quoted = text.replace("'", "'\\''")
    found = ran_simply(
        job(
            console("echo one", f"printf %s '{quoted}' | wc -c", "echo three", *["break"] * 200, "echo end"),
            variables=[("LC_ALL", locale)],
        )
    )
    assert (found.end, outputs(found)) == (End.FINISHED, ["one\n", "150000\n", "three\n", *[""] * 200, "end\n"])


def test_a_step_without_commands_asks_nothing(ran_simply):
    found = ran_simply(job(console("set -u"), pycon("1"), console(), pycon("2"), console("echo on")))
    assert (found.end, outputs(found)[-1], len(found.shown)) == (End.FINISHED, "on\n", 4)


def test_long_commands_and_many_go_in_whole(ran):
    text = "x" * 300_000
    found = ran(job(console(f"x={text}; echo ${{#x}}", *["true"] * 200, "echo end")))
    assert (found.end, outputs(found)[0], outputs(found)[-1]) == (End.FINISHED, "300000\n", "end\n")
