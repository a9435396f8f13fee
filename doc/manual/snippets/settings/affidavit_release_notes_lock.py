affidavit_release_notes_lock = "some-server.lock.json"
