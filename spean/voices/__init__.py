"""Concerns, triage, issues, commitments, answers: a community's voice, and what was done about it."""
