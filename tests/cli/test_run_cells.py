"""Cells, run for real: what a card declares to fail must fail, and a check holds the card against what was recorded."""

import json

import pytest

from affidavit.examples.sandbox import choose
from affidavit.examples.sandbox.sandbox import Unable

CONF = """
extensions = ["affidavit"]
affidavit_online = "never"
affidavit_releases = ["1.0", "2.0"]
affidavit_release = "2.0"
affidavit_environments = {"old": {"release": "1.0"}, "new": {"release": "2.0"}}
"""
PAGE = """
Home
====

.. deployment-feature:: send
   :title: Sending

.. deployment-method:: proxy
   :title: A proxy

   .. stage:: 1.0
      :status: supported

   .. stage:: 2.0
      :status: discouraged

      .. fails:: send
         :symptom: the client sees ``413 Too Large``

.. example:: proxied
   :setup-for: proxy
   :environments: old, new

   .. console::

      $ printf '%s' 201 > answer

.. example:: sending
   :probe: send

   .. console::

      $ cat answer
      201
"""


@pytest.fixture
def folder(tmp_path, require_program):
    require_program("bash", install="apt-get install bash")
    sandbox = choose.choose_sandbox()
    if isinstance(sandbox, Unable):
        pytest.skip(f"{sandbox.reason} {sandbox.advice}")
    (tmp_path / "conf.py").write_text(CONF)
    return tmp_path


def write(folder, answer):
    (folder / "index.rst").write_text(PAGE.replace("'%s' 201", f"'%s' '{answer}'"))


def test_what_a_card_declares_to_fail_must_fail_and_in_that_way(folder, run):
    write(folder, "413 Too Large")
    status, out, _ = run("run", folder, "proxied/sending@new", "--record")
    assert status == 0
    assert "as shown: it fails, as its card declares" in out
    status, out, _ = run("run", folder, "proxied/sending@old")
    assert status == 1
    assert "proxied/sending@old: " in out
    assert "drifted" in out
    write(folder, "201")
    status, out, _ = run("run", folder, "proxied/sending@new")
    assert status == 1
    assert "contradicted: It is documented to fail, and does not." in out


def test_what_fails_as_declared_in_a_shared_start_counts_and_what_fails_otherwise_runs_again(folder, run):
    write(folder, "413 Too Large")
    run("run", folder, "--record")
    proofs = json.loads((folder / "evidence" / "proofs.json").read_text())["proofs"]
    told = {key: each.get("shared", False) for key, each in proofs.items()}
    assert told == {"proxied/new": True, "proxied/old": True, "proxied/sending@new": True, "proxied/sending@old": False}


def test_a_check_holds_cards_against_what_was_recorded(folder, run):
    write(folder, "413 Too Large")
    run("run", folder, "--record")
    _, out, _ = run("check", folder, "--format", "json")
    told = json.loads(out)
    codes = [(each["code"], each["place"]["line"]) for each in told["findings"] if each["severity"] == "error"]
    assert codes == [("feature-fails", PAGE.splitlines().index("   .. stage:: 1.0") + 1)]
    showed = {cell["release"]: (cell["verdict"], cell["state"]) for cell in told["cells"] if cell["feature"]}
    assert showed == {"1.0": ("fails", "drifted"), "2.0": ("fails", "proven")}


SAID = """
.. statement:: sends
   :method: proxy
   :features: send

   What a client sends is created.
"""


def test_a_check_of_statements_alone_holds_them_against_what_was_recorded(folder, run):
    write(folder, "413 Too Large")
    with (folder / "index.rst").open("a") as page:
        page.write(SAID)
    run("run", folder, "--record")
    status, out, _ = run("check", folder, "--only", "statement", "--format", "json")
    told = json.loads(out)
    assert status == 1
    assert [(each["target"], each["verdict"]) for each in told["claims"]] == [("sends", "refuted")]
    assert [each["code"] for each in told["findings"]] == ["statement-contradicted"] * 2
    _, out, _ = run("check", folder, "--only", "statement")
    assert "says of 1.0 that this works, but `sending` under `proxied` in `old`" in " ".join(out.split())
