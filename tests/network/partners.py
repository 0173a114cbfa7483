"""A network of four partners: the town's house and its partner, one that starts in Thailand, one that coordinates."""

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

NOON = datetime(2014, 12, 11, 12, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
WORDS = {
    "title_km": "ទូរស័ព្ទមុនចេញដំណើរ",
    "title_en": "Calls before people leave",
    "about_en": "Families pay brokers whom nobody knows",
    "did_km": "អ្នកស្ម័គ្រចិត្តទូរស័ព្ទទៅគ្រួសារ",
    "did_en": "Volunteers telephone each family twice",
    "result_en": "Half of them asked for a contract",
    "why_en": "It is cheap",
}
CODES = {"problem": "fees", "ground": "village", "whom": "leaving", "country": "KH", "sure": "counted", "again": "yes"}


def join(town: Any) -> None:
    """Two more organisations of other countries: `starter` and `linker` belong to them."""
    from town import _person, _team

    town.teams["start"] = _team("ngo", "Mekong Start", seat=town.place("TH"))
    town.teams["link"] = _team("regional_body", "Asia Link")
    _person(town, "starter", town.teams["start"], "supervisor", "")
    _person(town, "linker", town.teams["link"], "network_coordinator", "")


def told(**more: Any) -> Any:
    """What a practice says."""
    from spean.network.operations.practices import Told

    return Told(**{**CODES, **WORDS, **more})


def written(town: Any, by: str = "worker", **more: Any) -> Any:
    """A draft."""
    from spean.network.operations import practices

    return practices.write(town.actor(by), told(**more), uuid4())


def judged(town: Any, pk: Any, by: str, clear: str = "yes", believable: str = "yes", safe: str = "yes", words: str = "?") -> None:
    """What somebody says of it."""
    from spean.network.operations import practices

    practices.judge(town.actor(by), pk, practices.Judged(clear, believable, safe, words))


def published(town: Any, **more: Any) -> Any:
    """A practice of the house, judged by its partner and by the starting one, published by the third."""
    from spean.network.operations import practices

    pk = written(town, **more)
    practices.move(town.actor("worker"), pk, "send")
    for by in ("stranger", "starter"):
        judged(town, pk, by)
    practices.move(town.actor("linker"), pk, "publish")
    return pk
