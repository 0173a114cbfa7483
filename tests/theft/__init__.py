"""C-01 to C-04: what somebody has who took the database, the files, the keystore, or the administrator's seat."""
