"""Coming back with a receipt number: replies, and adding more. The number travels in the body each time, never in an address."""

import json
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Invalid, TooMany
from spean.kernel.ids import group, only_digits
from spean.kernel.text import khmer_digits
from spean.surfaces.headers import with_microphone
from spean.surfaces.pages import page
from spean.surfaces.public import allowance
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.forms import AddForm, CodeForm
from spean.surfaces.public.views import plans
from spean.surfaces.public.views.sealing import as_values
from spean.voices.operations import codes
from spean.voices.operations import threads as operations

FULL = _("Many people are asking at this moment. Wait a minute, then press the button again.")
#: state of a concern -> what the person is told of it
STATES = {
    "new": _("It is saved. Nobody has read it yet."),
    "open": _("The team is looking at it."),
    "waiting": _("The team asks you something. Read it below, and answer if you can."),
    "answered": _("The team has answered you. Read it below."),
    "joined": _("The team works on it together with what others told."),
    "held": _("It is saved. Very many reports came at once, so somebody looks through them first. Nothing is lost."),
    "set_aside": _("The team has set it aside. Add something in your own words: then it is looked at again."),
    "closed": _("The team has ended its work on this. You can still add something: then it is opened again."),
}


@public_page("POST")
def receipt(request: HttpRequest) -> HttpResponse:
    """Ask for the number; with a number, show its thread."""
    if request.method != "POST":
        return _ask(request, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    return _opened(request, form, AddForm(initial={"sent_id": uuid4()}))


@public_page("POST")
def add(request: HttpRequest) -> HttpResponse:
    """Add words or a file to the thread, and show it."""
    if request.method != "POST":
        return _ask(request, CodeForm())
    code = CodeForm(request.POST)
    if not code.is_valid():
        return _ask(request, code, status=422)
    form = AddForm.sent(request)
    if form.errors:
        return _opened(request, code, form, status=422, had_file=bool(request.FILES))
    return _opened(request, code, AddForm(initial={"sent_id": uuid4()}), more=form)


def _opened(
    request: HttpRequest, form: CodeForm, add_form: AddForm, *, more: AddForm | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """The thread. Unknown and wrong numbers get the same words, in the same time."""
    code = only_digits(form.cleaned_data["code"])
    try:
        allowance.take_lookup(request)
        if more is not None:
            sent = more.cleaned_data
            operations.add_to_thread(code, sent["text"], sent["sent_id"], more.sent_files(), envelope=sent["envelope"])
        elif codes.open_code(code).is_of_plan:
            return plans.look(request, code)
        thread = operations.thread_view(code)
    except Invalid as error:
        form.add_error("code", error.fields.get("code", error.message))
        return _ask(request, form, status=422)
    except TooMany as refusal:
        again = AddForm.again(request.POST) if more is not None or status != 200 else None  # noqa: PLR2004 - OK
        return _wait(request, form, again, refusal)
    own = khmer_digits if get_language() == "km" else str
    shown = {"code": code, "code_own": own(group(code)), "thread": thread, "state": STATES[thread.state], "form": add_form}
    shown["offer"] = json.dumps(as_values(thread.offer)) if thread.offer else ""
    return with_microphone(page(request, "public/thread.html", status=status, added=more is not None, **shown, **context))


def _wait(request: HttpRequest, form: CodeForm, add_form: AddForm | None, refusal: TooMany) -> HttpResponse:
    response = page(request, "public/receipt.html", status=429, form=form, add_form=add_form, not_saved=FULL)
    response.headers["Retry-After"] = str(refusal.wait)
    return response


def _ask(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return page(request, "public/receipt.html", status=status, form=form)
