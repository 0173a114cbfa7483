"""The words of an entry as one plain value: what a form, a file and a version hold. Judged here, whoever wrote it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, Self

from django.utils.translation import gettext_lazy as _

from spean.directory import hours, phones
from spean.directory.enums import Day, Fee, Hours, Language, Need, Paper
from spean.directory.hours import Span
from spean.directory.phones import BadNumber, Number
from spean.kernel.errors import Invalid
from spean.kernel.text import clean, has_lone_surrogate, reverses_direction

LONGEST_NAME, LONGEST_TEXT, LONGEST_LINE = 160, 2000, 300
MOST_NUMBERS = 6
MOST_AREAS = 30
MOST_PLACES = 100_000  # of one service, in all
OLDEST = 120
#: how long each text may be; the names, the source and what is said in one language must be said in the other too
LONGEST = {
    "provider": LONGEST_NAME, "name": LONGEST_NAME, "about": LONGEST_TEXT, "how": LONGEST_TEXT, "address": LONGEST_LINE,
}  # fmt: skip
NEEDED = _("Please fill this in.")
BOTH = _("Write it in Khmer and in English, or leave both empty.")
HIDDEN_PLACE = _("A confidential place has no address here, so that nobody can take it. Say below how to reach the people.")


class Kept:
    """A draft as a version keeps it, and its numbers; what is missing of `needed` is ""."""

    needed: ClassVar[tuple[str, ...]] = ("provider_km", "provider_en", "name_km", "name_en", "source")
    country: str
    numbers: tuple[str, ...]
    demonstration: bool

    def body(self) -> dict[str, Any]:
        """What a version keeps, in the types that JSON gives back."""
        kept = {name: list(v) if isinstance(v, tuple) else v for name, v in asdict(self).items()}  # type: ignore[call-overload]
        return {name: value for name, value in kept.items() if name != "unreadable"}

    @classmethod
    def of(cls, body: Mapping[str, Any]) -> Self:
        """The draft of a version or of a file's row. What is missing has its usual value."""
        known = {f.name for f in fields(cls)} - {"unreadable"}  # type: ignore[arg-type]
        given = {name: tuple(v) if isinstance(v, list) else v for name, v in body.items() if name in known}
        for name in cls.needed:
            given.setdefault(name, "")
        return cls(**given, unreadable=tuple(sorted(set(body) - known)))

    def read_numbers(self) -> tuple[Number, ...]:
        """The numbers, each one once."""
        found = [phones.read(text, self.country, demonstration=self.demonstration) for text in self.numbers]
        return tuple({number.digits: number for number in found}.values())


@dataclass(frozen=True)
class Draft(Kept):
    """An entry's words. Places are codes of the gazetteer or of countries; times are "08:30"."""

    provider_km: str
    provider_en: str
    name_km: str
    name_en: str
    source: str
    country: str = "KH"
    as_of: str = ""
    website: str = ""
    about_km: str = ""
    about_en: str = ""
    how_km: str = ""
    how_en: str = ""
    needs: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    place: str = ""
    address_km: str = ""
    address_en: str = ""
    confidential: bool = False
    women_only: bool = False
    age_from: int | None = None
    age_to: int | None = None
    papers: tuple[str, ...] = ()
    capacity: int | None = None
    fee: str = Fee.UNKNOWN.value
    hours: str = Hours.UNKNOWN.value
    days: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    numbers: tuple[str, ...] = ()
    demonstration: bool = False
    unreadable: tuple[str, ...] = field(default=(), compare=False)  # keys of a file that this version does not know

    def spans(self) -> tuple[Span, ...]:
        """The hours of a week; none where they are not known."""
        if self.hours == Hours.ALWAYS:
            return hours.always()
        opens, closes = minute(self.opens), minute(self.closes)
        if self.hours != Hours.WEEK or opens is None or closes is None:
            return ()
        return hours.spans(self.days, opens, closes)


def minute(text: str) -> int | None:
    """The minute of the day that "08:30" is; "24:00" is its end. None for anything else."""
    hour, _colon, rest = text.partition(":")
    if not (hour.isascii() and hour.isdecimal() and rest.isascii() and rest.isdecimal()):
        return None
    found = int(hour[:3]) * 60 + int(rest[:3])
    return found if int(rest[:3]) < 60 and found <= hours.MIDNIGHT else None  # noqa: PLR2004 - minutes of an hour


def judge(draft: Draft) -> None:
    """Every reason at once, by field, unless this may be kept as a version."""
    wrong = {
        **_words(draft),
        **_lines(draft),
        **_codes(draft),
        **_place(draft),
        **_week(draft),
        **judge_numbers(draft),
        **_people(draft),
    }
    if wrong:
        raise Invalid(wrong)


def _words(draft: Draft) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    for name, most in LONGEST.items():
        both = {f"{name}_{language}": clean(getattr(draft, f"{name}_{language}")) for language in ("km", "en")}
        needed = name in {"provider", "name"}
        for place, text in both.items():
            if not text and (needed or any(both.values())):
                wrong[place] = NEEDED if needed else BOTH
            elif len(text) > most:
                wrong[place] = too_long(most)
    return wrong


def _lines(draft: Draft) -> dict[str, Any]:
    lines = {"source": 200, "as_of": 60, "website": 200}
    wrong: dict[str, Any] = {name: too_long(most) for name, most in lines.items() if len(getattr(draft, name)) > most}
    if not clean(draft.source):
        wrong["source"] = _("Say where you have this from: who told you, which list, which page.")
    if draft.website and not draft.website.startswith(("https://", "http://")):
        wrong["website"] = _("An address of a website begins with https://")
    return wrong | hidden_signs(draft)


def hidden_signs(draft: Kept) -> dict[str, Any]:
    """The texts of a draft, or of one of its lists, that turn their direction or hold half letters."""
    texts = {name: [v] if isinstance(v, str) else v for name, v in draft.body().items() if isinstance(v, str | list)}
    turned = [name for name, said in texts.items() if any(reverses_direction(text) or has_lone_surrogate(text) for text in said)]
    return dict.fromkeys(turned, _("There are hidden signs in this text. Please type it again."))


def too_long(most: int) -> Any:
    """The reason, with the limit."""
    return _("This is too long: %(most)d letters are the most.") % {"most": most}


def _codes(draft: Draft) -> dict[str, Any]:
    books: dict[str, tuple[Any, tuple[str, ...]]] = {
        "needs": (Need, draft.needs), "languages": (Language, draft.languages), "papers": (Paper, draft.papers),
        "days": (Day, draft.days), "fee": (Fee, (draft.fee,)), "hours": (Hours, (draft.hours,)),
    }  # fmt: skip
    wrong = {name: _("Choose one of the answers.") for name, (book, given) in books.items() if set(given) - set(book.values)}
    if draft.country not in hours.ZONES:
        wrong["country"] = _("Choose the country.")
    if not draft.needs:
        wrong["needs"] = _("Choose at least one thing with which they help.")
    return wrong


def _place(draft: Draft) -> dict[str, Any]:
    wrong: dict[str, Any] = {}
    if not draft.areas or len(draft.areas) > MOST_AREAS:
        wrong["areas"] = _("Choose whom they help: the whole country, or provinces.")
    if draft.confidential and (draft.address_km or draft.address_en or draft.place):
        wrong["confidential"] = HIDDEN_PLACE
    return wrong


def _week(draft: Draft) -> dict[str, Any]:
    if draft.hours != Hours.WEEK:
        return {}
    wrong: dict[str, Any] = {} if draft.days else {"days": _("Choose the days.")}
    opens, closes = minute(draft.opens), minute(draft.closes)
    for name, found in (("opens", opens), ("closes", closes)):
        if found is None:
            wrong[name] = _("Write a time of day like 08:30.")
    if opens is not None and opens == closes:
        wrong["closes"] = _("It cannot close when it opens. For day and night, choose that above.")
    return wrong


def judge_numbers(draft: Kept) -> dict[str, Any]:
    """What is wrong with the numbers: each has to be one of the country."""
    if len(draft.numbers) > MOST_NUMBERS:
        return {"numbers": _("Six numbers are the most for one entry.")}
    if draft.country not in hours.ZONES:
        return {}
    faults = []
    for text in draft.numbers:
        try:
            phones.read(text, draft.country, demonstration=draft.demonstration)
        except BadNumber as bad:
            faults.append(f"{text[: phones.LONGEST]}: {bad.reason}")
    return {"numbers": " ".join(faults)} if faults else {}


def _people(draft: Draft) -> dict[str, Any]:
    ages = [age for age in (draft.age_from, draft.age_to) if age is not None]
    if any(not 0 <= age <= OLDEST for age in ages) or ages != sorted(ages):
        return {"age_to": _("These ages cannot be. Look at them again.")}
    return {}
