"""How a project with release notes is written for each source: one writer for each, in :data:`WRITERS`.

A writer for another source goes there too; all tests of the suite then run for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from html import escape
from pathlib import Path

from msgspec import Struct, field
from tests.contract.note_projects import Part, Project, Release
from tests.notes.inventories import inventory
from tests.notes.sources.repositories import Repository

from affidavit.model.note_sources import Anchors, Changelog, GitNotes, Inventory, NoteSource, Published, ReleaseList

FOLDER = "https://example.org/notes/"
PAGE = "https://example.org/notes.html"


class Written(Struct, frozen=True):
    """A project that was written below a folder: what the settings say of it, and what stands at addresses.

    ``releases`` are what of the project this kind of source can have at all; all of it where that is left out.
    """

    source: NoteSource
    url: str
    web: Mapping[str, bytes] = field(default_factory=dict)
    releases: Project | None = None


Writer = Callable[[Path, Project], Written]


def write_inventory(folder: Path, project: Project) -> Written:
    """Write an inventory, and publish the page that it is of."""
    rows = [(each.version, "main", part.title, "all.html") for each in project for part in each.parts]
    (folder / "objects.inv").write_bytes(inventory(rows))
    return Written(Inventory("objects.inv"), FOLDER, {f"{FOLDER}all.html": page(project)})


def write_github(folder: Path, project: Project) -> Written:
    """Write a change log as Keep a Changelog has it."""
    (folder / "CHANGELOG.md").write_text(markdown(project), "utf-8")
    return Written(Changelog("CHANGELOG.md"), PAGE)


def write_myst(folder: Path, project: Project) -> Written:
    """Write a change log in MyST, with a target before every second release."""
    (folder / "changes.md").write_text(markdown(project, targets=True), "utf-8")
    return Written(Changelog("changes.md", Anchors.MYST), PAGE)


def write_towncrier(folder: Path, project: Project) -> Written:
    """Write a news file as towncrier has it."""
    (folder / "NEWS.rst").write_text(rst(project), "utf-8")
    return Written(Changelog("NEWS.rst"), PAGE)


def write_unnamed(folder: Path, project: Project) -> Written:
    """Write the same file under a name that says nothing of its kind."""
    (folder / "NEWS").write_text(rst(project), "utf-8")
    return Written(Changelog("NEWS"), PAGE)


def write_page(folder: Path, project: Project) -> Written:
    """Write the page that Sphinx makes of labelled sections."""
    (folder / "notes.html").write_bytes(page(project))
    return Written(Published("notes.html"), PAGE)


def write_releases(folder: Path, project: Project) -> Written:
    """Write what GitHub answers, with a draft among it."""
    draft = {"tag_name": "draft", "html_url": f"{FOLDER}tag/draft", "body": "## Added\n\n- Not yet.", "draft": True}
    (folder / "releases.json").write_text(json.dumps([draft, *map(_json, enumerate(project))]), "utf-8")
    return Written(ReleaseList("releases.json"), FOLDER)


def write_git(folder: Path, project: Project) -> Written:
    """Write a repository with a note for each section, and a tag for each release.

    No tag has a blank in its name, and neither a release nor a section is there without a note. A release is what reno
    takes for one: by its own rule, or here by any name.
    """
    made = Repository(folder / "repository")
    titles = list(dict.fromkeys(part.title for release in project for part in release.parts))
    sections = [[f"section-{at}", title] for at, title in enumerate(titles)]
    config = {"sections": sections, "release_tag_re": ".*", "pre_release_tag_re": "(?P<pre_release>never)"}
    made.write("releasenotes/config.yaml", json.dumps(config)).pages({"all": ""})
    able = [_with_words(each) for each in project if " " not in each.version]
    for number, release in enumerate(reversed(able)):
        for part in release.parts:
            key = f"section-{titles.index(part.title)}"
            made.note(f"note-{number}-{titles.index(part.title)}", json.dumps({key: list(part.text)}))
        made.commit(f"Release {number}").tag(release.version)
    return Written(GitNotes("repository"), FOLDER, releases=tuple(able))


def _with_words(release: Release) -> Release:
    return Release(release.version, tuple(part for part in release.parts if part.text))


WRITERS: Mapping[str, Writer] = {
    "inventory": write_inventory,
    "github": write_github,
    "myst": write_myst,
    "towncrier": write_towncrier,
    "unnamed": write_unnamed,
    "page": write_page,
    "releases": write_releases,
    "git": write_git,
}

FILES = {name: write for name, write in WRITERS.items() if name != "git"}
"""The writers of sources that are one file, or one address."""


def markdown(project: Project, *, targets: bool = False) -> str:
    """Return a change log, with all that is no heading of a release though it looks as one."""
    lines = ["# Changelog", "", "All notable changes.", "", "<!--", "## [9.9.9]", "### Fixed", "-->", ""]
    for number, release in enumerate(project):
        lines += [f"(release-{number}a)=", ""] if targets and number % 2 else []
        lines += [f"## [{release.version}] - 2024-01-{number % 28 + 1:02}", ""]
        lines += _markdown_parts(release)
    return "\n".join([*lines, "[1.1.0]: https://example.org/compare/1.0.0...1.1.0", ""])


def _markdown_parts(release: Release) -> Iterator[str]:
    for part in release.parts:
        yield from (f"### {part.title}", "", *(f"- **{words[:4]}**{words[4:]}\n" for words in part.text))


def rst(project: Project) -> str:
    """Return a news file; the releases without sections say so, as towncrier does."""
    lines = ["=========", "Changelog", "=========", "", ".. towncrier release notes start", ""]
    for number, release in enumerate(project):
        lines += [f".. _release-{number}a:", ""] if number % 2 else []
        lines += [*_underlined(f"Project {release.version} (2024-01-{number % 28 + 1:02})", "=")]
        lines += _rst_parts(release.parts)
    return "\n".join([*lines, "..", "   9.9.9", "   =====", "", "   Fixed", "   -----", ""])


def _rst_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        yield from (*_underlined(part.title, "-"), *(f"- **{words[:4]}**\\ {words[4:]}\n" for words in part.text))
    if not parts:
        yield "No significant changes.\n"


def _underlined(title: str, sign: str) -> tuple[str, str, str]:
    return title, sign * len(title), ""


def page(project: Project) -> bytes:
    """Return a page in the layout of Sphinx, with the ids that docutils makes of reno's labels."""
    sections = "".join(map(_html_release, project))
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>9.9.9</title></head><body>
<nav><h2>9.9.9</h2><h3>Fixed</h3></nav><!-- <h2>9.9.8</h2> --><script>"<h2>9.9.7</h2>"</script>
<div class="document"><section id="notes"><h1>Release notes<a class="headerlink" href="#notes">¶</a></h1>
{sections}</section></div><footer><h2>9.9.6</h2></footer></body></html>""".encode()


def _html_release(release: Release) -> str:
    anchor = _made(f"relnotes_{release.version}_main")
    parts = "".join(_html_part(release, part) for part in release.parts)
    title = f'{escape(release.version)}<a class="headerlink" href="#{anchor}">¶</a>'
    return f'<section id="id1"><span id="{anchor}"></span><h2>{title}</h2>{parts}</section>\n'


def _html_part(release: Release, part: Part) -> str:
    anchor = _made(f"relnotes_{release.version}_main_{part.title}")
    items = "".join(f"<li><p><b>{escape(words[:4])}</b>{escape(words[4:])}</p></li>" for words in part.text)
    return f'<section id="id2"><span id="{anchor}"></span><h3>{escape(part.title)}</h3><ul>{items}</ul></section>'


def _made(label: str) -> str:
    """Return the id of a label as the inventories of the tests have it."""
    return "-".join("".join(each if each.isalnum() else " " for each in label.lower()).split())


def _json(numbered: tuple[int, Release]) -> dict[str, object]:
    number, release = numbered
    body = "\n".join(_markdown_parts(release)) if release.parts else None
    return {"tag_name": release.version, "html_url": f"{FOLDER}tag/{number}", "name": "", "body": body, "draft": False}
