"""Tests of spean.programme."""
