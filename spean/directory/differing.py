"""What a list changes of what we have: the words of a recruiter, and what its office says of the licence. Plain values only."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from spean.directory import phones
from spean.directory.alikeness import written
from spean.directory.drafts import MOST_NUMBERS
from spean.directory.listing import Said
from spean.directory.recruiting import MOST_ALIASES, MOST_BRANCHES, Licence, RecruiterDraft, licence_key
from spean.kernel.headings import key
from spean.kernel.text import clean


@dataclass(frozen=True)
class Head:
    """Whose list it is, how it is called, of which day, and its name for comparing."""

    claimant: str
    source: str
    series: str
    listed_on: date


#: (field, before, after), as words or codes
Change = tuple[str, str, str]


def begun(said: Said, head: Head) -> RecruiterDraft:
    """The words of a recruiter that we do not have yet."""
    return merged(RecruiterDraft(source=head.source, as_of=head.listed_on.isoformat()), said, head)


def merged(draft: RecruiterDraft, said: Said, head: Head) -> RecruiterDraft:
    """The words with what the list adds. It takes nothing away but countries and the address, where it names others."""
    found = _named(draft, said)
    new = [number for number in said.numbers if _digits(number) not in {_digits(n) for n in found.numbers}]
    found = replace(found, numbers=(*found.numbers, *new)[:MOST_NUMBERS])
    if said.countries and set(said.countries) != set(found.countries):
        found = replace(found, countries=said.countries)
    found = _placed(found, said)
    if found != draft:
        found = replace(found, source=head.source, as_of=head.listed_on.isoformat())
    return found


def _named(draft: RecruiterDraft, said: Said) -> RecruiterDraft:
    """An empty official name is filled; another name becomes one more, for a person to put in its place."""
    found = draft
    for name, text in (("name_km", said.name_km), ("name_en", said.name_en)):
        if not text or written(text) in {written(known) for known in found.names}:
            continue
        if not getattr(found, name):
            found = replace(found, **{name: text})
        else:
            found = replace(found, aliases=(*found.aliases, text)[:MOST_ALIASES])
    return found


def _placed(draft: RecruiterDraft, said: Said) -> RecruiterDraft:
    """The first address of a script is the main one's; the rest are other offices."""
    found, rest = draft, list(said.addresses)
    known = {key(text) for text in (draft.address_km, draft.address_en, *draft.branches)}
    if said.addresses and not any(key(text) in known for text in said.addresses):
        first = rest.pop(0)
        script = "address_en" if first.isascii() else "address_km"
        found = replace(found, **{script: first})
    more = [text for text in rest if key(text) not in known]
    return replace(found, branches=(*found.branches, *more)[:MOST_BRANCHES])


def _digits(number: str) -> str:
    try:
        return phones.read(number, "KH").digits
    except phones.BadNumber:
        return clean(number)


def licence_of(said: Said, head: Head) -> Licence:
    """What the office says of the licence by this line."""
    ends = date.fromisoformat(said.ends_on) if said.ends_on else None
    return Licence(head.claimant, said.says, head.source, head.listed_on, said.licence_number, ends, head.series)


def changes(before: RecruiterDraft, after: RecruiterDraft, claim: Licence | None, now: Licence) -> list[Change]:
    """Field by field what differs; nothing where a list says what we have."""
    one, other = before.body(), after.body()
    names = [n for n in one if n not in {"source", "as_of"} and one[n] != other[n]]
    found: list[Change] = [(name, _text(one[name]), _text(other[name])) for name in names]
    return found + licence_changes(claim, now)


def licence_changes(claim: Licence | None, now: Licence) -> list[Change]:
    """The same, of a claim of this office."""
    said, before = _facts(now), _facts(claim) if claim else {}
    return [
        (name, before.get(name, ""), text)
        for name, text in said.items()
        if before.get(name, "") != text and _is_other(name, before, text)
    ]


def _is_other(name: str, before: Mapping[str, str], text: str) -> bool:
    """A number that is written otherwise is the same one; what a list does not say, it does not take back."""
    if name == "licence_number":
        return bool(text) and licence_key(text) != licence_key(before.get(name, ""))
    return bool(text)


def _facts(claim: Licence) -> dict[str, str]:
    ends = claim.ends_on.isoformat() if claim.ends_on else ""
    return {"licence_number": claim.licence_number, "says": claim.says, "ends_on": ends, "as_of": claim.as_of.isoformat()}


def complete(now: Licence, claim: Licence | None) -> Licence:
    """A claim that keeps the number and the last day that the office told before, where this list does not say."""
    if claim is None:
        return now
    ends = now.ends_on or (claim.ends_on if claim.says == now.says else None)
    return replace(now, licence_number=now.licence_number or claim.licence_number, ends_on=ends)


def _text(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)
