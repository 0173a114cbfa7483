"""Planting: everything that people tell goes in by the real doors, and much of it goes wrong on the way."""

import io
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from collect.files import sound
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from town import Town

from bench import photographs

from .planting import Supply

REPORTS, VOLUNTEER_REPORTS, TRIAGES, ADDITIONS, REPLIES, PHOTOS = 30, 12, 4, 9, 12, 8


@dataclass
class Story:
    """What was told, by which door, and what the doors answered."""

    town: Town
    supply: Supply = field(default_factory=Supply)
    codes: list[str] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)  # addresses that open what was photographed
    signs: list[str] = field(default_factory=list)  # codes and links of packets
    statuses: dict[str, list[int]] = field(default_factory=dict)

    def post(self, door: str, client: Client, path: str, data: dict[str, Any]) -> Any:
        """Send a form, and remember what came of it."""
        from spean.kernel.memory import memory

        memory().forget()
        client.raise_request_exception = False
        answer = client.post(path, data)
        self.statuses.setdefault(door, []).append(answer.status_code)
        return answer


def tell(town: Town, monkeypatch: Any) -> Story:
    """The whole story."""
    story = Story(town)
    worker = town.client("worker")
    _public(story)
    _additions(story)
    _volunteers(story)
    _triages(story)
    _replies(story, worker)
    _cases(story, worker)
    _plans(story)
    _contracts(story)
    _sheets(story, worker)
    _refused(story, worker)
    _broken(story, worker, monkeypatch)
    while story.supply.left:
        story.post("public", Client(), "/km/report/", _report(story, min(20, story.supply.left)))
    return story


def photo(words: str) -> SimpleUploadedFile:
    """A photo whose tags and name say something."""
    tags, out = Image.Exif(), io.BytesIO()
    tags[0x010E] = tags[0x013B] = words
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=tags, comment=words.encode())
    return SimpleUploadedFile(f"{words}.jpg", out.getvalue(), "image/jpeg")


def recording(words: str) -> SimpleUploadedFile:
    """A recording whose tags and name say something."""
    from collect import files

    kept = files.GPS_MARK, files.NAME_MARK
    files.GPS_MARK = files.NAME_MARK = words
    try:
        return SimpleUploadedFile(f"{words}.ogg", sound("ogg", "libopus", 0.3), "audio/ogg")
    finally:
        files.GPS_MARK, files.NAME_MARK = kept


def _report(story: Story, many: int) -> dict[str, Any]:
    return {"told": story.supply.some(many), "danger": "no", "kind": "fees", "sent_id": str(uuid4())}


def _public(story: Story) -> None:
    supply = story.supply
    for at in range(REPORTS):
        call = {"answer_wish": "phone", "phone": supply.phone(), "hours": supply.next(), "how": supply.next()}
        sent = {**_report(story, 3), **call, "place-pick": "14010101"}
        if at < PHOTOS:
            sent["files"] = photo(supply.next())
        answer = story.post("public", Client(), ("/km/report/", "/en/report/")[at % 2], sent)
        story.codes.append(answer.context["code"])


def _additions(story: Story) -> None:
    for at in range(ADDITIONS):
        sent = {"code": story.codes[at], "text": story.supply.some(3), "sent_id": str(uuid4())}
        if at < 3:
            sent["files"] = recording(story.supply.next())
        story.post("addition", Client(), "/km/receipt/add/", sent)


def _volunteers(story: Story) -> None:
    client, supply = story.town.client("volunteer"), story.supply
    for _at in range(VOLUNTEER_REPORTS):
        sent = {
            **_report(story, 2), "happened": "month", "sex": "woman", "age": "18-24", "answer_wish": "phone", "may_call": "yes",
            "name": supply.next(), "phone": supply.phone(), "hours": supply.next(), "code_word": supply.next(),
            "how": supply.next(), "place-pick": "14010101", "send": "1",
        }  # fmt: skip
        story.post("volunteer", client, reverse("desk:report_new"), sent)


def _triages(story: Story) -> None:
    """Questions asked by a volunteer: the same words stopped at the gate, refused by the form, then sent."""
    client, supply, path = story.town.client("volunteer"), story.supply, reverse("desk:triage")
    for at in range(TRIAGES):
        sent = {
            **dict.fromkeys(("gate_alone", "gate_willing", "gate_language", "ask_papers"), "yes"), **_report(story, 2),
            "urgent": ["danger"] if at else [], "ask_free": "refused", "sex": "man", "age": "25-59", "answer_wish": "phone",
            "may_call": "yes", "name": supply.next(), "phone": supply.phone(), "how": supply.next(), "place-pick": "14010101",
            "send": "1",
        }  # fmt: skip
        story.post("triage", client, path, {**sent, "gate_alone": "no"})
        story.post("refused", client, path, {**sent, "ask_paid": sent["name"]})
        story.post("triage", client, path, sent)


def _replies(story: Story, worker: Client) -> None:
    from spean.voices.models import Concern

    verbs = ("answer", "ask", "close")
    for at, concern in enumerate(Concern.objects.filter(channel="volunteer").order_by("pk")[:REPLIES]):
        assert worker.get(reverse("desk:concern", args=[concern.pk])).status_code == 200
        sent = {"text": story.supply.some(3), "sent_id": str(uuid4())}
        story.post("reply", worker, reverse("desk:concern_act", args=[concern.pk, verbs[at % 3]]), sent)


def _cases(story: Story, worker: Client) -> None:
    """A case with a note, a task and a way home, changed, asked to close; and forms that come back."""
    supply, named = story.supply, ("name_km", "name_latin", "aliases", "dependants", "story", "hours", "code_word", "how")

    def typed() -> dict[str, Any]:
        counted = {"source": "self", "sex": "man", "age": "25-59", "country": "TH", "risk": "some", "place-pick": "14010101"}
        return {
            **{name: supply.next() for name in named},
            **counted,
            "phone": supply.phone(),
            "sent_id": str(uuid4()),
            "send": "1",
        }

    written = typed() | {"team": str(story.town.teams["team"].id)}
    address = story.post("case", worker, reverse("desk:case_new"), written).url
    story.post("case", worker, f"{address}change/", written | {"story": supply.next(), "revision": "0"})
    story.post(
        "case", worker, f"{address}note/", {"kind": "call", "readers": "team", "text": supply.next(), "sent_id": str(uuid4())}
    )
    task = {"kind": "papers", "response": "day", "text": supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}task/", task)
    story.post("refused", worker, f"{address}task/", task | {"response": "x", "sent_id": str(uuid4())})
    _asked_an_authority(story, worker, address)
    _ledgers(story, worker, address)
    _law(story, worker, address)
    story.post("refused", worker, reverse("desk:case_new"), written | {"how": supply.next(), "risk": "x"})
    _way_home(story, worker, address)
    _referral(story, worker, address)
    _outside(story, worker, address)
    _unasked(story, worker, address)
    _needs(story, worker, address)
    _months_after(story, worker, address)
    _training(story, worker, address)
    _visits(story, worker, address)
    _volunteer(story)
    end = {"reason": "reached", "text": supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}ask_close/", end)
    _at_the_border(story, worker)


def _at_the_border(story: Story, worker: Client) -> None:
    """Somebody who is written down at a crossing and taken from the queue; and a person who is searched."""
    from spean.cases.models import Arrival
    from spean.kernel import clock

    came = {"crossing": "poipet", "on": clock.today().isoformat(), "team": str(story.town.teams["team"].id), "sex": "man"}
    came |= {"age": "18-24", "name": story.supply.next(), "phone": story.supply.phone(), "sent_id": str(uuid4())}
    story.post("case", worker, reverse("desk:border"), came)
    story.post("refused", worker, reverse("desk:border"), came | {"sex": "x"})
    story.post("case", worker, reverse("desk:border_act", args=[Arrival.objects.get().id, "take"]), {})
    story.post("found", worker, reverse("desk:case_search"), {"text": story.supply.next()})


def _asked_an_authority(story: Story, worker: Client, address: str) -> None:
    """An authority is asked who the person is."""
    from spean.kernel import clock

    asked = {"authority": "court", "asked_on": clock.today().isoformat(), "sent_id": str(uuid4())}
    asked |= {"number": story.supply.next(), "words": story.supply.next()}
    story.post("case", worker, f"{address}identification/ask/", asked)
    refused = asked | {"words": story.supply.next(), "asked_on": "x"}
    story.post("refused", worker, f"{address}identification/ask/", refused)


def _ledgers(story: Story, worker: Client, address: str) -> None:
    """A passport that is kept and comes back, and wages."""
    from spean.cases.models import Document, Money
    from spean.kernel import clock

    held = {"kind": "passport", "owner": "person", "holder_kind": "captain", "country": "TH", "pretext": "safe"}
    held |= {name: story.supply.next() for name in ("holder", "place", "number", "words")} | {"sent_id": str(uuid4())}
    story.post("case", worker, f"{address}documents/take/", held)
    row = str(Document.objects.get().pk)
    back = {"row": row, "way": "us", "on": clock.today().isoformat(), "words": story.supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}documents/demand/", back)
    story.post(
        "refused",
        worker,
        f"{address}documents/demand/",
        back | {"words": story.supply.next(), "way": "police", "sent_id": str(uuid4())},
    )
    paper = {"kind": "province", "row": row, "by": "number", "text_km": story.supply.next(), "text_en": story.supply.next()}
    story.post("case", worker, f"{address}letters/new/", paper | {"sent_id": str(uuid4())})
    refused = paper | {"kind": "police", "text_km": story.supply.next(), "sent_id": str(uuid4())}
    story.post("refused", worker, f"{address}letters/new/", refused)
    over = {"row": row, "verb": "return", "on": clock.today().isoformat(), "receipt": "none", "words": story.supply.next()}
    story.post("case", worker, f"{address}documents/end/", over)
    shown = {"file": photo(story.supply.next()), "about": "proof", "words": story.supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}files/add/", shown | {"readers": "team"})
    met = {name: story.supply.next() for name in ("who", "said", "decided")} | {"present": "worker", "took_part": "there"}
    met |= {"on": clock.today().isoformat(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}conferences/confer/", met)
    owed = {"kind": "wages", "currency": "THB", "other": "captain", "who": story.supply.next(), "words": story.supply.next()}
    story.post("case", worker, f"{address}money/begin/", owed | {"sent_id": str(uuid4())})
    paid = {"row": str(Money.objects.get().pk), "what": "promised", "amount": "43,215", "month": "2026-01"}
    paid |= {"words": story.supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}money/add/", paid)
    story.post("refused", worker, f"{address}money/add/", paid | {"amount": story.supply.next(), "sent_id": str(uuid4())})


def _law(story: Story, worker: Client, address: str) -> None:
    """A charge, who helps with it, protection, a hearing that is postponed."""
    from spean.cases.models import Hearing, Matter, Measure
    from spean.kernel import clock

    supply, today = story.supply, clock.today().isoformat()

    def post(how: str, act: str, **typed: str) -> None:
        story.post(how, worker, f"{address}legal/{act}/", {"on": today, "sent_id": str(uuid4()), **typed})

    agreed = {"purpose": "authority", "named": supply.next(), "fields_told": ["name", "story"], "until": today, "how": "thumb"}
    agreed |= {"by": "self", "words": supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}consent/", agreed)
    post("case", "consider", kind="charge", office="court", **{name: supply.next() for name in ("who", "number", "text")})
    row = str(Matter.objects.get().pk)
    post("refused", "consider", kind="x", office="court", text=supply.next())
    post("case", "aid", row=row, verb="ask", lawyer=supply.next(), text=supply.next())
    post("case", "protect", row=row, kind="secret", office="court", words=supply.next())
    post("case", "answer", row=row, measure=str(Measure.objects.get().pk), verb="give", words=supply.next())
    told = {name: supply.next() for name in ("where", "who", "text")}
    post("case", "hearing", row=row, place="court", purpose="trial", tell="1", **told)
    post("case", "over", row=row, hearing=str(Hearing.objects.get().pk), verb="postpone", words=supply.next())
    post("case", "move", row=row, verb="decide", outcome="for", text=supply.next())


def _way_home(story: Story, worker: Client, address: str) -> None:
    """Planned, and a step written down."""
    from spean.cases.models import WayStep

    supply = story.supply
    way = {"corridor": "TH", "mode": "self", "where": supply.next(), "text": supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}way_plan/", way)
    step = WayStep.objects.get(position=0)
    story.post("case", worker, f"{address}home/{step.id}/", {"state": "done", "who": supply.next(), "text": supply.next()})


def _needs(story: Story, worker: Client, address: str) -> None:
    """What the person needs, and their plan."""
    supply = story.supply
    needed = {
        "need_bed": "now",
        "risk": "some",
        "words": supply.next(),
        "taken": "bed",
        "keep": "1",
        "sent_id": str(uuid4()),
    }
    story.post("case", worker, f"{address}needs/", needed)
    story.post("refused", worker, f"{address}needs/", needed | {"words": supply.next(), "taken": "x", "sent_id": str(uuid4())})
    story.post("case", worker, f"{address}plan/wish/", {"text": supply.next()})
    goal = {"domain": "work", "words": supply.next(), "target_on": _soon(), "payer": "us", "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}plan/goal/", goal)


def _months_after(story: Story, worker: Client, address: str) -> None:
    """A follow-up, what was promised, a stall and what it brings."""
    from spean.cases.models import FollowUp, Goal, Livelihood
    from spean.kernel import clock

    supply = story.supply

    def sent(**typed: str) -> dict[str, str]:
        return {**typed, "sent_id": str(uuid4())}

    story.post("case", worker, f"{address}after/start/", sent(how="visit", words=supply.next(), area_income="1"))
    story.post("case", worker, f"{address}after/count_from/", {"since": clock.today().isoformat()})
    first = f"{address}after/{FollowUp.objects.get(month=1).pk}/"
    story.post("case", worker, first, sent(how="call", words=supply.next(), area_income="3", signs="debts"))
    story.post("refused", worker, first, sent(how="x", words=supply.next()))
    story.post("case", worker, f"{address}promised/promise/", sent(what=supply.next()))
    kept = {"row": str(Goal.objects.get().pk), "delivered": "no", "said": supply.next()}
    story.post("case", worker, f"{address}promised/kept/", kept)
    story.post("refused", worker, f"{address}promised/kept/", kept | {"delivered": "x", "said": supply.next()})
    story.post("case", worker, f"{address}livelihood/consider/", sent(kind="business", words=supply.next()))
    row = str(Livelihood.objects.get().pk)
    given = sent(row=row, kind="tools", month="2026-01", words=supply.next())
    story.post("case", worker, f"{address}livelihood/support/", given)
    came = sent(month="2026-01", amount="54,321", currency="KHR", words=supply.next())
    story.post("case", worker, f"{address}livelihood/earn/", came)
    story.post("refused", worker, f"{address}livelihood/earn/", came | sent(amount=supply.next(), words=supply.next()))


def _visits(story: Story, worker: Client, address: str) -> None:
    """Two volunteer's cards: one that he has, and one of which he told."""
    from spean.cases.models import Visit
    from spean.kernel import clock

    supply, today, volunteer = story.supply, clock.today().isoformat(), story.town.client("volunteer")
    agreed = {"purpose": "visit", "fields_told": ["home"], "until": _soon(), "by": "self", "how": "thumb"}
    story.post("case", worker, f"{address}consent/", agreed | {"sent_id": str(uuid4())})
    asked = {"volunteer": str(story.town.users["volunteer"].pk), "why": "known", "by_day": today, "safe": "on"}
    for kind, how in (("look_in", "case"), ("message", "case"), ("x", "refused")):
        said = {"kind": kind, "alias": supply.short(), "sent_id": str(uuid4())}
        story.post(how, worker, f"{address}visits/ask/", asked | said)
    page = reverse("desk:visit", args=[Visit.objects.get(kind="message").pk])
    told = {"result": "unsafe", "words": supply.next(), "sent_id": str(uuid4())}
    story.post("refused", volunteer, page, told | {"result": "x"})
    volunteer.get(reverse("desk:visits"))
    story.post("case", volunteer, page, told)


def _volunteer(story: Story) -> None:
    """What a supervisor found and heard of a volunteer, and a threat that he reported himself."""
    from spean.kernel import clock

    supply, today = story.supply, clock.today().isoformat()
    boss, volunteer = story.town.client("supervisor"), story.town.client("volunteer")
    seat = story.town.users["volunteer"].memberships.get().pk
    for name, said in (("check", {"step": "interview"}), ("talk", {"kind": "debrief", "outcome": "rest"})):
        typed = {**said, "on": today, "words": supply.next(), "sent_id": str(uuid4())}
        story.post("case", boss, reverse("desk:volunteer_add", args=[seat, name]), typed)
        story.post("refused", boss, reverse("desk:volunteer_add", args=[seat, name]), typed | {"on": "x", "words": supply.next()})
    typed = {"kind": "words", "on": today, "words": supply.next(), "sent_id": str(uuid4())}
    story.post("case", volunteer, reverse("desk:volunteering_threat", args=[seat]), typed)
    boss.get(reverse("desk:volunteer_told", args=[seat]))


def _training(story: Story, worker: Client, address: str) -> None:
    """A training course that is begun, attended and finished, with the number of its certificate."""
    from spean.cases.models import Enrolment, Training
    from spean.kernel import clock

    supply, today = story.supply, clock.today().isoformat()
    days = {"starts_on": today, "ends_on": today, "places": "1", "ends_with": "state", "place-pick": "14010101", "send": "1"}
    known = {"trade": "motor", "provider": "A centre", "language": "km", "schooling": "none", "currency": "KHR"}
    story.post("case", worker, "/en/desk/cases/trainings/new/", {**days, **known, "sent_id": str(uuid4())})
    offer = {"training": str(Training.objects.get().pk), "words": supply.next(), "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}training/offer/", offer)
    refused = {**offer, "training": "x", "words": supply.next(), "sent_id": str(uuid4())}
    story.post("refused", worker, f"{address}training/offer/", refused)
    row = {"row": str(Enrolment.objects.get().pk)}
    for verb in ("enrol", "begin", "finish"):
        story.post("case", worker, f"{address}training/become/", {**row, "verb": verb})
    given = {**row, "kind": "state", "on": today, "number": supply.next()}
    story.post("case", worker, f"{address}training/certify/", given)
    story.post("refused", worker, f"{address}training/certify/", {**given, "kind": "x", "number": supply.next()})


def _referral(story: Story, worker: Client, address: str) -> None:
    """Agreed to, offered, accepted, handed over and opened by the other desk; another one refused with words."""
    from spean.cases.models import Referral

    supply, partner = story.supply, story.town.teams["partner"]
    told, until = ["name", "story", "needs"], _soon()
    agreed = {"purpose": "referral", "recipient": str(partner.organisation_id), "fields_told": told, "until": until}
    said = {"by": "self", "how": "spoken", "witness": supply.planted[-1], "sent_id": str(uuid4())}
    story.post("case", worker, f"{address}consent/", agreed | said)
    asked = {"need": "law", "desk": str(partner.id), "kind": "service", "urgency": "days", "fields_told": told, "until": until}
    desk = story.town.client("stranger")
    for needs in (supply.next(), supply.planted[-1]):
        story.post("case", worker, f"{address}refer/", asked | {"needs": needs, "sent_id": str(uuid4())})
    given, refused = Referral.objects.order_by("id")
    page = reverse("desk:referral", args=[given.pk])
    story.post("case", desk, f"{page}accept/", {})
    story.post("case", worker, f"{page}hand/", {})
    story.post("packet", desk, f"{page}open/", {})
    refusal = {"reason": "full", "words": supply.next()}
    story.post("case", desk, reverse("desk:referral_act", args=[refused.pk, "refuse"]), refusal)


def _outside(story: Story, worker: Client, address: str) -> None:
    """Two packets for an organisation without an account: one waits, one is opened with its link and its code."""
    from spean.cases.models import Consent, Referral
    from spean.kernel.ids import only_digits

    supply, told, until = story.supply, ["name", "story", "needs"], _soon()
    agreed = {"purpose": "referral", "named": supply.next(), "fields_told": told, "until": until}
    story.post("case", worker, f"{address}consent/", agreed | {"by": "self", "how": "thumb", "sent_id": str(uuid4())})
    named = Consent.objects.get(purpose="referral", recipient=None)
    asked = {"need": "law", "desk": str(named.pk), "kind": "service", "urgency": "days", "fields_told": told, "until": until}
    for _turn in range(2):
        typed = {"needs": supply.next(), "call": supply.planted[-1], "sent_id": str(uuid4())}
        story.post("case", worker, f"{address}refer/outside/", asked | typed)
    for one in Referral.objects.filter(desk=None):
        page = reverse("desk:referral", args=[one.pk])
        story.post("packet", worker, f"{page}preview/", {})
        laid = story.post("packet", worker, f"{page}hand_out/", {"sent_id": str(uuid4())}).context["laid"]
        code, link = only_digits(laid["code"]), laid["link"].rstrip("/").rsplit("/", 1)[-1]
        story.signs += [code, link]
    door = reverse("public:packet", args=[link])
    story.post("packet", Client(), door, {"code": code})
    story.post("packet", Client(), door, {"code": code, "answer": "serve"})
    story.post("refused", Client(), reverse("public:packet", args=["x" * 43]), {"code": code})


def _unasked(story: Story, worker: Client, address: str) -> None:
    """Told without consent, for a life is in danger; and the person hears of it."""
    from spean.cases.models import Unasked

    asked = {"named": story.supply.next(), "why": "held", "reason": story.supply.next(), "fields_told": ["name", "home"]}
    story.post("case", worker, f"{address}unasked/ask/", asked | {"sent_id": str(uuid4())})
    refused = asked | {"reason": story.supply.next(), "why": "x", "sent_id": str(uuid4())}
    story.post("refused", worker, f"{address}unasked/ask/", refused)
    row = {"row": str(Unasked.objects.get().pk)}
    story.post("case", story.town.client("supervisor"), f"{address}unasked/agree/", row)
    story.post("case", worker, f"{address}unasked/tell/", row)
    story.post("case", worker, f"{address}task_done/", {"task": str(Unasked.objects.get().notice_id)})


def _plan(story: Story) -> dict[str, Any]:
    supply, named = story.supply, ("way", "crossing", "employer", "broker", "name", "note", "one_name", "one_how", "two_name")
    return {
        **{name: supply.next() for name in named}, "phone": supply.phone(), "one_phone": supply.phone(), "place-pick": "14010101",
        "on_1": _soon(), "sent_id": str(uuid4()), "send": "1",
    }  # fmt: skip


def _soon() -> str:
    from datetime import timedelta

    from spean.kernel import clock

    return (clock.today() + timedelta(days=3)).isoformat()


def _plans(story: Story) -> None:
    """Two travel plans, one of them changed and looked at; a form that comes back."""
    written = [_plan(story) for _at in range(2)]
    for typed in written:
        told = photo(story.supply.planted[-1])
        story.plans.append(story.post("plan", Client(), "/km/plan/", {**typed, "paper_1": told}).context["code"])
    number = {"code": story.plans[0]}
    story.post("plan", Client(), "/en/plan/own/", {**written[0], **number, "act": "change", "note": story.supply.next()})
    story.post("plan", Client(), "/en/plan/own/", {**number, "act": "written"})
    story.post("refused", Client(), "/en/plan/", {"way": story.supply.next(), "one_email": "no address", "send": "1"})


def _contracts(story: Story) -> None:
    """A contract as text; two as photos: one goes to the team, one still lies where it was read. Their words were told before."""
    keeps, known = "The employer keeps the passport of the worker.", story.supply.planted[-1]
    story.post("contract", Client(), "/en/contract/", {"text": f"{keeps} {known}"})
    for _at in range(2):
        drawn, out = photographs.pages(f"{keeps} {known}", "en")[0].crop((0, 60, 1190, 560)), io.BytesIO()
        drawn.save(out, "JPEG", comment=known.encode())
        named = SimpleUploadedFile(f"{known}.jpg", out.getvalue())
        sent = story.post("photos", Client(), "/en/contract/photos/", {"sent_id": str(uuid4()), "photos": named})
        story.tokens.append(sent.url.rstrip("/").rsplit("/", 1)[1])
    carried = {"reading": story.tokens[0], "page": ["0"]}
    sent = story.post("public", Client(), "/km/report/", {**_report(story, 2), **carried})
    assert sent.context["moved"] == "deleted"
    again = {"told": known, "sent_id": str(uuid4()), **carried}
    story.post("refused", Client(), "/en/report/", again)  # its pages are gone


def _sheets(story: Story, worker: Client) -> None:
    """Lists as XLSX and CSV: one imported to its end, one half, one only looked at, one taken back as its faulty rows."""
    from spean.collect.sheetwriter import Sheet, comma_separated, xlsx
    from spean.voices.models import SheetImport

    supply, heading = story.supply, ["row", "told", "phone", "hours", "how", "day"]
    for at, pack in enumerate((lambda rows: xlsx(Sheet("a", rows)), comma_separated, lambda rows: xlsx(Sheet("b", rows)))):
        wrong = ["9", supply.next(), supply.next(), supply.next(), "", "never"]
        good = [[str(n), supply.some(2), supply.phone(), supply.next(), supply.next(), ""] for n in range(2)]
        sent = {"team": str(story.town.teams["team"].id), "source": supply.next(), "sent_id": str(uuid4())}
        sent["sheet"] = SimpleUploadedFile(f"{supply.next()}.xlsx", pack([heading, *good, wrong]))
        story.post("sheet", worker, reverse("desk:import_new"), sent)
        pk = SheetImport.objects.get(state="preview").pk
        assert worker.get(reverse("desk:import", args=[pk])).status_code == 200
        assert worker.get(reverse("desk:import_faulty", args=[pk, "xlsx"])).status_code == 200
        for verb in ("start", "part")[: 2 - at]:
            story.post("sheet", worker, reverse("desk:import_act", args=[pk, verb]), {"part": "0"})
    damaged = SimpleUploadedFile("a.xlsx", b"PK\x03\x04" + supply.next().encode())
    sent = {"team": str(story.town.teams["team"].id), "source": supply.next(), "sent_id": str(uuid4()), "sheet": damaged}
    story.post("refused", worker, reverse("desk:import_new"), sent)


def _refused(story: Story, worker: Client) -> None:
    """Forms that come back, addresses that do not exist, a wrong sign-in, a locked desk: words in all of them."""
    supply, public = story.supply, Client()
    story.post("refused", public, "/km/report/", {**_report(story, 3), "sent_id": "broken", "phone": supply.next()})
    story.post("refused", public, "/en/report/", {**_report(story, 2), "phone": supply.next(), "answer_wish": supply.next()})
    story.post("refused", public, "/en/report/", {"told": "ក" * 6000 + supply.next(), "sent_id": str(uuid4())})
    story.post(
        "refused",
        public,
        "/en/report/",
        {**_report(story, 1), "files": SimpleUploadedFile(supply.next(), supply.next().encode())},
    )
    story.post("refused", public, "/km/receipt/", {"code": supply.next()})
    story.post("refused", public, "/en/receipt/", {"code": supply.phone()})
    for path in ("/en/places/search/", "/en/said/", "/km/nowhere/", "/km/places/children/"):
        public.get(path, {"q": supply.next(), "after": supply.next(), "parent": supply.next()})
    public.get(f"/en/{supply.next()}/{supply.next()}/")
    worker.get("/en/desk/concerns/", {"after": supply.next(), "kind": supply.next()})
    sign_in = {"login": supply.next(), "password": supply.next()}
    story.post("sign-in", public, reverse("account_login"), sign_in)
    locked = story.town.client("worker", locked=True)
    concern = _some_concern()
    held = story.post(
        "locked", locked, reverse("desk:concern_act", args=[concern, "answer"]), {"text": supply.next(), "sent_id": str(uuid4())}
    )
    assert held.status_code == 423
    story.post("refused", worker, reverse("desk:concern_act", args=[concern, "assign"]), {"choice": supply.next()})


def _broken(story: Story, worker: Client, monkeypatch: Any) -> None:
    """Bugs, at the places that hold the words in the clear: the error itself repeats them."""
    from django.db import DatabaseError

    from spean.voices.operations import intake, plans, threads, triage

    def bug(*given: Any, **more: Any) -> Any:
        raise RuntimeError(f"it broke on {given} {more}")

    def refuse(self: Any, concerns: Any, *given: Any, **more: Any) -> None:
        raise DatabaseError(f"no room for {[vars(c) for c in concerns]} {story.supply.planted[-1]}")

    with monkeypatch.context() as broken:
        broken.setattr(intake, "seal", bug)
        broken.setattr(threads, "seal", bug)
        broken.setattr(plans, "seal", bug)
        day = {"on_1": _soon(), "sent_id": str(uuid4()), "send": "1"}
        story.post("broken", Client(), "/km/plan/", {**day, "way": story.supply.next()})
        story.post("broken", Client(), "/km/report/", _report(story, 3))
        story.post("broken", worker, reverse("desk:concern_act", args=[_some_concern(), "answer"]), _words(story))
        story.post("broken", Client(), "/km/receipt/add/", {"code": story.codes[0], **_words(story)})
    with monkeypatch.context() as broken:
        broken.setattr(triage, "say", bug)
        story.post("broken", worker, reverse("desk:concern_act", args=[_some_concern(), "ask"]), _words(story))
    with monkeypatch.context() as broken:
        broken.setattr("django.db.models.query.QuerySet.bulk_create", refuse)
        story.post("broken", Client(), "/en/report/", {**_report(story, 3), "files": photo(story.supply.next())})


def _words(story: Story) -> dict[str, str]:
    return {"text": story.supply.some(2), "sent_id": str(uuid4())}


def _some_concern() -> Any:
    """One that the team has opened and not closed."""
    from spean.voices.models import Concern

    return Concern.objects.filter(channel="volunteer", state__in=("answered", "waiting", "open")).order_by("pk").first().pk
