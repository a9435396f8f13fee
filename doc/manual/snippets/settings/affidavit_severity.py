affidavit_severity = {
    "link-moved": "error",
    "stage-gap": "warning",
    "url-duplicate": "nothing",
}
