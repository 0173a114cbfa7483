"""What several commands begin with, and say."""

import os
import sys
from uuid import UUID


def bring_up_django() -> None:
    """Django with the settings of the environment; what is wrong with them is said in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spean.config.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as error:
        raise SystemExit(f"spean: {error}") from None
    from django.utils import translation

    translation.activate("en")  # the command line speaks one language


def progress(done: int, total: int, what: object) -> None:
    """One line that rewrites itself on a terminal; one line at the end elsewhere."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r  {what}: {done:,} of {total:,} " + ("\n" if done >= total else ""))
        sys.stderr.flush()
    elif done >= total:
        sys.stderr.write(f"  {what}: {total:,}\n")


def organisations(only: UUID | None) -> list[UUID]:
    """Those that have a trail, or the one that was named."""
    from spean.privacy.models import TreeHead

    return [only] if only else list(TreeHead.objects.order_by("org").values_list("org", flat=True))


def mended(*, anew: bool) -> str:
    """Make the search indexes what the tables are; what was written, in words."""
    from spean.directory import indexing as directory
    from spean.evidence import finding
    from spean.network import indexing as network
    from spean.voices import indexing

    known = (
        ("issues", indexing.mend),
        ("stories", finding.mend),
        ("recruiters", directory.mend),
        ("practices", network.mend),
    )
    done = [(what, *mend(anew=anew)) for what, mend in known]
    return "search: " + "; ".join(f"{what} {written} written, {forgotten} forgotten" for what, written, forgotten in done)
