"""Programmes, projects and what they reach: what an organisation set out to do, and how far it came."""
