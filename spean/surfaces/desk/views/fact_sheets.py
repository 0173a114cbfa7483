"""Facts as a sheet: given out as XLSX, and brought in after a look at what becomes of each row."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from spean.accounts.access import Actor
from spean.collect.sheetwriter import Sheet
from spean.library import sheet
from spean.library.operations import bringing
from spean.library.queries.exporting import fact_rows
from spean.surfaces.desk.sheet_pages import Book, brought, given


def _told(done: Any) -> str:
    after = _("Nobody sees them on a page yet: another manager or coordinator checks them and publishes.")
    told = {"new": done[bringing.NEW], "changed": done[bringing.CHANGED]}
    return f"{_('Brought in: %(new)d new, %(changed)d proposals.') % told} {after}"


def _leaves(actor: Actor) -> list[Sheet]:
    """The facts, and what the units are."""
    units = [["unit", "ខ្មែរ", "English"], *sheet.unit_words()]
    return [Sheet("Facts", fact_rows(actor)), Sheet("Units", units)]


FACTS = Book(
    name="spean-facts",
    see="fact.see",
    write="fact.write",
    leaves=_leaves,
    look=bringing.look,
    bring_in=bringing.bring_in,
    told=_told,
    changed=gettext_lazy("A proposal"),
    title=gettext_lazy("Facts as a sheet"),
    lede=gettext_lazy(
        "Take all facts as a sheet, one on each row, change or add rows in your own program, and bring the sheet in again. You "
        "see what becomes of each row before anything is saved. Each changed row waits for another person."
    ),
    every=gettext_lazy("All facts"),
    listing="desk:facts",
    taken_at="desk:facts_sheet",
)


@require_safe
def give(request: HttpRequest) -> HttpResponse:
    """All facts, and on a second leaf what the units are."""
    return given(request, FACTS)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form; what would become of each row; and, with `import`, what became of them."""
    return brought(request, FACTS)
