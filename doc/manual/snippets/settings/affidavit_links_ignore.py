affidavit_links = "all"
affidavit_links_ignore = [r"https://demo\.some-company\.example/"]
