"""Teams and their people: who is in, invited, leaving; who holds the key, and how it is given."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spean.accounts import access, operations, queries, today
from spean.accounts.enums import KEY_ROLES, Role
from spean.accounts.models import Team
from spean.kernel.errors import Conflict, Locked, NotAllowed, NotYours
from spean.places import picker
from spean.places.enums import Level
from spean.surfaces.desk.acting import acting, attempt, say, status_of
from spean.surfaces.desk.people_forms import DigitsForm, InviteForm, TakerForm, TeamForm, VouchForm
from spean.surfaces.pages import page


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """The teams whose people the reader looks after."""
    actor = acting(request)
    if not access.may(actor, "team.see"):
        raise NotAllowed
    vouching = queries.colleagues_to_vouch_for(actor) if actor.has(Role.SUPERVISOR) else []
    return page(
        request,
        "desk/people/people.html",
        teams=queries.teams(actor),
        vouching=bool(vouching),
        view=request.GET.get("view", ""),
        without_key=today.waiting_for_key(actor),
        invited=today.unused_invitations(actor),
        may_add=access.may(actor, "organisation.manage"),
    )


@require_GET
def team(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One team: members, their keys, invitations."""
    actor = acting(request)
    found = queries.team_page(actor, pk)
    return page(request, "desk/people/team.html", team=found, me=actor.id, is_open=actor.ring is not None)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Make an invitation; its link is shown once, on the page that answers."""
    actor = acting(request)
    found, roles = queries.team_page(actor, pk), queries.may_invite_to(actor, pk)
    is_sent = request.method == "POST" and "show" not in request.POST
    form = InviteForm(request.POST, roles=roles) if is_sent else InviteForm(initial=request.POST.dict() or None, roles=roles)
    if is_sent:
        token = attempt(form, lambda data: _invite(request, pk, data["role"], data["sent_id"]))
        if token is not None:
            link = request.build_absolute_uri(reverse("desk:join", args=[token]))
            return page(request, "desk/people/invited.html", team=found, link=link, days=operations.INVITATION_DAYS)
    return page(
        request, "desk/people/invite.html", status=status_of(form), team=found, form=form, picker=picker.state(request.POST)
    )


@require_http_methods(["GET", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """A new team of an organisation that the reader administers."""
    actor = acting(request)
    organisations = queries.organisations_to_manage(actor)
    if not organisations:
        raise NotAllowed
    is_sent = request.method == "POST" and "show" not in request.POST
    form = TeamForm(request.POST if is_sent else None, initial=request.POST.dict() or None, organisations=organisations)
    made = attempt(form, lambda data: _new_team(request, data)) if is_sent else None
    if made is not None:
        say(request, _("The team is there. Invite its first supervisor: she makes the team's key."))
        return _to_team(made.pk)
    return page(request, "desk/people/new_team.html", status=status_of(form), form=form, picker=picker.state(request.POST))


def _new_team(request: HttpRequest, data: dict[str, Any]) -> Team:
    return operations.add_team(
        acting(request),
        UUID(data["organisation"]),
        name_km=data["name_km"],
        name_en=data["name_en"],
        place=picker.resolve(request.POST),
        receives_reports=data["receives_reports"],
        sent_id=data["sent_id"],
    )


def _invite(request: HttpRequest, team_id: UUID, role: str, sent_id: UUID) -> str:
    place = None
    if role == Role.VOLUNTEER:
        place = picker.resolve(request.POST, needed=Level.VILLAGE)
    return operations.invite(acting(request), Team.objects.get(pk=team_id), role, place=place, sent_id=sent_id)


@require_POST
def withdraw(request: HttpRequest, pk: UUID, invitation: UUID) -> HttpResponse:
    """A link stops working."""
    operations.withdraw_invitation(acting(request), pk, invitation)
    say(request, _("The invitation is withdrawn."), _("Its link does not work any more."))
    return _to_team(pk)


@require_http_methods(["GET", "POST"])
def give_key(request: HttpRequest, pk: UUID, user: UUID) -> HttpResponse:
    """Vouch for a member's keys, having heard the digits from the member; give the team's key if the role needs it."""
    actor = acting(request)
    found = queries.team_page(actor, pk)
    member = next((m for m in found.members if m.user == user and m.needs_key), None)
    if member is None or not found.may_give_keys:
        raise NotYours
    form = DigitsForm(request.POST or None)
    if request.method == "POST" and attempt(form, lambda data: operations.grant_key(actor, pk, user, **data)):
        say(request, _("Done."), _("%(name)s can work with this team now.") % {"name": member.name})
        return _to_team(pk)
    with_team_key = member.role_code in KEY_ROLES
    return page(
        request,
        "desk/people/give_key.html",
        status=status_of(form),
        team=found,
        member=member,
        form=form,
        with_team_key=with_team_key,
    )


@require_POST
def start_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The team's first key."""
    operations.start_team_key(acting(request), pk)
    say(request, _("The team has its key, and you hold it."), _("Now give it to the others who read concerns."))
    return _to_team(pk)


@require_POST
def rotate_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new key after somebody left, or the next part of moving to it."""
    actor = acting(request)
    found = queries.team_page(actor, pk)
    if actor.ring is None:
        raise Locked
    if not found.waiting or found.is_stale:
        operations.rotate_key(actor, pk)
    operations.tend_keys(actor)
    left = queries.team_page(actor, pk).waiting
    say(
        request,
        _("The team has a new key."),
        _("%(count)d things still lie under the old one.") % {"count": left} if left else "",
    )
    return _to_team(pk)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, membership: UUID) -> HttpResponse:
    """Somebody leaves: the page says what will happen, then it happens at once."""
    actor = acting(request)
    row, team_id, takers = queries.member(actor, membership, "membership.end")
    problem = None
    if request.method == "POST":
        try:
            operations.end_membership(actor, membership)
        except Conflict as error:
            problem = error.message
        else:
            say(request, _("%(name)s has left the team.") % {"name": row.name}, _("They are signed out everywhere."))
            return _to_team(team_id) if row.user != actor.id else HttpResponseRedirect(reverse("desk:today"))
    return page(
        request,
        "desk/people/end.html",
        status=Conflict.status if problem else 200,
        member=row,
        team_id=team_id,
        takers=takers,
        problem=problem,
    )


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, membership: UUID) -> HttpResponse:
    """What one member holds goes to another."""
    actor = acting(request)
    row, team_id, takers = queries.member(actor, membership, "membership.hand_over")
    form = TakerForm(request.POST or None, takers=takers)
    if request.method == "POST":
        done = attempt(form, lambda data: operations.hand_over(actor, membership, to_membership_id=UUID(data["to"])))
        if done is not None:
            say(request, _("The work is handed over."), _("The new holder finds it under Today."))
            return _to_team(team_id)
    return page(
        request, "desk/people/hand_over.html", status=status_of(form), member=row, team_id=team_id, form=form, takers=takers
    )


@require_http_methods(["GET", "POST"])
def vouch(request: HttpRequest) -> HttpResponse:
    """Vouch for a supervisor of another team, so that she can make its key."""
    actor = acting(request)
    if not actor.has(Role.SUPERVISOR):
        raise NotAllowed
    waiting = queries.colleagues_to_vouch_for(actor)
    form = VouchForm(request.POST or None, people=waiting)
    if request.method == "POST":
        done = attempt(form, lambda data: operations.vouch(actor, UUID(data["person"]), fingerprint=data["fingerprint"]))
        if done is not None:
            say(request, _("Done."), _("They can make their team's key now."))
            return HttpResponseRedirect(reverse("desk:people"))
    return page(request, "desk/people/vouch.html", status=status_of(form), form=form, waiting=waiting)


def _to_team(pk: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:team", args=[pk]))
