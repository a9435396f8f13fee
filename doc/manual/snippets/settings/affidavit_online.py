affidavit_online = "never"
