"""Pictures and recorded readings that public pages show: each under an address that never holds anything else."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from spean.library import mediafiles
from spean.library.queries import media as queries
from spean.surfaces.parts import part_of


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """The file, whole or the part that a player asks for. A telephone keeps it no more than the page: it tells what was read."""
    return part_of(request, queries.public_file(name), mediafiles.mime_of(name))
