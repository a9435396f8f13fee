"""What can be said of links and of the glossary."""

from __future__ import annotations

from affidavit.model.severity import error, info

TERM_WITHOUT_REFERENCE = error(
    "term-without-reference",
    "A glossary entry links to no page that readers could check it against.",
    "Add at least one http or https link to the entry.",
)

URL_MALFORMED = error(
    "url-malformed",
    "The address of a link is not a URL that could be asked.",
    "Correct the address; it needs a host name and no blanks.",
)

URL_SCHEME = error(
    "url-scheme",
    "A glossary entry links to something that is neither http nor https.",
    "Link to a page that every reader can open.",
)

URL_DUPLICATE = info(
    "url-duplicate",
    "Two glossary terms link to one URL.",
    "Look whether one of the two means another page.",
)

URL_INSECURE = info(
    "url-insecure",
    "A link says http where the same host is linked with https elsewhere.",
    "Write https if the page answers there.",
)

LINK_BROKEN = error(
    "link-broken",
    "The page behind a link is not there.",
    "Link to the page's present address, or remove the link.",
)

LINK_UNABLE = info(
    "link-unable",
    "Whether a link holds could not be told: the server asks for credentials, limits requests, or failed.",
    "Nothing, unless it stays so; then open the link by hand.",
)

ADDRESS_REFUSED = info(
    "address-refused",
    "A link leads, by itself, by its host's name or by a redirect, to an address that is not of the open web.",
    "If this machine may ask there, name the host in `affidavit_allow_private`, or use `--allow-private`.",
)

LINK_MOVED = info(
    "link-moved",
    "A link is redirected for good: its page has a new address.",
    "Write the new address, or let `affidavit fix` write it.",
)

ANCHOR_MISSING = error(
    "anchor-missing",
    "The page behind a link is there, but it has no such section, line or page, or lacks the words that are linked.",
    "Link to a section that the page has, or to the page as a whole.",
)

SOFT_404 = error(
    "soft-404",
    "A server answers that all is well, but its page says that it is not there, or is the site's front page.",
    "Link to the page's present address, or remove the link.",
)

RATE_LIMITED = info(
    "rate-limited",
    "Whether a link holds could not be told: its server limits how often it is asked.",
    "Check again later, or set a `pace` for the host in `affidavit_hosts`.",
)

TERM_UNMENTIONED = info(
    "term-unmentioned",
    "A page that a glossary entry links to does not speak of the term.",
    "Link to a page that explains the term, or name its other words in `affidavit_synonyms`.",
)
