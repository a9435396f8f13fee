"""Programs in the background, and requests to them."""

import socket

import pytest
from msgspec.structs import replace
from tests.examples.sandbox.jobs import HERE, console, http, job, outputs, service, statuses

from affidavit.model.examples import FileStep, Ready, ReadyKind
from affidavit.model.runs import End

SERVER = FileStep(
    "server.py",
    """
import http.server, signal, socketserver, sys, time

class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/chunks":
            self.send_response(200, "Fine")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"3\\r\\none\\r\\n4;x=y\\r\\n two\\r\\n0\\r\\n\\r\\n")
        elif self.path == "/slow":
            time.sleep(60)
        elif self.path == "/garbage":
            self.wfile.write(b"garbage\\r\\n\\r\\n")
            self.close_connection = True
        elif self.path == "/endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"x" * 65536)
        else:
            self.answer(204 if self.path == "/empty" else 404 if self.path == "/nothing" else 200, self.requestline)

    def do_POST(self):
        self.answer(201, self.rfile.read(int(self.headers["Content-Length"])).decode())

    def do_HEAD(self):
        self.answer(200, "")

    def answer(self, status, text):
        body = f"{text}|{self.headers['Host']}|{self.headers['X-Own']}\\n".encode()
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 204:
            self.wfile.write(body)

    def log_message(self, *rest):
        pass

server = socketserver.ThreadingTCPServer(("127.0.0.1", int(sys.argv[1])), Handler, bind_and_activate=False)
server.allow_reuse_address = True
server.daemon_threads = True
server.server_bind()
server.server_activate()
open("is-there", "w").close()
print("serving", flush=True)
server.serve_forever()
""",
    HERE,
)


@pytest.fixture
def port(sandbox):
    """Return a port: in a network of its own any will do, elsewhere one that is free."""
    if sandbox.name == "bubblewrap":
        return 9292
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def serving(port):
    """Return a service that is ready by all kinds of conditions at once."""
    conditions = (
        Ready(ReadyKind.URL, f"http://127.0.0.1:{port}/nothing", 404),
        Ready(ReadyKind.URL, f"http://localhost:{port}"),
        Ready(ReadyKind.PORT, f"127.0.0.1:{port}"),
        Ready(ReadyKind.LOG, "^serving$"),
        Ready(ReadyKind.FILE, "is-there"),
    )
    return service(f"python3 server.py {port}", *conditions)


def test_requests_and_answers_are_those_of_the_wire(ran, serving, port):
    base = f"http://127.0.0.1:{port}"
    requests = [
        "GET /one HTTP/1.1",
        "GET /one HTTP/1.1\nHost: own\nX-Own: yes\n",
        "POST /new HTTP/1.1\nContent-Type: text/plain\n\nsent ä",
        "GET /chunks",
        "GET /empty HTTP/1.1",
        "GET /nothing HTTP/1.1",
        "HEAD /one HTTP/1.1",
    ]
    found = ran(job(SERVER, serving, http(base, *requests)))
    assert (found.end, statuses(found)[:-1]) == (End.FINISHED, [200, 200, 201, 200, 204, 404, 200])
    bodies = [output.partition("\n\n")[2] for output in outputs(found)[:-1]]
    address = base.removeprefix("http://")
    assert bodies == [
        f"GET /one HTTP/1.1|{address}|None\n",
        "GET /one HTTP/1.1|own|yes\n",
        f"sent ä|{address}|None\n",
        "one two",
        "",
        f"GET /nothing HTTP/1.1|{address}|None\n",
        "",
    ]
    assert outputs(found)[0].startswith("HTTP/1.1 200 OK\nContent-Length: ")


def test_a_service_is_stopped_by_its_signal_and_its_log_is_shown(ran):
    trap = "trap 'echo stopping; exit 5' INT; echo up; while :; do sleep 0.05; done"
    found = ran(job(service(trap, Ready(ReadyKind.LOG, "up"), stop="SIGINT"), console("echo step")))
    last = found.shown[-1]
    assert (found.end, last.step, last.output, last.status) == (End.FINISHED, 0, "up\nstopping\n", 5)


def test_a_service_that_does_not_stop_is_made_to(ran):
    stubborn = "trap '' TERM; echo up; while :; do sleep 0.1; done"
    found = ran(job(service(stubborn, Ready(ReadyKind.LOG, "up"))))
    assert (found.end, found.shown[-1].status) == (End.FINISHED, 137)


DYING = ["echo why >&2; exit 3", "echo why; exit 0", "echo why; kill -9 $$", "echo why; no-such-program"]


@pytest.mark.parametrize("command", DYING)
def test_a_service_that_dies_before_it_is_ready_ends_the_run_with_its_log(ran, command):
    found = ran(job(service(command, Ready(ReadyKind.FILE, "never")), console("echo step")))
    assert (found.end, found.step) == (End.SERVICE_DIED, 0)
    assert "status" in found.detail
    assert "why\n" in found.detail


def test_a_service_that_is_never_ready_ends_the_run_with_its_log(ran, port):
    conditions = (Ready(ReadyKind.LOG, "up"), Ready(ReadyKind.PORT, f"127.0.0.1:{port}"))
    found = ran(job(service("echo up; sleep 60", *conditions, within=0.5), console("echo step")))
    assert (found.end, found.step, found.detail) == (
        End.SERVICE_NOT_READY,
        0,
        f"It was not ready in time: nothing listens at 127.0.0.1:{port}. The end of its log:\nup\n",
    )


@pytest.mark.parametrize(
    ("condition", "lacks"),
    [
        (Ready(ReadyKind.LOG, "down"), "its log has no line with `down`"),
        (Ready(ReadyKind.FILE, "never"), "there is no file `never`"),
        (Ready(ReadyKind.URL, "http://127.0.0.1:{}/one", 404), "http://127.0.0.1:{}/one answers 200, not 404"),
    ],
)
def test_the_condition_that_lacks_is_named(ran, port, condition, lacks):
    wanted = replace(condition, value=condition.value.format(port))
    found = ran(job(SERVER, service(f"python3 server.py {port}", wanted, within=2)))
    assert found.end is End.SERVICE_NOT_READY
    assert found.detail.startswith(f"It was not ready in time: {lacks.format(port, port)}")


def test_an_address_that_does_not_answer_is_named(ran, port):
    url = f"http://127.0.0.1:{port}/"
    found = ran(job(service("sleep 60", Ready(ReadyKind.URL, url), within=0.5)))
    assert found.detail == f"It was not ready in time: {url} does not answer. It had printed nothing."


def test_a_service_is_ready_by_the_status_of_an_answer_that_never_ends(ran, port):
    endless = Ready(ReadyKind.URL, f"http://127.0.0.1:{port}/endless", 200)
    found = ran(job(SERVER, service(f"python3 server.py {port}", endless), console("echo step")))
    assert (found.end, outputs(found)[0]) == (End.FINISHED, "step\n")


def test_a_service_that_puts_itself_into_the_background_lives(ran, serving, port):
    away = service(f"setsid python3 server.py {port} >log 2>&1 & disown", *serving.ready[:3])
    found = ran(job(SERVER, away, http(f"http://127.0.0.1:{port}", "GET /one HTTP/1.1")))
    assert (found.end, found.shown[0].status) == (End.FINISHED, 200)


def test_a_service_need_not_be_waited_for_and_a_step_may_end_it(ran):
    found = ran(
        job(
            service("echo $$ >pid; exec sleep 60"),
            console("while ! kill $(cat pid 2>/dev/null) 2>/dev/null; do :; done"),
        )
    )
    assert (found.end, found.shown[-1].step, found.shown[-1].status) == (End.FINISHED, 0, 143)


def test_no_answer_is_something_to_show(ran, port):
    found = ran(job(http(f"http://127.0.0.1:{port}", "GET / HTTP/1.1")))
    assert (found.end, outputs(found), statuses(found)) == (End.FINISHED, ["No answer: Connection refused\n"], [None])


BAD = [
    ("/garbage", End.FINISHED, "No answer: The answer is no HTTP.\n"),
    ("/slow", End.TIMED_OUT, None),
    ("/endless", End.OUTPUT_EXCEEDED, None),
]


@pytest.mark.parametrize("row", BAD)
def test_a_bad_server_is_bounded(ran, serving, port, row):
    path, end, output = row
    found = ran(job(SERVER, serving, http(f"http://127.0.0.1:{port}", f"GET {path} HTTP/1.1"), seconds=4))
    assert found.end is end
    assert output is None or outputs(found)[0] == output
