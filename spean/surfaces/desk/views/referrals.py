"""Referrals: offered from a case in two steps, the lists of both sides, one with what each side does, and who knows what."""

from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spean.accounts import access
from spean.accounts.access import Actor
from spean.cases.operations import outside, receiving, referring
from spean.cases.packet_words import packet_lines
from spean.cases.queries import referrals as queries
from spean.cases.queries import told as telling
from spean.cases.queries.cases import CaseHead, case_head, sees
from spean.cases.queries.helping import helping
from spean.directory.queries.free import desk_of, own_services
from spean.directory.queries.public import called
from spean.handed.operations.laying import Laid
from spean.kernel.errors import Invalid, Locked, NotAllowed, NotYours
from spean.kernel.ids import group
from spean.kernel.text import fold, khmer_digits
from spean.surfaces.desk.acting import Act, acting, attempt, say
from spean.surfaces.desk.fields import PlainForm, SentForm, plain
from spean.surfaces.desk.referral_forms import OfferForm, OutcomeForm, OutsideForm, RefuseForm, WhomForm
from spean.surfaces.pages import page

BOXES = (("received", _("Sent to your desk")), ("sent", _("Sent by you")))
VIEWS = (("waits", _("Waits for you")), ("open", _("Under way")), ("ended", _("Ended")))
ACTS: dict[str, Act] = {
    "accept": Act(
        plain(PlainForm),
        lambda a, pk, _d: receiving.accept(a, pk),
        _("Accepted. Who sent it hands over what the person agreed to; then it stands among what was handed to your desk."),
    ),
    "refuse": Act(
        plain(RefuseForm),
        lambda a, pk, d: receiving.refuse(a, pk, d["reason"], d["words"]),
        _("Refused. Who sent it is told on Today, and looks for another desk."),
    ),
    "hand": Act(
        plain(PlainForm),
        lambda a, pk, _d: referring.hand(a, pk),
        _("Handed over. Each opening there stands on the course of the case. You can call it back at any time."),
    ),
    "hand_out": Act(plain(SentForm), lambda a, pk, d: outside.hand(a, pk, d["sent_id"]), "", needs="hand"),
    "call_back": Act(
        plain(PlainForm),
        lambda a, pk, _d: referring.call_back(a, pk),
        _("Called back. The other desk can open nothing any more. What was read before cannot be made unread: tell them so."),
    ),
    "finish": Act(
        plain(OutcomeForm),
        lambda a, pk, d: receiving.finish(a, pk, d["outcome"], d["words"]),
        _("Saved. Who sent it is told; the packet is destroyed."),
    ),
    "take": Act(
        plain(SentForm),
        lambda a, pk, d: receiving.take(a, pk, d["sent_id"]),
        _("The person is looked after by your desk now. The packet is destroyed; what was told stands in your case."),
    ),
}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What was sent to the reader's desks, or from the reader's cases."""
    actor, wanted = acting(request), request.GET
    if not access.may(actor, "referral.see"):
        raise NotAllowed
    box, view = wanted.get("box", ""), wanted.get("view", "")
    box, view = box if box in queries.BOXES else "received", view if view in queries.VIEWS else "waits"
    found = queries.referrals(actor, box=box, view=view, after=wanted.get("after", ""))
    lists = {"boxes": BOXES, "views": VIEWS, "totals": queries.totals(actor, box), "services": own_services(actor)}
    return page(request, "desk/referrals.html", found=found, box=box, view=view, **lists)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First the need and the desk, with who helps there; then what is asked and told. Only a post makes an offer."""
    actor = acting(request)
    head, desks = case_head(actor, pk), queries.desks(actor, pk)
    asked = request.POST if request.method == "POST" else request.GET
    whom = _whom(asked, desks)
    if not whom.is_valid():
        return _new(request, head, whom, desks, status=422 if request.method == "POST" else 200)
    need, desk = whom.cleaned_data["need"], UUID(whom.cleaned_data["desk"])
    agreed = queries.agreed(actor, pk, desk, need)
    if request.method != "POST":
        form = OfferForm(initial={"need": need, "desk": desk}, agreed=agreed)
        return _new(request, head, whom, desks, form=form, agreed=agreed)
    form = OfferForm(request.POST, agreed=agreed)
    made = attempt(form, lambda data: referring.offer(actor, pk, form.offer(), data["sent_id"]))
    if made is None:
        return _new(request, head, whom, desks, form=form, agreed=agreed, status=422)
    say(request, _("Offered, without a name. When the desk accepts, you hand over what was agreed to: it stands on Today."))
    return redirect("desk:referral", pk=made)


def _whom(asked: Any, desks: list[tuple[UUID, str]]) -> WhomForm:
    """With what was asked; where a goal of the plan led here, with the desk that runs its service, if it may be told."""
    if "service" not in asked or "desk" in asked:
        return WhomForm(asked if "need" in asked else None, desks=desks)
    given = {"need": asked.get("need", ""), "service": asked["service"]}
    try:
        desk = desk_of(UUID(asked["service"]))
    except ValueError:
        raise NotYours from None
    known = desk in dict(desks)
    return WhomForm({**given, "desk": str(desk)}, desks=desks) if known else WhomForm(initial=given, desks=desks)


def _whom_outside(asked: Any, named: list[tuple[UUID, str]]) -> WhomForm:
    """With what was asked; where a goal of the plan led here, with the agreement that names its service, if there is one."""
    if "service" not in asked or "desk" in asked:
        return WhomForm(asked if "need" in asked else None, desks=named)
    given = {"need": asked.get("need", ""), "service": asked["service"]}
    try:
        names = {fold(name) for name in called(UUID(asked["service"]))}
    except ValueError:
        raise NotYours from None
    agreed = next((pk for pk, name in named if fold(name) in names), None)
    return WhomForm({**given, "desk": str(agreed)}, desks=named) if agreed else WhomForm(initial=given, desks=named)


def _new(request: HttpRequest, head: CaseHead, whom: WhomForm, desks: Any, *, status: int = 200, **more: Any) -> HttpResponse:
    need, service = (str(whom[name].value() or "") for name in ("need", "service"))
    helpers = helping(acting(request), need, head)
    chosen = next((fit for fit in helpers if str(fit.help.id) == service), None)
    shown = {"head": head, "whom": whom, "desks": desks, "need": need, "helpers": helpers, "chosen": chosen}
    return page(request, "desk/referral_new.html", status=status, **shown, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def new_outside(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same for an organisation without an account, which the sender has asked by telephone. Its name is opened for it."""
    actor = acting(request)
    head = case_head(actor, pk)
    try:
        desks = [(one.id, one.name) for one in outside.named(actor, pk)]
    except Invalid:  # somebody else looks after the person: the case's own page asks why
        return redirect("desk:case", pk=pk)
    whom = _whom_outside(request.POST if request.method == "POST" else request.GET, desks)
    whom.fields["desk"].label = _("Which organisation is asked")
    if not whom.is_valid():
        return _new(request, head, whom, desks, outside=True, status=422 if request.method == "POST" else 200)
    return _ask_outside(request, head, whom, desks)


def _ask_outside(request: HttpRequest, head: CaseHead, whom: WhomForm, desks: Any) -> HttpResponse:
    actor, need, chosen = acting(request), whom.cleaned_data["need"], UUID(whom.cleaned_data["desk"])
    agreed = queries.agreed_by(actor, head.row.id, chosen, need)
    if request.method != "POST":
        form = OutsideForm(initial={"need": need, "desk": chosen}, agreed=agreed)
        return _new(request, head, whom, desks, form=form, agreed=agreed, outside=True)
    form = OutsideForm(request.POST, agreed=agreed)
    made = attempt(form, lambda data: outside.ask(actor, head.row.id, form.outside(), data["sent_id"]))
    if made is None:
        return _new(request, head, whom, desks, form=form, agreed=agreed, outside=True, status=422)
    say(request, _("Written down. Look at what they will see, then make the packet."))
    return redirect("desk:referral", pk=made)


@require_safe
def referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One referral, as its side sees it. Nothing sealed is opened."""
    return _show(request, pk, {})


def _show(request: HttpRequest, pk: UUID, wrong: dict[str, Form], **opened: Any) -> HttpResponse:
    actor = acting(request)
    head = queries.referral(actor, pk)
    made = {v: wrong.get(v) or act.form(v, actor, head, None) for v, act in ACTS.items() if (act.needs or v) in head.may}
    return page(request, "desk/referral.html", status=422 if wrong else 200, head=head, forms=made | wrong, **opened)


@require_POST
def act(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One of ACTS, or opening what is sealed: the packet, before or after it was made, or what was said back."""
    actor, chosen = acting(request), ACTS.get(verb)
    if verb == "preview":
        return _preview(request, actor, pk)
    if verb == "open":
        return _show(request, pk, {}, packet=packet_lines(receiving.read(actor, pk)))
    if verb == "hear":
        return _show(request, pk, {}, heard=referring.hear(actor, pk))
    if chosen is None:
        raise NotYours
    return _done(request, actor, pk, verb, chosen)


def _preview(request: HttpRequest, actor: Actor, pk: UUID) -> HttpResponse:
    head = queries.referral(actor, pk)
    try:
        lines = _letter_lines(outside.preview(actor, pk)) if head.outside else packet_lines(referring.preview(actor, pk))
    except Invalid:  # somebody else looks after the person: the case's own page asks why, and that holds for today
        return redirect("desk:case", pk=head.case)
    return _show(request, pk, {}, preview=lines)


def _letter_lines(letter: dict[str, Any]) -> list[Any]:
    language = get_language() or "km"
    return [*letter["about"][language], *letter["told"][language], (_("Whom they telephone here"), letter["call"])]


def _laid(request: HttpRequest, pk: UUID, laid: Laid) -> HttpResponse:
    """The link and the code of a packet, this one time: nobody can show them again."""
    own = khmer_digits if get_language() == "km" else str
    link = request.build_absolute_uri(reverse("public:packet", args=[laid.link]))
    return _show(request, pk, {}, laid={"link": link, "code": own(group(laid.code, 3))})


def _done(request: HttpRequest, actor: Actor, pk: UUID, verb: str, chosen: Act) -> HttpResponse:
    form = chosen.form(verb, actor, None, request.POST)
    made = attempt(form, lambda data: chosen.run(actor, pk, data))
    if made is None:
        return _show(request, pk, {verb: form})
    if verb == "hand_out":
        return _laid(request, pk, made)
    say(request, chosen.saved)
    return redirect("desk:case", pk=made) if verb == "take" and sees(actor, made) else redirect("desk:referral", pk=pk)


@require_safe
def told(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who knows what of the person: to be read out to them."""
    actor = acting(request)
    head, found = case_head(actor, pk), telling.told(actor, pk)
    sealed = found.unasked or any(row.outside for row in (*found.given, *found.asked))
    names = _names(actor, pk) if sealed else {}
    return page(request, "desk/case_told.html", head=head, told=found, names=names)


def _names(actor: Actor, pk: UUID) -> dict[UUID, str]:
    """Of organisations without an account; none where the reader's keys are locked, or who looks after the person is another."""
    try:
        return outside.names(actor, pk)
    except (Invalid, Locked, NotYours):
        return {}
