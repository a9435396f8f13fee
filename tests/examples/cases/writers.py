"""Writes a table of cases as a page, one writer for each markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from tests.examples.cases.case import Block, Case, Options

_PLAIN = re.compile(r"[\w ./=~;-]*")


def rst(title: str, cases: Iterable[Case]) -> str:
    """Return a page of cases in reStructuredText."""
    head = f"{title}\n{'=' * len(title)}\n"
    return "\n".join([head, *(_rst_example(each) for each in cases)])


def _rst_example(case: Case) -> str:
    head = [f".. example:: {case.name}", *_indented(_rst_options(case.options))]
    parts = [_indented(_rst_block(each).split("\n")) for each in case.blocks]
    return "\n".join(["\n".join(head), "", *("\n".join(part) for part in parts)])


def _rst_block(block: Block) -> str:
    if not block.directive:
        return f"{block.text}\n"
    head = f".. code-block:: {block.directive}" if block.stock else f".. {block.directive}:: {block.argument}".rstrip()
    body = _indented(block.text.rstrip("\n").split("\n")) if block.text else []
    lines = [head, *_indented(_rst_options(block.options)), "", *body, ""]
    return "\n".join(["#. An item:", "", *_indented(lines)] if block.listed else lines)


def _rst_options(options: Options) -> list[str]:
    return [f":{name}: {value}".rstrip() for name, value in options]


def _indented(lines: list[str]) -> list[str]:
    return [f"   {line}" if line else "" for line in lines]


def md(title: str, cases: Iterable[Case]) -> str:
    """Return a page of cases in MyST Markdown."""
    return "\n".join([f"# {title}\n", *(_md_example(each) for each in cases)])


def _md_example(case: Case) -> str:
    fence = "`" * 9
    head = [f"{fence}{{example}} {case.name}", *_md_options(case.options), ""]
    return "\n".join([*head, *map(_md_block, case.blocks), f"{fence}\n"])


def _md_block(block: Block) -> str:
    if not block.directive:
        return f"{block.text}\n"
    fence = "`" * (1 + max([2, *map(len, re.findall("`+", block.text))]))
    head = f"{fence}{block.directive}" if block.stock else f"{fence}{{{block.directive}}} {block.argument}".rstrip()
    body = ["", *block.text.rstrip("\n").split("\n")] if block.text and not block.stock else []
    if block.stock:
        body = block.text.rstrip("\n").split("\n")
    lines = [head, *_md_options(block.options), *body, fence, ""]
    return "\n".join(["1. An item:", "", *_indented(lines)] if block.listed else lines)


def _md_options(options: Options) -> list[str]:
    """Return options; what YAML could take for something else stands in quotation marks."""
    return [f":{name}: {value if _PLAIN.fullmatch(value) else _quoted(value)}".rstrip() for name, value in options]


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


WRITERS: Mapping[str, Callable[[str, Iterable[Case]], str]] = {"rst": rst, "md": md}
"""The writers, by the ends of the names of their files."""
