"""Tests of what leaves: figures and stories."""
