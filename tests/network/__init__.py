"""Tests of spean.network."""
