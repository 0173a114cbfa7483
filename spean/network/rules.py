"""Who may do what in the network."""
