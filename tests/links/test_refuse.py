from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from affidavit.links.address import Address, read_address
from affidavit.links.refuse import BLOCKS, refused, refused_host, told
from affidavit.model.settings import Allowed

NOTHING = Allowed()

OPEN = [
    *("1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0"),
    *("169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0"),
    *("198.17.255.255", "198.20.0.0", "223.255.255.255", "168.63.129.15", "168.63.129.17"),
    *(
        "2000::",
        "2001:200::",
        "2001:db7:ffff::",
        "2001:db9::",
        "2003::",
        "2606:4700::1111",
        "3ffe:ffff::",
        "3fff:1000::",
    ),
    *("::ffff:1.1.1.1", "64:ff9b::1.1.1.1"),
]

REFUSED = {
    "the metadata service of a cloud": [
        *("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16"),
        *("fd00:ec2::254", "fd20:ce::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"),
    ],
    "a loopback address": ["127.0.0.0", "127.0.0.1", "127.1.2.3", "127.255.255.255", "::1", "::ffff:127.0.0.1"],
    "a private address": [
        *("10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0", "192.168.255.255"),
        *("fc00::", "fdff:ffff::", "fec0::1", "::ffff:10.0.0.1", "::ffff:c0a8:101", "64:ff9b::10.0.0.1"),
    ],
    "a link-local address": ["169.254.0.0", "169.254.255.255", "fe80::1", "febf::1"],
    "a multicast address": ["224.0.0.0", "239.255.255.255", "ff02::1"],
    "an unspecified address": ["0.0.0.0", "0.255.255.255", "::", "::ffff:0.0.0.0"],  # noqa: S104 -- nobody binds to it
    "an address inside a carrier's network": ["100.64.0.0", "100.127.255.255", "64:ff9b::100.64.0.1"],
    "an address for benchmarks": ["198.18.0.0", "198.19.255.255", "2001:2::1"],
    "an address for examples": ["192.0.2.1", "198.51.100.1", "203.0.113.255", "2001:db8::1", "3fff:fff::1"],
    "an address of a tunnel": ["2001:0:7f00:1::", "2002:7f00:1::", "2002:a00:1::1", "2002:101:101::", "192.88.99.1"],
    "a reserved address": [
        *("192.0.0.1", "240.0.0.0", "255.255.255.255", "2001:1::1", "2001:10::1", "2001:1ff:ffff::"),
        *("::127.0.0.1", "::a00:1", "::ffff:0:7f00:1", "64:ff9b:1::1", "64:ff9b:0:0:0:1::", "100::1"),
        *("1fff:ffff::", "4000::", "5f00::1", "7fff::", "8000::", "fbff:ffff::", "fe00::1"),
    ],
}


@pytest.mark.parametrize("number", OPEN)
def test_an_address_of_the_open_web_is_not_refused(number: str) -> None:
    assert refused(number, NOTHING) == ""


@pytest.mark.parametrize(
    ("number", "kind"), [(number, kind) for kind, numbers in REFUSED.items() for number in numbers]
)
def test_an_address_that_is_not_of_the_open_web_is_refused_as_what_it_is(number: str, kind: str) -> None:
    assert refused(number, NOTHING) == kind


def test_every_row_of_the_table_is_reached_and_gives_its_source() -> None:
    for block in BLOCKS:  # an end of it may belong to a row above
        assert block.kind in {refused(str(block.network[at]), NOTHING) for at in (0, -1)}
    assert {block.kind for block in BLOCKS} == set(REFUSED)
    assert all(block.source for block in BLOCKS)


@given(st.ip_addresses())
def test_whatever_the_standard_library_holds_for_private_is_refused(address: object) -> None:
    mapped = getattr(ip_address(str(address)), "ipv4_mapped", None)
    if not (mapped or ip_address(str(address))).is_global:
        assert refused(str(address), NOTHING)


HOSTS = {
    "http://127.0.0.1/": "127.0.0.1 is a loopback address",
    "http://10.1.2.3:8080/": "10.1.2.3 is a private address",
    "http://me:secret@192.168.0.1/": "192.168.0.1 is a private address",
    "http://127.0.0.1./": "127.0.0.1 is a loopback address",
    "http://\uff11\uff12\uff17.0.0.1/": "127.0.0.1 is a loopback address",
    "http://127\u30020\u30020\u30021/": "127.0.0.1 is a loopback address",
    "http://[::1]/": "[::1] is a loopback address",
    "http://[0:0:0:0:0:0:0:1]/": "[::1] is a loopback address",
    "http://[::ffff:7f00:1]/": "[::ffff:7f00:1] is a loopback address",
    "http://[::FFFF:169.254.169.254]/": "[::ffff:a9fe:a9fe] is the metadata service of a cloud",
    "http://localhost/": "localhost leads to a loopback address",
    "http://LOCALHOST./": "localhost. leads to a loopback address",
    "http://some.localhost/": "some.localhost leads to a loopback address",
    "http://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3/": "localhost leads to a loopback address",
}


@pytest.mark.parametrize(("url", "why"), HOSTS.items(), ids=ascii)
def test_a_host_that_shows_by_itself_what_it_is_is_refused(url: str, why: str) -> None:
    address = read_address(url)
    assert isinstance(address, Address)
    said = refused_host(address.host, NOTHING).replace("[::ffff:127.0.0.1]", "[::ffff:7f00:1]")
    assert said.replace("[::ffff:169.254.169.254]", "[::ffff:a9fe:a9fe]") == why  # Python 3.13 writes the IPv4 part


ODD = ["2130706433", "0x7f000001", "017700000001", "127.1", "127.0.1", "0x7f.0.0.1", "0177.0.0.1", "0"]


@pytest.mark.parametrize("host", ODD)
def test_an_oddly_written_number_is_refused_as_what_it_stands_for(host: str) -> None:
    address = read_address(f"http://{host}/")
    assert isinstance(address, Address)
    assert refused_host(address.host, NOTHING) == (
        "0.0.0.0 is an unspecified address" if host == "0" else "127.0.0.1 is a loopback address"
    )


def test_too_many_numbers_are_no_address_at_all() -> None:
    assert not isinstance(read_address("http://127.0.0.1.1/"), Address)


@pytest.mark.parametrize("host", ["example.org", "localhost.example.org", "notlocalhost", "1.1.1.1", "[2606:4700::1]"])
def test_of_any_other_host_its_name_does_not_decide(host: str) -> None:
    assert refused_host(host, NOTHING) == ""


NETWORKS = Allowed(networks=(ip_network("10.1.0.0/16"), ip_network("::1"), ip_network("169.254.169.254")))


@pytest.mark.parametrize(
    "number", ["10.1.0.0", "10.1.255.255", "::ffff:10.1.0.1", "64:ff9b::10.1.0.1", "::1", "169.254.169.254"]
)
def test_networks_that_are_allowed_are_not_refused(number: str) -> None:
    assert refused(number, NETWORKS) == ""


@pytest.mark.parametrize("number", ["10.2.0.0", "::ffff:10.2.0.1", "127.0.0.1", "169.254.169.253", "fd00:ec2::254"])
def test_nothing_beside_them_is_allowed(number: str) -> None:
    assert refused(number, NETWORKS)


LOOPBACK_NETWORK = Allowed(networks=(ip_network("127.0.0.0/8"),))
BY_NAME = Allowed(hosts=("localhost",))


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("localhost", BY_NAME),
        ("localhost.", BY_NAME),
        ("localhost", LOOPBACK_NETWORK),
        ("a.localhost", LOOPBACK_NETWORK),
        ("10.1.2.3", NETWORKS),
        ("[::1]", NETWORKS),
        ("10.2.2.3", Allowed(everything=True)),
        ("localhost", Allowed(everything=True)),
    ],
)
def test_a_host_is_allowed_by_name_by_network_or_with_everything(host: str, allowed: Allowed) -> None:
    assert refused_host(host, allowed) == ""


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("a.localhost", BY_NAME), ("127.0.0.1", BY_NAME), ("10.2.2.3", NETWORKS), ("localhost", NETWORKS)],
)
def test_what_is_allowed_allows_nothing_else(host: str, allowed: Allowed) -> None:
    assert refused_host(host, allowed)


def test_what_a_name_leads_to_is_told_once_sorted_and_without_its_addresses() -> None:
    kinds = [refused(number, NOTHING) for number in ("fc00::1", "127.0.0.1", "10.0.0.1", "10.0.0.2", "1.1.1.1")]
    assert told("wiki.example", kinds) == "wiki.example leads to a loopback address and a private address"
    assert told("wiki.example", reversed(kinds)) == told("wiki.example", kinds)
    assert told("wiki.example", ["", ""]) == ""
