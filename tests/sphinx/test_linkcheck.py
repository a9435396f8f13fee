"""The link check where it is told apart from Sphinx's: what it asks, what it refuses, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import trustme
from sphinx.builders.linkcheck import CheckExternalLinksBuilder
from sphinx.errors import ConfigError
from tests.sphinx.linkcheck_web import serve

from affidavit.links.names import WELL_KNOWN
from affidavit.sphinx.linkcheck import LinkcheckBuilder

PAGE = "Page\n====\n\n"


@pytest.fixture
def web():
    with serve() as web:
        yield web


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


def check(site, *urls):
    """Check a page with some links; return the lines of the outcome, the exit status and what was built."""
    site.write("index.rst", PAGE + "\n\n".join(f"`link <{url}>`__" for url in urls))
    with site.application("linkcheck") as app:
        app.build()
        lines = (Path(app.outdir) / "output.json").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines], app.statuscode, app._warning.getvalue()  # noqa: SLF001 -- see Site


def statuses(lines):
    return [line["status"] for line in lines]


def test_a_page_is_asked_for_once_with_all_its_anchors(site, web):
    lines, status, _ = check(site, *(web.url(f"/page{anchor}") for anchor in ("", "#here", "#named", "#missing")))
    assert statuses(lines) == ["working", "working", "working", "broken"]
    assert status == 1
    assert web.asked == {"/page": 1}


@pytest.mark.parametrize("attempts", [1, 2, 3])
def test_more_attempts_at_a_missing_anchor_change_nothing_of_the_others(site, web, attempts):
    site.conf(linkcheck_retries=attempts)
    lines, status, _ = check(site, *(web.url(f"/page{anchor}") for anchor in ("", "#here", "#missing", "#named")))
    assert statuses(lines) == ["working", "working", "broken", "working"]
    assert (status, web.asked["/page"]) == (1, attempts)


def test_what_was_fine_stays_so_where_a_later_attempt_fails(site, web):
    site.conf(linkcheck_retries=2)
    lines, _, _ = check(site, *(web.url(f"/page-once{anchor}") for anchor in ("#here", "#missing")))
    assert statuses(lines) == ["working", "broken"]
    assert web.asked["/page-once"] == 2


@pytest.mark.parametrize(
    ("timeout", "expected"), [("(5, 1)", "timeout"), ("(1, 5)", "working"), ("5", "working"), ("1", "timeout")]
)
def test_a_pair_of_times_bounds_the_connection_and_the_answer(site, web, timeout, expected):
    site.write("conf.py", f"extensions = ['affidavit']\nlinkcheck_timeout = {timeout}\n")
    lines, _, _ = check(site, web.url("/slow"))
    assert statuses(lines) == [expected]


def test_a_route_is_no_anchor_even_where_none_is_ignored(site, web):
    site.conf(linkcheck_anchors_ignore=[])
    lines, _, _ = check(site, web.url("/page#!route"), web.url("/page#/route"))
    assert statuses(lines) == ["working", "working"]


def test_the_builder_asks_although_builds_do_not(site, web):
    site.conf(affidavit_online="never")
    check(site, web.url("/ok"))
    assert web.asked == {"/ok": 1}


def test_nothing_is_asked_besides_the_links(site, web):
    site.conf(affidavit_online="auto")
    site.write("index.rst", f"{PAGE}.. glossary::\n\n   term\n      {web.url('/ok')}\n")
    site.build("linkcheck")
    assert web.asked == {"/ok": 1}


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_are_requests_under_way(site, web, workers):
    site.conf(linkcheck_workers=workers)
    check(site, *(web.url(f"/wait?{number}") for number in range(8)))
    assert 1 <= web.most_waiting <= workers


def test_without_a_setting_as_many_are_under_way_as_the_engine_thinks_fit(site, web):
    check(site, *(web.url(f"/wait?{number}") for number in range(12)))
    assert web.most_waiting > 1


@pytest.mark.parametrize(("setting", "agent"), [(None, "Affidavit/"), ("A browser", "A browser")])
def test_the_user_agent(site, web, setting, agent):
    site.conf(user_agent=setting)
    check(site, web.url("/ok"))
    assert web.heads[0][1]["user-agent"].startswith(agent)


def test_headers_of_one_server_go_to_no_other(site, web):
    headers = {web.url(): {"X-Token": "token", "Authorization": "secret", "Cookie": "secret"}}
    site.conf(linkcheck_request_headers=headers, linkcheck_auth=[(".*", ("user", "secret"))])
    lines, _, _ = check(site, web.url("/to-host"))
    assert statuses(lines) == ["redirected"]
    first, second = (head for _, head in web.heads)
    assert (first["x-token"], first["host"][:9]) == ("token", "127.0.0.1")
    assert second["host"].startswith("localhost")
    assert not {"x-token", "authorization", "cookie"}.intersection(second)


def test_a_setting_leaves_the_builder_to_sphinx(site):
    site.write("index.rst", PAGE)
    for value, kind in ((False, CheckExternalLinksBuilder), (True, LinkcheckBuilder), (None, LinkcheckBuilder)):
        site.conf(affidavit_linkcheck=value)
        with site.application("linkcheck") as app:
            assert type(app.builder) is kind


def test_a_setting_that_is_no_switch_is_told(site):
    site.conf(affidavit_linkcheck="sometimes")
    site.write("index.rst", PAGE)
    assert site.build("dummy").codes == ["setting-invalid"]


def test_authorities_may_be_paths_as_python_has_them(site):
    authority = site.write("ca.pem", trustme.CA().cert_pem.bytes().decode())
    site.conf()
    with (site.src / "conf.py").open("a") as conf:
        conf.write(f"\nfrom pathlib import Path\ntls_cacerts = {{'a.example': Path({str(authority)!r})}}\n")
    site.write("index.rst", PAGE)
    assert site.build("dummy").codes == []


@pytest.mark.parametrize("value", ["no/such.pem", {"a.example": "no/such.pem", "b.example": "conf.py"}])
@pytest.mark.parametrize("builder", ["dummy", "linkcheck"])
def test_authorities_that_are_not_there_are_told(site, builder, value):
    site.conf(tls_cacerts=value)
    site.write("index.rst", PAGE)
    built = site.build(builder)
    assert built.codes == ["setting-invalid"]
    assert "and `no/such.pem` is not." in built.warnings[0]


def test_private_addresses_are_refused_where_a_setting_says_so(site, web):
    site.conf(affidavit_allow_private=False)
    lines, status, _ = check(site, web.url("/ok"))
    assert statuses(lines) == ["ignored"]
    assert "affidavit_allow_private" in lines[0]["info"]
    assert (status, web.asked) == (0, {})


def test_a_setting_of_private_addresses_that_is_wrong_is_told_and_changes_nothing(site, web):
    site.conf(affidavit_allow_private="x")
    lines, _, told = check(site, web.url("/ok"))
    assert "`affidavit_allow_private` must be True, False, or a list" in told
    assert statuses(lines) == ["working"]


@pytest.fixture
def closed():
    """Return the address of a port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"http://127.0.0.1:{taken.getsockname()[1]}/"


def names(monkeypatch, known):
    """Let the system know some names only; return the list of those that it is asked for."""
    asked = []

    def look_up(host):
        asked.append(host)
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "not known")

    monkeypatch.setattr("affidavit.sphinx.linkcheck_asking.look_up", look_up)
    return asked


def test_without_a_network_nothing_is_broken_and_nothing_is_fine(site, closed, monkeypatch):
    names(monkeypatch, known=())
    lines, status, warnings = check(site, closed, f"{closed}other", "index.rst")
    assert statuses(lines) == ["unchecked", "unchecked", "working"]
    assert {line["info"] for line in lines} == {"there is no network", ""}
    assert warnings.count("no network") == 1
    assert status == 1


@pytest.mark.parametrize("known", [(), WELL_KNOWN])
def test_a_proxy_that_is_down_is_named(site, monkeypatch, known):
    names(monkeypatch, known=known)
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    lines, status, warnings = check(site, "http://docs.example/", "http://other.example/")
    assert statuses(lines) == ["unchecked", "unchecked"]
    assert all("the proxy that the environment names" in line["info"] for line in lines)
    assert "No link was checked: the proxy that the environment names cannot be reached." in warnings
    assert status == 1


def test_what_is_nothing_to_check_is_told_once(site, web):
    lines, _, _ = check(site, "mailto:a@b.example", web.url("/ok"), "mailto:a@b.example", web.url("/ok"))
    assert [(line["status"], line["lineno"]) for line in lines] == [("unchecked", 4), ("working", 6), ("working", 10)]


def test_without_a_network_every_place_is_told(site, closed, monkeypatch):
    names(monkeypatch, known=())
    lines, _, _ = check(site, closed, closed)
    assert [(line["status"], line["lineno"]) for line in lines] == [("unchecked", 4), ("unchecked", 6)]


def test_a_dead_host_alone_is_broken_where_there_is_a_network(site, closed, monkeypatch):
    names(monkeypatch, known=WELL_KNOWN)
    lines, status, warnings = check(site, closed)
    assert (statuses(lines), status, warnings) == (["broken"], 1, "")


def test_all_links_of_a_dead_host_are_told_alike(site, web, closed):
    lines, _, _ = check(site, web.url("/ok"), *(f"{closed}{number}" for number in range(20)))
    assert statuses(lines) == ["working"] + ["broken"] * 20
    assert len({line["info"] for line in lines[1:]}) == 1


def test_who_refuses_some_pages_is_asked_for_all_others(site, web):
    limited = [web.url(f"/limited-for-long?{number}") for number in range(12)]
    lines, status, _ = check(site, *limited, web.url("/ok"), web.url("/missing"))
    assert statuses(lines) == ["broken"] * 12 + ["working", "broken"]
    assert status == 1
    assert {*web.asked} == {"/limited-for-long", "/ok", "/missing"}


def test_few_workers_that_meet_dead_hosts_at_first_ask_on(site, web, closed, monkeypatch):
    names(monkeypatch, known=())
    site.conf(linkcheck_workers=1)
    lines, _, _ = check(site, *(f"{closed}{number}" for number in range(3)), web.url("/ok"), web.url("/missing"))
    assert statuses(lines) == ["broken"] * 3 + ["working", "broken"]


def test_without_a_network_few_workers_give_up_as_well(site, closed, monkeypatch):
    looked_up = names(monkeypatch, known=())
    site.conf(linkcheck_workers=1)
    monkeypatch.setattr("affidavit.sphinx.linkcheck_asking._ENOUGH", 3)
    lines, _, _ = check(site, *(f"{closed[:-1].replace('0.0.1', f'0.0.{host}')}/" for host in range(2, 12)))
    assert statuses(lines) == ["unchecked"] * 10
    assert len(looked_up) == 2 * len(WELL_KNOWN)  # when it gives up, and at the end


WRONG = {
    "an object": ({"linkcheck_auth": "[('.*', object())]"}, "builtins.object"),
    "a function": ({"linkcheck_auth": "[('.*', print)]"}, "builtin_function_or_method"),
    "no pair": ({"linkcheck_auth": "['.*']"}, "Entry 1 of `linkcheck_auth`"),
    "no pattern": ({"linkcheck_ignore": "['(']"}, "`linkcheck_ignore` holds '('"),
    "no attempt": ({"linkcheck_retries": "0"}, "`linkcheck_retries` is 0"),
    "no worker": ({"linkcheck_workers": "0"}, "`linkcheck_workers` is 0"),
    "no time": ({"linkcheck_timeout": "0"}, "`linkcheck_timeout` has 0"),
    "no time for an answer": ({"linkcheck_timeout": "(1, 'long')"}, "`linkcheck_timeout` has 'long'"),
    "no pause": ({"linkcheck_rate_limit_timeout": "'x'"}, "`linkcheck_rate_limit_timeout` is 'x', which is no"),
    "no number at all": ({"linkcheck_rate_limit_timeout": "float('nan')"}, "`linkcheck_rate_limit_timeout` is nan"),
    "less than no pause": ({"linkcheck_rate_limit_timeout": "-1"}, "`linkcheck_rate_limit_timeout` is -1"),
    "too many times": ({"linkcheck_timeout": "(1, 2, 3)"}, "`linkcheck_timeout` has (1, 2, 3)"),
    "no list": ({"linkcheck_ignore": "None"}, "`linkcheck_ignore` is None, which is no list"),
    "no credentials": ({"linkcheck_auth": "3"}, "`linkcheck_auth` is 3, which is no list"),
    "no headers": ({"linkcheck_request_headers": "None"}, "`linkcheck_request_headers` is None, which is no dict"),
    "no fields": ({"linkcheck_request_headers": "{'*': 'x'}"}, "`linkcheck_request_headers` is {'*': 'x'}, which is"),
    "no text": ({"linkcheck_anchors_ignore": "[3]"}, "`linkcheck_anchors_ignore` holds 3"),
}


@pytest.mark.parametrize(("settings", "told"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_honoured_is_told_before_anything_is_read(site, settings, told):
    lines = [f"{name} = {value}" for name, value in settings.items()]
    site.write("conf.py", "\n".join(["extensions = ['affidavit']", *lines]))
    with pytest.raises(ConfigError, match=r"conf\.py") as failed, site.application("linkcheck"):
        pass
    assert told in str(failed.value)


@pytest.mark.parametrize("settings", [{"user_agent": 3}, {"tls_cacerts": 3}], ids=str)
def test_what_is_told_as_wrong_is_not_asked_with(site, web, settings):
    site.conf(**settings)
    site.write("index.rst", PAGE + web.url("/ok"))
    built = site.build("linkcheck")
    assert built.codes == ["setting-invalid"]
    assert web.heads[0][1]["user-agent"].startswith("Affidavit/")


def test_what_another_extension_sets_counts(site, web):
    setup = (
        "def setup(app):\n    app.connect('config-inited', lambda app, config: setattr(config, 'linkcheck_workers', 1))"
    )
    site.write("conf.py", f"extensions = ['affidavit']\n{setup}\n")
    check(site, *(web.url(f"/wait?{number}") for number in range(4)))
    assert web.most_waiting == 1


def test_a_file_in_the_way_is_told(site, web):
    (site.folder / "linkcheck" / "output.json").mkdir(parents=True)
    site.write("index.rst", PAGE + web.url("/ok"))
    built = site.run(builder="linkcheck")
    assert any("output.json` cannot be written" in line for line in built.warnings)


def test_links_that_other_collectors_find_are_checked(site, web):
    site.write(
        "conf.py",
        f"""
        from docutils import nodes
        from sphinx.builders.linkcheck import HyperlinkCollector

        extensions = ["affidavit"]

        class Titles(HyperlinkCollector):
            def find_uri(self, node):
                return {web.url("/missing")!r} if isinstance(node, nodes.title) else None

        def setup(app):
            app.add_post_transform(Titles)
        """,
    )
    site.write("index.rst", PAGE + web.url("/ok"))
    built = site.run(builder="linkcheck")
    told = [json.loads(line) for line in built.text("output.json").splitlines()]
    assert [(each["uri"], each["status"]) for each in told] == [
        (web.url("/missing"), "broken"),
        (web.url("/ok"), "working"),
    ]


def test_an_interrupt_leaves_what_is_known(site, web):
    site.write("index.rst", f"{PAGE}{web.url('/ok')} {web.url('/never')} {web.url('/missing')}")
    out = site.folder / "linkcheck"
    command = [sys.executable, "-m", "sphinx", "-b", "linkcheck", str(site.src), str(out)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not {"/ok", "/never", "/missing"} <= set(web.asked):
        assert process.poll() is None
        time.sleep(0.05)
    time.sleep(0.5)  # for the answers to arrive; without them the check below fails
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    told = [json.loads(line)["uri"] for line in (out / "output.json").read_text(encoding="utf-8").splitlines()]
    assert told == [web.url("/missing"), web.url("/ok")]
    assert process.returncode != 0
