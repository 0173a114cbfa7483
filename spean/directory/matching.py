"""Which recruiter of ours a line of a list means: by licence number first, then by name. What is doubtful a person decides."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.directory.alikeness import ALIKE, likeness, written
from spean.directory.listing import Said
from spean.directory.recruiting import licence_key, without_form
from spean.places import spelling

MOST_CANDIDATES = 3
_LEAST_SHARED = 0.4  # of the runs of three letters
_LEAST_SOUND = 5
REASONS: dict[str, Promise] = {
    "licence": _("the same licence number"),
    "name": _("the same name"),
    "licence_other_name": _("the same licence number, but another name"),
    "name_other_licence": _("the same name, but another licence number"),
    "several": _("several have this name"),
    "alike": _("a name that is written or said nearly alike"),
    "phone": _("the same telephone number"),
    "withdrawn": _("it was withdrawn from our register"),
}


@dataclass(frozen=True)
class Ours:
    """A recruiter of the register, as a line is compared with it."""

    id: UUID
    names: tuple[str, ...]
    licences: frozenset[str]  # as `recruiting.licence_key`
    digits: frozenset[str]
    withdrawn: bool = False


@dataclass(frozen=True)
class Match:
    """`sure` is the recruiter that is meant; else `candidates`, each with a reason, of which a person chooses."""

    sure: UUID | None = None
    candidates: tuple[tuple[UUID, str], ...] = ()


class Register:
    """All recruiters, to be asked about many lines."""

    def __init__(self, known: Iterable[Ours]) -> None:
        self._known = {one.id: one for one in known}
        self._by_licence: dict[str, list[UUID]] = {}
        self._by_name: dict[str, dict[UUID, None]] = {}
        self._by_sound: dict[str, dict[UUID, None]] = {}
        self._by_digits: dict[str, list[UUID]] = {}
        self._runs: dict[str, set[str]] = {}
        for one in self._known.values():
            for number in one.licences:
                self._by_licence.setdefault(number, []).append(one.id)
            for number in one.digits:
                self._by_digits.setdefault(number, []).append(one.id)
            for name in one.names:
                self._by_name.setdefault(written(name), {})[one.id] = None
                self._by_sound.setdefault(_sound(name), {})[one.id] = None
        for name in self._by_name:
            for run in _runs(name):
                self._runs.setdefault(run, set()).add(name)

    def match(self, said: Said) -> Match:
        """Whom this line means."""
        number = licence_key(said.licence_number)
        by_number = self._by_licence.get(number, []) if number else []
        by_name = list(dict.fromkeys(pk for name in said.names for pk in self._by_name.get(written(name), ())))
        both = [pk for pk in by_number if pk in by_name]
        if len(both) == 1:
            return self._sure(both[0])
        if len(by_number) == 1 and not by_name and self._is_alike(by_number[0], said):
            return self._sure(by_number[0])
        if len(by_name) == 1 and not by_number and self._may_be(by_name[0], number):
            return self._sure(by_name[0])
        doubtful = {
            **dict.fromkeys(by_number, "licence_other_name"),
            **dict.fromkeys(by_name, "several" if len(by_name) > 1 else "name_other_licence"),
        }
        return Match(candidates=self._candidates(doubtful, said))

    def _sure(self, pk: UUID) -> Match:
        return Match(candidates=((pk, "withdrawn"),)) if self._known[pk].withdrawn else Match(sure=pk)

    def _may_be(self, pk: UUID, number: str) -> bool:
        """Whether nothing speaks against it: one of the two licence numbers is not known, or they are the same."""
        return not number or not self._known[pk].licences

    def _is_alike(self, pk: UUID, said: Said) -> bool:
        ours = [written(name) for name in self._known[pk].names]
        return any(likeness(written(name), own) >= ALIKE for name in said.names for own in ours)

    def _candidates(self, doubtful: dict[UUID, str], said: Said) -> tuple[tuple[UUID, str], ...]:
        found = dict(doubtful)
        for pk in self._alike(said):
            found.setdefault(pk, "alike")
        if not found:
            for digits in (n.replace(" ", "") for n in said.numbers):
                for pk in self._by_digits.get(digits, ()):
                    found.setdefault(pk, "phone")
        return tuple(found.items())[:MOST_CANDIDATES]

    def _alike(self, said: Said) -> list[UUID]:
        scores: dict[UUID, float] = {}
        for name in said.names:
            own, runs = written(name), _runs(written(name))
            shared = Counter(other for run in runs for other in self._runs.get(run, ()))
            for other, number in shared.items():
                score = likeness(own, other) if number >= _LEAST_SHARED * len(runs) else 0.0
                if score >= ALIKE:
                    scores |= {pk: max(score, scores.get(pk, 0.0)) for pk in self._by_name[other]}
            heard = _sound(name)
            if len(heard) >= _LEAST_SOUND:
                scores |= {pk: max(ALIKE, scores.get(pk, 0.0)) for pk in self._by_sound.get(heard, ())}
        return sorted(scores, key=lambda pk: (-scores[pk], str(pk)))


def _sound(name: str) -> str:
    return spelling.sound(without_form(name))


def _runs(name: str) -> set[str]:
    padded = f"  {name} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
