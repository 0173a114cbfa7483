"""A packet for an organisation without an account: its link asks for the code; opened once; then how it stands."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.handed.enums import Outcome, PacketState, WhyRefused
from spean.handed.operations import opening
from spean.handed.operations.opening import Stands
from spean.kernel.errors import Conflict, Invalid, TooMany
from spean.kernel.ids import only_digits
from spean.surfaces.pages import page
from spean.surfaces.public import allowance
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.forms import PacketForm
from spean.surfaces.public.pacing import unhurried

FULL = _("Many people are asking at this moment. Wait a minute, then press the button again.")
ENDED = _("This has ended, or it was called back. Telephone who sent it.")
#: state of a packet -> what who knows its code is told, once the words are gone
STATES = {
    PacketState.OPENED: _(
        "It was opened, and is not shown again. If it was not you who opened it, telephone who sent it at once."
    ),
    PacketState.SERVES: _("You said that you help. Thank you. When it is done, tell what came of it."),
    PacketState.DONE: _("You told what came of it. Thank you. Destroy what you wrote down and do not need any more."),
    PacketState.REFUSED: _("You said that you cannot help. Destroy what you wrote down of it, and do not look for the person."),
    PacketState.BACK: _("This was called back. Destroy what you wrote down of it, and do not look for the person."),
    PacketState.OVER: _("Its day is over. Destroy what you wrote down of it, and do not look for the person."),
}


@public_page("POST")
def packet(request: HttpRequest, link: str) -> HttpResponse:
    """Ask for the code; with it, open or answer. Every link that can be typed asks, also one that is nobody's."""
    if request.method != "POST":
        return page(request, "public/packet.html", form=PacketForm())
    form = PacketForm(request.POST)
    if not form.is_valid():
        return page(request, "public/packet.html", status=422, form=form)
    try:
        allowance.take_lookup(request)
        with unhurried():
            return _shown(request, form.cleaned_data["code"], _stands(request, link, form.cleaned_data["code"]))
    except Invalid as refusal:
        form.add_error("code", refusal.fields.get("code", refusal.message))
        return page(request, "public/packet.html", status=422, form=form)
    except Conflict:
        return page(request, "public/packet.html", status=409, form=form, refused=ENDED)
    except TooMany as refusal:
        response = page(request, "public/packet.html", status=429, form=form, refused=FULL)
        response.headers["Retry-After"] = str(refusal.wait)
        return response


def _stands(request: HttpRequest, link: str, code: str) -> Stands:
    move = request.POST.get("answer", "")
    chosen = {"refuse": "reason", "finish": "outcome"}.get(move, "")
    return opening.answer(link, code, move, request.POST.get(chosen, "")) if move else opening.open_once(link, code)


def _shown(request: HttpRequest, code: str, stands: Stands) -> HttpResponse:
    about: dict[str, Any] = {"stands": stands, "said": STATES.get(PacketState(stands.state), ENDED), "code": only_digits(code)}
    if stands.content is not None:  # in every language, for it cannot be asked for again in another: the reader's own first
        order = sorted(settings.LANGUAGES, key=lambda named: named[0] != get_language())
        parts = [(code, name, stands.content["about"][code], stands.content["told"][code]) for code, name in order]
        about |= {"parts": parts, "call": stands.content["call"]}
    return page(request, "public/packet_open.html", reasons=WhyRefused.choices, outcomes=Outcome.choices, **about)
