"""What pages show of cases: counted facts, never what is sealed."""
