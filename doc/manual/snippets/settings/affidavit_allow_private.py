affidavit_allow_private = ["wiki.some-company.example", "10.1.0.0/16"]
