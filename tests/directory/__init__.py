"""The directory: numbers, hours, two people, test calls, and what everybody reads."""
