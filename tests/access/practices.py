"""Good practices, requests for advice and mentoring pairs in the world; forms that are filled in well."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

PAGES_OF = {
    "good": ("desk:good_practice", "desk:good_practice_change", "desk:good_practice_try", "desk:good_practice_act"),
    "advice": ("desk:advice_request", "desk:advice_act"),
    "pair": ("desk:mentoring_pair", "desk:mentoring_act"),
}
PARTS = ("desk:good_practice_tell", "desk:advice_mark")
OURS = ("desk:good_practice", "desk:advice", "desk:mentoring")


def make(world: Any) -> None:
    """A practice of A that B tries, and the other way round; a request of A to B, a pair that B proposed to A; others."""
    from spean.network.operations import advice, practices

    for letter, other, own, of in (("A", "B", "own", "other"), ("B", "A", "other", "own")):
        writer, reader = (world.people[f"case_worker@{at}"].actor() for at in (own, of))
        pk = world.ids[f"good:{letter}"] = practices.write(writer, told(), uuid4())
        practices.move(writer, pk, "send")
        _judged(world, pk, other)
        practices.move(world.people[f"network_coordinator@{of}"].actor(), pk, "publish")
        world.ids[f"trial:{letter}"] = practices.try_it(reader, pk, "TH", _day(-9), "", uuid4())
        to = world.teams[{"A": "B1", "B": "D1"}[letter]].organisation_id  # what B asks is not for A
        world.ids[f"advice:{letter}"] = advice.ask(writer, advice.Asked("fees", "How?", "Words", to), uuid4())
        world.ids[f"advised:{letter}"] = _answered(world, world.ids[f"advice:{letter}"], to)
    _pairs(world)


def _answered(world: Any, advice: Any, org: Any) -> Any:
    """An answer of that organisation, which may be a committee, whose people do not answer: the row is written by hand."""
    from spean.network.models import Answer

    by = world.people["focal_person@other"].user
    row = Answer(sent_id=uuid4(), advice_id=advice, organisation_id=org, by=by, on=_day(0), words="So")
    row.save(force_insert=True)
    return row.id


def _judged(world: Any, pk: Any, other: str) -> None:
    """By two organisations; one of them is a committee, whose people do not judge, so that the row is written by hand."""
    from spean.kernel import clock
    from spean.network.models import PracticeReview

    by, yes = world.people["supervisor@own"].user, dict.fromkeys(("clear", "believable", "safe"), "yes")
    for team in (f"{other}1", "C1"):
        org = world.teams[team].organisation
        PracticeReview.objects.create(practice_id=pk, version=1, organisation=org, by=by, on=clock.today(), **yes)
        by = world.people["focal_person@own"].user


def _pairs(world: Any) -> None:
    from spean.network.models import Pair
    from spean.network.operations import advice

    boss = world.people["supervisor@other"].actor()
    said = advice.Proposed(
        world.teams["A1"].organisation_id, we_start=True, problem="fees", words="Words", starts_on=_day(0), ends_on=_day(90)
    )
    world.ids["pair:A"] = advice.propose(boss, said, uuid4())
    far, own = world.teams["D1"].organisation, world.teams["B1"].organisation
    by = world.people["focal_person@other"].user
    row = Pair(sent_id=uuid4(), experienced=far, starting=own, proposed_by=far, by=by, problem="fees", words="-")
    row.starts_on, row.ends_on = _day(0), _day(90)
    row.save(force_insert=True)
    world.ids["pair:B"] = row.id


def told() -> Any:
    """What a practice says."""
    from spean.network.operations.practices import Told

    words = dict.fromkeys(("title_en", "about_en", "did_en", "result_en", "why_en"), "Words")
    return Told(problem="fees", ground="village", whom="all", country="KH", sure="told", again="yes", **words)


def _day(days: int) -> Any:
    from spean.kernel import clock

    return clock.today() + timedelta(days=days)


def arguments(ids: dict[str, Any], url: str, letter: str) -> dict[str, Any]:
    """The ids in the address of a trial or an answer."""
    kind, row = ("good", "trial") if url == "desk:good_practice_tell" else ("advice", "advised")
    return {"pk": ids[f"{kind}:{letter}"], "row": ids[f"{row}:{letter}"]}


def body(world: Any, url: str, variant: str) -> dict[str, Any] | None:
    """What is typed; None for another's address."""
    sent, today = str(uuid4()), _day(0).isoformat()
    kept = {name: value for name, value in told().body().items() if value} | {"sent_id": sent}
    pair = {"side": "start", "other": str(world.teams["C1"].organisation_id), "problem": "fees", "words": "Words"}
    verdicts = dict.fromkeys(("clear", "believable", "safe"), "yes")
    return {
        ("desk:good_practice_new", ""): kept,
        ("desk:good_practice_change", ""): kept,
        ("desk:good_practice_try", ""): {"country": "TH", "since": today, "sent_id": sent},
        ("desk:good_practice_tell", ""): {"result": "not", "sure": "told", "words": "Words"},
        ("desk:good_practice_act", "judge"): verdicts,
        ("desk:good_practice_act", "withdraw"): {"why": "old"},
        ("desk:advice_new", ""): {"problem": "fees", "title": "How?", "words": "Words", "sent_id": sent},
        ("desk:advice_act", "answer"): {"words": "So", "sent_id": sent},
        ("desk:mentoring_new", ""): {**pair, "starts_on": today, "ends_on": today, "sent_id": sent},
        ("desk:mentoring_act", "meet"): {"on": today, "words": "Words", "sent_id": sent},
    }.get((url, variant))


#: what is typed into each form, by who may
NAMES: dict[Any, tuple[str, ...]] = {
    "desk:good_practice_new": ("title_km", "problem", "country", "towards", "did_en", "cost", "currency", "cost_year", "sent_id"),
    "desk:good_practice_change": ("title_en", "ground", "result_km", "sure", "again"),
    "desk:good_practice_try": ("country", "since", "changed", "sent_id"),
    "desk:good_practice_tell": ("result", "sure", "words"),
    ("desk:good_practice_act", "judge"): ("clear", "safe", "words"),
    ("desk:good_practice_act", "withdraw"): ("why",),
    "desk:advice_new": ("problem", "title", "words", "to", "sent_id"),
    ("desk:advice_act", "answer"): ("words", "practice", "sent_id"),
    "desk:mentoring_new": ("side", "other", "problem", "starts_on", "ends_on", "sent_id"),
    ("desk:mentoring_act", "meet"): ("on", "words", "sent_id"),
}
WHO = {
    **dict.fromkeys(NAMES, "supervisor@own"),
    **dict.fromkeys(
        (
            *("desk:good_practice_try", "desk:good_practice_tell"),
            *(("desk:good_practice_act", "judge"), ("desk:advice_act", "answer")),
        ),
        "supervisor@other",
    ),
}
#: verbs whose form is a button
BUTTONS = (
    {("desk:good_practice_act", v) for v in ("send", "publish", "revise", "steal")}
    | {("desk:advice_act", v) for v in ("close", "reopen", "steal")}
    | {("desk:mentoring_act", v) for v in ("agree", "decline", "end", "steal")}
    | {("desk:advice_mark", "")}
)
