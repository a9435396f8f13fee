"""What can be said about the links of a glossary without asking anybody. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from affidavit.links.address import Address, Malformed, OtherScheme, read_address
from affidavit.model.claims import Link, Term
from affidavit.model.codes import Code
from affidavit.model.verdicts import Finding, finding

_MOST_SHOWN = 200


class _Reference(Struct, frozen=True):
    """A link of a glossary entry, and what its address reads as."""

    term: Term
    link: Link
    address: Address | OtherScheme | Malformed


def examine(terms: Sequence[Term]) -> tuple[Finding, ...]:
    """Return what is wrong with the references of glossary entries; ``terms`` are those of the whole site.

    No text makes it raise. The findings come rule by rule, each in the order of the terms.
    """
    references = tuple(_references(terms))
    return tuple(
        dict.fromkeys((*_unreferenced(terms), *_unusable(references), *_shared(references), *_insecure(references)))
    )


def _references(terms: Sequence[Term]) -> Iterator[_Reference]:
    return (_Reference(term, link, read_address(link.url)) for term in terms for link in term.links)


def _unreferenced(terms: Sequence[Term]) -> Iterator[Finding]:
    """Find the entries without a web reference; a malformed one is told as what it is, not as absent."""
    for term in terms:
        if all(isinstance(read_address(link.url), OtherScheme) for link in term.links):
            message = f"The term {_name(term)} has no http or https link."
            yield finding(Code.TERM_WITHOUT_REFERENCE, term.place, message)


def _unusable(references: Sequence[_Reference]) -> Iterator[Finding]:
    for each in references:
        shown, name = _shown(each.link.url), _name(each.term)
        match each.address:
            case Malformed(reason):
                message = f'The address "{shown}" of the term {name} cannot be asked: it {reason}.'
                yield finding(Code.URL_MALFORMED, each.link.place, message)
            case OtherScheme(scheme):
                message = f'The term {name} links to "{shown}": {scheme} is neither http nor https.'
                yield finding(Code.URL_SCHEME, each.link.place, message)
            case Address():
                pass


def _shared(references: Sequence[_Reference]) -> Iterator[Finding]:
    """Find one URL on two terms; entries of the same name are one term, as in a file that two documents include."""
    first: dict[str, _Reference] = {}
    for each in references:
        if isinstance(each.address, Address):
            earlier = first.setdefault(each.address.identity, each)
            if _name(earlier.term) != _name(each.term):
                message = f"The terms {_name(earlier.term)} ({earlier.link.place}) and {_name(each.term)} both link to"
                yield finding(Code.URL_DUPLICATE, each.link.place, f"{message} {_shown(each.link.url)}.")


def _insecure(references: Sequence[_Reference]) -> Iterator[Finding]:
    """Find http where https is linked of the same host; another port is another service, of which nothing is known."""
    secure = {_usual_host(each, "https"): each.link for each in reversed(references)}
    for each in references:
        host = _usual_host(each, "http")
        if host and host in secure:
            message = f"The term {_name(each.term)} links to {_shown(each.link.url)}, but {secure[host].place} to https://{host}."
            yield finding(Code.URL_INSECURE, each.link.place, message)


def _usual_host(reference: _Reference, scheme: str) -> str:
    """Return the host of an address that has this scheme and the port it stands for, else nothing."""
    address = reference.address
    return address.host if isinstance(address, Address) and address.scheme == scheme and address.usual else ""


def _name(term: Term) -> str:
    return f'"{_shown(next(iter(term.names), ""))}"'


def _shown(text: str) -> str:
    """Return text as it can stand in a message: on one line, without what cannot be seen, and not endless."""
    visible = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in text)
    return visible if len(visible) <= _MOST_SHOWN else f"{visible[:_MOST_SHOWN]}..."
