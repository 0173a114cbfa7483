"""Verify the audit trails of the database against their signed heads and checkpoints."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from spean.privacy import audit
from spean.privacy.models import TreeHead


class Command(BaseCommand):
    """Recompute every organisation's tree; ends with an error when one was tampered with."""

    help = "Verify the audit trail of every organisation, or of one, or of an export."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """An organisation; an export and its public key; checkpoints from elsewhere."""
        parser.add_argument("--org", type=UUID, help="only this organisation")
        parser.add_argument("--export", type=Path, help="lines of JSON, in the place of the database")
        parser.add_argument("--key", help="the audit key of the export, in hex")
        parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="a checkpoint that a witness kept")

    def handle(self, **options: Any) -> None:
        """Print one line per trail and one per problem."""
        points = [path.read_text(encoding="utf-8") for path in options["checkpoint"]]
        if options["export"]:
            if not options["key"]:
                raise CommandError("An export is verified with --key, got from somebody you trust.")
            lines = options["export"].read_text(encoding="utf-8").splitlines()
            reports = [audit.verify_export(lines, bytes.fromhex(options["key"]), points)]
        else:
            chosen = TreeHead.objects.order_by("org").values_list("org", flat=True)
            orgs = [options["org"]] if options["org"] else list(dict.fromkeys([*chosen, *audit.orgs_with_checkpoints()]))
            reports = [audit.verify(org, points if options["org"] else ()) for org in orgs]
        for report in reports:
            self.stdout.write(f"{report.org}: {report.size} entries, {'as signed' if report.ok else 'NOT as signed'}")
            for problem in report.problems:
                self.stdout.write(f"  {problem}")
        if not all(report.ok for report in reports):
            raise CommandError("A trail was changed, or its head or a checkpoint was.")
