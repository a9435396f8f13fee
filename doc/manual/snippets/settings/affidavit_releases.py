affidavit_releases = {"1.0.0": "first", "2.0.0": "second", "3.0.0": "third"}
