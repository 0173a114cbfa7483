"""What lies beneath every app."""
