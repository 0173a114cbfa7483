"""The commands of the privacy app."""
