"""Every change of a packet."""
