"""The tables of the network."""
