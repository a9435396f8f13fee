"""Hosts on loopback: all of 127.0.0.0/8 is this machine (on Linux), so that each host has an address of its own."""

from __future__ import annotations

_IN_A_ROW = 250


def addresses(count: int) -> list[str]:
    """Return so many addresses of the machine itself."""
    return [f"127.20.{number // _IN_A_ROW}.{number % _IN_A_ROW + 1}" for number in range(count)]


def urls(count: int, hosts: int, port: int, scheme: str = "http") -> list[str]:
    """Return so many different URLs, spread evenly over the hosts."""
    places = addresses(hosts)
    return [f"{scheme}://{places[number % hosts]}:{port}/page/{number}.html" for number in range(count)]
