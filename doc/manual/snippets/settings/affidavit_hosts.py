affidavit_hosts = {
    "wiki.some-company.example": {"credentials": "WIKI_LOGIN", "pace": 0.5},
    "*.some-company.example": {"credentials": "netrc", "timeout": 30},
    "some-client.example": {"accept": [403], "headers": {"Accept-Language": "en"}},
}
