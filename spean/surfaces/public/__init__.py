"""The public door: no account, no session, no cookie, no trace. It must work without JavaScript."""
