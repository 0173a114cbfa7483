"""Pictures and recorded readings of a text: what each step has, and one step with what is to be read aloud."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from spean.library import mediafiles
from spean.library.operations import media as operations
from spean.library.queries import media as queries
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.media_forms import MediaForm
from spean.surfaces.headers import with_microphone
from spean.surfaces.pages import page
from spean.surfaces.parts import part_of

SAVED = _("Saved as a draft. Readers see and hear it once the text was sent, and somebody else has published it.")


@require_safe
def listing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page and its steps, each with what it has."""
    begun, parts = queries.parts(acting(request), pk)
    return page(request, "desk/text_media.html", text=begun, parts=parts)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """One of them, to be changed."""
    actor = acting(request)
    begun, parts, one = queries.part(actor, pk, number)
    words = {name: one.media.get(name, "") for name in ("alt_km", "alt_en")}
    begin = {"initial": {**words, "seen": begun.seen}, "actor": actor}
    form = MediaForm.sent(request, actor) if request.method == "POST" else MediaForm(**begin)
    if request.method == "POST" and attempt(
        form, lambda data: operations.put(actor, pk, number, form.media(one.media), data["sent_id"], seen=data["seen"])
    ):
        say(request, SAVED)
        following = number + 1 < len(parts) and "next" in request.POST
        return redirect("desk:text_part", pk=pk, number=number + 1) if following else redirect("desk:text_media", pk=pk)
    shown = {"text": begun, "part": one, "readings": _beside(form, one), "following": number + 1 < len(parts)}
    return with_microphone(page(request, "desk/text_part.html", status=status_of(form), form=form, **shown))


def _beside(form: MediaForm, one: queries.Part) -> list[tuple[queries.Reading, dict[str, object]]]:
    """Each language with its own fields."""
    names = ("reading", "right", "no_reading", "kept_reading")
    return [(reading, {name: form[f"{name}_{reading.code}"] for name in names}) for reading in one.readings]


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """A picture or a reading, public or not yet."""
    data = queries.desk_file(acting(request), name)
    return part_of(request, data, mediafiles.mime_of(name))
