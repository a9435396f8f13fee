affidavit_programs = {
    "some-server": {
        "version": "some-server -v",
        "debian": "some-server-common",
        "fedora": "some-server",
    },
    "some-client": {"install": "pip install some-client"},
}
