"""Answers as servers write them, and what servers do in place of an answer."""

from __future__ import annotations

import asyncio

from msgspec import Struct
from tests.links.behaviours.behaviour import Absent, Action, Talk

HTML = "Content-Type: text/html; charset=utf-8"
CLOSE = "Connection: close"
WORDS = "Glance serves images to the machines that are started from them, and keeps them in a store. " * 4


def head(status: int, *fields: str | bytes, version: str = "1.1") -> bytes:
    """Return the head of an answer; fields may be of any bytes."""
    lines = (f"HTTP/{version} {status} Said", *fields)
    return b"\r\n".join(each if isinstance(each, bytes) else each.encode("latin-1") for each in lines) + b"\r\n\r\n"


def answer(status: int, body: bytes = b"", *fields: str | bytes) -> bytes:
    """Return an answer whose body is as long as it says; the connection may be used again."""
    return head(status, f"Content-Length: {len(body)}", *fields) + body


def markup(inner: str = "", title: str = "Running Glance", heading: str = "Running Glance") -> str:
    """Return a page of the web that says enough to be one."""
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head>"
        f"<body><h1>{heading}</h1><p>{WORDS}</p>{inner}</body></html>"
    )


def page(inner: str = "", *fields: str, title: str = "Running Glance", status: int = 200) -> bytes:
    """Return the answer of a page that is there."""
    return answer(status, markup(inner, title, title).encode(), HTML, *fields)


def bare(status: int, title: str, text: str = "", *fields: str, heading: str = "") -> bytes:
    """Return an answer whose page has a title, a heading (that says the same unless it is given), and little else."""
    body = f"<!DOCTYPE html><title>{title}</title><h1>{heading or title}</h1><p>{text}</p>"
    return answer(status, body.encode(), HTML, *fields)


def redirect(status: int, to: str | bytes, *fields: str) -> bytes:
    """Return a redirect."""
    where = b"Location: " + (to if isinstance(to, bytes) else to.encode())
    return answer(status, b"", where, *fields)


def closing(data: bytes) -> Action:
    """Return what sends bytes, and hangs up: of an answer that does not say how long it is."""

    async def act(talk: Talk) -> None:
        await talk.send(data)

    return act


async def perform(action: Action, talk: Talk) -> None:
    """Do what an action says."""
    if isinstance(action, bytes):
        await talk.send(action)
    elif not isinstance(action, Absent):
        await action(talk)


class InTurn(Struct, frozen=True):
    """Does one action after the other, and the last one from then on."""

    actions: tuple[Action, ...]

    async def __call__(self, talk: Talk) -> None:
        """Do what is next."""
        await perform(self.actions[min(talk.turn, len(self.actions) - 1)], talk)


def in_turn(*actions: Action) -> Action:
    """Return an action that differs from time to time."""
    return InTurn(actions)


class If(Struct, frozen=True):
    """Does one action where the request has some text, and the other where it does not."""

    text: str
    then: Action
    otherwise: Action

    async def __call__(self, talk: Talk) -> None:
        """Do what is meant for this request."""
        await perform(self.then if self.text in talk.head else self.otherwise, talk)


def then_silent(data: bytes = b"") -> Action:
    """Return what sends bytes, and then nothing for ever."""

    async def act(talk: Talk) -> None:
        await talk.send(data)
        await talk.left()

    return act


def then_reset(data: bytes = b"") -> Action:
    """Return what sends bytes, and then throws the connection away."""

    async def act(talk: Talk) -> None:
        await talk.send(data)
        await asyncio.sleep(0.1)  # so that what was sent is read before the reset overtakes it
        await talk.reset()

    return act


def reset_when_asked() -> Action:
    """Return what throws the connection away with the first word that it hears."""

    async def act(talk: Talk) -> None:
        await talk.heard()
        await talk.reset()

    return act


def slowly(*parts: bytes, seconds: float) -> Action:
    """Return what sends one part after the other, with a pause before each."""

    async def act(talk: Talk) -> None:
        for part in parts:
            await asyncio.sleep(seconds)
            await talk.send(part)

    return act


def dripping(data: bytes, drop: bytes) -> Action:
    """Return what sends bytes, and then a drop at a time, for ever."""

    async def act(talk: Talk) -> None:
        await talk.send(data)
        while True:
            await asyncio.sleep(0.2)
            await talk.send(drop)

    return act


def endless(data: bytes, piece: bytes) -> Action:
    """Return what sends bytes, and then the same piece for ever, as fast as it is taken."""

    async def act(talk: Talk) -> None:
        await talk.send(data)
        while True:
            await talk.send(piece)

    return act
