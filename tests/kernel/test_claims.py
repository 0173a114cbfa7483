"""A claim is shown once it is checked, and says so when that was too long ago."""

from datetime import date

import pytest

from spean.kernel.claims import ClaimState, is_overdue, is_shown

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("state", "until", "expected"),
    [
        (ClaimState.UNVERIFIED, date(2020, 1, 1), (False, False)),
        (ClaimState.VERIFIED, None, (True, False)),
        (ClaimState.VERIFIED, TODAY, (True, False)),
        (ClaimState.VERIFIED, date(2026, 11, 25), (True, True)),
        (ClaimState.WITHDRAWN, date(2020, 1, 1), (False, False)),
    ],
)
def test_what_is_shown_and_what_is_overdue(state, until, expected):
    assert (is_shown(state), is_overdue(state, until, TODAY)) == expected
