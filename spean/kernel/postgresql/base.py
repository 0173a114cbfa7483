"""The connection says for whom it asks before it asks: `app.user`, which the policies of the tables read.

It is said again whenever it may be another's: on a connection just opened or taken from the pool, for another somebody, and
after a rollback, which takes a setting back with the rest. It is no query of Django's: nothing counts or logs it.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from spean.kernel import acting


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's, with `app.user`."""

    _told: str | None = None  # what the server holds; None where that is not known

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """What the last one said on a pooled connection is forgotten."""
        self._told = None
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        """Nothing is asked before the server knows for whom."""
        self._tell()
        return super().create_cursor(name)

    def _tell(self) -> None:
        who = acting.now()
        # after an error nothing is answered but the rollback
        if who == self._told or self.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        with self.wrap_database_errors:
            self.connection.execute("SELECT set_config('app.user', %s, false)", [who])
        self._told = who

    def _rollback(self) -> None:
        self._told = None
        super()._rollback()  # type: ignore[misc]  # of a mixin that the stubs leave out

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]
        self._told = None
