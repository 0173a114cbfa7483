"""What is done in the network: one verb each."""
