"""Reads of the directory, as plain values ready to show: `public` for everybody, `desk` for those who write and check it."""
