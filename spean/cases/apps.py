"""The cases app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    """Registers the audit verbs, the rules and the reactions to other apps."""

    name = "spean.cases"
    label = "cases"

    def ready(self) -> None:
        """Connect what has to be known before the first request."""
        from spean.accounts.rows import install
        from spean.cases import handlers, models, rows, rules, verbs  # noqa: F401  the rules register themselves
        from spean.voices.operations import files

        verbs.register()
        files.KINDS.append(models.CaseFile)
        handlers.connect()
        rows.register()
        post_migrate.connect(install, sender=self, dispatch_uid="cases.rows")
