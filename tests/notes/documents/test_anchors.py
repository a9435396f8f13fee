"""The anchors that code hosts and docutils make of titles."""

import pytest

from affidavit.notes.documents.anchors import docutils_slug, github_slug

GITHUB = [
    ("Known Issues", "known-issues"),
    ("[1.2.0] - 2024-01-01", "120---2024-01-01"),
    ("v1.2.0 (2024-01-01)", "v120-2024-01-01"),
    ("C++ & API: what's new?", "c--api-whats-new"),
    ("snake_case", "snake_case"),
    ("Größe", "größe"),
    ("Известные проблемы", "известные-проблемы"),
    ("हिन्दी", "हिन्दी"),
    ("2² and ½", "2-and-"),
    ("🎉 Party :tada:", "-party-"),
]
DOCUTILS = [
    ("Known Issues", "known-issues"),
    ("v1.2.0 (2024-01-01)", "v1-2-0-2024-01-01"),
    ("1.2.0 (2024-01-01)", ""),
    ("Größe", "grosze"),
    ("Проблемы", ""),
]


@pytest.mark.parametrize(("title", "slug"), GITHUB)
def test_anchors_of_code_hosts(title, slug):
    assert github_slug(title) == slug


@pytest.mark.parametrize(("title", "slug"), DOCUTILS)
def test_ids_of_docutils(title, slug):
    assert docutils_slug(title) == slug
