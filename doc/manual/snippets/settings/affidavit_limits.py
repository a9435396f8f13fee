affidavit_limits = {
    "memory": 512,  # MiB
    "processes": 64,
}
