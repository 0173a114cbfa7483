"""Programmes, projects and their numbers in the world: what is there, where it is found, forms that are filled in well."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

PAGES_OF = {
    "programme": ("desk:programme", "desk:programme_change", "desk:programme_act", "desk:programme_progress"),
    "project": (
        *("desk:project", "desk:project_change", "desk:project_act", "desk:project_place", "desk:project_progress"),
        *("desk:results", "desk:results_act", "desk:indicator_new", "desk:project_reports", "desk:project_report_new"),
        *("desk:project_iati", "desk:project_iati_act", "desk:project_iati_file"),
    ),
}
REPORTS = ("desk:project_report", "desk:project_report_write", "desk:project_report_act", "desk:project_report_paper")
INDICATORS = ("desk:indicator", "desk:indicator_change", "desk:indicator_act", "desk:value", "desk:value_act")


IATI = {"identifier": "KH-NGO-1", "kind": "22", "currency": "USD", "gender": "2", "sector_15190": "100"}


def make(world: Any) -> None:
    """A programme and a running project of A, and of B; A's manager wrote a number down, which waits."""
    for letter, who in (("A", "programme_manager@own"), ("B", "programme_manager@other")):
        _make(world, letter, world.people[who].actor())
    from spean.programme.operations import programmes

    far = programmes.ProgrammeWords("R", "តំបន់", "Pan-Asia", _back(400), _back(-400), "regional")
    world.ids["regional"] = programmes.make_programme(world.people["programme_manager@own"].actor(), far, uuid4())


def _make(world: Any, letter: str, manager: Any) -> None:
    from spean.evidence.indicators import counting
    from spean.kernel import clock
    from spean.programme.models import Indicator
    from spean.programme.operations import programmes, results, values

    days = {"starts_on": clock.today() - timedelta(days=400), "ends_on": clock.today() + timedelta(days=400)}
    words = {"code": "S", "name_km": "ស្ពាន", "name_en": "Bridge", **days}
    sent = uuid4()
    world.ids[f"programme:{letter}"] = programmes.make_programme(manager, programmes.ProgrammeWords(**words, level="local"), sent)
    pk = world.ids[f"project:{letter}"] = programmes.make_project(manager, programmes.ProjectWords(**words), sent)
    programmes.move_project(manager, pk, "start")
    results.take_in(manager, pk, ("I01", "I20", "I21"))
    for name, code in (("indicator", "I01a"), ("empty_indicator", "I20"), ("counted_indicator", "I21a")):
        world.ids[f"{name}:{letter}"] = Indicator.objects.get(project=pk, code=code).id
    world.ids[f"result:{letter}"] = Indicator.objects.get(project=pk, code="I20").result_id
    quarter = _quarters(pk)[1]
    world.ids[f"counted:{letter}"] = counting.count(manager, pk, world.ids[f"counted_indicator:{letter}"], quarter, uuid4())
    number = values.Number(_back(100), _back(90), Decimal(12), "A sheet")
    world.ids[f"value:{letter}"] = values.enter(manager, pk, world.ids[f"indicator:{letter}"], number, uuid4())
    _report(world, letter, manager, pk)
    _file(manager, pk)


def _file(manager: Any, pk: Any) -> None:
    """What the IATI file needs."""
    from spean.programme.operations import iati, programmes

    programmes.add_partner(manager, pk, programmes.Partner("funding", None, "ម្ចាស់ជំនួយ", "A donor"))
    plain = {name: IATI[name] for name in ("identifier", "kind", "currency", "gender")}
    iati.publish(manager, pk, iati.PublishingWords(**plain, sectors={"15190": 100}))


def _report(world: Any, letter: str, manager: Any, pk: Any) -> None:
    """A draft of the last quarter with one chapter."""
    from spean.programme.operations import reports

    first = _quarters(pk)[0]
    made = reports.make(manager, pk, reader="donors", days=_period(first), sent_id=uuid4())
    reports.write(manager, pk, made, {("short", "km"): "ខ្លី", ("short", "en"): "Short"})
    world.ids[f"report:{letter}"] = made


def _period(first: Any) -> tuple[Any, Any]:
    from spean.evidence.indicators import counting

    return first, counting.quarter_end(first)


def _back(days: int) -> Any:
    from spean.kernel import clock

    return clock.today() - timedelta(days=days)


def _quarters(pk: Any) -> list[Any]:
    from spean.evidence.indicators import counting
    from spean.programme.models import Project

    return counting.quarters(Project.objects.get(pk=pk))


def arguments(ids: dict[str, Any], url: str, variant: str, letter: str) -> dict[str, Any]:
    """The ids in the address of an indicator, a number or a report."""
    if url in REPORTS:
        found = {"pk": ids[f"project:{letter}"], "report": ids[f"report:{letter}"]}
        return {**found, **({"verb": variant} if url.endswith("_act") else {"shape": "xlsx"} if url.endswith("_paper") else {})}
    which = {"drop": "empty_indicator", "count": "counted_indicator"}.get(variant, "indicator")
    which = "counted_indicator" if url == "desk:value" else which
    found: dict[str, Any] = {"pk": ids[f"project:{letter}"], "indicator": ids[f"{which}:{letter}"]}
    if url == "desk:value_act":
        found["value"] = ids[f"value:{letter}"]
    if url == "desk:value":
        found["value"] = ids[f"counted:{letter}"]
    return {**found, "verb": variant} if url.endswith("_act") else found


def body(world: Any, url: str, variant: str) -> dict[str, Any] | None:
    """What is typed; None for another's address."""
    sent, days = str(uuid4()), {"starts_on": _back(300).isoformat(), "ends_on": _back(-300).isoformat()}
    words = {"name_km": "ថ្មី", "name_en": "New", **days, "sent_id": sent, "send": "1"}
    period = {"starts_on": _back(60).isoformat(), "ends_on": _back(50).isoformat()}
    indicator = {
        "result": str(world.ids["result:A"]), "code": "X1", "name_km": "ក", "name_en": "A", "definition_km": "ក",
        "definition_en": "A", "source_km": "ក", "source_en": "A", "unit": "people", "by": ["sex"],
    }  # fmt: skip
    project = {**words, "code": "P2", "about_km": "ក", "about_en": "A", "teams": [str(world.teams["A1"].id)]}
    quarter = "_".join(day.isoformat() for day in _period(_quarters(world.ids["project:A"])[1]))
    correction = {"starts_on": _back(100).isoformat(), "ends_on": _back(90).isoformat(), "amount": "13"}
    return {
        ("desk:programme_new", ""): {**words, "code": "P2", "level": "regional"},
        ("desk:programme_change", ""): {**words, "code": "P2", "level": "local"},
        ("desk:project_new", ""): {**project, "programme": str(world.ids["regional"])},
        ("desk:project_change", ""): project,
        ("desk:project_act", "partner"): {"role": "funding", "name_km": "ម្ចាស់ជំនួយ", "name_en": "A donor"},
        ("desk:project_act", "leave_partner"): {"row": "1"},
        ("desk:project_act", "leave_place"): {"row": "1"},
        ("desk:project_place", ""): {"country": "TH", "send": "1"},
        ("desk:results_act", "take"): {"numbers": ["I02"]},
        ("desk:results_act", "result"): {"kind": "impact", "title_km": "ក", "title_en": "A"},
        ("desk:indicator_new", ""): indicator,
        ("desk:indicator_change", ""): indicator,
        ("desk:indicator_act", "target"): {**period, "amount": "៩"},
        ("desk:indicator_act", "enter"): {**period, "amount": "9", "evidence": "A sheet", "sent_id": sent},
        ("desk:indicator_act", "count"): {"quarter": _quarters(world.ids["project:A"])[0].isoformat(), "sent_id": sent},
        ("desk:project_report_new", ""): {"reader": "government", "period": quarter, "sent_id": sent},
        ("desk:project_report_write", ""): {"short_km": "ថ្មី", "short_en": "New"},
        ("desk:project_report_act", "back"): {"why": "Say what it cost"},
        ("desk:project_report_act", "correct"): {"sent_id": sent},
        ("desk:project_iati_act", "publish"): {**IATI, "gender": "1"},
        ("desk:project_iati_act", "money"): {"kind": "budget", **period, "amount": "9", "currency": "USD", "sent_id": sent},
        ("desk:project_iati_act", "leave_money"): {"row": "1"},
        ("desk:value_act", "correct"): {**correction, "evidence": "Another sheet", "sent_id": sent},
    }.get((url, variant))


#: what is typed into each form, by who may
NAMES: dict[Any, tuple[str, ...]] = {
    "desk:programme_new": (
        *("code", "name_km", "name_en", "starts_on", "ends_on", "level", "strategy_km", "strategy_en", "sent_id"),
    ),
    "desk:programme_change": ("code", "name_km", "starts_on", "level"),
    "desk:project_new": ("code", "name_en", "ends_on", "programme", "about_km", "teams", "sent_id"),
    "desk:project_change": ("code", "name_en", "programme", "teams"),
    ("desk:project_act", "partner"): ("role", "organisation", "name_km", "identifier"),
    ("desk:project_act", "leave_partner"): ("row",),
    ("desk:project_act", "leave_place"): ("row",),
    "desk:project_place": ("country", "place-pick"),
    ("desk:results_act", "take"): ("numbers",),
    ("desk:results_act", "result"): ("kind", "title_km", "under"),
    "desk:indicator_new": ("result", "code", "definition_km", "unit", "by", "baseline", "baseline_year"),
    "desk:indicator_change": ("result", "code", "unit", "by", "baseline", "baseline_year"),
    ("desk:indicator_act", "target"): ("starts_on", "ends_on", "amount"),
    ("desk:indicator_act", "enter"): ("starts_on", "place", "amount", "part-sex-woman", "evidence", "sent_id"),
    ("desk:indicator_act", "count"): ("quarter", "sent_id"),
    ("desk:value_act", "correct"): ("starts_on", "place", "amount", "evidence", "sent_id"),
    "desk:project_report_new": ("reader", "period", "sent_id"),
    "desk:project_report_write": ("short_km", "next_en"),
    ("desk:project_report_act", "back"): ("why",),
    ("desk:project_iati_act", "publish"): ("identifier", "kind", "currency", "gender", "sector_15180"),
    ("desk:project_iati_act", "money"): ("kind", "donor", "starts_on", "ends_on", "amount", "currency", "sent_id"),
    ("desk:project_iati_act", "leave_money"): ("row",),
    ("desk:project_report_act", "correct"): ("sent_id",),
}
#: verbs whose form is a button
BUTTONS = (
    {(f"desk:{noun}_act", verb) for noun in ("programme", "project") for verb in ("start", "end", "drop", "steal")}
    | {("desk:results_act", "steal"), ("desk:indicator_act", "drop"), ("desk:indicator_act", "steal")}
    | {("desk:value_act", verb) for verb in ("confirm", "refuse", "steal")}
    | {("desk:project_iati_act", "steal")}
    | {("desk:project_report_act", verb) for verb in ("send", "sign", "drop", "steal")}
)
