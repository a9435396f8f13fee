affidavit_environments = {
    "some-server-3": {
        "release": "3.0.0",
        "programs": ["bash"],
        "variables": {"GREETING": "hello"},
    },
}
