"""The desk: staff with an account. Today first."""
