"""How Spean is set up: settings from the environment, urls, the server's entry point."""
