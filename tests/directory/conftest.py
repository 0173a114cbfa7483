"""A small town whose manager writes and whose coordinator checks; and how an entry is made."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.town import Town


@pytest.fixture
def manager(town: Town) -> Any:
    return town.actor("manager")


@pytest.fixture
def coordinator(town: Town) -> Any:
    return town.actor("coordinator")


def a_draft(**more: Any) -> Any:
    """The words of an entry."""
    from spean.directory.drafts import Draft

    usual = Draft(
        provider_km="ផ្ទះស្ពាន", provider_en="Bridge House", name_km="ជំនួយច្បាប់", name_en="Legal aid", source="A visit",
        needs=("law",), areas=("14",), languages=("km",), numbers=("012 311 112",),
    )  # fmt: skip
    return replace(usual, **more)


@pytest.fixture
def write(manager: Any) -> Callable[..., UUID]:
    """Writes an entry as the manager; keywords replace fields."""

    def writing(**more: Any) -> UUID:
        from spean.directory.operations import writing

        return writing.write(manager, a_draft(**more), uuid4())

    return writing


@pytest.fixture
def publish(write: Callable[..., UUID], coordinator: Any) -> Callable[..., UUID]:
    """Writes an entry and publishes it as the coordinator, whose test calls find every number right."""

    def publishing(*, call: bool = True, **more: Any) -> UUID:
        from spean.directory.operations import writing

        pk = write(**more)
        writing.publish(coordinator, pk, 1)
        if call:
            call_all(coordinator, pk)
        return pk

    return publishing


def call_all(actor: Any, entry: UUID, heard: str = "right") -> None:
    """A test call of each number of an entry."""
    from spean.directory.models import Phone
    from spean.directory.operations import calling
    from spean.kernel import clock

    for phone in Phone.objects.filter(entry=entry):
        calling.record(actor, phone.id, heard=heard, on=clock.today(), words="", sent_id=uuid4())


RECRUITER = {
    "source": "A list", "name_km": "ទីភ្នាក់ងារសាកល្បង ផ្កាយ", "name_en": "Demo Agency Star Co., Ltd.", "aliases": ("Phkay Demo",),
    "numbers": ("012 311 112",), "countries": ("TH",),
}  # fmt: skip


def a_licence(claimant: str = "ministry", says: str = "licensed", **more: Any) -> Any:
    """What somebody says of a licence."""
    from datetime import date

    from spean.directory.recruiting import Licence

    return Licence(**{"claimant": claimant, "says": says, "source": "A list", "as_of": date(2026, 1, 1), **more})


@pytest.fixture
def recruiter(manager: Any, coordinator: Any) -> Callable[..., UUID]:
    """Writes a recruiter as the manager and publishes it as the coordinator; keywords replace fields."""

    def publishing(**more: Any) -> UUID:
        from spean.directory.operations.registering import RECRUITERS
        from spean.directory.recruiting import RecruiterDraft

        pk = RECRUITERS.write(manager, RecruiterDraft(**{**RECRUITER, **more}), uuid4())
        RECRUITERS.publish(coordinator, pk, 1)
        return pk

    return publishing


@pytest.fixture
def claim(manager: Any, coordinator: Any) -> Callable[..., UUID]:
    """Writes down as the manager what somebody says of a licence; the coordinator publishes it."""

    def claiming(pk: UUID, *, published: bool = True, **more: Any) -> UUID:
        from spean.directory.operations import registering

        made = registering.say(manager, pk, a_licence(**more), uuid4())
        if published:
            registering.publish(coordinator, made)
        return made

    return claiming
