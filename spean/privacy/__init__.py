"""Sealing, keys, audit: the mechanism only. It knows ids, never who or what they belong to."""
