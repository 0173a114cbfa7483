"""What people told and did in the small town over the last months, so that no page is empty. All invented."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from PIL import Image, ImageDraw
from town import Town

NAMES = {
    "worker": ("ចាន់ ដារ៉ា", "Chan Dara"),
    "supervisor": ("សៅ សុភា", "Sao Sophea"),
    "volunteer": ("គឹម នារី", "Kim Neary"),
    "focal": ("លី វណ្ណា", "Ly Vanna"),
    "officer": ("ម៉ៅ រតនា", "Mao Rattana"),
    "administrator": ("ប៉ែន សុវណ្ណ", "Pen Sovann"),
    "manager": ("អ៊ុក មករា", "Ouk Makara"),
}
TEAMS = {
    "team": ("អង្គការផ្ទះស្ពាន", "Bridge House", "ក្រុមព្រៃវែង", "Prey Veng team"),
    "committee": ("គណៈកម្មការឃុំបឹងព្រះ", "Boeng Preah commune committee", "គណៈកម្មការ", "Committee"),
}
COMMITTEES = {
    "district": ("គណៈកម្មការស្រុកបាភ្នំ", "Ba Phnum district committee"),
    "province": ("គណៈកម្មការខេត្តព្រៃវែង", "Prey Veng provincial committee"),
    "country": ("គណៈកម្មាធិការជាតិ", "National committee"),
}
#: kind, danger, days ago, how it goes on
CONCERNS = (
    ("documents_kept", "now", 1, ""),
    ("unpaid_wages", "no", 2, ""),
    ("no_news", "unknown", 4, "asked"),
    ("office_refuses", "no", 9, "answered"),
    ("fees", "no", 12, "assigned"),
    ("agency", "unknown", 20, "closed"),
)
#: kind, verbs, days ago that it was opened
ISSUES = (
    ("documents_kept", ("approve", "raise", "commit", "finish", "clear", "confirm"), 80),
    ("fees", ("approve", "raise", "commit", "finish", "clear", "contest"), 75),
    ("unpaid_wages", ("approve", "raise"), 50),
    ("office_refuses", ("approve", "raise", "commit", "clear"), 15),
    ("no_news", ("approve", "raise", "decline"), 28),
    ("children", ("approve", "raise", "commit", "finish"), 40),
    ("debt", ("approve",), 4),
    ("agency", (), 1),
)
TOLD = {"documents_kept": "មេខ្យល់យកអត្តសញ្ញាណប័ណ្ណ និងសៀវភៅគ្រួសាររបស់ប្អូនស្រីខ្ញុំទុក ៣ ខែហើយ។ គេទារ ៥០០ ដុល្លារ ទើបប្រគល់វិញ។ ថ្ងៃនេះគេមកគំរាមដល់ផ្ទះ។"}
ANSWER = "យើងបានអានហើយ។ យើងនឹងលើកបញ្ហានេះទៅឃុំ ដោយមិនបញ្ចេញឈ្មោះ។ សូមត្រឡប់មកវិញនៅសប្ដាហ៍ក្រោយ។"
QUESTION = "តើគាត់ទៅតាមក្រុមហ៊ុនណា? បើអ្នកមិនដឹង ក៏មិនអីទេ។"


@dataclass
class Story:
    """What the pages are about, by name."""

    town: Town
    concerns: dict[str, Any] = field(default_factory=dict)
    issues: dict[str, Any] = field(default_factory=dict)
    code: str = ""  # of a report that was answered
    own: Any = None  # the volunteer's report that was answered
    meeting: Any = None  # of the commune's committee, today


def furnish(town: Town, language: str = "km") -> Story:
    """Concerns and issues in every state, a ladder with a level passed over, a meeting, a flood, figures of a month."""
    from spean.kernel import clock

    story, now = Story(town), clock.now()
    name_people(town, language)
    for kind, danger, days, then in CONCERNS:
        with clock.at(now - timedelta(days=days)):
            _concern(story, kind, danger, then)
    for kind, verbs, days in ISSUES:
        with clock.at(now - timedelta(days=days)):
            pk = _open(story, kind, _behind(story, kind))
        for n, verb in enumerate(verbs):
            with clock.at(now - timedelta(days=max(days - 3 - 8 * n, 0))):
                _go_on(story, pk, kind, verb)
    _climbs(story)
    _meets(story)
    _floods(town)
    _figures(story)
    return story


def _climbs(story: Story) -> None:
    """The commune declined; an official of the district is complained of; the province is asked."""
    from town import add_levels

    from spean.voices.operations import ladder

    town, pk = story.town, story.issues["no_news"]
    add_levels(town)
    for name, names in COMMITTEES.items():
        org = town.teams[name].organisation
        org.name_km, org.name_en = names
        org.save()
    worker = town.actor("worker")
    ladder.avoid(worker, pk, "district")
    ladder.escalate(worker, pk)


def _meets(story: Story) -> None:
    from spean.kernel import clock
    from spean.voices.operations import meetings

    committee = story.town.teams["committee"].organisation_id
    story.meeting = meetings.plan(story.town.actor("focal"), committee, clock.today(), uuid4(), repeats=1)


def _floods(town: Town) -> None:
    """Equal advertising, and one that may be somebody."""
    from uuid import UUID

    from spean.demo import corpus

    for number, words in enumerate(corpus.FLOOD_KM):
        for _n in range((4, 3, 2, 1)[number]):
            alike, danger = UUID(int=number + 1, version=4), ("unknown", "now")[number == 3]
            town.concern(told=words, kind="other", place=None, danger=danger, held=True, urgent_words=number == 3, alike=alike)


def keep_custody(town: Town) -> tuple[Any, str]:
    """Three custodians; the worker left keys with them and asks: (the request, the secret of the worker's browser)."""
    from spean.accounts import operations
    from spean.privacy import keys

    org = town.teams["team"].organisation_id
    for name in ("focal", "otherfocal", "stranger"):
        made = operations.name_custodian(town.actor("administrator"), org, username=name)
        operations.confirm_custodian(town.actor("supervisor"), made.id, fingerprint=keys.fingerprint(town.users[name].id))
    operations.leave_with_custodians(town.actor("worker"))
    member = town.users["worker"].memberships.get().pk
    code = operations.open_request(town.actor("supervisor"), member, way="custodians")
    return operations.take_up("worker", code=code)


def keep_directory(town: Town) -> tuple[Any, Any]:
    """A shelter that everybody may find, called and overdue soon; and an entry that waits, with odd numbers."""
    from dataclasses import replace

    from spean.directory.drafts import Draft
    from spean.directory.models import Phone
    from spean.directory.operations import calling, writing
    from spean.kernel import clock

    manager, coordinator = town.actor("manager"), town.actor("coordinator")
    words = Draft(
        "ផ្ទះព្រះច័ន្ទ", "Moon House", "កន្លែងស្នាក់នៅសម្រាប់ស្ត្រី និងកូន", "A place to stay for women and their children",
        "A visit", as_of="2026", needs=("shelter", "health"), languages=("km", "vi"), areas=("14",), women_only=True,
        confidential=True, capacity=12, age_from=18, papers=("identity",), fee="free", hours="week", days=("MO", "FR"),
        opens="20:00", closes="06:00", numbers=("012 311 112", "1288"), about_km="មានគ្រូពេទ្យ", about_en="There is a doctor.",
        how_km="ហៅមុន", how_en="Call first.",
    )  # fmt: skip
    with clock.at(clock.now() - timedelta(days=170)):
        shelter = writing.write(manager, words, uuid4())
        writing.publish(coordinator, shelter, 1)
        first = Phone.objects.get(entry=shelter, digits="1288")
        calling.record(coordinator, first.id, heard="right", on=clock.today(), words="A woman", sent_id=uuid4())
    writing.propose(
        manager, shelter, replace(words, capacity=None, name_en="A safe place for women", place="", about_en="A doctor.")
    )
    odd = replace(words, name_km="មេធាវី", name_en="Lawyers", needs=("law",), confidential=False, place="1401", women_only=False)
    return shelter, writing.write(manager, replace(odd, numbers=("1288", "081 37 38 39")), uuid4())


def name_people(town: Town, language: str) -> None:
    """Names that a reader of this language can read."""
    place = 0 if language == "km" else 1
    for login, names in NAMES.items():
        user = town.users[login]
        user.name = names[place]
        user.save()
    for name, (org_km, org_en, team_km, team_en) in TEAMS.items():
        team = town.teams[name]
        team.name_km, team.name_en = team_km, team_en
        team.organisation.name_km, team.organisation.name_en = org_km, org_en
        team.save()
        team.organisation.save()


def photo() -> bytes:
    """A drawing of a paper, as somebody would take a photo of it."""
    image = Image.new("RGB", (640, 420), "#8a7f70")
    draw = ImageDraw.Draw(image)
    draw.polygon([(90, 60), (560, 40), (580, 370), (110, 385)], fill="#f4efe4")
    for y in range(110, 340, 30):
        draw.line([(140, y), (530, y - 8)], fill="#7a7466", width=5)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def _told(kind: str) -> str:
    from spean.demo import corpus

    return TOLD.get(kind) or _filled(corpus.TOLD_KM[kind][0])


def _filled(pattern: str) -> str:
    from spean.demo import corpus

    return pattern.format(**{name: values[0] for name, values in corpus.FILL.items()})


def _concern(story: Story, kind: str, danger: str, then: str) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from spean.collect import uploads
    from spean.voices.models import Concern
    from spean.voices.operations import intake, triage

    town, sent = story.town, uuid4()
    more = {"told": _told(kind), "kind": kind, "danger": danger, "happened": "month", "answer_wish": "receipt"}
    if kind == "documents_kept":
        contact = {"name": "ណារី", "phone": "012 345 678", "may_call": "yes", "hours": "ពេលល្ងាច ក្រោយម៉ោង ៦", "code_word": "ស្វាយ"}
        files = [uploads.clean(SimpleUploadedFile("photo.jpg", photo(), "image/jpeg"))]
        more |= {"answer_wish": "phone", "contact": contact, "files": files, "sex": "woman", "age": "25-59"}
    if kind in {"documents_kept", "no_news"}:
        intake.receive_from_volunteer(town.actor("volunteer"), town.report(**more), sent)
    else:
        code = intake.receive_public(town.report(**more), sent).code
        story.code = code if then == "answered" else story.code
    concern = story.concerns[kind] = Concern.objects.get(sent_hash=intake.sent_hash(sent))
    if not then:
        return
    worker = town.actor("worker")
    triage.read(worker, concern.id)
    if then == "asked":
        triage.ask(worker, concern.id, QUESTION, uuid4())
        story.own = concern
    elif then == "answered":
        triage.answer(worker, concern.id, ANSWER, uuid4())
    elif then == "assigned":
        triage.assign(worker, concern.id, town.users["worker"].id)
    else:
        triage.close(worker, concern.id, ANSWER, uuid4())


def _cause(kind: str) -> Any:
    from spean.demo.causes import CAUSES

    return next(cause for cause in CAUSES if cause.kind == kind)


def _behind(story: Story, kind: str) -> tuple[Any, ...]:
    """The concerns from which the issue of this kind was made."""
    from spean.demo import corpus

    if kind == "fees":
        return (story.concerns["fees"].id,)
    if kind != "documents_kept":
        return ()
    told = [_filled(pattern) for pattern in corpus.TOLD_KM[kind][:3]]
    return tuple(story.town.concern(told=words, kind=kind, read=True).id for words in told)


def _open(story: Story, kind: str, concerns: tuple[Any, ...]) -> Any:
    from spean.voices.operations import issues

    cause, town = _cause(kind), story.town
    words = issues.Summary(cause.title_km, cause.title_en, cause.summary_km, cause.summary_en)
    places = [town.place("14010101"), town.place("14010102")]
    facts = {"households": 14, "women": 9, "men": 6}
    story.issues[kind] = issues.open_issue(
        town.actor("worker"), town.teams["team"].id, kind=kind, places=places, words=words, facts=facts, concerns=concerns,
        sent_id=uuid4(),
    )  # fmt: skip
    return story.issues[kind]


def _go_on(story: Story, pk: Any, kind: str, verb: str) -> None:
    from spean.kernel import clock
    from spean.voices.models import Answer
    from spean.voices.operations import answers

    cause, town = _cause(kind), story.town
    focal = town.actor("focal")
    if verb == "commit":
        until = clock.today() + timedelta(days=24)
        answers.commit(focal, pk, what=cause.commitment, office=cause.office, until=until)
    elif verb == "finish":
        answers.finish(focal, pk, note=cause.done)
    elif verb == "decline":
        answers.decline(focal, pk, why_not=cause.why_not, what=cause.cannot)
    elif verb == "clear":
        answers.clear(town.actor("supervisor"), pk, Answer.objects.filter(issue=pk).latest("given_on").pk)
    else:
        town.step(pk, verb)


def _figures(story: Story) -> None:
    """The figures of last month and of the quarters before, as they were released: nothing is between 1 and 10."""
    from spean.evidence.models import Release
    from spean.kernel import clock

    first = clock.today().replace(day=1)
    month = (first - timedelta(days=1)).replace(day=1)
    for months, numbers in enumerate(((104, 62, 31, 22), (92, 47, 19, 33), (66, 22, 0, 33), (33, 11, 0, 22)), 1):
        ended = _quarter_end(month, months)
        cells = [line(("KH/", "", "country", "កម្ពុជា", "Cambodia"), numbers)]
        Release.objects.create(table="voices", period=ended, released_on=ended + timedelta(days=33), threshold=11, cells=cells)
    together = {"rolled_up": True, "reason": "together"}
    cells = [
        line(("KH/", "", "country", "កម្ពុជា", "Cambodia"), (131, 84, 47, 11)),
        line(("KH/14/", "KH/", "province", "ព្រៃវែង", "Prey Veng"), (92, 58, 32, 11)),
        line(("KH/", "KH/", "province", "កម្ពុជា", "Cambodia"), (39, 26, 15, 0), **together),
        line(("KH/14/1401/", "KH/14/", "district", "បាភ្នំ", "Ba Phnum"), (56, 33, 19, 11)),
        line(("KH/14/", "KH/14/", "district", "ព្រៃវែង", "Prey Veng"), (36, 25, 13, 0), **together),
    ]
    Release.objects.create(table="voices", period=month, released_on=first, threshold=11, cells=cells)
    half = date(month.year - 1, 7, 1)
    for table, told in (("answers", _answers()), ("promises", _promises())):
        Release.objects.create(table=table, period=half, released_on=date(month.year, 4, 1), threshold=11, cells=told)


def line(place: tuple[str, str, str, str, str], numbers: tuple[int, ...], **more: Any) -> dict[str, Any]:
    """One line of the monthly figures."""
    named = dict(zip(("path", "parent", "level", "name_km", "name_en"), place, strict=True))
    counted = dict(zip(("raised", "answered", "kept", "overdue"), numbers, strict=True))
    return named | counted | {"rolled_up": False, "reason": ""} | more


def _quarter_end(month: date, back: int) -> date:
    """The last month of a quarter that ended before this month, so many quarters back."""
    number = month.year * 12 + (month.month - 1) // 3 * 3 - 1 - 3 * (back - 1)
    return date(number // 12, number % 12 + 1, 1)


def _answers() -> list[dict[str, Any]]:
    cells = [(("commune",), ("30",), 47), (("commune",), ("60", "90", "later"), 13), (("district", "province"), ("30", "60"), 12)]
    cells += [(("district", "province"), ("90",), 16), (("district", "province"), ("later",), 11)]
    medians = [
        {"groups": ["commune"], "weeks": 3, "over": False},
        {"groups": ["district", "province"], "weeks": 10, "over": False},
    ]
    return _half(cells, 99, medians)


def _promises() -> list[dict[str, Any]]:
    return _half(
        [(("",), ("kept",), 52), (("",), ("done", "open"), 14), (("",), ("broken",), 21), (("",), ("refused",), 12)], 99, []
    )


def _half(cells: list[tuple], total: int, medians: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The nation's line of a half-year."""
    told = [{"groups": list(groups), "columns": list(columns), "voices": voices} for groups, columns, voices in cells]
    place = {"path": "KH/", "parent": "", "level": "country", "name_km": "កម្ពុជា", "name_en": "Cambodia"}
    return [{**place, "reason": "", "total": total, "cells": told, "medians": medians}]
