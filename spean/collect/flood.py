"""Who waits under review when very many reports come at once. Nothing is refused or dropped: it is saved in another lane.

What is counted is counted in memory (`kernel.memory`), for parts of the network that only a key of the day can name.
"""

from dataclasses import dataclass

from spean.kernel import clock
from spean.kernel.memory import Counter, memory

MINUTE = 60.0
#: reports a minute of one neighbourhood; many telephones of a province may stand behind one address
NEAR = Counter("report", MINUTE)
NEAR_FREE, NEAR_MOST = 30, 240  # without a proof, with one
#: reports a minute of everybody: more than this is a flood
ALL = Counter("everything", MINUTE)
CALM = 120
#: during a flood, without a proof: so many of one neighbourhood in ten minutes; and of all neighbourhoods together, so many
#: first ones a minute, and so many second and third ones. What is pressing has the same room once more, for itself.
NEAR_QUIET, NEAR_PRESSING = Counter("quiet", 600.0), Counter("pressing", 600.0)
NEAR_QUIET_MOST = 3
FIRST_MOST, NEXT_MOST = 2 * CALM, 20
#: equal reports of a day; the first ones go to the team, where they are one row
SAME = Counter("same", 600.0)
SAME_MOST = 3
ENDS_AFTER = 300.0  # seconds below CALM
_SINCE, _LAST = "flood-since", "flood-last"
MOST_BITS = 7  # 128 tries: 1 s on a good telephone, 10 s on a poor one, while its owner writes


@dataclass(frozen=True)
class Load:
    """How many reports there were in the last minute, this one among them."""

    near: float  # of its neighbourhood
    all: float
    flood: bool

    @property
    def is_ordinary(self) -> bool:
        """An ordinary moment asks for nothing."""
        return not self.flood and self.near <= NEAR_FREE


@dataclass(frozen=True)
class Comer:
    """What is known of a report when it has to be decided where it goes."""

    near: bytes  # the mark of its neighbourhood
    alike: bytes  # the mark of its words
    pressing: bool  # somebody is in danger, or its words ask for help
    short: bool  # words as short as anybody's
    comparable: bool  # the server saw the words


def arrive(comer: Comer) -> tuple[Load, float]:
    """Count a report: the load with it, and how many there were of these words."""
    near, everything, same = memory().count((NEAR, comer.near), (ALL, b""), (SAME, comer.alike))
    began = since()
    if everything > CALM:
        _note_flood(began)
    return Load(near, everything, bool(everything > CALM or began)), same


def is_held(comer: Comer, load: Load, same: float, *, paid: bool) -> bool:
    """Whether it waits under review.

    Equal reports wait after the first ones, whoever sends them: the team sees the first with their number. Apart from
    that, an ordinary moment lets everybody through, and danger passes every limit but that of a flood which claims it.
    """
    lonely_cry = comer.pressing and comer.short and not load.flood
    if comer.comparable and same > SAME_MOST and not lonely_cry:
        return True
    if load.is_ordinary or (comer.pressing and not load.flood):
        return False
    if paid and (comer.pressing or load.near <= NEAR_MOST):
        return False
    return not _is_let_through(comer)


def _is_let_through(comer: Comer) -> bool:
    """Without a proof: the first few of each neighbourhood, as long as not too many neighbourhoods come together."""
    near = NEAR_PRESSING if comer.pressing else NEAR_QUIET
    (number,) = memory().count((near, comer.near))
    if number > NEAR_QUIET_MOST:
        return False
    is_first = number <= 1
    room = Counter(f"{near.what}-{'first' if is_first else 'next'}", MINUTE)
    return memory().take(room, b"", FIRST_MOST if is_first else NEXT_MOST) == 0.0


def bits_for(near: float, everything: float) -> int:
    """How much work a telephone is asked for: none on an ordinary day, twice as much each time that the load doubles."""
    excess = max(near / NEAR_FREE, everything / CALM)
    return min(MOST_BITS, int(excess).bit_length()) if excess > 1 else 0


def bits_now(mark: bytes) -> int:
    """The work that a telephone of this neighbourhood is asked for at this moment."""
    return bits_for(memory().level(NEAR, mark), memory().level(ALL))


def since() -> str:
    """The moment at which the flood began that is still going on (ISO 8601); "" in calm."""
    return memory().noted(_SINCE, 86_400.0) if memory().noted(_LAST, ENDS_AFTER) else ""


def a_minute() -> int:
    """How many reports came in the last minute."""
    return round(memory().level(ALL))


def _note_flood(began: str) -> None:
    if not began:
        memory().note(_SINCE, clock.now().isoformat(timespec="minutes"))
    if not memory().noted(_LAST, 5.0):
        memory().note(_LAST, "on")
