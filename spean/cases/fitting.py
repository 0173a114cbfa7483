"""Which services of the directory can take somebody: what stands against it, in words. Pure; no database.

Nothing is hidden: who cannot take this person stands after who can, with the reason. What the directory does not know, or what
nobody asked the person, stands against nothing: it says that one has to ask.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from spean.directory.enums import Hours
from spean.directory.queries.free import Free
from spean.directory.queries.public import Help
from spean.voices.enums import Age, Sex

OLDEST = 130
#: the years of an age group
YEARS = {Age.CHILD: (0, 17), Age.YOUNG: (18, 24), Age.ADULT: (25, 59), Age.ELDER: (60, OLDEST)}
#: a number of places that was checked longer ago is not counted on
PLACES_HOLD = timedelta(days=30)


@dataclass(frozen=True)
class Fit:
    """One service for one person: what stands against it, what has to be asked, and how old the number of places is."""

    help: Help
    against: tuple[str, ...]
    ask: tuple[str, ...]
    places_days: int | None  # since the number of places was checked; none where no day is known
    places_old: bool
    free: Free | None = None  # what the service told last

    @property
    def room(self) -> bool:
        """A place is free, as the service told of a day that is not long ago."""
        return self.free is not None and not self.free.old and self.free.places > 0

    @property
    def full(self) -> bool:
        """No place is free, as the service told of a day that is not long ago."""
        return self.free is not None and not self.free.old and not self.free.places


def fits(
    near: Iterable[Help], far: Iterable[Help], sex: str, age: str, today: date, free: Mapping[UUID, Free] | None = None
) -> tuple[Fit, ...]:
    """All of them: who can take the person, who is asked, who is full, who cannot; of each, who told of a free place first.

    `far` do not reach where the person's home is; `free` is what each told last of its free places.
    """
    told = free or {}
    close = list(near)
    known = {one.id for one in close}
    made = [_fit(one, sex, age, today, told.get(one.id), reaches=True) for one in close]
    made += [_fit(one, sex, age, today, told.get(one.id), reaches=False) for one in far if one.id not in known]
    return tuple(sorted(made, key=lambda one: (bool(one.against), one.full, bool(one.ask), not one.room)))


def _fit(one: Help, sex: str, age: str, today: date, free: Free | None, *, reaches: bool) -> Fit:
    against, ask = [], []
    if not reaches:
        against.append(_("Does not work where the person's home is: %(areas)s") % {"areas": ", ".join(one.areas)})
    if one.women_only and sex == Sex.MAN:
        against.append(_("Takes women and girls only"))
    elif one.women_only and sex != Sex.WOMAN:
        ask.append(_("Takes women and girls only: ask whether they take this person"))
    _ages(one, age, against, ask)
    if one.capacity == 0:
        against.append(_("Has no places"))
    if one.hours == Hours.WEEK and not one.open_now:
        ask.append(_("Closed now"))
    on = one.checked.on
    if one.checked.overdue or on is None:
        ask.append(_("This was not checked for too long: ask whether it still holds"))
    if one.unproven and not one.numbers:
        ask.append(_("Nobody has called its number yet"))
    if free is not None and free.old:
        ask.append(_("How many places are free was told too long ago: ask"))
    days = (today - on).days if on else None
    old = days is None or timedelta(days=days) > PLACES_HOLD
    return Fit(one, tuple(against), tuple(ask), days, old, free)


def _ages(one: Help, age: str, against: list[str], ask: list[str]) -> None:
    """By the years that a service takes: an age group that lies outside is against it, one that lies partly inside is asked."""
    if one.age_from is None and one.age_to is None:
        return
    low, high = one.age_from or 0, OLDEST if one.age_to is None else one.age_to
    words = (
        _("Takes people from %(low)s to %(high)s years of age") if high < OLDEST else _("Takes people from %(low)s years of age")
    )
    said = words % {"low": low, "high": high}
    years = YEARS.get(Age(age))
    if years is None or not (low <= years[0] and years[1] <= high):
        inside = years is None or (years[0] <= high and low <= years[1])
        (ask if inside else against).append(said)
