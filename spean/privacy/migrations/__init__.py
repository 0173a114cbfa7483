"""The tables of the privacy app, step by step."""
