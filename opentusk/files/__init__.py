"""Files as people gave them: kept once, byte for byte, by checksum; versions with addresses that never change.

A file is received in one go or in resumable pieces. Its type is decided by its content. The versions of one file over
time are a *series*; `latest` is the newest public one. The room knows nothing of datasets: who may read a version is
said by its state, which the catalogue changes.

Words: stored file, upload, chunk, series, version, latest.
Events: `files.*` (see `events.py`).
"""
