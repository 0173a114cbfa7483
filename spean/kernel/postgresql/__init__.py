"""Django's own PostgreSQL, told for whom it is asked."""
