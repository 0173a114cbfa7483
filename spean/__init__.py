"""Spean: the software that safe-migration and counter-trafficking programmes run on."""

__version__ = "0.1.0"
