affidavit_cache = "_build/cache"
