affidavit_release_notes = {
    "some-server": {
        "inventory": "some-server.inv",
        "url": "https://some-server.example/release-notes/",
    },
    "some-client": {
        "inventory": "some-client.inv",
        "url": "https://some-client.example/release-notes/",
    },
}
