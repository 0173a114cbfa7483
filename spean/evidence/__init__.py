"""What is counted, how it is protected before it leaves a team, and what has been released for everybody to read."""
