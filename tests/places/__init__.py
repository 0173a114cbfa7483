"""Tests of the places; a package, so that what `conftest.py` loads is gone when its last test has run."""
