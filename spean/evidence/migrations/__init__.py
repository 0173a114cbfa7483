"""The tables of the evidence app, step by step."""
