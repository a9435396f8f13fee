"""Cases of files, Python sessions, requests and services."""

from __future__ import annotations

from tests.examples.cases.case import case, console, file, http, pycon, service, stock
from tests.examples.cases.consoles import BLANKS, INDENTED, TABS

SERVER = "python3 -u -m http.server 8080 --bind 127.0.0.1"
HOME = "http://127.0.0.1:8080"
ANSWERING = """\
import http.server, json, signal, sys

class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.answer(200, {"path": self.path, "more": [1, 2]})

    def do_POST(self):
        told = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(201, {"told": told})

    def answer(self, status, content):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-Kind", "test")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

print("starting", flush=True)
server = http.server.HTTPServer(("127.0.0.1", 8080), Handler)
open("is-ready", "w").close()
print("listening now", flush=True)
server.serve_forever()
"""
SLEEPING = 'trap "echo stopped; exit 0" INT TERM HUP USR1; echo waiting; while :; do sleep 0.05; done'

FILES = (
    case("file-text", file("a.txt", "one\ntwo\n"), console("$ cat a.txt\none\ntwo")),
    case("file-without-end-of-line", file("a.txt", "one"), console("$ wc -l a.txt\n1 a.txt")),
    case(
        "file-nested",
        file("conf/sub--dir/__init__.py", "A = 1\n"),
        console("$ find conf -type f\nconf/sub--dir/__init__.py"),
    ),
    case(
        "file-mode",
        file("run.sh", "#!/bin/sh\necho ran\n", mode="755"),
        console("$ ./run.sh\nran\n$ stat -c %a run.sh\n755"),
    ),
    case("file-private", file("secret.txt", "x\n", mode="0600"), console("$ stat -c %a secret.txt\n600")),
    case("file-hidden", file("long.conf", "[a]\nb = 1\n", hidden=True), console("$ cat long.conf\n[a]\nb = 1")),
    case("file-source", file("copy.json", source="data/input.json"), console('$ cat copy.json\n{"a": [1, 2]}')),
    case(
        "file-source-as-is",
        file("odd.txt", source="data/odd.txt"),
        console("$ od -An -c odd.txt | tr -d ' '\na\\tb\\r\\n\\n\\n"),
    ),
    case(
        "file-source-hidden",
        file("x/copy.json", source="data/input.json", hidden=True, mode="400"),
        console("$ stat -c %a x/copy.json\n400"),
    ),
    case("file-of-quotes", file("q.ini", "\"a\"--b = 'c'...\n"), console("$ cat q.ini\n\"a\"--b = 'c'...")),
    case(
        "file-of-markup",
        file("m.md", "# No title\n\n```\ncode\n```\n\n:not: an option\n"),
        console("$ tail -n1 m.md\n:not: an option"),
    ),
    case("file-indented-below", file("c.yaml", "a:\n  - b\n\n  - c\n"), console("$ cat c.yaml\na:\n  - b\n\n  - c")),
    case(
        "file-indented-as-a-whole",
        file("i.txt", "  a\n  b\n"),
        console("$ head -c 2 i.txt | tr ' ' _\n..."),
        apart=INDENTED,
    ),
    case(
        "file-indented-behind-options",
        file("i.txt", "  a\n  b\n", mode="644"),
        console("$ head -c 2 i.txt | tr ' ' _\n__"),
    ),
    case("file-twice", file("a", "old\n"), console("$ cat a\nold"), file("a", "new\n"), console("$ cat a\nnew")),
    case("file-unicode", file("straße.txt", "Ümläut 世界\n"), console("$ cat straße.txt\nÜmläut 世界")),
    case("file-with-tabs", file("Makefile", "all:\n\techo made\n"), console("$ wc -l < Makefile\n2"), apart=TABS),
    case("file-with-blanks", file("b.txt", "a  \nb\n"), console("$ wc -l < b.txt\n2"), apart=BLANKS),
    case("file-source-with-tabs", file("odd.txt", source="data/odd.txt"), console("$ grep -c b odd.txt\n1")),
)

PYTHONS = (
    case("python-values", pycon(">>> 1 + 1\n2\n>>> 'a' * 3\n'aaa'\n>>> None\n>>> x = 4\n>>> x\n4")),
    case(
        "python-lines",
        pycon(">>> for each in 'ab':\n...     print(each)\n...\na\nb\n>>> def f():\n...     return 7\n...\n>>> f()\n7"),
    ),
    case(
        "python-traceback",
        pycon(
            '>>> 1 / 0\nTraceback (most recent call last):\n  File "<stdin>", line 1, in <module>\n'
            "ZeroDivisionError: division by zero"
        ),
    ),
    case(
        "python-traceback-of-doctest",
        pycon(
            ">>> int('x')\nTraceback (most recent call last):\n    ...\n"
            "ValueError: invalid literal for int() with base 10: 'x'"
        ),
    ),
    case("python-syntax-error", pycon('>>> 1 +\n  File "<stdin>", line 1\n...\nSyntaxError: invalid syntax\n>>> 1\n1')),
    case("python-blank-line", pycon(">>> print('a\\n\\nb')\na\n<BLANKLINE>\nb")),
    case("python-gap", pycon(">>> list(range(50))\n[0, 1, ..., 49]\n>>> object()\n<object object at 0x...>")),
    case("python-recorded", pycon(">>> print('recorded')\n>>> [1, 2]")),
    case("python-stays", pycon(">>> import json\n>>> data = {'a': 1}"), pycon(">>> json.dumps(data)\n'{\"a\": 1}'")),
    case("python-imports", file("made.py", "ANSWER = 42\n"), pycon(">>> import made\n>>> made.ANSWER\n42")),
    case(
        "python-prints-to-errors",
        pycon(">>> import sys\n>>> _ = sys.stderr.write('err\\n')\nerr\n>>> print('out')\nout"),
    ),
    case("python-tolerance", pycon(">>> 1 / 3\n0.33", tolerance="0.05")),
    case("python-unordered", pycon(">>> for each in {'a', 'b'}:\n...     print(each)\n...\na\nb", unordered=True)),
    case("python-unicode", pycon(">>> 'Grüße'\n'Grüße'")),
    case("python-stock", stock("pycon", ">>> 2 ** 10\n1024"), stock("python", "no.step()")),
    case("python-beside-console", console("$ echo x > shared"), pycon(">>> open('shared').read()\n'x\\n'")),
)

HTTPS = (
    case(
        "http-status",
        file("index.html", "hello\n"),
        service(SERVER, ready=f"{HOME}/"),
        http("GET / HTTP/1.1\n\nHTTP/1.1 200 OK", base=HOME),
    ),
    case(
        "http-fields",
        file("s.py", ANSWERING),
        service("python3 s.py", ready="127.0.0.1:8080"),
        http(
            "GET /a HTTP/1.1\nAccept: */*\n\nHTTP/1.1 200 OK\ncontent-type: application/json\nX-Kind: t...", base=HOME
        ),
    ),
    case(
        "http-content",
        file("index.html", "hello\n"),
        service(SERVER, ready="127.0.0.1:8080"),
        http("GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\nhello", base=HOME),
    ),
    case(
        "http-json",
        file("s.py", ANSWERING),
        service("python3 s.py", ready=f"{HOME}/"),
        http('GET /x HTTP/1.1\n\nHTTP/1.1 200 OK\n\n{"path": "/x"}', base=f"{HOME}/", match="json"),
    ),
    case(
        "http-post",
        file("s.py", ANSWERING),
        service("python3 s.py", ready=f"{HOME}/"),
        http('POST /x HTTP/1.1\n\n{"b": 1}\n\nHTTP/1.1 201 Created\n\n...b...', base=HOME),
    ),
    case(
        "http-several",
        service(SERVER, ready=f"{HOME}/"),
        http(
            "GET /gone HTTP/1.1\n\nHTTP/1.1 404 Not Found\n\nHEAD / HTTP/1.1\n\nHTTP/1.1 200 OK\n\nGET / HTTP/1.1",
            base=HOME,
        ),
    ),
    case(
        "http-recorded",
        file("index.html", "hello\n"),
        service(SERVER, ready=f"{HOME}/"),
        http("GET / HTTP/1.1", base=HOME),
    ),
    case(
        "http-stock",
        stock("console", "$ echo before\nbefore"),
        service(SERVER, ready=f"{HOME}/"),
        http("GET / HTTP/1.1\n\nHTTP/1.1 200 OK", base=HOME),
    ),
)

SERVICES = (
    case("service-url", service(SERVER, ready=f"{HOME}/", status="200"), console("$ echo up\nup")),
    case("service-url-of-any-status", service(SERVER, ready=f"{HOME}/gone"), console("$ echo up\nup")),
    case("service-port", service(SERVER, ready="127.0.0.1:8080", within="30"), console("$ echo up\nup")),
    case("service-log", service(SLEEPING, ready="log ^waiting$"), console("$ echo up\nup")),
    case("service-file", service("touch made; exec sleep 300", ready="file made"), console("$ ls\nmade")),
    case(
        "service-of-several-conditions",
        file("s.py", ANSWERING),
        service("python3 s.py", ready=f"{HOME}/, log listening, file is-ready, 127.0.0.1:8080"),
        console("$ ls\nis-ready\ns.py"),
    ),
    case(
        "services",
        service(SERVER, ready=f"{HOME}/"),
        service(SERVER.replace("8080", "8081"), ready="127.0.0.1:8081"),
        console("$ echo both\nboth"),
    ),
    case("service-without-condition", service("sleep 300"), console("$ echo up\nup")),
    case(
        "service-on-port-80",
        service(SERVER.replace("8080", "80"), ready="127.0.0.1:80"),
        console("$ echo up\nup"),
        needs="python3",
    ),
    *(
        case(
            f"service-stop-{word.lower()}", service(SLEEPING, ready="log waiting", stop=word), console("$ echo up\nup")
        )
        for word in ("SIGTERM", "SIGINT", "HUP", "USR1", "KILL")
    ),
)
