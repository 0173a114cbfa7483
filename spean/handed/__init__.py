"""Sealed packets for somebody without an account: a link, a spoken code, opened once."""
