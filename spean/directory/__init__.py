"""Who helps with what, where, when."""
