"""Who may do what to programmes, projects, their numbers and their reports.

Everybody of the organisation reads what it set out to do: nothing in it is about a person. Its numbers are for those who answer
for them.
"""

from django.db.models import Exists, OuterRef, Q

from spean.accounts.access import Actor, Seat, allow, nothing_yet, same_org
from spean.accounts.enums import EDITORS, Role
from spean.programme.enums import LIVE, NETWORK, PROJECT_MOVES, ProjectState
from spean.programme.models import ReportChapter
from spean.programme.report_enums import REPORT_MOVES, ReportState
from spean.programme.result_enums import VALUE_MOVES

MANAGER, COORDINATOR = [Role.PROGRAMME_MANAGER], [Role.NETWORK_COORDINATOR]


def _network_programme(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Programmes of the actor's organisation in which several countries work together."""
    return Q(organisation__in=[s.org for s in seats], level__in=NETWORK)


def _of_network_programme(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """And their projects."""
    return Q(organisation__in=[s.org for s in seats], programme__level__in=NETWORK)


for _noun, _of_the_network in (("programme", _network_programme), ("project", _of_network_programme)):
    allow(f"{_noun}.see", list(Role), same_org())
    allow(f"{_noun}.make", EDITORS, nothing_yet)
    for _verb, _states in (("change", LIVE), *((verb, leaves) for verb, (leaves, _enters) in PROJECT_MOVES.items())):
        allow(f"{_noun}.{_verb}", MANAGER, same_org(), _states)
        allow(f"{_noun}.{_verb}", COORDINATOR, _of_the_network, _states)


WRITERS = [Role.PROGRAMME_MANAGER, Role.NETWORK_COORDINATOR, Role.SUPERVISOR]
READERS = [*WRITERS, Role.ANALYST, Role.ORGANISATION_ADMINISTRATOR, Role.DATA_PROTECTION_OFFICER]
_BEGUN = {ProjectState.RUNNING, ProjectState.ENDED}  # the last numbers come after the end


def _number_of_my_org(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(indicator__project__organisation__in=[s.org for s in seats])


def _number_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Nobody confirms the number that they wrote down."""
    return _number_of_my_org(actor, seats) & ~Q(entered_by=actor.id)


allow("project.measure", READERS, same_org())
allow("project.frame", MANAGER, same_org(), LIVE)
allow("project.frame", COORDINATOR, _of_network_programme, LIVE)
allow("project.enter", WRITERS, same_org(), _BEGUN)
allow("value.see", READERS, _number_of_my_org)
allow("value.confirm", WRITERS, _number_of_another, VALUE_MOVES["confirm"][0])
allow("value.refuse", WRITERS, _number_of_another, VALUE_MOVES["refuse"][0])
allow("value.correct", WRITERS, _number_of_my_org, VALUE_MOVES["correct"][0])


def _report_of_my_org(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return Q(project__organisation__in=[s.org for s in seats])


def _report_of_network_programme(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    return _report_of_my_org(actor, seats) & Q(project__programme__level__in=NETWORK)


def _report_of_another(actor: Actor, seats: tuple[Seat, ...]) -> Q:
    """Nobody signs what they began, sent or wrote a chapter of."""
    wrote = ReportChapter.objects.filter(report=OuterRef("pk"), written_by=actor.id)
    sent = Q(sent_by__isnull=True) | ~Q(sent_by=actor.id)
    return _report_of_my_org(actor, seats) & ~Q(made_by=actor.id) & sent & ~Q(Exists(wrote))


allow("project.report", MANAGER, same_org(), _BEGUN)
allow("project.report", COORDINATOR, _of_network_programme, _BEGUN)
allow("report.see", READERS, _report_of_my_org)
for _verb in ("write", "send", "drop", "correct"):
    _from: frozenset[str] = REPORT_MOVES[_verb][0] if _verb in REPORT_MOVES else frozenset({ReportState.DRAFT})
    allow(f"report.{_verb}", MANAGER, _report_of_my_org, _from)
    allow(f"report.{_verb}", COORDINATOR, _report_of_network_programme, _from)
for _verb in ("back", "sign"):
    allow(f"report.{_verb}", WRITERS, _report_of_another, REPORT_MOVES[_verb][0])
