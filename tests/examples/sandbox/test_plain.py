"""Plain commands, which the shell is asked for at once: they come out as they do one by one; no others are plain."""

import subprocess

import pytest
from msgspec.structs import replace
from tests.examples.sandbox.jobs import HERE, console, job, outputs, pycon, statuses

from affidavit.examples.inside.plain import is_as_it_comes, plain_first
from affidavit.model.examples import FileStep
from affidavit.model.runs import End, Part

PLAIN = ["echo 1", "ls -l /usr", "/bin/true", "./it", "env A=b cat", "true", "git+x a@b:c,d=e"]
NOT_PLAIN = [
    *("", " ", "a ", " a", "a  b", "a\tb", "a\nb", "A=b", "A+=b", "A=b true", "ä", "\0", "%1", "~/it", "!x", "#"),
    *("echo $x", "echo 'x'", 'echo "x"', "echo `x`", "echo \\x", "a;b", "a&", "a|b", "a>b", "a<b", "(a)", "{ a", "a*"),
    *("echo ?", "echo [a]", "exec true", "set -x", "cd /", "time true", "if true", ".", ". it", ":", "[ a"),
]


@pytest.mark.parametrize("text", PLAIN)
def test_words_alone_are_plain(text):
    assert plain_first([text, "a;b", text]) == 1


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_all_else_is_not(text):
    assert plain_first(["true", text, "true"]) == 1


def test_what_the_shell_here_knows_is_not_plain_but_for_what_does_nothing_to_it():
    command = ["bash", "-c", "compgen -b; compgen -k"]
    known = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert {"exec", "if"} < set(known)
    assert {each for each in known if plain_first([each])} == {"echo", "false", "pwd", "test", "true"}


def test_a_shell_may_begin_with_more_than_it_is_asked_for():
    assert is_as_it_comes({"PATH": "/bin", "HOME": "/", "MY_BASH": "x"})
    for name in ("BASH_ENV", "BASH_FUNC_echo%%", "SHELLOPTS", "BASHOPTS", "POSIXLY_CORRECT"):
        assert not is_as_it_comes({"PATH": "/bin", name: "x"})


SCRIPT = FileStep("it", '#!/bin/sh\necho "$@"; echo odd >&2; exit 3\n', HERE, mode=0o755)
KILLER = FileStep("kill-it", "#!/bin/sh\nkill -9 $PPID\n", HERE, mode=0o755)
SEQUENCES = [
    ["echo 1", "echo 2"],
    ["echo 1", "true", "false", "echo $?", "echo $?"],
    [
        "true",
        "false",
        "./it a b",
        "nothing-of-that-name x",
        "./nothing",
        "ls /nowhere",
        "pwd",
        "test -e /",
        "test a = b",
    ],
    ["./it", "./it", "echo $?; false", "echo $?", "true", "true"],
    ["echo -n a", "echo -n b", "printf c", "echo -n d", "echo -n e"],
    ["cat", "sh -c", "env -u HOME true", "sleep 0.1", "/bin/echo x=y"],
    ["true", "sleep 0.2 &", "echo on", "alias echo='echo more'", "echo on", "echo on", "true", "true"],
    ["true", "true", "set -x", "true", "true", "echo on"],
    ["true", "true", "f() { echo mine; }; true() { f; }", "true", "true"],
    ["echo 1", "echo 2", "exec >~/file", "echo 3", "echo 4", "exec >&2; cat ~/file"],
    ["true", "./kill-it", "true", "true"],
    ["true", "true", "./kill-it", "echo on"],
    ["true", "true", "./kill-it"],
    [f"echo {number}" for number in range(700)],
]


@pytest.mark.parametrize("commands", SEQUENCES, ids=lambda each: str(each)[:40])
def test_plain_commands_come_out_as_they_do_one_by_one(ran_simply, commands):
    quick = ran_simply(job(SCRIPT, KILLER, console(*commands)))
    slow = ran_simply(job(SCRIPT, KILLER, console(":;", *commands)))
    assert list(zip(outputs(quick), statuses(quick), strict=True)) == list(
        zip(outputs(slow)[1:], statuses(slow)[1:], strict=True)
    )
    assert (quick.end, quick.detail, quick.step) == (slow.end, slow.detail, slow.step)


def test_what_a_shell_begins_with_acts_on_plain_commands_as_well(ran_simply):
    file = FileStep("begin", "true() { builtin echo mine; }; printf() { :; }; set -x\n", HERE)
    found = ran_simply(job(file, console("true", "true", "true"), variables=[("BASH_ENV", "begin")]))
    assert found.end is End.FINISHED
    assert ["mine\n" in each for each in outputs(found)] == [True] * 3
    assert not [each for each in outputs(found) if "__aff" in each]


def test_those_that_share_a_setup_are_asked_for_plain_commands_as_well(ran_simply):
    shared = job(console("echo 1", "echo 2", "echo 3"), console("echo 4", "false"), console("echo 5", "echo $?"))
    found = ran_simply(replace(shared, parts=(Part(1, 9), Part(2, 9))))
    assert (found.end, outputs(found)) == (End.FINISHED, ["1\n", "2\n", "3\n", "4\n", "", "5\n", "0\n"])


def test_a_shell_that_was_changed_stays_so_when_it_is_asked_again(ran_simply):
    steps = console("echo 1", "printf() { :; }"), pycon("1"), console("echo 2", "echo 3", "echo 4")
    found = ran_simply(job(*steps, seconds=5))
    assert (found.end, outputs(found)) == (End.FINISHED, ["1\n", "", "1\n", "2\n", "3\n", "4\n"])


def test_what_is_told_of_them_is_no_output_of_theirs(ran_simply):
    found = ran_simply(job(console(*["true"] * 300), output=10))
    assert (found.end, statuses(found)) == (End.FINISHED, [0] * 300)
