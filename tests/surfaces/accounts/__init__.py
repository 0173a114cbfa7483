"""Tests of signing in, and of the pages about people."""
