"""Custodians of an organisation: named, vouched for, ended; the practice; and the share that a custodian releases."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spean.accounts import custodians, operations
from spean.kernel.errors import NotAllowed
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.custody_forms import CustodianForm, ReleaseForm
from spean.surfaces.desk.people_forms import DigitsForm
from spean.surfaces.pages import page


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Who keeps shares, whether they can help, when that was practised, and who asks."""
    actor = acting(request)
    organisations = custodians.organisations(actor)
    if not organisations:
        raise NotAllowed
    asked = request.GET.get("org", "")
    org = next((pk for pk, _name in organisations if str(pk) == asked), organisations[0][0])
    found = custodians.page(actor, org)
    return page(
        request, "desk/custody/overview.html", found=found, organisations=organisations, waiting=custodians.waiting_for(actor)
    )


@require_http_methods(["GET", "POST"])
def name(request: HttpRequest, pk: UUID) -> HttpResponse:
    """An administrator names a custodian."""
    actor = acting(request)
    found = custodians.page(actor, pk)
    if not found.may_manage:
        raise NotAllowed
    form = CustodianForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda data: operations.name_custodian(actor, pk, **data)):
        say(request, _("The custodian is named."), _("Next a supervisor compares the digits of their keys with them, by voice."))
        return _to(pk)
    return page(request, "desk/custody/name.html", status=status_of(form), found=found, form=form)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A supervisor has heard the digits of a custodian's keys."""
    actor = acting(request)
    who, org = custodians.custodian(actor, pk, "custodian.confirm")
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda data: operations.confirm_custodian(actor, pk, **data)):
        say(request, _("Done."), _("As soon as there are three, people leave their keys with them when they next open them."))
        return _to(org)
    return page(request, "desk/custody/confirm.html", status=status_of(form), name=who, org=org, form=form)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A custodian stops, or is asked to."""
    actor = acting(request)
    who, org = custodians.custodian(actor, pk, "custodian.end")
    if request.method == "POST":
        operations.end_custodian(actor, pk)
        say(
            request,
            _("%(name)s is no longer a custodian.") % {"name": who},
            _("Name another, so that there are three again."),
        )
        return HttpResponseRedirect(reverse("desk:today"))
    return page(request, "desk/custody/end.html", name=who, org=org)


@require_http_methods(["GET", "POST"])
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A custodian looks twice, hears the digits of the person's browser, and releases their share to it."""
    actor = acting(request)
    asked = custodians.request(actor, pk, "recovery.release")
    form = ReleaseForm(request.POST or None)
    if request.method == "POST":
        done = attempt(form, lambda data: operations.release_share(actor, pk, fingerprint=data["fingerprint"]))
        if done is not None:
            say(
                request,
                _("Your share is released."),
                _("When a second custodian has done the same, it opens."),
            )
            return HttpResponseRedirect(reverse("desk:custodians"))
    return page(request, "desk/custody/release.html", status=status_of(form), asked=asked, form=form)


@require_POST
def stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A way back ends here."""
    operations.stop_request(acting(request), pk)
    say(request, _("It is stopped."), _("What custodians released for it is deleted."))
    return HttpResponseRedirect(reverse("desk:today"))


@require_POST
def practise(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A custodian begins a practice with a made-up secret."""
    made = operations.start_practice(acting(request), pk)
    return HttpResponseRedirect(reverse("desk:practice", args=[made]))


@require_http_methods(["GET", "POST"])
def practice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The practice's digits to read out; and its end, when a second custodian has released."""
    actor = acting(request)
    asked = custodians.request(actor, pk, "recovery.finish")
    if request.method == "POST":
        operations.finish_practice(actor, pk)
        say(request, _("Two of three custodians opened the made-up secret."), _("The day stands on the page of the custodians."))
        return HttpResponseRedirect(reverse("desk:custodians"))
    digits = custodians.digits_of_practice(actor, pk)
    return page(request, "desk/custody/practice.html", asked=asked, digits=digits)


def _to(org: UUID) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('desk:custodians')}?org={org}")
