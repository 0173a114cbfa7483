"""The cases app: our work with one person and their dependants."""
