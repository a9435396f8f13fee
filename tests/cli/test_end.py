"""The end of the command: at once, and yet nothing that was to be done by then is left out."""

import pytest

END = """
import atexit, sys, threading, time
atexit.register(print, "at the end")
{before}
from affidavit import __main__
status = __main__.run()
print("returned")
sys.exit(status)
"""
THREAD = "threading.Thread(target=lambda: (time.sleep(1), print('a thread'))).start()"


@pytest.mark.parametrize(
    ("before", "said"),
    [("", ["at the end"]),
     (THREAD, ["returned", "a thread", "at the end"]),
     ("sys.setprofile(lambda *_: None)", ["returned", "at the end"]),
     ("sys.settrace(lambda *_: None)", ["returned", "at the end"])],
)  # fmt: skip
def test_what_others_want_done_at_the_end_is_done(start, before, said):
    process = start("explain", "link-broken", program=("-c", END.format(before=before)))
    out, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert out.startswith("link-broken")
    assert out.splitlines()[-len(said) :] == said
    assert ("returned" in out.splitlines()) is ("returned" in said)


def test_the_status_is_that_of_the_command(start):
    process = start("explain", "no-such-code")
    assert process.communicate()[1].startswith("affidavit: ")
    assert process.returncode == 2
