"""A believable town with invented people, and the tour through it. For trying Spean out; never for real data."""

import argparse


def main(options: argparse.Namespace) -> int:
    """Build the town once, serve it, take the tour; then go on serving, or end with the tour's verdict."""
    from spean.demo import showing  # Django is up only now

    return showing.show(port=options.port, reset=options.reset, serve=options.serve, size=options.size)
