"""Each answer of `access.decide` beside the line of rules.csv, one cell at a time; and the same for a mutant of the rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from . import table
from .world import World, make_world

KINDS = (
    "organisation", "team", "membership", "colleague", "custodian", "request", "concern", "issue", "meeting", "import",
    "fact", "entry", "phone", "recruiter", "licence", "correction", "list", "plan", "text", "case", "referral", "arrival",
    "training", "visit", "programme", "project", "value", "report", "activity", "event", "volunteer", "claim", "complaint",
    "member", "agreement", "good", "trial", "advice", "pair",
)  # fmt: skip
#: who is in the world to be acted on, or to make a second
ACTED_ON = {"target", "fresh", "partner", "aide A", "aide B"}
#: (action, name): which things this person may do it to
Scopes = dict[tuple[str, str], tuple[Any, Any]]


def thing(world: World, on: str, letter: str = "A") -> Any:
    """The thing of A, or of B, that an action is about."""
    found = {
        "organisation": lambda: world.teams[f"{letter}1"].organisation_id,
        "team": lambda: world.teams[f"{letter}1"].id,
        "membership": lambda: world.ids["membership:target"],
        "colleague": lambda: world.ids["membership:fresh"],
    }
    return models()[on].objects.get(pk=found[on]() if on in found else world.ids[f"{on}:{letter}"])


def models() -> dict[str, Any]:
    """What each kind of thing is; read once Django is ready."""
    from spean.accounts.models import Custodian, Membership, Organisation, RecoveryRequest, Team
    from spean.cases.models import Arrival, Case, Referral, Training, Visit
    from spean.directory.models import Correction, Entry, LicenceClaim, Phone, Recruiter, RecruiterList
    from spean.library.models import Fact, Text
    from spean.network.models import Advice, Agreement, GoodPractice, Member, Pair, Trial
    from spean.programme.models import Activity, Claim, Complaint, Programme, Project, Report, Value
    from spean.voices.models import Concern, Issue, Meeting, Plan, SheetImport

    known = (Organisation, Team, Membership, Membership, Custodian, RecoveryRequest, Concern, Issue, Meeting, SheetImport)
    kept = (Fact, Entry, Phone, Recruiter, LicenceClaim, Correction, RecruiterList, Plan, Text)
    persons = (Case, Referral, Arrival, Training, Visit)
    planned = (Programme, Project, Value, Report, Activity, Activity, Membership, Claim, Complaint)
    network = (Member, Agreement, GoodPractice, Trial, Advice, Pair)
    return dict(zip(KINDS, (*known, *kept, *persons, *planned, *network), strict=True))


def wanted(on: str) -> dict[tuple[str, str], frozenset[str]]:
    """(action, state) -> who may, for one kind of thing."""
    found: dict[tuple[str, str], frozenset[str]] = {}
    for line in table.rules():
        if line.on == on:
            for state in table.states("any", on):
                who = line.who if state in line.states else frozenset()
                found[line.action, state] = found.get((line.action, state), frozenset()) | who
    return found


def actors(world: World) -> dict[str, Any]:
    """Everybody who could ask."""
    return {name: person.actor() for name, person in world.people.items() if name not in ACTED_ON}


def cells(world: World, on: str, asked: Callable[[str, str], bool] = lambda _action, _name: True) -> Iterator[str]:
    """For each cell what is wrong with it, "" for nothing: the answer of `decide`, and that the list gives the same."""
    from spean.accounts import access

    expected, everybody = wanted(on), actors(world)
    for state in table.states("any", on):
        found = thing(world, on)
        if state:
            type(found).objects.filter(pk=found.pk).update(state=state)
        for action in sorted({action for action, _state in expected}):
            for name, actor in everybody.items():
                if asked(action, name):
                    answer = access.decide(actor, action, found)
                    listed = access.visible(actor, action, type(found).objects.filter(pk=found.pk)).exists()
                    yield _verdict(f"{name} {action} {state}", answer, listed, may=name in expected[action, state])


def _verdict(cell: str, answer: Any, listed: bool, *, may: bool) -> str:  # noqa: FBT001 - what the list says
    wrong = [] if answer.allowed == may else [f"{answer.reason}, allowed={answer.allowed}"]
    wrong += [] if answer.allowed == listed else [f"decide says {answer.allowed}, the list {listed}"]
    return f"{cell}: {'; '.join(wrong)}" if wrong else ""


# -- the same for a mutant: a world that stands in memory while many forks of this process ask about it ---------------


@dataclass
class Standing:
    """A world, and what each person may do each thing to as the rules are now."""

    world: World
    scopes: Scopes


def stand() -> Standing:
    """Make the world, once."""
    world = make_world()
    for person in world.people.values():
        person.ring = None  # a decision asks for no key
    return Standing(world, scopes(world))


def judge(standing: Standing, *, decision_itself: bool) -> str:
    """The first thing that is wrong, or "": what `decide` says of itself, then each cell.

    Where only rules were changed, a cell whose query is the very same as before cannot be answered in another way.
    """
    world, differ = standing.world, None if decision_itself else _differing(standing.scopes, scopes(standing.world))
    if decision_itself:
        _run_tests(world)
    for on in KINDS:
        if differ is None or any(action in differ for action, _state in wanted(on)):
            with transaction.atomic():
                wrong = next(filter(None, cells(world, on, lambda a, n: differ is None or n in differ.get(a, ()))), "")
                transaction.set_rollback(True)
            if wrong:
                return wrong
    if not decision_itself:
        _run_tests(world)
    return ""


def _run_tests(world: World) -> None:
    from . import test_decide

    for name, test in vars(test_decide).items():
        if name.startswith("test_"):
            with transaction.atomic():
                test(world)
                transaction.set_rollback(True)


def scopes(world: World) -> Scopes:
    """What each person may do each thing to, with and without the states."""
    from spean.accounts import access

    people = actors(world)
    return {
        (action, name): (access._scope(actor, action, with_states=True), access._scope(actor, action, with_states=False))
        for action in access.RULES
        for name, actor in people.items()
    }


def _differing(before: Scopes, now: Scopes) -> dict[str, set[str]]:
    """Action -> those for whom the database would be asked something else than before."""
    kinds, found = _kinds(), {}
    for action, name in before.keys() | now.keys():
        old, new = before.get((action, name)), now.get((action, name))
        if old is None or new is None:
            raise AssertionError(f"{action} is missing")
        if old != new and [_sql(kinds[action], q) for q in old] != [_sql(kinds[action], q) for q in new]:
            found.setdefault(action, set()).add(name)
    return found


def _kinds() -> dict[str, Any]:
    of = models()
    return {line.action: of[line.on] for line in table.rules()}


def _sql(kind: Any, where: Any) -> str:
    from django.core.exceptions import EmptyResultSet

    try:
        return str(kind.objects.filter(where).query)
    except EmptyResultSet:
        return "nothing"
