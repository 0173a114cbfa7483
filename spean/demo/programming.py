"""The SMART programme in the demo: its project, donors, partner and places as they are known; targets and numbers invented."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from spean.accounts.models import Organisation
from spean.demo.people import Cast
from spean.evidence.indicators import counting
from spean.kernel import clock
from spean.programme import ready
from spean.programme.models import Indicator, Project
from spean.programme.operations import iati, programmes, reports, results, values
from spean.programme.operations.iati import MoneyWords, PublishingWords
from spean.programme.operations.programmes import Partner, ProgrammeWords, ProjectWords
from spean.programme.operations.values import Number

FROM = UUID("0d2f4c7e-93b1-5a64-8c0f-6a2b7d5e1f38")
STRATEGY_KM = (
    "ព័ត៌មានត្រឹមត្រូវទៅដល់មនុស្សមុនពេលចាកចេញ។ សំឡេងរបស់គេត្រឡប់មកដល់អ្នកដែលអាចធ្វើអ្វីបាន។ ហើយអ្វីដែលបានធ្វើ ត្រូវប្រាប់អ្នកដែលបាននិយាយ។ "
    "គោលដៅ និងចំនួនខាងក្រោម គឺប្រឌិតឡើងសម្រាប់ការសាកល្បង។"
)
STRATEGY_EN = (
    "Right information goes out to people before they leave. Their voices come back to those who can act. What was done is told "
    "to the people who spoke. The targets and numbers below are invented for the demonstration."
)
INVENTED = "Invented for the demonstration"
YEARS = 3
#: (chapter, language) -> text of the reports
TEXTS = {
    ("short", "km"): "របាយការណ៍នេះ ប្រឌិតឡើងសម្រាប់ការសាកល្បង។ អ្នកស្ម័គ្រចិត្តបានបន្តចុះភូមិ ទោះមានទឹកជំនន់ក៏ដោយ។",
    ("short", "en"): "This report is invented for the demonstration. Volunteers went on to the villages in spite of the floods.",
    ("heard", "km"): "សហគមន៍បានសួរថា តើត្រូវបង់ថ្លៃអ្វីខ្លះ មុនចេញទៅធ្វើការ។",
    ("heard", "en"): "Communities asked what has to be paid before leaving for work.",
    ("hard", "km"): "ទឹកជំនន់បានរារាំងផ្លូវពីរសប្តាហ៍។ យើងបានទូរស័ព្ទជំនួស។",
    ("hard", "en"): "Floods closed the roads for two weeks. We telephoned instead.",
    ("next", "km"): "ត្រីមាសក្រោយ៖ ភូមិដែលមិនទាន់មានអ្នកស្ម័គ្រចិត្ត។",
    ("next", "en"): "Next quarter: the villages that have no volunteer yet.",
}


def furnish(cast: Cast, now: datetime) -> None:
    """Three years that end with this one; the last quarters' numbers wait for a second person."""
    with clock.at(now):
        project = _project(cast, date(now.year - YEARS + 1, 1, 1), date(now.year, 12, 31))
        numbers = tuple(sorted({one.number for one in ready.indicators()}))
        results.take_in(cast.office["manager"].actor, project.id, numbers)
        over = counting.quarters(project)[::-1]
        for at, first in enumerate(over):
            _quarter(cast, project, first, at, waits=first == over[-1])
        _reports(cast, project, over)
        _file(cast, project)


def _made(name: str) -> UUID:
    return uuid5(FROM, name)


def _project(cast: Cast, first: date, last: date) -> Project:
    manager = cast.office["manager"].actor
    words = ("SMART", "ចំណាកស្រុកដោយសុវត្ថិភាព និងកាត់បន្ថយការជួញដូរ (SMART)", "Safe Migration and Reduced Trafficking (SMART)")
    made = programmes.make_programme(
        manager, ProgrammeWords(*words, first, last, "local", STRATEGY_KM, STRATEGY_EN), _made("smart")
    )
    programmes.move_programme(manager, made, "start")
    names = ("SMART-1", "ស្មាត ព្រៃវែង និងកំពង់ចាម", "SMART in Prey Veng and Kampong Cham")
    about = ("អ្នកស្ម័គ្រចិត្ត ៥៤ នាក់ ក្នុងខេត្តពីរ។", "54 volunteers in two provinces.")
    teams = (cast.desks["14"].team.id,)
    pk = programmes.make_project(manager, ProjectWords(*names, first, last, made, *about, teams), _made("smart-1"))
    for role, name in (
        ("funding", "European Union"),
        ("funding", "CARE Austria"),
        ("accountable", "CARE Cambodia"),
        ("implementing", "Cambodian Women for Peace and Development"),
    ):
        programmes.add_partner(manager, pk, Partner(role, Organisation.objects.get(name_en=name).id))
    for code in ("14", "03"):
        programmes.add_place(manager, pk, code)
    programmes.move_project(manager, pk, "start")
    return Project.objects.get(pk=pk)


def _quarter(cast: Cast, project: Project, first: date, at: int, *, waits: bool) -> None:
    """Targets that grow, numbers near them, and what is counted from the issues of the demo."""
    manager, second = cast.office["manager"].actor, cast.desks["14"].supervisor.actor
    last = counting.quarter_end(first)
    for code, target, reached in (
        ("I01a", 2400 + 60 * at, 2150 + 95 * at),
        ("I01b", 4000, 3700 + 120 * at),
        ("I02a", 4, 3 + at % 3),
    ):
        one = Indicator.objects.get(project=project, code=code)
        results.set_target(manager, project.id, one.id, starts_on=first, ends_on=last, amount=Decimal(target))
        parts = {("sex", "woman"): Decimal(reached * 3 // 5), ("sex", "man"): Decimal(reached - reached * 3 // 5)} if at else {}
        number = Number(first, last, Decimal(reached), INVENTED, parts=parts if code == "I01a" else {})
        pk = values.enter(manager, project.id, one.id, number, _made(f"{code} {first}"))
        if not waits:
            values.confirm(second, project.id, pk)
    for code in ("I21a", "I21c", "I21d"):
        one = Indicator.objects.get(project=project, code=code)
        pk = counting.count(manager, project.id, one.id, first, _made(f"{code} {first}"))
        if not waits:
            values.confirm(second, project.id, pk)


def _file(cast: Cast, project: Project) -> None:
    """What its IATI file needs; identifier and amounts are invented."""
    manager = cast.office["manager"].actor
    iati.publish(manager, project.id, PublishingWords("KH-NGO-0000", "24", "EUR", "1", {"15190": 70, "15180": 30}))
    donor = project.partners.filter(role="funding").order_by("id").first()
    first, last = project.starts_on, date(project.starts_on.year, 12, 31)
    iati.add_money(manager, project.id, MoneyWords("budget", first, last, "EUR", Decimal(120_000)), _made("budget"))
    paid = MoneyWords("received", first, None, "EUR", Decimal(90_000), donor.pk if donor else None)
    iati.add_money(manager, project.id, paid, _made("received"))


def _reports(cast: Cast, project: Project, over: list[date]) -> None:
    """The report of the quarter before the last is signed by a second person; the one of the last quarter is a draft."""
    manager, second = cast.office["manager"].actor, cast.desks["14"].supervisor.actor
    for first in over[-2:]:
        days = first, counting.quarter_end(first)
        pk = reports.make(manager, project.id, reader="donors", days=days, sent_id=_made(f"report {first}"))
        reports.write(manager, project.id, pk, TEXTS)
        if first != over[-1]:
            reports.send(manager, project.id, pk)
            reports.sign(second, project.id, pk)
