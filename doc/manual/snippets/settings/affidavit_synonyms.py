affidavit_synonyms = {"reverse proxy": ["gateway", "edge server"]}
