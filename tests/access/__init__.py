"""Who may do what: every address, method, role, relation and state against a table that a person wrote."""
