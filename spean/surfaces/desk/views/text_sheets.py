"""Texts as a sheet: given out as XLSX, and brought in as drafts after a look at what becomes of each row."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from spean.collect.sheetwriter import Sheet
from spean.library.operations import bringing_texts
from spean.library.queries.exporting import text_rows
from spean.surfaces.desk.sheet_pages import Book, brought, given


def _told(done: Any) -> str:
    count = done["texts"]
    words = ngettext(
        "%(n)d text has a new draft. Read it once more and send it to a second person.",
        "%(n)d texts have a new draft. Read each once more and send it to a second person.",
        count,
    )
    return words % {"n": count}


TEXTS = Book(
    name="spean-texts",
    see="text.see",
    write="text.write",
    leaves=lambda actor: [Sheet("Texts", text_rows(actor))],
    look=bringing_texts.look,
    bring_in=bringing_texts.bring_in,
    told=_told,
    changed=gettext_lazy("A draft"),
    title=gettext_lazy("Texts as a sheet"),
    lede=gettext_lazy(
        "Take all texts as a sheet, each part on a row with Khmer beside English, change words in your own program, and bring "
        "the sheet in again. You see what becomes of each row before anything is saved. Each changed text becomes a draft."
    ),
    every=gettext_lazy("All texts"),
    listing="desk:texts",
    taken_at="desk:texts_sheet",
)


@require_safe
def give(request: HttpRequest) -> HttpResponse:
    """All texts as they would be written on."""
    return given(request, TEXTS)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """The form; what would become of each row; and, with `import`, what became of them."""
    return brought(request, TEXTS)
