affidavit_release = "2.0.0"
