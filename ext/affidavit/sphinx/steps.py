"""The directives of executable examples: they keep the text that will run, as it stands in the source."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import ClassVar

from docutils import nodes
from docutils.statemachine import StringList

from affidavit.sphinx import nodes as ours
from affidavit.sphinx.declaring import Declaring

STOCK = frozenset({"console", "pycon", "http"})
"""The languages whose stock blocks are steps where they stand in an example."""

SOURCE, LINE = "affidavit_text", "affidavit_line"
"""What is kept of a stock block in an example: its text before any translation, and the line where that begins."""

_LANGUAGES = {
    **dict.fromkeys((".cfg", ".conf", ".ini"), "ini"),
    **dict.fromkeys((".yaml", ".yml"), "yaml"),
    **dict.fromkeys((".bash", ".sh"), "bash"),
    **dict.fromkeys((".htm", ".html"), "html"),
    ".c": "c",
    ".css": "css",
    ".js": "javascript",
    ".json": "json",
    ".md": "markdown",
    ".py": "python",
    ".rs": "rust",
    ".rst": "rst",
    ".sql": "sql",
    ".toml": "toml",
    ".ts": "typescript",
    ".xml": "xml",
}
"""The language that a file is shown in, by the end of its name; any other is plain text."""

LARGEST = 256 * 1024
"""The most bytes that a file of the repository may have that a page shows."""


class Example(Declaring):
    """An executable example."""

    node_class = ours.example
    directive_name = "example"

    def run(self) -> list[nodes.Node]:
        """Return the node, in which the stock blocks have what they say and where."""
        (node,) = super().run()
        for block in node.findall(nodes.literal_block):
            if block.get("language") in STOCK and not isinstance(block.parent, ours.example_step):
                block[SOURCE] = block.astext()
                block[LINE] = _line_of(block, self.content, _first_line(self))
        return [node]


class Step(Declaring):
    """A step of an example, whose content is no markup."""

    node_class = ours.example_step
    language: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Return the node, with what readers see of it in a literal block."""
        node = self.node_class(directive=self.directive_name, options=dict(self.options), problem="")
        node["argument"] = " ".join(line.strip() for line in "\n".join(self.arguments).splitlines())
        node["text"] = "\n".join(self.content)
        node["at"] = _first_line(self)
        self.set_source_info(node)
        shown = self.shown(node)
        block = nodes.literal_block(shown, shown, language=self.lexer(), force=True)
        self.set_source_info(block)
        node += block
        return [node]

    def shown(self, node: ours.example_step) -> str:
        """Return the text that readers see."""
        return str(node["text"])

    def lexer(self) -> str:
        """Return the language in which that is shown."""
        return self.language


class Console(Step):
    """Commands and what they print."""

    directive_name = language = "console"
    optional_arguments = 0


class Pycon(Step):
    """Python statements and what they print."""

    directive_name = language = "pycon"
    optional_arguments = 0


class Http(Step):
    """Requests and their answers."""

    directive_name = language = "http"
    optional_arguments = 0


class Service(Step):
    """A program in the background."""

    directive_name = "service"
    language = "bash"
    has_content = False

    def shown(self, node: ours.example_step) -> str:
        """Return the command."""
        return str(node["argument"])


class File(Step):
    """A file that the run finds."""

    directive_name = "file"

    def shown(self, node: ours.example_step) -> str:
        """Return its content, or that of the file of the repository."""
        if not self.options.get("source"):
            return str(node["text"])
        name, path = self.env.relfn2path(" ".join(self.options["source"].split()))
        self.env.note_dependency(name)
        node["options"]["source"] = Path(name).as_posix()
        text, node["problem"] = _read(Path(path))
        return text

    def lexer(self) -> str:
        """Return the language that its name tells of."""
        return _LANGUAGES.get(PurePosixPath("".join(self.arguments)).suffix, "text")


def _read(path: Path) -> tuple[str, str]:
    """Return the text of a file, and why there is none."""
    try:
        if path.stat().st_size > LARGEST:
            return "", f"has more than {LARGEST // 1024} KiB, which is too much to be shown"
        return path.read_bytes().decode("utf-8"), ""
    except UnicodeDecodeError:
        return "", "is no text in UTF-8"
    except (OSError, ValueError) as error:
        return "", f"cannot be read ({(isinstance(error, OSError) and error.strerror) or error})"


def _first_line(directive: Declaring) -> int:
    """Return the line where a directive's content begins, 0 if it has none."""
    content = directive.content
    if not isinstance(content, StringList) or not content:
        return 0
    offset = content.offset(0)
    # MyST counts its lines anew in each directive; in reStructuredText none begins on the first line of a file.
    return int(offset + 1 if offset else directive.lineno + directive.content_offset + 1)


def _line_of(block: nodes.Element, content: StringList, first: int) -> int:
    """Return the line where a stock block's text begins: the first behind its head that reads like it."""
    head = block.line or 0
    wanted = next(iter(block.astext().splitlines()), "").strip()
    behind = max(0, head - first + 1)
    lines = list(content)[behind:]
    return head + 1 + next((at for at, line in enumerate(lines) if line.strip() == wanted), 0)
