"""The library of the demo: all facts unverified as they are loaded, a small set of them marked so that the pages are alive."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import uuid4

from spean.accounts.access import Actor
from spean.accounts.models import User
from spean.accounts.queries import actor_for
from spean.demo.drawings import DRAWINGS, draw
from spean.kernel import clock
from spean.library.enums import PageKind, VersionState
from spean.library.models import Text
from spean.library.operations import facts, media, texts
from spean.library.operations.loading import load

#: marked as if somebody had checked them; every page that shows one says that it is a demonstration
SHOWN = (
    "th.corridor", "th.wage", "th.wage-bangkok", "th.brokers-2019", "th.brokers-2014", "th.visa.price", "th.stay.price",
    "th.age", "th.papers-kept", "kh.passport.price", "kh.passport.time", "kh.passport.brokers", "kh.worker-passport.price-2014",
    "kh.worker-passport.price-2014-june", "my.wage", "my.domestic-wage", "my.papers-kept",
    "kr.wage", "kr.age", "kr.fees", "pra.list", "pra.complaint.time", "pra.contracts", "law.licence", "law.act",
    "law.means", "law.purpose", "law.consent", "law.child", "law.article-10", "kh.debt-work", "kh.age", "kh.age-danger",
    "kh.hours-day", "kh.hours-week", "kh.overtime-most", "kh.overtime-pay", "warn.compounds", "kh.domestic-contract",
)  # fmt: skip
#: marked long ago, so that a reader sees how a page says it
OVERDUE = ("kh.wage-garment-2026", "kr.exam.price")
DRAWN_WAY = "malaysia"
LONG_AGO = timedelta(days=200)


def furnish(now: datetime) -> int:
    """Load the files and mark the set, by the demo's programme manager. Returns how many facts are shown."""
    manager = actor_for(User.objects.get(username="manager"))
    with clock.at(now - LONG_AGO):
        load()
        shown = facts.show_for_demonstration(manager, list(OVERDUE))
    with clock.at(now - timedelta(days=3)):
        shown += facts.show_for_demonstration(manager, list(SHOWN))
        _illustrate(manager, actor_for(User.objects.get(username="network")))
    return shown


def _illustrate(writer: Actor, reader: Actor) -> None:
    """Drawings beside the steps of a way, put in by one and published by another. Nobody has read anything aloud."""
    way = Text.objects.get(kind=PageKind.WAY, slug=DRAWN_WAY)
    steps = way.versions.get(state=VersionState.PUBLISHED).body["steps"]
    for number, name in enumerate((step["name"] for step in steps), 1):
        if name in DRAWINGS:
            drawn = {"picture": media.keep(writer, draw(name), "image/jpeg"), **asdict(DRAWINGS[name])}
            made = media.put(writer, way.id, number, drawn, uuid4())
    texts.propose(writer, way.id, made.number)
    texts.publish(reader, way.id, made.number)
