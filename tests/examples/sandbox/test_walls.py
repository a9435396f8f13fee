"""What bubblewrap promises: files, network and processes of the outside are out of reach."""

import http.server
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from tests.examples.sandbox.jobs import HERE, console, job, outputs, pycon

from affidavit.examples.sandbox.bubblewrap import Bubblewrap, find_bubblewrap
from affidavit.examples.sandbox.mounts import SHARES, VARIABLES
from affidavit.model.examples import FileStep
from affidavit.model.runs import MIB, End, Folder, Promise


@pytest.fixture
def secret(open_path):
    """Return a file that everybody may read and write, if he sees it."""
    path = open_path / "secret"
    path.write_text("secret\n", encoding="utf-8")
    path.chmod(0o666)
    return path


def test_files_of_the_outside_are_neither_read_nor_written(ran_inside, secret):
    found = ran_inside(
        job(console(f"cat {secret}", f"mkdir -p {secret.parent}; echo x >{secret}", "cat /proc/1/root/etc/shadow"))
    )
    assert found.end is End.FINISHED
    assert "secret\n" not in outputs(found)
    assert secret.read_text(encoding="utf-8") == "secret\n"


def test_without_the_sandbox_they_are(ran_simply, secret):
    """Hold that the test before would see it."""
    assert outputs(ran_simply(job(console(f"cat {secret}; echo x >{secret}")))) == ["secret\n"]
    assert secret.read_text(encoding="utf-8") == "x\n"


def test_the_home_folder_is_not_read(ran_inside):
    with tempfile.NamedTemporaryFile(dir=Path.home(), prefix=".affidavit-test-") as file:
        file.write(b"secret")
        file.flush()
        Path(file.name).chmod(0o644)
        found = ran_inside(job(console(f"cat {file.name}", f"ls -a {Path.home()}", "ls -A $HOME", "ls -A /home")))
    assert found.end is End.FINISHED
    assert "secret" not in outputs(found)[0]
    assert [found.shown[0].status, *outputs(found)[2:]] == [1, "", "user\n"]


PLACES = [
    "/x",
    "/usr/x",
    "/usr/bin/x",
    "/etc/x",
    "/etc/passwd",
    "/dev/x",
    "/run/x",
    "/var/x",
    "/var/lib/dpkg/x",
    "/proc/sys/kernel/hostname",
    "/bin/x",
]


def test_the_system_cannot_be_written(ran_inside):
    found = ran_inside(job(console(*(f"echo x >{place}" for place in PLACES))))
    assert [shown.status for shown in found.shown] == [1] * len(PLACES)
    writable = "find / -xdev -writable -type d 2>/dev/null; find /dev /run /var /etc /usr -writable -type d 2>/dev/null"
    assert set("".join(outputs(ran_inside(job(console(writable))))).split()) == {*SHARES, "/dev/pts"}


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="needs dpkg: other systems keep theirs elsewhere")
def test_what_packages_the_system_has_is_known(ran_inside):
    known = subprocess.run(["dpkg-query", "--show", "bash"], capture_output=True, text=True, check=True).stdout
    assert known.startswith("bash\t")
    assert outputs(ran_inside(job(console("dpkg-query --show bash")))) == [known]


@pytest.fixture
def outside():
    """Return the address of a server of the outside, and the requests that reached it."""
    reached = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            reached.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", reached
        server.shutdown()
        thread.join()


def _asks(address):
    return pycon("import urllib.request", f"urllib.request.urlopen('{address}/asked', timeout=5).status")


def test_the_network_is_not_reached_unless_it_is_asked_for(ran_inside, outside):
    address, reached = outside
    found = ran_inside(job(_asks(address)))
    assert (found.end, reached) == (End.FINISHED, [])
    assert outputs(found)[1].endswith("[Errno 111] Connection refused>\n")
    assert outputs(ran_inside(job(_asks(address), network=True))) == ["", "204\n"]
    assert reached == ["/asked"]


def test_limits_alone_keep_nobody_from_the_network(ran_simply, outside):
    address, reached = outside
    ran_simply(job(_asks(address)))
    assert reached == ["/asked"]


def test_ports_are_free_in_each_sandbox(ran_inside, outside):
    port = outside[0].rpartition(":")[2]
    bind = pycon("import socket", f"socket.create_server(('127.0.0.1', {port})).getsockname()[1]")
    assert outputs(ran_inside(job(bind))) == ["", f"{port}\n"]


def test_processes_of_the_outside_are_not_seen(ran_inside):
    count = "ls -d /proc/[0-9]* | wc -l; kill -9 -1"
    found = ran_inside(job(console(count), pycon("1")))
    assert int(outputs(found)[0].split()[0]) < 8


def test_who_runs_the_steps_cannot_be_stopped_or_looked_into(ran_inside):
    attempts = [
        "kill -9 1; kill -STOP 1; echo on",
        "ls /proc/1/fd 2>&1 | tail -n 1",
        "cat /proc/1/environ",
        "echo forged >/proc/1/fd/1",
    ]
    found = ran_inside(job(console(*attempts)))
    assert (found.end, [shown.status for shown in found.shown][2:]) == (End.FINISHED, [1, 1])
    assert outputs(found)[0] == "on\n"
    assert "Permission denied" in outputs(found)[1]


def test_there_are_no_capabilities_and_no_way_to_get_any(ran_inside):
    found = ran_inside(
        job(
            console(
                "grep -E '^(Cap|NoNewPrivs)' /proc/self/status",
                "unshare --user --map-root-user id",
                "id -u; id -un; hostname",
            )
        )
    )
    status = dict(line.split(":\t") for line in outputs(found)[0].splitlines())
    assert {status[name] for name in ("CapPrm", "CapEff", "CapBnd", "CapAmb")} == {"0" * 16}
    assert status["NoNewPrivs"] == "1"
    assert found.shown[1].status != 0
    assert outputs(found)[2] == "1000\nuser\nsandbox\n"


LOW_PORT = """\
s=socket.create_server(('127.0.0.1', 80)); socket.create_connection(s.getsockname()); print('answers')\
"""


def test_ports_of_web_servers_are_free(bubblewrap, ran_inside):
    assert Promise.PORTS in bubblewrap.promises
    found = ran_inside(
        job(
            console(
                f'python3 -c "import socket; {LOW_PORT}"', "echo 1024 >/proc/sys/net/ipv4/ip_unprivileged_port_start"
            )
        )
    )
    assert [shown.status for shown in found.shown] == [0, 1]


def test_where_the_system_grants_no_low_ports_the_rest_still_holds(bubblewrap, monkeypatch):
    monkeypatch.setattr("affidavit.examples.sandbox.bubblewrap.low_ports", lambda _: ("false",))
    find_bubblewrap.cache_clear()
    found = find_bubblewrap()
    find_bubblewrap.cache_clear()
    assert isinstance(found, Bubblewrap)
    assert found.promises == bubblewrap.promises - {Promise.PORTS}


def test_every_namespace_is_private(ran_inside):
    names = ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts")
    found = ran_inside(job(console(*(f"readlink /proc/self/ns/{name}" for name in names))))
    outer = {str(Path(f"/proc/self/ns/{name}").readlink()) for name in names}
    assert outer & {output.strip() for output in outputs(found)} == set()


def test_the_environment_is_what_the_job_says(ran, monkeypatch):
    monkeypatch.setenv("SECRET_TOKEN", "secret")
    found = ran(job(console("env | cut -d= -f1 | sort | tr '\\n' ' '"), variables=[("OWN", "1"), ("HOME", "/own")]))
    names = set(outputs(found)[0].split())
    assert {"OWN", "AFFIDAVIT_RUN", "PATH", "HOME", "LC_CTYPE"} <= names
    assert names <= {
        "OWN",
        "AFFIDAVIT_RUN",
        "AFFIDAVIT_TEST",
        "PATH",
        "HOME",
        "LC_CTYPE",
        "LOGNAME",
        "SHELL",
        "TMPDIR",
        "USER",
        "PWD",
        "SHLVL",
        "_",
        "OLDPWD",
    }


@pytest.mark.parametrize(
    ("own", "shown"),
    [({}, "LC_CTYPE=C.UTF-8 UTF-8"),
     ({"LANG": "C"}, "LANG=C ANSI_X3.4-1968"),
     ({"LC_ALL": "C"}, "LC_ALL=C LC_CTYPE=C.UTF-8 ANSI_X3.4-1968"),
     ({"LC_CTYPE": "C"}, "LC_CTYPE=C ANSI_X3.4-1968")],
)  # fmt: skip
def test_programs_speak_utf_8_unless_the_job_says_otherwise(ran, own, shown):
    asked = "echo $(env | grep -E '^(LANG|LC_)' | sort) $(locale charmap)"
    assert outputs(ran(job(console(asked), variables=own.items()))) == [f"{shown}\n"]


def test_folders_that_the_job_names_are_seen_and_not_written(ran_inside, secret):
    found = ran_inside(job(console(f"cat {secret}", f"echo x >{secret}"), visible=[Folder(str(secret.parent))]))
    assert (outputs(found)[0], found.shown[1].status) == ("secret\n", 1)
    assert secret.read_text(encoding="utf-8") == "secret\n"


def test_a_copy_may_stand_for_a_folder(ran_inside, secret):
    found = ran_inside(job(console("cat /root/of/secret"), visible=[Folder("/root/of", str(secret.parent))]))
    assert outputs(found) == ["secret\n"]


def test_a_folder_that_is_not_there_is_told(ran_inside):
    found = ran_inside(job(console("true"), visible=[Folder("/does/not/exist")]))
    assert found.end is End.RUNNER_FAILED
    assert "/does/not/exist" in found.detail


def test_a_run_sees_nothing_of_the_one_before(ran_inside):
    inner = job(
        FileStep("file", "one", HERE), console("ls $TMPDIR $PWD; cat file; touch $TMPDIR/left left"), disk=8 * MIB
    )
    assert (
        outputs(ran_inside(inner))
        == outputs(ran_inside(inner))
        == [f"{VARIABLES['TMPDIR']}:\n\n/workspace:\nfile\none\n"]
    )
