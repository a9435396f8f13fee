"""Steps that take more than they may, or will not end: each has its end, and nothing of it is left."""

import os
import subprocess
import time

import pytest
from tests.examples.sandbox.jobs import HERE, console, job, outputs, pycon, service, statuses

from affidavit.examples.sandbox.mounts import SHARES
from affidavit.model.examples import FileStep
from affidavit.model.runs import MIB, End

BOMBS = [
    "bomb() { bomb | bomb & }; bomb; sleep 30",
    "while :; do sleep 30 & done 2>/dev/null",
    """python3 -c '
import os, time
while True:
    try:
        if not os.fork(): os.setsid()
    except OSError: time.sleep(0.1)'""",
    """python3 -c '
import threading, time
while True:
    try: threading.Thread(target=time.sleep, args=(30,)).start()
    except RuntimeError: time.sleep(0.1)'""",
]


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.usefixtures("bounds")
def test_a_fork_bomb_is_ended(ran, bomb):
    found = ran(job(console("echo on", bomb), processes=32))
    assert (found.end, found.step, outputs(found)[0]) == (End.PROCESSES_EXCEEDED, 0, "on\n")


HOGS = [
    """python3 -c '
held = []
while True: held.append(b"x" * (4 << 20))'""",
    # None of them is large.
    """for n in 1 2 3 4 5 6 7 8; do python3 -c '
import time
held = b"x" * (24 << 20)
time.sleep(30)' & done; wait""",
]


@pytest.mark.parametrize("hog", HOGS)
@pytest.mark.usefixtures("bounds")
def test_a_memory_hog_is_ended(ran, hog):
    found = ran(job(console("echo on", hog), memory=96 * MIB))
    assert (found.end, found.step, outputs(found)[0]) == (End.MEMORY_EXCEEDED, 0, "on\n")


@pytest.mark.usefixtures("bounds")
def test_memory_that_is_shared_counts_once(ran):
    shared = """python3 -c '
import os, time
held = b"x" * (40 << 20)
for n in range(8):
    if not os.fork():
        time.sleep(1)
        os._exit(0)
time.sleep(1)
print("done")'"""
    found = ran(job(console(shared), memory=128 * MIB))
    assert (found.end, outputs(found)) == (End.FINISHED, ["done\n"])


@pytest.mark.parametrize("hog", ["while :; do :; done", "for n in 1 2; do (while :; do :; done) & done; wait"])
def test_processor_time_is_bounded(ran, hog):
    found = ran(job(console(hog), cpu_seconds=1))
    assert (found.end, found.step) == (End.CPU_EXCEEDED, 0)


SLACK = 100
"""What is allowed for the tokens of commands that were not done."""

ENDLESS = ["yes", "yes >&2", "cat /dev/zero", "tr '\\0' x </dev/zero", "yes & sleep 30", "setsid yes & sleep 30"]


@pytest.mark.parametrize("command", ENDLESS)
def test_endless_output_is_ended_and_its_begin_is_shown(ran, command):
    found = ran(job(console(command), output=10_000))
    assert (found.end, found.step) == (End.OUTPUT_EXCEEDED, 0)
    assert 10_000 <= len(outputs(found)[0]) <= 10_000 + SLACK
    assert statuses(found) == [None]


def test_output_of_all_steps_counts_together(ran):
    print_some = "head -c 4000 /dev/zero"
    found = ran(job(console(print_some, print_some), pycon("print('x' * 4000)"), output=10_000))
    assert (found.end, found.step) == (End.OUTPUT_EXCEEDED, 1)
    *whole, cut = (len(each) for each in outputs(found))
    assert whole == [4000, 4000]
    assert 2000 <= cut <= 2000 + SLACK


def test_a_service_may_not_print_without_end_either(ran):
    found = ran(job(service("yes"), console("sleep 30"), output=10_000))
    assert (found.end, found.step) == (End.OUTPUT_EXCEEDED, 1)


@pytest.mark.parametrize("output", ["head -c 200000 /dev/urandom", "printf '\\xe2\\x82'", "printf '\\x80\\x00\\xff'"])
def test_binary_output_is_text_in_the_end(ran, output):
    found = ran(job(console(output, "echo on")))
    assert (found.end, statuses(found), outputs(found)[1]) == (End.FINISHED, [0, 0], "on\n")
    assert outputs(found)[0].encode()


@pytest.mark.parametrize(
    "step",
    [
        console("sleep 60"),
        pycon("import time", "time.sleep(60)"),
        console("trap '' TERM INT; while :; do sleep 1; done"),
    ],
)
def test_time_is_bounded_and_what_was_printed_is_shown(ran, step):
    found = ran(job(console("echo on"), step, seconds=1))
    assert (found.end, found.step, outputs(found)[0]) == (End.TIMED_OUT, 1, "on\n")


DAEMONS = [
    "setsid sleep 60 &",
    "(setsid bash -c 'trap \"\" TERM HUP INT; while :; do sleep 1; done' &) &",
    "python3 -c 'import os, time\nif not os.fork():\n os.setsid()\n if not os.fork(): time.sleep(60)'",
    "nohup sleep 60 >/dev/null 2>&1 & disown",
]


@pytest.mark.parametrize("daemon", DAEMONS)
def test_a_daemon_neither_holds_up_the_run_nor_survives_it(ran, daemon):
    found = ran(job(console(daemon, "echo on")))
    assert (found.end, outputs(found)[1]) == (End.FINISHED, "on\n")


@pytest.mark.parametrize("daemon", DAEMONS[:3])
def test_without_a_sandbox_a_daemon_is_left(daemon, mark, left):
    """Hold that the count of what is left finds what these very commands leave."""
    subprocess.run(["bash", "-c", daemon], env={**os.environ, **dict([mark])}, stdout=subprocess.DEVNULL, check=True)
    time.sleep(0.2)
    assert left() != []


DISK = ["cat /dev/zero >big", "for n in $(seq 100); do head -c 1000000 /dev/zero >file$n; done; sleep 30"]


@pytest.mark.parametrize("command", DISK)
def test_a_full_disk_ends_the_run(ran, command):
    found = ran(job(console("echo on", command), console("sleep 5"), disk=16 * MIB))
    assert (found.end, outputs(found)[0]) == (End.DISK_EXCEEDED, "on\n")


@pytest.mark.parametrize("folder", list(SHARES))
def test_all_folders_count_for_the_disk(ran_inside, folder):
    found = ran_inside(job(console(f"cat /dev/zero >{folder}/big; stat -c %s {folder}/big"), disk=16 * MIB))
    assert found.end is End.DISK_EXCEEDED


def test_no_more_than_the_disk_can_be_taken_at_a_time(ran_inside):
    folders = " ".join(SHARES)
    fill = f"for f in {folders}; do fallocate -l 1G $f/big; cat /dev/zero >$f/big; done 2>/dev/null; du -cb {folders}"
    found = ran_inside(job(console(fill), disk=16 * MIB, file_size=2048 * MIB))
    sizes = [int(output.split()[-2]) for output in outputs(found) if output.strip()]
    assert found.end is End.DISK_EXCEEDED
    assert all(size <= 17 * MIB for size in sizes)


def test_a_file_can_be_no_larger_than_it_may(ran):
    found = ran(job(console("head -c 3000000 /dev/zero >big", "stat -c %s big"), file_size=1_000_000))
    assert (found.end, statuses(found)[0], outputs(found)[1]) == (End.FINISHED, 153, "1000000\n")


def test_a_workspace_that_is_deleted_is_missed_only_where_it_is_needed(ran, sandbox, open_path):
    open_path.chmod(0o777)
    found = ran(job(console('rm -rf "$PWD" 2>/dev/null', "echo on"), FileStep("file", "x", HERE), console("cat file")))
    ends = {"bubblewrap": (End.FINISHED, None), "limits": (End.FILE_REFUSED, 1)}
    assert (found.end, found.step) == ends[sandbox.name]


def test_no_step_can_go_beyond_what_the_kernel_holds(ran):
    limits = "ulimit -Hu; ulimit -Hf; ulimit -Hc; ulimit -u 1000000; ulimit -f unlimited"
    found = ran(job(console(limits), processes=32, file_size=MIB))
    processes, size, core, *refused = outputs(found)[0].splitlines()
    assert int(processes) >= 32
    assert (int(size), core) == (1024, "0")
    assert len(refused) == 2
