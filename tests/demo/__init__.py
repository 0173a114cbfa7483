"""Tests of the believable town and of the tour's browser."""
