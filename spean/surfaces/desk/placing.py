"""A form with a place chosen beside it: the buttons of the place only change the form, `send` saves it."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest

from spean.kernel.errors import Invalid
from spean.places import picker
from spean.surfaces.desk.acting import attempt


def placed(request: HttpRequest, form: Form, save: Callable[[dict[str, Any], str], Any]) -> tuple[Any, str]:
    """(what `save(data, code of the place)` made, ""), or (None, why the place is none): then the form comes back."""
    try:
        place = picker.resolve(request.POST)
    except Invalid as refusal:
        return None, str(refusal.message)
    return attempt(form, lambda data: save(data, place.code if place else "")), ""
