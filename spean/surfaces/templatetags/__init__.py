"""Template words that both doors share."""
