"""Cases of what is said of an example as a whole: setups, probes, needs, limits, failures; and pages that are wrong."""

from __future__ import annotations

from tests.examples.cases.case import case, console, file, http, pycon, service
from tests.examples.cases.steps import HOME, SERVER

from affidavit.model.evidence import State

WHOLES = (
    case("base", console("$ echo base >> order")),
    case("left", console("$ echo left >> order"), setup="base"),
    case("right", console("$ echo right >> order"), setup="base"),
    case("chain", console("$ cat order\nbase\nleft"), setup="left"),
    case("diamond", console("$ cat order\nbase\nleft\nright"), setup="left, right"),
    case("only-setups", setup="left, right"),
    case(
        "plain-server",
        file("index.html", "hello\n"),
        service(SERVER, ready=f"{HOME}/"),
        setup_for="web",
        variant="plain",
    ),
    case(
        "other-server",
        file("index.html", "hello\n"),
        console("$ echo ready"),
        service(SERVER, ready=f"{HOME}/"),
        setup_for="web",
        variant="other",
    ),
    case("get", http("GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n\nhello", base=HOME), probe="reading", runs=2),
    case("get-gone", http("GET /gone HTTP/1.1\n\nHTTP/1.1 404 ...", base=HOME), probe="missing", runs=2),
    case(
        "get-behind-another",
        console("$ cat order\nbase"),
        http("GET / HTTP/1.1\n\nHTTP/1.1 200 OK", base=HOME),
        probe="reading",
        setup="base",
        runs=2,
    ),
    case("needs", console("$ echo a | sed s/a/b/\nb"), needs="sed, grep"),
    case("needs-what-is-missing", console("$ no-such-program\nx"), needs="sed, no-such-program", state=State.UNABLE),
    case("depends-on-files", console("$ echo a\na"), files="data/input.json, data/odd.txt"),
    case("within-its-time", console("$ sleep 0.1; echo done\ndone"), timeout="20.5"),
    case("network", console("$ echo reached\nreached"), network=True),
    case(
        "skipped", console("$ echo a\na"), skip_if="test -d / => it needs a machine without folders", state=State.UNABLE
    ),
    case("not-skipped", console("$ echo a\na"), skip_if="! test -d / => it needs folders"),
    case("fails-with-status", console("$ sh -c 'exit 7'\n[7]"), expect="failure", symptom="exit 7"),
    case("fails-with-words", console("$ cat gone\n...\n[1]"), expect="failure", symptom="No such file"),
    case(
        "fails-with-words-and-commas",
        console("$ echo 'one, two'; false\none, two\n[1]"),
        expect="failure",
        symptom='exit 1, "one, two"',
    ),
    case("fails-somehow", console("$ false\n[1]"), expect="failure"),
    case(
        "fails-over-http",
        service(SERVER, ready=f"{HOME}/"),
        http("GET /gone HTTP/1.1\n\nHTTP/1.1 404 ...", base=HOME),
        expect="failure",
        symptom="HTTP 404",
    ),
    case(
        "fails-over-http-with-words",
        service(SERVER, ready=f"{HOME}/"),
        http("GET /gone HTTP/1.1\n\nHTTP/1.1 404 ...", base=HOME),
        expect="failure",
        symptom="HTTP 404, File not found",
    ),
    case(
        "fails-in-python",
        pycon(">>> {}['a']\nTraceback (most recent call last):\n  ...\nKeyError: 'a'"),
        expect="failure",
        symptom="^KeyError",
    ),
    case(
        "fails-to-start", service("echo no config; exit 4", ready="127.0.0.1:9"), expect="failure", symptom="no config"
    ),
    case("fails-by-its-time", console("$ sleep 60\n"), timeout="0.3", expect="failure", symptom="took longer than"),
    case("fails-by-ending", console("$ exit 3\n[3]\n$ echo never"), expect="failure", symptom="exit 3"),
)

WRONG = (
    case("drifts", console("$ echo b\na"), state=State.DRIFTED),
    case("drifts-below", console("$ echo a\na\n$ printf 'b\\nc\\n'\nb\nd"), state=State.DRIFTED),
    case("drifts-in-status", console("$ false\n"), state=State.DRIFTED),
    case("drifts-in-python", pycon(">>> 1 + 1\n3"), state=State.DRIFTED),
    case(
        "drifts-over-http",
        service(SERVER, ready=f"{HOME}/"),
        http("GET /gone HTTP/1.1\n\nHTTP/1.1 200 OK", base=HOME),
        state=State.DRIFTED,
    ),
    case("takes-too-long", console("$ sleep 60"), timeout="0.3", state=State.DRIFTED),
    case("service-dies", service("exit 1", ready="127.0.0.1:9"), console("$ echo never\nnever"), state=State.DRIFTED),
    case(
        "service-is-not-ready",
        service("sleep 60", ready="127.0.0.1:9", within="0.3"),
        console("$ echo never\nnever"),
        state=State.DRIFTED,
    ),
    case("ends-early", console("$ exit 4\n[4]\n$ echo never\nnever"), state=State.DRIFTED),
    case("passes", console("$ true\n"), expect="failure", symptom="exit 1", state=State.CONTRADICTED),
    case("fails-otherwise", console("$ (exit 3)\n[3]"), expect="failure", symptom="exit 4", state=State.CONTRADICTED),
    case(
        "fails-over-http-otherwise",
        service(SERVER, ready=f"{HOME}/"),
        http("GET /gone HTTP/1.1\n\nHTTP/1.1 404 ...", base=HOME),
        expect="failure",
        symptom="HTTP 413",
        state=State.CONTRADICTED,
    ),
)
