"""Tests of the engines that look at contracts and offers."""
