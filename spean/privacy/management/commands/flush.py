"""Django's flush (which tests use between them), able to empty the audit trail that triggers protect otherwise."""

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from spean.kernel.finding import INDEXES
from spean.privacy import triggers


class Command(flush.Command):
    """Empty the database, the audit trail and the search indexes too."""

    def handle(self, **options: Any) -> None:
        """Take the triggers away, flush, put them back."""
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            present = triggers.TABLE in connection.introspection.table_names(cursor)
        if present:
            triggers.remove(connection)
        try:
            super().handle(**options)
        finally:
            if present:
                triggers.install(connection)
                for index in INDEXES.values():
                    index.empty()
