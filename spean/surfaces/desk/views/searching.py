"""Search what people told: a form, and which concerns have it. The words come by POST and stand in no address."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from spean.accounts import access
from spean.kernel.errors import Locked, NotAllowed
from spean.surfaces.desk.acting import acting, attempt, status_of
from spean.surfaces.desk.fields import Day, PlainForm, PlainText
from spean.surfaces.pages import page
from spean.voices import matching, queries
from spean.voices.operations import searching


class SearchForm(PlainForm):
    """What to look for, and among which concerns."""

    text = PlainText(
        max_length=matching.LONGEST,
        label=_("Name, telephone number or words"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    place = forms.ChoiceField(required=False, label=_("Place"))
    since = Day(required=False, label=_("Received from"))
    until = Day(required=False, label=_("Received until"))
    messages = forms.BooleanField(required=False, label=_("Search the messages too (slower)"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("All places")), *places]  # type: ignore[attr-defined]

    def asked(self) -> searching.Asked:
        """What was asked for."""
        return searching.Asked(**self.cleaned_data)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """The form; after it was sent, the concerns that have every word. None of them is opened here."""
    actor = acting(request)
    if not access.may(actor, searching.SEARCH):
        raise NotAllowed
    if actor.ring is None:
        raise Locked
    places = queries.search_places(actor)
    form = SearchForm(request.POST, places=places) if request.method == "POST" else SearchForm(places=places)
    outcome = attempt(form, lambda _data: searching.search(actor, form.asked())) if form.is_bound else None
    rows = queries.concern_rows(actor, outcome.found) if outcome else ()
    return page(request, "desk/search.html", status=status_of(form), form=form, outcome=outcome, rows=rows)
