affidavit_settle = {"ticket": "T-[0-9]+"}
