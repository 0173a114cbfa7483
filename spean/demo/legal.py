"""Legal matters in the demo: wages that a fisher may claim, a charge out of a scam compound, an agency that paid in the end."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from spean.accounts.access import Actor
from spean.cases.models import Case
from spean.cases.operations import consent, hearings, law, letters
from spean.demo import papers
from spean.directory.enums import Need
from spean.directory.queries import public as directory
from spean.kernel import clock

type Made = Callable[[str], UUID]


def furnish(worker: Actor, sector: str, pk: UUID, made: Made) -> None:
    """The matter of the case in which the person worked there, where there is one."""
    matters = {"fishing": _considered, "fraud": _charged, "building": _decided}
    if sector in matters:
        matters[sector](worker, pk, made)


def _considered(worker: Actor, pk: UUID, made: Made) -> None:
    """He does not want to complain yet: nobody is told."""
    words = law.Words("តៃកុងសាកល្បង", text="គាត់សុំពេលគិត។ (សាកល្បង)")
    matter = law.consider(worker, pk, "labour", "labour_province", words, made("law"))
    law.claim(worker, pk, matter, Case.objects.get(pk=pk).money.values_list("pk", flat=True))


def _charged(worker: Actor, pk: UUID, made: Made) -> None:
    """She was made to cheat people: a charge, a lawyer who was asked, her name kept secret, a day at the prosecutor."""
    _agreed(worker, pk, made)
    words = law.Words("អ្នកចាញ់បោកម្នាក់ (សាកល្បង)", "សាកល្បង ០០០", text="គេបង្ខំនាងឱ្យផ្ញើសារបោកលុយ។ (សាកល្បង)")
    matter = law.consider(worker, pk, "charge", "prosecutor", words, made("law"))
    helper = next((entry for entry, _name in directory.helpers(Need.LAW)), None)
    law.aid(worker, pk, matter, law.Aid("ask", clock.today(), helper, "មេធាវីសាកល្បង"))
    asked = law.protect(worker, pk, matter, "secret", "prosecutor", clock.today(), "នាងខ្លាចគេតាមរក។ (សាកល្បង)", made("measure"))
    law.answer(worker, pk, matter, asked, "give", clock.today(), "(សាកល្បង)")
    day = hearings.Planned(clock.today() + timedelta(days=12), "prosecutor", "questions", worker.id)
    hearings.plan(worker, pk, matter, day, hearings.Words("ម៉ោង ៨ បន្ទប់ ៣ (សាកល្បង)", "មេធាវីសាកល្បង"), made("hearing"))


def _decided(worker: Actor, pk: UUID, made: Made) -> None:
    """An agency that kept his deposit, and gave it back before the ten days were over."""
    _agreed(worker, pk, made)
    words = law.Words("ទីភ្នាក់ងារសាកល្បង", "សាកល្បង ០០០", text="គេមិនប្រគល់ប្រាក់កក់មកវិញ។ (សាកល្បង)")
    matter = law.consider(worker, pk, "agency", "labour_province", words, made("law"))
    papers.write(worker, pk, letters.Chosen("agency_complaint", matter), made("letter.complaint"), handed=True)
    law.move(worker, pk, matter, law.Moved("settle", clock.today(), text="គេបានប្រគល់ប្រាក់កក់។ (សាកល្បង)"))


def _agreed(worker: Actor, pk: UUID, made: Made) -> None:
    told, until = frozenset({"name", "story"}), clock.today() + timedelta(days=180)
    given = consent.Given("authority", told, until, "thumb", named="អាជ្ញាធរសាកល្បង")
    consent.give(worker, pk, given, made("law.consent"))
