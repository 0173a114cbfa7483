"""Who can take somebody stands first, who cannot after them with the reason, and what nobody knows is asked. P3."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import translation

from spean.cases.fitting import fits
from spean.directory.queries.free import Free
from spean.directory.queries.public import Checked, Help

TODAY = date(2027, 3, 1)


def service(**more):
    checked = Checked("A list", "", TODAY - timedelta(days=more.pop("ago", 3)), "", overdue=more.pop("overdue", False))
    known = dict.fromkeys(("provider", "website", "name", "about", "how", "where", "address", "fee", "hours_label", "zone"), "")
    known |= dict.fromkeys(("needs", "languages", "papers", "week", "numbers"), ())
    known |= {"withheld": False, "women_only": False, "age_from": None, "age_to": None, "capacity": None, "open_now": True}
    known |= {"areas": ("Prey Veng",), "hours": "always", "unproven": False, "demonstration": False}
    return Help(**{"id": uuid4(), "checked": checked, **known, **more})


def one(sex="man", age="25-59", *, far=False, **more):
    with translation.override("en"):
        near, other = ((), (service(**more),)) if far else ((service(**more),), ())
        (found,) = fits(near, other, sex, age, TODAY)
    return found


@pytest.mark.parametrize(
    ("who", "what", "against", "ask"),
    [
        ({}, {}, (), ()),
        ({}, {"women_only": True}, ("Takes women and girls only",), ()),
        ({"sex": "woman"}, {"women_only": True}, (), ()),
        ({"sex": "not_said"}, {"women_only": True}, (), ("Takes women and girls only: ask whether they take this person",)),
        ({}, {"age_to": 17}, ("Takes people from 0 to 17 years of age",), ()),
        ({"age": "0-17"}, {"age_from": 18}, ("Takes people from 18 years of age",), ()),
        ({"age": "0-17"}, {"age_to": 17}, (), ()),
        ({"age": "18-24"}, {"age_from": 15, "age_to": 20}, (), ("Takes people from 15 to 20 years of age",)),
        ({"age": "not_said"}, {"age_from": 18}, (), ("Takes people from 18 years of age",)),
        ({"age": "60+"}, {"age_from": 18}, (), ()),
        ({}, {"capacity": 0}, ("Has no places",), ()),
        ({}, {"hours": "week", "open_now": False}, (), ("Closed now",)),
        ({}, {"hours": "unknown", "open_now": False}, (), ()),
        ({}, {"far": True}, ("Does not work where the person's home is: Prey Veng",), ()),
        ({}, {"overdue": True}, (), ("This was not checked for too long: ask whether it still holds",)),
        ({}, {"unproven": True}, (), ("Nobody has called its number yet",)),
    ],
)
def test_what_stands_against_a_service_is_said_and_what_is_not_known_is_asked(who, what, against, ask):
    found = one(**who, **what)
    assert (found.against, found.ask) == (against, ask)


def test_nothing_is_hidden_and_who_can_take_the_person_stands_first():
    women, asked, fine, far = service(women_only=True), service(overdue=True), service(), service()
    found = fits((women, asked, fine), (fine, far, women), "man", "25-59", TODAY)
    assert [fit.help for fit in found] == [fine, asked, women, far]


def test_a_number_of_places_says_its_age_and_is_not_counted_on_when_it_is_old():
    assert [(fit.places_days, fit.places_old) for fit in (one(ago=30), one(ago=31))] == [(30, False), (31, True)]


def told(places, ago, *, old=False):
    return Free(places, TODAY - timedelta(days=ago), ago, old, "Bridge House")


def test_who_told_that_it_is_full_stands_after_who_is_asked_and_before_who_cannot_take_the_person():
    women, full, asked, fine = service(women_only=True), service(capacity=10), service(overdue=True), service(capacity=10)
    free, silent = {full.id: told(0, 2), fine.id: told(3, 2), women.id: told(5, 0)}, service()
    found = fits((women, full, asked, silent, fine), (), "man", "25-59", TODAY, free)
    assert [(fit.help, fit.full) for fit in found] == [
        (fine, False),
        (silent, False),
        (asked, False),
        (full, True),
        (women, False),
    ]


@pytest.mark.parametrize("places", [0, 3])
def test_what_was_told_too_long_ago_says_nothing_and_is_asked(places):
    near = service(capacity=10)
    with translation.override("en"):
        (found,) = fits((near,), (), "man", "25-59", TODAY, {near.id: told(places, 8, old=True)})
    assert (found.full, found.against, found.ask) == (False, (), ("How many places are free was told too long ago: ask",))
