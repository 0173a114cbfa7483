"""What the system itself can read: bound to its place, unreadable without the keystore's token, gone when that is erased."""

from uuid import uuid4

import pytest

from spean.kernel import errors
from spean.privacy import housed, keys
from spean.privacy.sealing import BrokenSeal, Context

ADDRESS = {"to": [{"email": "planted@example.org"}]}


def context(**more):
    return Context(**({"org": uuid4(), "subject": uuid4(), "record": uuid4(), "cls": "plan.mail"} | more))


@pytest.mark.django_db(transaction=True)
def test_it_opens_in_its_place_only_and_not_after_erasure():
    place = context()
    blob = housed.seal_for_system(ADDRESS, place)
    assert b"planted" not in blob
    assert housed.open_by_system(blob, place) == ADDRESS
    other = context(org=place.org, subject=place.subject)
    with pytest.raises(BrokenSeal):
        housed.open_by_system(blob, other)
    keys.erase_subject(place.subject)
    with pytest.raises(errors.NotYours):
        housed.open_by_system(blob, place)
    with pytest.raises(errors.Conflict):
        housed.seal_for_system(ADDRESS, place)
