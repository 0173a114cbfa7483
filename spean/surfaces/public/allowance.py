"""How often one neighbourhood of the network may ask, and where its reports go. In memory only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpRequest

from spean.collect import flood, toll
from spean.kernel.errors import Invalid, TooMany
from spean.kernel.memory import Counter, memory
from spean.kernel.neighbours import mark
from spean.voices import alike, enums
from spean.voices.operations.intake import Report

FILES = Counter("file", 60.0)
MOST_FILES = 20  # of one neighbourhood a minute: making a file harmless costs a hundred times what words cost
LOOKUPS = Counter("lookup", 60.0)
MOST_LOOKUPS = 20  # of one neighbourhood a minute; with a proof, a telephone does not wait for its neighbours

CHECKS = Counter("check", 60.0)
MOST_CHECKS = 60  # of one neighbourhood a minute: a village shares one; each takes some hundredths of a second
PAPERS = Counter("paper", 60.0)
MOST_PAPERS = 40  # of one neighbourhood a minute, of those that are not in the memory: setting one takes a tenth of a second
PLANS = Counter("plan", 60.0)
MOST_PLANS = 6  # of one neighbourhood a minute: a false plan becomes a false alarm, which costs people's time
ALL_PLANS = Counter("plans", 60.0)
MOST_OF_ALL = 60  # of everybody a minute
# Short codes that are well formed and nobody's. A typing error is caught by the check digit and a right code is given back, so
# hardly any of these is a person's. What these numbers mean for who guesses stands in decision 20 and in `bench.guesses`.
SIGNS = Counter("sign", 600.0)
MOST_SIGNS = 5  # of one neighbourhood in ten minutes; with a proof, a telephone does not wait for its neighbours
ALL_SIGNS = Counter("signs", 600.0)
MOST_OF_ALL_SIGNS, MOST_OF_FIRST_SIGNS = 60, 120  # of everybody; the second half is kept for neighbourhoods without a wrong one
CORRECTIONS = Counter("correction", 60.0)
MOST_CORRECTIONS = 6  # of one neighbourhood a minute: each is read by two people


def take_check(request: HttpRequest) -> None:
    """The same for a check of a contract or an offer."""
    _take(request, CHECKS, MOST_CHECKS)


def take_lookup(request: HttpRequest) -> None:
    """Count a look by receipt number; TooMany, with the seconds to wait, when it is one too many, which is then not counted."""
    _take(request, LOOKUPS, MOST_LOOKUPS)


def take_file(request: HttpRequest) -> None:
    """The same for what comes with a file, or brings pages of a contract along. The words alone are always taken."""
    if request.FILES or "page" in request.POST:
        _take(request, FILES, MOST_FILES)


def take_paper(request: HttpRequest) -> None:
    """The same for a leaflet that has to be set anew."""
    _take(request, PAPERS, MOST_PAPERS)


def take_correction(request: HttpRequest) -> None:
    """The same for a request for a correction."""
    _take(request, CORRECTIONS, MOST_CORRECTIONS)


def take_plan(request: HttpRequest) -> None:
    """The same for leaving a travel plan; then of all neighbourhoods together, so that one alone cannot use up their room."""
    _take(request, PLANS, MOST_PLANS)
    wait = memory().take(ALL_PLANS, b"all", MOST_OF_ALL)
    if wait:
        raise TooMany(wait=max(1, round(wait)))


@contextmanager
def trying_a_sign(request: HttpRequest) -> Iterator[None]:
    """Let one try of a short code through, or TooMany. It stays counted when it ends in Invalid; a right one is given back.

    It is counted before anything is looked up, so that many at once are no more tries than one after another.
    """
    near = mark(request)
    is_first = memory().level(SIGNS, near) == 0
    wait = memory().take(SIGNS, near, MOST_SIGNS)
    if wait and not _has_paid(request, near):
        raise TooMany(wait=max(1, round(wait)))
    if wait:
        memory().count((SIGNS, near))
    wait = memory().take(ALL_SIGNS, b"all", MOST_OF_FIRST_SIGNS if is_first else MOST_OF_ALL_SIGNS)
    if wait:
        memory().give_back((SIGNS, near))
        raise TooMany(wait=max(1, round(wait)))
    was_wrong = False
    try:
        yield
    except Invalid:
        was_wrong = True
        raise
    finally:
        if not was_wrong:
            memory().give_back((SIGNS, near), (ALL_SIGNS, b"all"))


def _take(request: HttpRequest, counter: Counter, most: int) -> None:
    near = mark(request)
    wait = memory().take(counter, near, most)
    if wait and not _has_paid(request, near):
        raise TooMany(wait=max(1, round(wait)))


def token_for(request: HttpRequest) -> tuple[str, int]:
    """A token for the reader's page, and how much work it is asked for."""
    near = mark(request)
    limits = ((LOOKUPS, MOST_LOOKUPS), (FILES, MOST_FILES), (PLANS, MOST_PLANS), (SIGNS, MOST_SIGNS))
    crowded = max(memory().level(counter, near) / most for counter, most in limits)
    bits = max(flood.bits_now(near), 4 if crowded >= 1 else 0)
    return toll.issue(near, bits, chance=os.urandom(16)), bits


def judge(request: HttpRequest, given: Report) -> tuple[bool, bool, UUID]:
    """(it waits under review, its words ask for help, the id of its words) of a report that is about to be saved."""
    sealed = (given.kind, given.danger, given.happened, given.place and given.place.code) if given.envelope else ()
    words = alike.mark(given.told, [f.data for f in given.files], sealed)
    urgent = alike.asks_for_help(given.told) or (bool(given.envelope) and request.POST.get("urgent") == "1")
    comer = flood.Comer(
        near=mark(request),
        alike=words.bytes,
        pressing=urgent or given.danger == enums.Danger.NOW,
        short=len(given.told) <= alike.SHORT,
        comparable=not given.envelope,
    )
    load, same = flood.arrive(comer)
    paid = not load.is_ordinary and _has_paid(request, comer.near)
    return flood.is_held(comer, load, same, paid=paid), urgent, words


def _has_paid(request: HttpRequest, near: bytes) -> bool:
    """Whether the page has done its work: looked at when it matters, and once a request, for a proof is used up by the look."""
    if not hasattr(request, "has_paid"):
        request.has_paid = toll.is_paid(request.POST.get("proof", ""), near)  # type: ignore[attr-defined]
    return bool(request.has_paid)  # type: ignore[attr-defined]
