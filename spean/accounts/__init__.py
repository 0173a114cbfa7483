"""People who sign in, organisations, teams, roles; and the one decision function that every door asks."""
