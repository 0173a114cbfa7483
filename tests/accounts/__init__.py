"""Tests of people, teams, keys and the trail."""
