"""``affidavit explain``: the table of codes, in words."""

import pytest

from affidavit.model.codes import Code


@pytest.mark.parametrize("code", Code, ids=str)
def test_each_code_is_explained(run, code):
    status, out, err = run("explain", code)
    assert (status, err) == (0, "")
    assert out.startswith(f"{code} ({code.severity})\n")
    assert code.value.meaning in out
    assert code.value.advice in out


def test_without_a_code_all_are_listed(run):
    status, out, err = run("explain")
    assert (status, err) == (0, "")
    assert [line.split()[:2] for line in out.splitlines()] == sorted([str(code), str(code.severity)] for code in Code)


@pytest.mark.parametrize("written", ["[affidavit.link-broken]", "affidavit.link-broken", "Link-Broken"])
def test_a_code_may_be_written_as_sphinx_shows_it(run, written):
    assert run("explain", written) == run("explain", "link-broken")


@pytest.mark.parametrize(
    ("written", "told"),
    [("rate-limitet", "Did you mean `rate-limited`?"), ("lock-missin", "Did you mean `lock-missing` or"),
     ("zzz", "Run `affidavit explain` to list all codes.")],
)  # fmt: skip
def test_an_unknown_code_is_wrong_usage(run, written, told):
    status, out, err = run("explain", written)
    assert (status, out) == (2, "")
    assert f"There is no code `{written}`. {told}" in err
