"""Errors, ids, clock, text, engine: what every layer may use. No models, no Django apps above."""
