"""Who may do what to cases. Sealed reads need, besides, the team's key: see `privacy.keys`.

A case worker reaches the cases that she looks after, a supervisor those of her team. Nobody closes what they asked to close,
nobody reviews their own screening, and nobody approves the plan that they submitted.
"""

from django.db.models import Q

from spean.accounts.access import Actor, Seat, allow, nothing_yet, same_team
from spean.accounts.enums import Role
from spean.cases.enums import CASE_MOVES, UNDER_WAY

WORKER, SUPERVISOR = [Role.CASE_WORKER], [Role.SUPERVISOR]


def _mine(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(assigned_to=actor.id, team__in=[s.team for s in seats])


def _closing_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(team__in=[s.team for s in seats]) & ~Q(closing_by=actor.id)


def _plan_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(team__in=[s.team for s in seats]) & ~Q(care_plan__submitted_by=actor.id)


allow("case.open", [*WORKER, *SUPERVISOR], nothing_yet)
allow("case.see", WORKER, _mine)
allow("case.see", SUPERVISOR, same_team())
allow("case.read", WORKER, _mine)
allow("case.read", SUPERVISOR, same_team())
for _verb in ("change", "note", "task", "screen", "review", "assign", "consent", "agree", "assess", "plan"):
    allow(f"case.{_verb}", WORKER, _mine, UNDER_WAY)
    allow(f"case.{_verb}", SUPERVISOR, same_team(), UNDER_WAY)
allow("case.withdraw", WORKER, _mine)  # also after the end: it stops what still lies elsewhere
allow("case.withdraw", SUPERVISOR, same_team())
for _verb in ("ask_close", "reopen"):
    allow(f"case.{_verb}", WORKER, _mine, CASE_MOVES[_verb][0])
    allow(f"case.{_verb}", SUPERVISOR, same_team(), CASE_MOVES[_verb][0])
for _verb in ("close", "keep_open"):
    allow(f"case.{_verb}", SUPERVISOR, _closing_of_another, CASE_MOVES[_verb][0])
allow("case.approve_plan", SUPERVISOR, _plan_of_another, UNDER_WAY)  # or returns it
