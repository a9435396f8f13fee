affidavit_sandbox = ["files", "network"]
