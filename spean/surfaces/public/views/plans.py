"""A travel plan: left without an account, opened again with its number, checked in with a link that shows nothing."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from spean.kernel.errors import Conflict, Invalid, NotYours, Refusal, TooMany, Unsure
from spean.kernel.ids import group, only_digits
from spean.kernel.text import khmer_digits
from spean.kernel.trouble import told
from spean.library.enums import Destination
from spean.places import picker
from spean.places.models import Place
from spean.places.queries import ABOVE
from spean.surfaces.pages import page
from spean.surfaces.parts import part_of
from spean.surfaces.plan_forms import PAPERS, PlanForm, shown_once
from spean.surfaces.public import allowance, carried
from spean.surfaces.public.carried import Carried
from spean.surfaces.public.doors import public_page
from spean.surfaces.public.forms import CodeForm, ShortCodeForm, known_id
from spean.surfaces.public.pacing import unhurried
from spean.voices.operations import intake, plan_owner, plan_signs, plans
from spean.voices.operations.plans import Left
from spean.voices.plan_enums import PlanState, Sign

CROWDED = _(
    "Nothing was saved. Very many digits come at this moment. Try again in ten minutes, or take another way that you know."
)
FULL = _("Many people are asking at this moment. Wait a minute, then press the button again.")
#: state of a plan -> what its owner is told
STATES = {
    PlanState.RUNNING: _("Your plan is under way."),
    PlanState.ASKED: _("You have missed a check-in. We have written to the person you trust. If you are well, press Sun."),
    PlanState.MISSED: _("You have missed a check-in. The team calls the person you trust. If you are well, press Sun."),
    PlanState.RAISED: _("The team looks for you. If you are well, press Sun and call them or the person you trust."),
    PlanState.CLOSED: _("This plan has ended."),
}


@public_page("POST")
def plan(request: HttpRequest) -> HttpResponse:
    """The form; with a press on a "show" button the form again; with Send the number."""
    if request.method != "POST":
        return _form(request, PlanForm(initial={"sent_id": uuid4()}))
    if "show" in request.POST:
        return _form(request, PlanForm.again(request.POST), had_file=bool(request.FILES))
    return _send(request)


def _send(request: HttpRequest) -> HttpResponse:
    pages = Carried.of(request.POST)
    try:
        allowance.take_plan(request)
        allowance.take_file(request)
        with told(intake.UNSURE):
            place, brought = _place(request), pages.open()
    except Invalid as refusal:  # the place: the rest is judged when it is right
        return _form(request, PlanForm.again(request.POST), status=422, place_error=refusal.message)
    except NotYours:
        return _without_pages(request, pages)
    except Refusal as refusal:
        return _refused(request, refusal)
    return _leave(request, PlanForm.sent(request, brought), place, pages)


def _leave(request: HttpRequest, form: PlanForm, place: Place | None, pages: Carried) -> HttpResponse:
    if not form.is_valid():
        return _form(request, form, status=422, had_file=bool(request.FILES))
    try:
        left = plans.leave(form.draft(place, get_language() or "km"), form.cleaned_data["sent_id"])
    except Refusal as refusal:
        return _refused(request, refusal)
    return _saved(request, left, pages)


def _saved(request: HttpRequest, left: Left, pages: Carried) -> HttpResponse:
    return page(request, "public/plan_saved.html", moved=pages.end(), **shown_once(request, left))


def _without_pages(request: HttpRequest, pages: Carried) -> HttpResponse:
    """The pages are gone: with this very plan, which has its number then; or the form, with everything in it."""
    left = plans.left(known_id(request.POST))
    if left is not None:
        return _saved(request, left, pages)
    more = {"not_saved": carried.GONE, "had_file": bool(request.FILES)}
    return _form(request, PlanForm.again(request.POST), status=422, **more)


def _place(request: HttpRequest) -> Place | None:
    return picker.resolve(request.POST, above=ABOVE)


def _form(request: HttpRequest, form: PlanForm, *, status: int = 200, code: str = "", **more: Any) -> HttpResponse:
    chosen = more.pop("chosen", "")
    data = request.POST if request.method == "POST" and not chosen else {"place-pick": chosen}
    pages = Carried.of(request.POST)
    seen = pages.not_looked_at() if more.get("unsure") else pages
    shown = {"form": form, "papers": [form[name] for name in PAPERS], "code": code, **seen.context(plans.MOST_PAPERS), **more}
    shown |= {"found": request.POST.get("show") == "found", "picker": more.get("picker") or picker.state(data)}
    return page(request, "public/plan.html", status=status, **shown)


def _refused(request: HttpRequest, refusal: Refusal, code: str = "") -> HttpResponse:
    """The form with everything in it, and why it was not saved."""
    message = FULL if isinstance(refusal, TooMany) else refusal.message
    more = {"not_saved": message, "had_file": bool(request.FILES), "code": code}
    more |= {"unsure": True, "picker": picker.kept(request.POST)} if isinstance(refusal, Unsure) else {}
    response = _form(request, PlanForm.again(request.POST), status=refusal.status, **more)
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.wait)
    return response


# -- with the number -------------------------------------------------------------------------------------------------------
@public_page("POST")
def act(request: HttpRequest) -> HttpResponse:
    """What the owner does with the number: check in, look, change, end, erase."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, form if request.method == "POST" else CodeForm(), status=422 if request.method == "POST" else 200)
    return _with_number(request, form, request.POST.get("act", ""))


def _with_number(request: HttpRequest, form: CodeForm, what: str) -> HttpResponse:
    code = only_digits(form.cleaned_data["code"])
    try:
        allowance.take_lookup(request)
        return ACTS.get(what, look)(request, code)
    except Invalid as error:
        form.add_error("code", error.fields.get("code", error.message))
        return _ask(request, form, status=422)
    except TooMany as refusal:
        response = page(request, "public/receipt.html", status=429, form=form, not_saved=FULL)
        response.headers["Retry-After"] = str(refusal.wait)
        return response


def _ask(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return page(request, "public/receipt.html", status=status, form=form)


def look(request: HttpRequest, code: str, *, written: bool = False, said: Any = "") -> HttpResponse:
    """The plan's page, for who gave its number."""
    own = plan_owner.own_plan(code, written=written)
    shown = khmer_digits if get_language() == "km" else str
    about = {"state": STATES[PlanState(own.state)], "destination": Destination(own.destination).label}
    return page(request, "public/plan_own.html", plan=own, code=code, code_own=shown(group(code)), said=said, **about)


def _sign(request: HttpRequest, code: str) -> HttpResponse:
    sign = request.POST.get("sign", Sign.SUN)
    if sign not in Sign:
        return look(request, code)
    with unhurried():
        plan_signs.by_number(code, Sign(sign))
    return look(request, code, said=_("Thank you. It is saved."))


def _change(request: HttpRequest, code: str) -> HttpResponse:
    """The form with what stands in the plan; sent, it is written anew."""
    if "send" not in request.POST and "show" not in request.POST:
        own = plan_owner.own_plan(code, written=True)
        place = (own.written.place or {}).get("code", "") if own.written else ""
        return _form(
            request, PlanForm.of(own), code=code, chosen=place or " ", papers_there=len(own.written.papers) if own.written else 0
        )
    if "show" in request.POST:
        return _form(request, PlanForm.again(request.POST), code=code, had_file=bool(request.FILES))
    try:
        allowance.take_file(request)
        place, form = _place(request), PlanForm.sent(request)
        if not form.is_valid():
            return _form(request, form, status=422, code=code, had_file=bool(request.FILES))
        plan_owner.change(code, form.draft(place, get_language() or "km"), drop_papers=form.cleaned_data["drop_papers"])
    except Refusal as refusal:
        return _refused(request, refusal, code)
    return look(request, code, said=_("Your plan is written anew."))


def _close(request: HttpRequest, code: str) -> HttpResponse:
    plan_owner.close(code)
    return look(request, code, said=_("Your plan has ended. Nobody waits for a check-in any more."))


def _erase(request: HttpRequest, code: str) -> HttpResponse:
    if request.POST.get("sure") != "on":
        return look(request, code, said=_("Put the mark first, then press Erase. Nothing was erased."))
    if plan_owner.erase(code) is None:
        return page(request, "public/plan_gone.html")
    return look(request, code)


ACTS: dict[str, Any] = {
    "sign": _sign,
    "written": lambda request, code: look(request, code, written=True),
    "change": _change,
    "close": _close,
    "erase": _erase,
}


@public_page("POST")
def paper(request: HttpRequest) -> HttpResponse:
    """A photo of one's own, for whom it was taken away from: shown with the number."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, CodeForm())
    try:
        allowance.take_lookup(request)
        mime, content = plan_owner.own_paper(only_digits(form.cleaned_data["code"]), UUID(request.POST.get("paper", "")))
    except (Invalid, NotYours, TooMany, ValueError, Conflict):
        return _ask(request, form, status=422)
    return part_of(request, content, mime)


# -- with the link, or a short code ------------------------------------------------------------------------------------
@public_page("POST")
def check(request: HttpRequest, link: str) -> HttpResponse:
    """Two signs. What is pressed is saved; whatever it was, the answer is the same, and tells nothing of a plan."""
    if request.method != "POST":
        return page(request, "public/plan_check.html")
    try:
        with unhurried():
            plan_signs.by_link(link, Sign(request.POST.get("sign", "")))
    except (Invalid, ValueError):
        return page(request, "public/plan_check.html", status=422, refused=plan_signs.NO_LINK)
    except Refusal as refusal:
        return page(request, "public/plan_check.html", status=refusal.status, refused=refusal.message)
    return page(request, "public/plan_check.html", done=True)


@public_page("POST")
def code(request: HttpRequest) -> HttpResponse:
    """The door for a short code: which of the two signs it is, only the code knows. Answered like the link."""
    if request.method != "POST":
        return page(request, "public/plan_check.html", form=ShortCodeForm())
    form = ShortCodeForm(request.POST)
    typed = form.cleaned_data["digits"] if form.is_valid() else ""
    if not plan_signs.can_be_short_code(typed):
        return page(request, "public/plan_check.html", status=422, form=form, refused=plan_signs.NO_SIGN)
    try:
        with unhurried(), allowance.trying_a_sign(request):
            plan_signs.by_own_short_code(typed)
    except Refusal as refusal:
        words = CROWDED if isinstance(refusal, TooMany) else refusal.message
        response = page(request, "public/plan_check.html", status=refusal.status, form=form, refused=words)
        if isinstance(refusal, TooMany):
            response.headers["Retry-After"] = str(refusal.wait)
        return response
    return page(request, "public/plan_check.html", done=True)
