"""Methods and features are linked from other projects."""

import pytest
from sphinx.util.inventory import InventoryFile


@pytest.mark.parametrize(
    "reference",
    [
        ":deployment-method:`some-server`",
        ":external:affidavit:deployment-method:`some-server`",
        ":external+subject:affidavit:deployment-method:`some-server`",
        ":any:`some-server`",
    ],
)
def test_another_project_links_to_a_method(page, reference, other_site):
    out = page.build().out
    other_site.conf(
        extensions=["affidavit", "sphinx.ext.intersphinx"],
        intersphinx_mapping={"subject": ("https://subject.example/", str(out / "objects.inv"))},
    )
    other_site.write("index.rst", f"Other\n=====\n\nSee {reference}.\n")
    built = other_site.build()
    assert built.warnings == []
    html = built.text("index.html")
    assert 'href="https://subject.example/index.html#deployment-method.some-server"' in html


def test_the_inventory_names_what_can_be_linked(page):
    out = page.build().out
    inventory = InventoryFile.loads((out / "objects.inv").read_bytes(), uri="")
    methods = inventory.data["affidavit:deployment-method"]
    assert methods["some-server"].uri == "index.html#deployment-method.some-server"
    assert methods["some-server"].display_name == "Some server in front"
    assert "big-upload" in inventory.data["affidavit:deployment-feature"]


def test_a_link_to_nothing_is_a_warning(site):
    site.write("index.rst", "Home\n====\n\n:deployment-method:`nothing`, :deployment-feature:`nothing`\n")
    warnings = site.build().warnings
    assert [warning.split("WARNING: ")[1] for warning in warnings] == [
        "there is no deployment method 'nothing' [ref.deployment-method]",
        "there is no deployment feature 'nothing' [ref.deployment-feature]",
    ]
