"""What a thief finds."""
