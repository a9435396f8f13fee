"""What asking a URL can come to: facts, without a word on whether they are good or bad. Pure."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Trouble(StrEnum):
    """Why a URL gave no status, from the first step of asking to the last."""

    URL_UNUSABLE = "url-unusable"
    NOT_ASKED = "not-asked"
    HOST_GIVEN_UP = "host-given-up"
    RATE_LIMITED = "rate-limited"
    NAME_UNKNOWN = "name-unknown"
    NAME_UNSURE = "name-unsure"
    NETWORK_CLOSED = "network-closed"
    ADDRESS_REFUSED = "address-refused"
    NOT_CONNECTED = "not-connected"
    CONNECT_TIMEOUT = "connect-timeout"
    PROXY_FAILED = "proxy-failed"
    PROXY_UNREACHABLE = "proxy-unreachable"
    TLS_FAILED = "tls-failed"
    NO_AUTHORITIES = "no-authorities"
    CERTIFICATE_INVALID = "certificate-invalid"
    CERTIFICATE_UNVERIFIED = "certificate-unverified"
    ANSWER_TIMEOUT = "answer-timeout"
    HEAD_TOO_LARGE = "head-too-large"
    CUT_OFF = "cut-off"
    GARBLED = "garbled"
    REDIRECT_UNUSABLE = "redirect-unusable"
    REDIRECT_STOPPED = "redirect-stopped"
    TOO_MANY_REDIRECTS = "too-many-redirects"
    OTHER = "other"


_AFTER_MEETING_A_SERVER = frozenset(
    {
        Trouble.PROXY_FAILED,
        Trouble.TLS_FAILED,
        Trouble.NO_AUTHORITIES,
        Trouble.CERTIFICATE_INVALID,
        Trouble.CERTIFICATE_UNVERIFIED,
        Trouble.ANSWER_TIMEOUT,
        Trouble.HEAD_TOO_LARGE,
        Trouble.CUT_OFF,
        Trouble.GARBLED,
        Trouble.REDIRECT_UNUSABLE,
        Trouble.REDIRECT_STOPPED,
        Trouble.TOO_MANY_REDIRECTS,
    }
)


GIVEN_UP = frozenset({Trouble.HOST_GIVEN_UP, Trouble.RATE_LIMITED})
"""What is said of addresses that were not asked any more, since others of their host came to nothing."""

_NOTHING_WENT_OUT = GIVEN_UP | {Trouble.URL_UNUSABLE, Trouble.NOT_ASKED, Trouble.ADDRESS_REFUSED}
"""A refused address may have been looked up, but that shows no network, nor the lack of one."""


class PageSeen(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was read of the page itself, as far as it was read.

    ``media`` is its type without parameters, such as ``text/html``. ``title`` is what its title says, ``heading`` what
    its first heading of the highest rank does, both on one line and cut where they are long; of a page without headings
    that has but a few words, ``heading`` has all of them. ``words`` counts the words that readers see without
    JavaScript, up to some bound, or has at least as many as it says. ``present`` and ``absent`` are the marks that were
    looked for (as :class:`~affidavit.links.marks.Mark` writes itself), sorted, none of them in both. ``whole`` tells
    that all of the page was read, or at least all that any mark could stand in; ``scripted`` that scripts make it.
    ``text`` is what a page without scripts and with a few words only has for its readers, a line for each block, where
    it may say that it is another page than the one that was meant.
    """

    media: str = ""
    title: str = ""
    heading: str = ""
    words: int = 0
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    whole: bool = False
    scripted: bool = False
    text: str = ""


class Answered(Struct, frozen=True, tag="answered", omit_defaults=True, forbid_unknown_fields=True):
    """A URL was asked, and after ``redirects`` redirects the URL ``final`` gave a status.

    Both URLs are as they went over the wire: ASCII, without a fragment. ``moved_to`` is where the permanent redirects
    at the beginning of the chain lead (RFC 9110, 15.4: 301 and 308), with the fragment that they name if any; empty
    where there are none. ``fragment`` is that of the last redirect which named one: it takes the place of the link's
    own (RFC 9110, 10.2.2). ``redirected_by`` is the status of the last redirect, 0 where there was none.
    ``retry_after`` is the time in seconds that the server wants to be left alone for, 0 where it does not say.
    ``hints`` are lines of the head, lower case, by which walls against programs are known.
    """

    url: str
    final: str
    status: int
    redirects: int
    moved_to: str = ""
    fragment: str = ""
    retry_after: int = 0
    hints: tuple[str, ...] = ()
    page: PageSeen = PageSeen()
    redirected_by: int = 0

    @property
    def met(self) -> bool:
        """Return whether a server was reached, so that there is a network."""
        return True

    @property
    def tried(self) -> bool:
        """Return whether anything went out."""
        return True


class Unreachable(Struct, frozen=True, tag="unreachable", omit_defaults=True, forbid_unknown_fields=True):
    """A URL gave no status: it was ``at`` (the URL itself, or one it redirects to) that ``kind`` happened.

    ``reason`` has the details in words; it holds no times, so that the same trouble reads the same.
    ``redirected_by`` is the status of the last redirect, 0 where there was none; where the settings stop it, ``at`` was
    not asked. ``online`` tells that names which the whole web knows were known right after this was seen.
    """

    url: str
    at: str
    kind: Trouble
    reason: str
    redirected_by: int = 0
    online: bool = False

    @property
    def met(self) -> bool:
        """Return whether a server was reached, so that there is a network.

        A refused connection does not count: where packets may not leave, firewalls refuse them on the spot.
        """
        return self.at != self.url or self.kind in _AFTER_MEETING_A_SERVER

    @property
    def tried(self) -> bool:
        """Return whether anything went out."""
        return self.met or self.kind not in _NOTHING_WENT_OUT


Observation = Answered | Unreachable
