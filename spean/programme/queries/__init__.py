"""What pages show of programmes and projects."""
