"""How much stands behind an issue: voices and groups, as tallies. Small numbers are told as "fewer than 5"."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from spean.kernel.small import INSIDE_THRESHOLD
from spean.voices.enums import Age, Group, Sex
from spean.voices.models import Issue, IssueConcern, Tally

#: what a concern's counted facts say of its person's group
_OF_CONCERNS = {
    Group.WOMEN: Q(concern__sex=Sex.WOMAN),
    Group.YOUTH: Q(concern__age=Age.YOUNG),
    Group.ELDERS: Q(concern__age=Age.ELDER),
}


@dataclass(frozen=True)
class Weight:
    """The voices behind one issue, and those of each group; `few` marks a number from 1 to 4, which is not shown."""

    voices: int
    groups: tuple[tuple[str, str, int, bool], ...]  # code, label, number (0 where few), few


def weights(issues: Iterable[UUID]) -> dict[UUID, Weight]:
    """The weight of each issue, with what was merged into it. Three queries for any number of issues."""
    wanted = list(issues)
    of = {pk: pk for pk in wanted}
    of.update(
        {i.pk: i.merged_into_id for i in Issue.objects.filter(merged_into__in=wanted).only("merged_into") if i.merged_into_id}
    )
    concerns = _of_concerns(wanted)
    tallied: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in Tally.objects.filter(issue__in=of).values("issue", "group").annotate(n=Sum("number")):
        tallied[of[row["issue"]]][row["group"]] += row["n"]
    return {pk: _weight(concerns.get(pk, {}), tallied[pk]) for pk in wanted}


def _of_concerns(issues: list[UUID]) -> dict[UUID, dict[str, int]]:
    counts = {group.value: Count("pk", filter=q) for group, q in _OF_CONCERNS.items()}
    rows: Any = IssueConcern.objects.filter(issue__in=issues, left_on=None).values("issue").annotate(voices=Count("pk"), **counts)
    return {row["issue"]: row for row in rows}


def _weight(concerns: dict[str, int], tallied: dict[str, int]) -> Weight:
    groups = []
    for group in Group:
        number = concerns.get(group.value, 0) + tallied.get(group.value, 0)
        few = 0 < number < INSIDE_THRESHOLD
        if number:
            groups.append((group.value, str(group.label), 0 if few else number, few))
    largest = max(tallied.values(), default=0)  # groups overlap, so they are not added up
    return Weight(concerns.get("voices", 0) + largest, tuple(groups))
