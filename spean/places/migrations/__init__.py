"""Schema of the places, step by step."""
