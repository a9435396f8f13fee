affidavit_evidence_days = 180
