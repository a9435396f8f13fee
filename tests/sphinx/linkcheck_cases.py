"""What both link checks are to say, link by link, and the settings under which they are asked.

In a link {web} stands for the server that most pages have, {name} for the same under another name, {port} for its port,
and {closed} for a port where nobody listens.
"""

WORKING, BROKEN, IGNORED, REDIRECTED = "working", "broken", "ignored", "redirected"
TIMEOUT, UNCHECKED = "timeout", "unchecked"

DEFAULTS = {
    "{web}/ok": WORKING,
    "{web}": WORKING,
    "{web}/ok?x=1&y=%20": WORKING,
    "{web}/empty": WORKING,
    "{web}/odd": WORKING,
    "{web}/bad": BROKEN,
    "{web}/missing": BROKEN,
    "{web}/gone": BROKEN,
    "{web}/unauthorized": BROKEN,
    "{web}/forbidden": BROKEN,
    "{web}/teapot": BROKEN,
    "{web}/failed": BROKEN,
    "{web}/gateway": BROKEN,
    "{web}/unavailable": IGNORED,
    "{web}/limited": BROKEN,
    "{web}/limited-once": WORKING,
    "{web}/moved": (REDIRECTED, 301),
    "{web}/found": (REDIRECTED, 302),
    "{web}/other": (REDIRECTED, 303),
    "{web}/temporary": (REDIRECTED, 307),
    "{web}/permanent": (REDIRECTED, 308),
    "{web}/chain": (REDIRECTED, 301),
    "{web}/chain-other": (REDIRECTED, 302),
    "{web}/loop": BROKEN,
    "{web}/hop-30": (REDIRECTED, 302),
    "{web}/hop-31": BROKEN,
    "{web}/ring": BROKEN,
    "{web}/to-missing": BROKEN,
    "{web}/to-host": (REDIRECTED, 301),
    "{web}/to-relative": (REDIRECTED, 302),
    "{web}/to-section": (REDIRECTED, 302),
    "{web}/to-mail": BROKEN,
    "{web}/to-slash": WORKING,
    "{web}/nowhere": WORKING,
    "{web}/choices": WORKING,
    "{web}/unchanged": WORKING,
    "{web}/cookie": WORKING,
    "{web}/page#here": WORKING,
    "{web}/page#named": WORKING,
    "{web}/page#%C3%A9%26": WORKING,
    "{web}/page#missing": BROKEN,
    "{web}/page#mis%20sing": BROKEN,
    "{web}/page#in-comment": BROKEN,
    "{web}/page#!ignored": WORKING,
    "{web}/page#": WORKING,
    "{web}/redirected-page#here": (REDIRECTED, 302),
    "{web}/redirected-page#missing": BROKEN,
    "{web}/missing#here": BROKEN,
    "{web}/get-only": WORKING,
    "{web}/head-misses": WORKING,
    "{web}/slow": TIMEOUT,
    "{web}/hang-up": BROKEN,
    "{web}/\u00fc": WORKING,
    "http://127.0.0.1:{closed}/": BROKEN,
    "http://": BROKEN,
    "ftp://ftp.example/file": UNCHECKED,
    "//host.example/file": UNCHECKED,
    "mailto:nobody@example.org": UNCHECKED,
    "tel:+123": UNCHECKED,
    "conf.py": WORKING,
    "missing.txt": BROKEN,
    "news:group": BROKEN,
    "#": UNCHECKED,
}
SETTINGS = {
    "{web}/ok": WORKING,
    "{web}/ignored": IGNORED,
    "{web}/to-ignored": (IGNORED, 302),
    "{web}/moved": (REDIRECTED, 301),
    "{web}/to-allowed": WORKING,
    "{web}/upper": (REDIRECTED, 301),
    "{web}/to-slash": WORKING,
    "{web}/page#missing": WORKING,
    "{web}/unauthorized": WORKING,
    "{web}/slow": BROKEN,
    "{web}/basic": WORKING,
    "{web}/basic-moved": (REDIRECTED, 302),
    "{web}/basic-object": WORKING,
    "{web}/token": WORKING,
    "{name}/own-token": WORKING,
    "{web}/failed-once": WORKING,
    "{web}/rewritten": WORKING,
    "mailto:nobody@example.org": UNCHECKED,
}
ANCHORS = {
    "{web}/page#missing": WORKING,
    "{web}/page#missing-too": BROKEN,
    "{web}/page?free#missing": WORKING,
    "{web}/ok#none": BROKEN,
    "{web}/upper": WORKING,
}


LOGGED = ["ok", "moved", "chain", "temporary", "unavailable", "missing", "failed"]
"""What is told of in the log, and by what kind of line."""

DIFFERENCES = {
    "{web}/head-lies": (WORKING, BROKEN, "readers send GET, not HEAD, and get a 404"),
    "{web}/page#top": (BROKEN, WORKING, "the top is on any page (HTML, 7.4.6.4)"),
    "{web}/page#:~:text=Here": (BROKEN, WORKING, "these are words, not the name of an element, and the page has them"),
    "{web}/page#viewport": (WORKING, BROKEN, "browsers go to the name of a link target alone, not of a meta element"),
    "{web}/to-section#missing": (BROKEN, REDIRECTED, "the section that a redirect names takes the place of the link's"),
    "{web}/app#section": (
        BROKEN,
        IGNORED,
        "scripts make the page, so that its sections cannot be seen without a browser",
    ),
    "{web}/text#section": (BROKEN, IGNORED, "a text has no sections in which one could be looked for"),
    "{web}/a|b": (REDIRECTED, WORKING, "the server redirects nobody: it is asked for the same in another spelling"),
    "HTTP://127.0.0.1:{port}/ok": (BROKEN, WORKING, "a scheme means the same in capitals; it is no name of a file"),
}
"""What Sphinx says, what ours says, and why they differ on purpose."""

LITTLE_PATIENCE = "linkcheck_timeout = 1\nlinkcheck_rate_limit_timeout = 4\n"

MANY_SETTINGS = """
from requests.auth import HTTPBasicAuth

linkcheck_timeout = 1
linkcheck_ignore = [r"{web}/ignored"]
linkcheck_exclude_documents = [r"oth.*"]
linkcheck_allowed_redirects = {r"{web}/to-allowed": r".*/allowed$", r"broken(": "."}
linkcheck_auth = [
    (r"{web}/basic-object", HTTPBasicAuth("user", "secret")), (r"{web}/basic", ("user", "secret")), (r"{web}/ok", None),
]
linkcheck_request_headers = {
    "{web}": {"X-Token": "of the server"},
    "{name}/own-token": {"X-Token": "of the page"},
    "*": {"X-Token": "of anybody"},
}
linkcheck_anchors = False
linkcheck_allow_unauthorized = True
linkcheck_report_timeouts_as_broken = True
linkcheck_retries = 2
linkcheck_workers = 2
user_agent = "A browser"

def rewrite(app, uri):
    print(f"process {uri}")
    return uri.replace("/as-written", "/rewritten") if uri.endswith("/as-written") else None

def setup(app):
    app.connect("linkcheck-process-uri", rewrite)
"""
SOME_ANCHORS = """
linkcheck_anchors_ignore = ["^missing$"]
linkcheck_anchors_ignore_for_url = [r".*\\?free"]
linkcheck_case_insensitive_urls = [r".*/upper"]
"""
