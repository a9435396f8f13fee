"""Sites whose fragments mean something of their own: one table, which the manual prints. Pure."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Asks(StrEnum):
    """What is done about a fragment; the manual prints these words."""

    PAGE = "only the page is asked for"
    SECTION = "the section is looked for"
    RENDERED = "the section is looked for, also by the name that the host gives to what authors write"
    LINES = "the file itself is asked for, and must have that many lines"
    LINE_IDS = "the first and the last line are looked for"


class Missing(StrEnum):
    """What it means that a page does not have what was looked for."""

    CERTAIN = "it is missing"
    OPEN = "cannot tell: scripts may make it"


class Quirk(Struct, frozen=True):
    """A row of the table: it speaks of addresses whose host, path and fragment all fit.

    ``hosts`` are names, ``*.example.org`` for a domain and all below it, none for any host. ``path`` (without query)
    and ``fragment`` are regular expressions for all of it; empty ones fit anything. In the fragment, the groups
    ``line`` and ``to`` are line numbers. ``raw`` is host and path of the file itself, with the groups of ``path`` and
    ``{host}``; ``line_id`` is the id of a line, with ``{}`` for its number.
    """

    name: str
    hosts: tuple[str, ...]
    path: str
    fragment: str
    asks: Asks
    missing: Missing
    why: str
    raw: str = ""
    line_id: str = ""


_LINES = r"L(?P<line>[0-9]+)(?:C[0-9]+)?(?:-L?(?P<to>[0-9]+)(?:C[0-9]+)?)?"
_NO_PAGE = r"(?!(?:.*&)?page=0*[1-9])"
_FORGES = ("codeberg.org", "opendev.org", "gitea.com")
_STACK = ("stackoverflow.com", "*.stackexchange.com", "serverfault.com", "superuser.com", "askubuntu.com")
_APPLICATIONS = (
    "docs.google.com", "drive.google.com", "groups.google.com", "sites.google.com", "colab.research.google.com",
    "*.notion.site", "*.notion.so", "discord.com", "crates.io", "hub.docker.com", "quay.io", "registry.terraform.io",
    "artifacthub.io", "developer.apple.com", "*.atlassian.net", "*.slack.com", "*.sharepoint.com", "www.figma.com",
    "miro.com", "trello.com", "airtable.com", "bitbucket.org", "source.chromium.org", "cs.opensource.google",
    "searchfox.org", "www.youtube.com", "x.com", "twitter.com", "www.facebook.com", "www.linkedin.com",
    "www.reddit.com",
)  # fmt: skip

QUIRKS = (
    Quirk(
        "route of a page's own script",
        (),
        "",
        r"(?:!|%21|/|%2F|\?).*",
        Asks.PAGE,
        Missing.OPEN,
        "Single-page applications keep addresses of their own behind #/ and #!, and JSON pointers look the same.",
    ),
    Quirk(
        "state of a viewer",
        (),
        "",
        _NO_PAGE
        + r"(?:.*&)?(?:nameddest|zoom|view|viewrect|toolbar|statusbar|messages|navpanes|pagemode|search|highlight"
        r"|fdf|comment|collab|t|xywh|track)=.*",
        Asks.PAGE,
        Missing.OPEN,
        "Viewers of PDF (RFC 8118, 3) and of media (W3C Media Fragments) take parameters there.",
    ),
    Quirk(
        "lines of a file on GitHub",
        ("github.com",),
        r"/(?P<repository>[^/]+/[^/]+)/(?:blob|blame)/(?P<file>.+)",
        _LINES,
        Asks.LINES,
        Missing.CERTAIN,
        "Scripts number the lines.",
        raw="raw.githubusercontent.com/{repository}/{file}",
    ),
    Quirk(
        "tabs of a repository on GitHub",
        ("github.com",),
        r"/[^/]+/[^/]+(?:/tree/.+)?/?",
        r"readme|files|.+-ov-file",
        Asks.PAGE,
        Missing.OPEN,
        "Scripts make the tabs.",
    ),
    Quirk(
        "threads and differences on GitHub",
        ("github.com",),
        r"/[^/]+/[^/]+/(?:pull|issues|commit|compare|discussions|actions|projects|security)(?:/.*)?",
        "",
        Asks.SECTION,
        Missing.OPEN,
        "Scripts load what does not fit on a page at first.",
    ),
    Quirk(
        "texts on GitHub",
        ("github.com", "gist.github.com"),
        "",
        "",
        Asks.RENDERED,
        Missing.CERTAIN,
        "Ids of what authors write stand behind `user-content-`, at times only in the data of a script.",
    ),
    Quirk(
        "lines of a file on GitLab",
        (),
        r"/(?P<repository>.+?)/-/(?:blob|blame)/(?P<file>.+)",
        _LINES,
        Asks.LINES,
        Missing.CERTAIN,
        "Scripts load the file.",
        raw="{host}/{repository}/-/raw/{file}",
    ),
    Quirk(
        "texts on GitLab",
        (),
        r"/.+/-/(?:blob|tree|wikis|issues|merge_requests|work_items)/.+",
        "",
        Asks.RENDERED,
        Missing.OPEN,
        "Scripts load files and threads.",
    ),
    Quirk(
        "texts on GitLab.com",
        ("gitlab.com",),
        "",
        "",
        Asks.RENDERED,
        Missing.OPEN,
        "Scripts load the README.",
    ),
    Quirk(
        "lines of a file on Gitea and Forgejo",
        (),
        r"/(?P<repository>.+?)/(?:src|blame)/(?P<file>(?:branch|tag|commit)/.+)",
        _LINES,
        Asks.LINES,
        Missing.CERTAIN,
        "Where a file is large or is shown as a text, its page has no lines.",
        raw="{host}/{repository}/raw/{file}",
    ),
    Quirk(
        "texts on Gitea and Forgejo",
        (),
        r"/.+?/src/(?:branch|tag|commit)/.+",
        "",
        Asks.RENDERED,
        Missing.CERTAIN,
        "Ids of headings stand behind `user-content-`.",
    ),
    Quirk(
        "texts on known Gitea and Forgejo hosts",
        _FORGES,
        "",
        "",
        Asks.RENDERED,
        Missing.CERTAIN,
        "Ids of headings stand behind `user-content-`.",
    ),
    Quirk(
        "lines of a file on Bitbucket",
        ("bitbucket.org",),
        r"/(?P<repository>[^/]+/[^/]+)/src/(?P<file>.+)",
        r"(?:.*-)?(?:lines-)?(?P<line>[0-9]+)(?:[:,](?P<to>[0-9]+))*",
        Asks.LINES,
        Missing.CERTAIN,
        "Scripts load the file.",
        raw="{host}/{repository}/raw/{file}",
    ),
    Quirk(
        "lines of a file on SourceHut",
        ("git.sr.ht", "hg.sr.ht"),
        "",
        r"L(?P<line>[0-9]+)-L?(?P<to>[0-9]+)",
        Asks.LINE_IDS,
        Missing.CERTAIN,
        "Each line has an id; scripts mark the range.",
        line_id="L{}",
    ),
    Quirk(
        "lines of source code in rustdoc",
        (),
        r".*/src/.+\.rs\.html",
        r"(?P<line>[0-9]+)-(?P<to>[0-9]+)",
        Asks.LINE_IDS,
        Missing.CERTAIN,
        "Each line has an id; scripts mark the range.",
        line_id="{}",
    ),
    Quirk(
        "packages on npm",
        ("www.npmjs.com",),
        "",
        "",
        Asks.RENDERED,
        Missing.OPEN,
        "Scripts show the README.",
    ),
    Quirk(
        "answers and comments on Stack Exchange",
        _STACK,
        "",
        r"comment[0-9]+_[0-9]+|[0-9]+",
        Asks.SECTION,
        Missing.OPEN,
        "Answers go over several pages, and scripts load most of the comments.",
    ),
    Quirk(
        "tabs on Microsoft Learn",
        ("learn.microsoft.com",),
        "",
        r"tab(?:/|%2F).+",
        Asks.PAGE,
        Missing.OPEN,
        "Scripts choose the tab.",
    ),
    Quirk(
        "applications",
        _APPLICATIONS,
        "",
        "",
        Asks.SECTION,
        Missing.OPEN,
        "Scripts make the page.",
    ),
    Quirk(
        "state of a page's own script",
        (),
        "",
        _NO_PAGE + r"[\w.-]+=.*",
        Asks.SECTION,
        Missing.OPEN,
        "A name with a value is rarely an id; maps, players and searches keep their state so.",
    ),
)
"""The first row that fits an address decides; what no row speaks of is looked for, and is missing where it is not."""
