"""Travel plans after a fault: each acknowledged one opens with its number and to two keepers, each check-in is on its course."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from faults.ledger import Ledger, Sent

SUN, RAIN = 0, 1


def rows(sent: Iterable[Sent]) -> dict[UUID, list[Any]]:
    """Sent id -> the plans that are there."""
    from spean.voices.models import Plan
    from spean.voices.operations.intake import sent_hash

    hashes = {sent_hash(one.sent_id): one.sent_id for one in sent}
    found: dict[UUID, list[Any]] = {}
    for plan in Plan.objects.filter(sent_hash__in=list(hashes)):
        found.setdefault(hashes[plan.sent_hash], []).append(plan)
    return found


def trouble(town: Any, sent: Sent, ledger: Ledger, plan: Any) -> str:
    """Why an acknowledged plan, or a check-in of it, is not as it was told; nothing when it is."""
    from spean.privacy import custody
    from spean.voices.operations import plan_owner

    if custody.left_with(plan.id) is None:  # looked at first: who opens with the number gives out shares anew
        return "no keeper has a share of it"
    try:
        opened = plan_owner.own_plan(ledger.codes[sent.sent_id], written=True).written
        if opened is None or opened.words["way"] != sent.words:
            return "its words are others"
        return _signs(town, sent, ledger, plan)
    except Exception as error:  # noqa: BLE001 - whatever keeps it closed is a loss
        return f"{type(error).__name__}: {error}"


def _signs(town: Any, sent: Sent, ledger: Ledger, plan: Any) -> str:
    kinds = set(plan.steps.values_list("kind", flat=True))
    if (sent.sent_id, SUN) in ledger.signed and "checked_in" not in kinds:
        return "a sun that was thanked for is not there"
    if (sent.sent_id, RAIN) in ledger.signed and ("unsafe" not in kinds or plan.concern is None):
        return "a rain that was thanked for raised no concern"
    return _of_rain(town, sent, plan) if "unsafe" in kinds else ""


def _of_rain(town: Any, sent: Sent, plan: Any) -> str:
    """One concern, which opens with the team's key; and the plan opens to two keepers together."""
    from spean.privacy.sealing import open_sealed
    from spean.voices.contexts import context_of
    from spean.voices.operations import plan_keepers

    if len(set(plan.steps.exclude(concern=None).values_list("concern", flat=True))) != 1:
        return "its rain is not one concern"
    if not open_sealed(town.ring.data_key(plan.concern.id), bytes(plan.concern.told), context_of(plan.concern))["told"]:
        return "its concern says nothing"
    request = plan_keepers.ask(town.actor, plan.id, "unsafe")
    plan_keepers.agree(town.second, plan.id, request)
    return "" if plan_keepers.read(town.actor, plan.id).words["way"] == sent.words else "two keepers read other words"


def whole() -> tuple[set[UUID], int, int]:
    """(ids under which a key is due, plans that are half, plans)."""
    from spean.privacy import custody
    from spean.voices.models import Plan, Receipt

    plans = list(Plan.objects.values_list("id", "trust_id"))
    numbers = set(Receipt.objects.exclude(plan=None).values_list("plan_id", flat=True))
    half = sum(pk not in numbers or custody.left_with(pk) is None for pk, _trust in plans)
    return {pk for pair in plans for pk in pair}, half, len(plans)
