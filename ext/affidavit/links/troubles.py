"""What libcurl's errors mean: the tables, and the function that looks them up."""

from __future__ import annotations

import re

import pycurl

from affidavit.links.seen import Trouble

_PROXY_ERROR, _HTTP2_STREAM_ERROR, _TOO_LARGE_ERROR = 97, 92, 100
"""Error codes of libcurl (``curl/curl.h``) for which pycurl has no name."""

_TROUBLES = {
    pycurl.E_UNSUPPORTED_PROTOCOL: Trouble.GARBLED,  # HTTP/0.9, as anything reads that is no HTTP at all
    pycurl.E_URL_MALFORMAT: Trouble.URL_UNUSABLE,
    pycurl.E_COULDNT_RESOLVE_PROXY: Trouble.PROXY_UNREACHABLE,
    pycurl.E_COULDNT_RESOLVE_HOST: Trouble.NAME_UNKNOWN,
    pycurl.E_COULDNT_CONNECT: Trouble.NOT_CONNECTED,
    pycurl.E_FTP_WEIRD_SERVER_REPLY: Trouble.GARBLED,
    pycurl.E_HTTP2: Trouble.GARBLED,
    pycurl.E_PARTIAL_FILE: Trouble.CUT_OFF,
    pycurl.E_SSL_CONNECT_ERROR: Trouble.TLS_FAILED,
    pycurl.E_GOT_NOTHING: Trouble.CUT_OFF,
    pycurl.E_SEND_ERROR: Trouble.CUT_OFF,
    pycurl.E_RECV_ERROR: Trouble.CUT_OFF,
    pycurl.E_BAD_CONTENT_ENCODING: Trouble.GARBLED,
    pycurl.E_WRITE_ERROR: Trouble.GARBLED,  # likewise, of brotli
    pycurl.E_SSL_CIPHER: Trouble.TLS_FAILED,
    pycurl.E_SSL_CACERT_BADFILE: Trouble.NO_AUTHORITIES,
    _HTTP2_STREAM_ERROR: Trouble.GARBLED,
    _PROXY_ERROR: Trouble.PROXY_FAILED,
    _TOO_LARGE_ERROR: Trouble.HEAD_TOO_LARGE,
}

_CERTIFICATE_FAULTS = frozenset({1, 9, 10, 18, 23})
"""Verify results of OpenSSL that no other list of authorities would change: not yet valid, expired, self-signed,
revoked; 1 is what libcurl leaves where the host name is wrong already. All others may come from what this
machine knows (X509_STORE_CTX_get_error(3))."""

_NO_CONNECTION = frozenset({Trouble.NOT_CONNECTED, Trouble.CONNECT_TIMEOUT})

_TIMES = re.compile(
    r" after \d+ (?:ms|milliseconds)| with (?:\d+ out of )?\d+ bytes received|, passed \d+ returned \d+"
)


def trouble(handle: pycurl.Curl, error: int, *, known: bool, trusts: bool, proxied: bool = False) -> Trouble:
    """Return what an error of libcurl's means.

    ``known`` tells whether the host's name led to an address, ``trusts`` whether there are certificate authorities,
    ``proxied`` that a proxy stands between: then it is the one that there was no connection to.
    """
    if handle.getinfo(pycurl.HTTP_CONNECTCODE) not in (0, 200):
        return Trouble.PROXY_FAILED  # under error codes that differ from release to release of libcurl
    kind = _trouble(handle, error, known=known or proxied, trusts=trusts)
    return Trouble.PROXY_UNREACHABLE if proxied and kind in _NO_CONNECTION else kind


def _trouble(handle: pycurl.Curl, error: int, *, known: bool, trusts: bool) -> Trouble:
    if error == pycurl.E_COULDNT_CONNECT and known:
        return Trouble.NOT_CONNECTED
    if error == pycurl.E_PEER_FAILED_VERIFICATION:
        return _certificate_trouble(handle, trusts=trusts)
    if error == pycurl.E_OPERATION_TIMEDOUT:
        return Trouble.ANSWER_TIMEOUT if _was_connected(handle) else Trouble.CONNECT_TIMEOUT
    if error == pycurl.E_COULDNT_CONNECT and not handle.getinfo(pycurl.OS_ERRNO):
        return Trouble.NAME_UNKNOWN  # libcurl 8.16, of all but the first of several at once that ask for one name
    return _TROUBLES.get(error, Trouble.OTHER)


def without_times(words: str) -> str:
    """Return libcurl's words without what differs each time, so that the same trouble reads the same.

    A connection that does not come about in time is told in two ways, by which of libcurl's clocks ends first.
    """
    return _TIMES.sub("", words).replace("Connection timeout", "Connection timed out")


def _was_connected(handle: pycurl.Curl) -> bool:
    """Tell whether there was a connection; one that was used before took no time to come about."""
    return bool(handle.getinfo(pycurl.CONNECT_TIME) or handle.getinfo(pycurl.PRIMARY_IP))


def _certificate_trouble(handle: pycurl.Curl, *, trusts: bool) -> Trouble:
    if not trusts:
        return Trouble.NO_AUTHORITIES
    fault = handle.getinfo(pycurl.SSL_VERIFYRESULT) in _CERTIFICATE_FAULTS
    return Trouble.CERTIFICATE_INVALID if fault else Trouble.CERTIFICATE_UNVERIFIED
