project = "Running some server"
author = copyright = "The authors"
extensions = ["affidavit", "myst_parser", "sphinx_tabs.tabs"]
myst_enable_extensions = ["colon_fence"]

affidavit_releases = {"1.0.0": "first", "2.0.0": "second", "3.0.0": "third"}
affidavit_release = "3.0.0"
affidavit_release_notes = {
    "some-server": {
        "inventory": "some-server.inv",
        "url": "https://some-server.example/release-notes/",
    },
}
affidavit_online = "never"
