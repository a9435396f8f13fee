affidavit_linkcheck = False
