affidavit_accepted = [
    {
        "code": "stage-gap",
        "text": "`1.0.0` and `3.0.0`",
        "reason": "Release 2.0.0 was never published.",
        "until": "2027-03-31",
    },
]
