"""What pages show of the network."""
