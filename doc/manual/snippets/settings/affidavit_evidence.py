affidavit_evidence = "proof"
