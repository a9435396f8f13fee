"""Small sites, a server on loopback, and the command: in this process, or as users start it."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.notes.inventories import PROJECT, inventory

from affidavit.cli import main

SETTINGS = """\
affidavit_release_notes = {"glance": {"inventory": "objects.inv", "url": "https://example.org/notes/"}}
"""


@pytest.fixture
def site(tmp_path):
    """Return a source folder whose conf.py names one project, and its inventory."""
    folder = tmp_path / "doc"
    folder.mkdir()
    (folder / "conf.py").write_text(SETTINGS)
    (folder / "index.rst").write_text("The site\n========\n")
    (folder / "objects.inv").write_bytes(inventory(PROJECT))
    return folder


@pytest.fixture
def run(capsys):
    """Run the command in this process and return its status, its output and its errors."""

    def call(*arguments):
        status = main([str(each) for each in arguments])
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return status, told.out, told.err

    return call


@pytest.fixture
def start():
    """Start the command as users do, with its output buffered as it is for them; it is ended with the test."""
    running = []

    def call(*arguments, program=("-m", "affidavit"), **options):
        told = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        command = [sys.executable, *program, *map(str, arguments)]
        environment = os.environ | {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": ""}
        running.append(subprocess.Popen(command, text=True, env=environment, **told))
        return running[-1]

    yield call
    for process in running:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream:
                stream.close()


class _Handler(BaseHTTPRequestHandler):
    server: "Server"

    def do_GET(self):
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        with suppress(OSError):  # the client may leave
            self.server.answers[self.path](self)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    """Does for each path what is in ``answers``; ``asked`` has paths and user agents, ``ended`` says when to let go."""

    daemon_threads = False  # so that closing waits for all that was begun

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str]] = []
        self.answers: dict[str, Callable[[_Handler], object]] = {}
        self.ended = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def server(monkeypatch):
    """Return a server that the proxies of the machine do not stand before."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made = Server()
    thread = threading.Thread(target=made.serve_forever, args=[0.02])
    thread.start()
    yield made
    made.ended.set()
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture
def answer():
    """Make what a server does for a path: it sends a status, headers and a body."""

    def make(body=b"", status=200, **headers):
        def send(handler):
            handler.send_response(status)
            for name, value in ({"Content_Length": str(len(body))} | headers).items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(body)

        return send

    return make
