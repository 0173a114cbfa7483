"""What organisations of several countries do together: members, agreements, practices, instruments."""
