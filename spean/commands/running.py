"""Run Spean, and look at it."""

import argparse

from spean.commands.ready import bring_up_django


def demo(options: argparse.Namespace) -> int:
    """Make the believable town, serve it, and take the tour."""
    bring_up_django()
    from spean.demo import main as run

    return run(options) or 0


def serve(options: argparse.Namespace) -> int:
    """Serve the pages and work through the background tasks, until a signal comes."""
    bring_up_django()
    from spean.config.serving import Server

    with Server(options.host, options.port) as server:
        server.wait_until_ready()
        print(f"Spean answers at {server.address} (Ctrl-C ends it)", flush=True)
        return server.run()


def check(options: argparse.Namespace) -> int:
    """Look at the installation as an operator should before readers come."""
    bring_up_django()
    from spean.config.checks import installation

    failed = False
    for finding in installation():
        print(f"{'ok  ' if finding.ok else 'FAIL' if finding.fatal else 'note'}  {finding.name}: {finding.words}")
        failed |= finding.fatal and not finding.ok
    return 1 if failed else 0
