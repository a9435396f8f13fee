affidavit_links = [r"https://some-server\.example/"]
