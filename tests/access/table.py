"""The tables that a person wrote, read: words for people, words for states."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .world import CUSTODIANS, OFFICE_ROLES, SPECIAL, TEAM_OF, names

HERE = Path(__file__).parent
REFERRAL = ("offered", "accepted", "given", "taken", "done", "refused", "called_back", "lapsed", "over", "shut")
STATES = {
    "concern": ("new", "open", "waiting", "answered", "joined", "closed", "held", "set_aside"),
    "issue": ("draft", "approved", "raised", "committed", "declined", "done", "confirmed", "contested", "merged"),
    "case": ("open", "closing", "closed"),
    "referral": REFERRAL,
    "packet": REFERRAL,  # a second one, that was handed over
    "outside": REFERRAL,  # one to an organisation without an account
    "arrival": ("waiting", "taken", "gone"),
    "training": ("open", "off"),
    "activity": ("draft", "planned", "held", "reported", "cancelled"),
    "event": ("draft", "planned", "held", "reported", "cancelled"),
    "volunteer": ("active", "ended"),
    "complaint": ("received", "looking", "closed"),
    "agreement": ("draft", "offered", "in_force", "refused", "withdrawn", "ended"),
    "good": ("draft", "review", "published", "again", "withdrawn"),
    "trial": ("trying", "told"),
    "advice": ("open", "closed"),
    "pair": ("proposed", "agreed", "declined", "ended"),
    "claim": ("claimed", "approved", "refused", "paid", "withdrawn"),
    "visit": ("asked", "told", "called_back", "over"),
    "plan": ("running", "asked", "missed", "raised", "closed"),
    "meeting": ("planned", "held", "cancelled"),
    "fact": ("unverified", "verified", "withdrawn"),
    "text": ("new", "published", "withdrawn"),
    "import": ("preview", "running", "done", "discarded"),
    "entry": ("unverified", "verified", "withdrawn"),
    "recruiter": ("unverified", "verified", "withdrawn"),
    "licence": ("unverified", "verified", "withdrawn"),
    "list": ("preview", "running", "done", "discarded"),
    "correction": ("open", "answered", "published"),
    "programme": ("planned", "running", "ended", "dropped"),
    "project": ("planned", "running", "ended", "dropped"),
    "value": ("waiting", "confirmed", "refused", "corrected"),
    "report": ("draft", "review", "frozen", "replaced", "dropped"),
    "custodian": ("named", "active", "ended"),
    "request": ("open", "taken", "done", "stopped"),
}
PENS = ("case_worker", "supervisor", "programme_manager", "network_coordinator")
GROUPS = {
    "TEAM": ("case_worker@own", "supervisor@own", "writer", "keyless", "locked"),  # seats in A1 that work on concerns
    "HOLDERS": ("case_worker@own", "supervisor@own", "writer"),  # and have the team's key open
    "SUPERVISORS": ("supervisor@own", "writer"),
    "KEEPERS": ("case_worker@own", "supervisor@own", "writer"),  # who looks after the case, and the supervisors of its team
    "DESK": ("case_worker@other", "supervisor@other"),  # to whose team A's referral is addressed
    "OFFICES": tuple(f"{role}@own" for role in OFFICE_ROLES),
    "OFFICES@same": tuple(f"{role}@same" for role in OFFICE_ROLES),
    "OFFICES@other": tuple(f"{role}@other" for role in OFFICE_ROLES),
    "OFFICES_BUT_CASE_WORKER": tuple(f"{role}@own" for role in OFFICE_ROLES if role != "case_worker"),
    # everybody with a seat in A
    "HOUSE": (
        *(f"{role}@{at}" for role in (*OFFICE_ROLES, "volunteer") for at in ("own", "same")),
        *("writer", "keyless", "locked"),
    ),
    "SEATED": tuple(n for n in names() if n not in {"stranger", "left", "seatless"}),
    "MANAGERS": ("programme_manager@own", "programme_manager@same"),
    "NUMBERS": (
        *(f"{r}@{at}" for r in ("programme_manager", "network_coordinator", "supervisor") for at in ("own", "same")),
        "writer",
    ),
    # all of them but the one who wrote the number down
    "SECONDS": (
        "programme_manager@same",
        *(f"{r}@{at}" for r in ("network_coordinator", "supervisor") for at in ("own", "same")),
        "writer",
    ),
    "ANSWERING": (
        *(f"{r}@{at}" for r in OFFICE_ROLES if r != "case_worker" for at in ("own", "same")),
        "writer",
    ),
    # who sees all activities of the organisation; who reads those that are no drafts; who helps at its events
    "LEADERS": ("supervisor@own", "supervisor@same", "writer", "programme_manager@own", "programme_manager@same"),
    "READERS": tuple(f"{role}@{at}" for role in ("network_coordinator", "analyst") for at in ("own", "same")),
    "HELPERS": (*(f"{role}@{at}" for role in ("volunteer", "case_worker") for at in ("own", "same")), "keyless", "locked"),
    # who oversees volunteers, beside the supervisors of their team
    "OVERSEERS": tuple(
        f"{r}@{at}" for r in ("programme_manager", "network_coordinator", "organisation_administrator") for at in ("own", "same")
    ),
    # everybody who works at a desk of any organisation; who writes of a member of the network
    "DESKS": (*(f"{role}@{at}" for role in OFFICE_ROLES for at in TEAM_OF), "writer", "keyless", "locked"),
    "JOINERS": tuple(
        f"{role}@{at}" for role in ("network_coordinator", "programme_manager", "organisation_administrator") for at in TEAM_OF
    ),
    "OF_A": (
        *(f"{role}@{at}" for role in ("programme_manager", "organisation_administrator") for at in ("own", "same")),
        *(f"network_coordinator@{at}" for at in TEAM_OF),
    ),
    # who writes and signs agreements of A; who reads those that only A has seen
    "HEADS_A": tuple(
        f"{role}@{at}"
        for role in ("network_coordinator", "programme_manager", "organisation_administrator")
        for at in ("own", "same")
    ),
    "DESKS_A": (*(f"{role}@{at}" for role in OFFICE_ROLES for at in ("own", "same")), "writer", "keyless", "locked"),
    # who reads what organisations share; of two of them; who writes there, and who speaks for an organisation
    "SHARING": tuple(n for n in names() if n not in {"stranger", "left", "seatless"} and not n.startswith("volunteer")),
    "BOTH": (*(f"{role}@{at}" for role in OFFICE_ROLES for at in TEAM_OF), "writer", "keyless", "locked"),
    "PENS": (*(f"{role}@{at}" for role in PENS for at in ("own", "same")), "writer", "keyless", "locked"),
    "PENS@other": tuple(f"{role}@other" for role in PENS),
    "HEADS": (*(f"{role}@{at}" for role in PENS[1:] for at in ("own", "same")), "writer"),
    "HEADS@other": tuple(f"{role}@other" for role in PENS[1:]),
    "CUSTODIANS": CUSTODIANS,
    "PLANNERS": (
        *(f"{role}@{at}" for role in ("case_worker", "supervisor", "volunteer") for at in TEAM_OF),
        "writer",
        "keyless",
        "locked",
    ),
    "WRITERS": tuple(f"{role}@{at}" for role in ("programme_manager", "network_coordinator") for at in TEAM_OF),
    # all of them but the one who wrote it
    "CHECKERS": (
        "network_coordinator@own",
        *(f"{r}@{at}" for r in ("programme_manager", "network_coordinator") for at in ("same", "other")),
    ),
    "SIGNED_IN": tuple(n for n in names() if n not in {"stranger", "left"}),
    "OPEN": tuple(n for n in names() if n not in {"stranger", "left", "locked"}),
    "ANYBODY": tuple(names()),
}
PUBLIC_STATES = ("raised", "committed", "declined", "done", "confirmed", "contested")


@cache
def people(words: str) -> frozenset[str]:
    """Words like `TEAM focal_person volunteer@same` as names; a role alone means `@own`, `role@*` all its relations."""
    return frozenset(name for word in words.split() for name in _meant(word))


def _meant(word: str) -> Iterable[str]:
    if word in GROUPS:
        return GROUPS[word]
    if word.endswith("@*"):
        return [n for n in names() if n.startswith(word[:-1])]
    name = word if "@" in word or word in SPECIAL else f"{word}@own"
    if name not in names():
        raise ValueError(f"Nobody is called {word}.")
    return (name,)


def states(words: str, of: str) -> tuple[str, ...]:
    """Words like `raised declined`, `PUBLIC` or `any` as states."""
    if words in {"", "any"}:
        return STATES.get(of, ("",))
    found = tuple(s for word in words.split() for s in (PUBLIC_STATES if word == "PUBLIC" else (word,)))
    if not set(found) <= set(STATES[of]):
        raise ValueError(f"{words} are no states of {of}.")
    return found


@dataclass(frozen=True)
class Allowed:
    """One line of rules.csv."""

    action: str
    on: str
    states: tuple[str, ...]
    who: frozenset[str]


def rules() -> Iterator[Allowed]:
    """The lines of rules.csv."""
    for row in _rows("rules.csv"):
        yield Allowed(row["action"], row["on"], states(row["states"], row["on"]), people(row["who"]))


OUTCOMES = ("done", "form", "conflict", "unlock", "password", "login", "method")


@dataclass(frozen=True)
class Line:
    """One line of expectations.csv."""

    url: str
    variant: str
    methods: frozenset[str]
    on: str
    states: tuple[str, ...]
    outcomes: dict[str, str]  # name -> what they meet; who is not named is refused

    def meets(self, name: str) -> str:
        """What this person meets. Behind the desk's door and the account's, who is not signed in is sent to sign in."""
        if name in self.outcomes:
            return self.outcomes[name]
        return "login" if is_guarded(self.url) and name in {"stranger", "left"} else "refuse"


def is_guarded(url: str) -> bool:
    """Whether an address is behind the sign-in."""
    return url.startswith(("desk:", "account_", "mfa_"))


@cache
def lines() -> tuple[Line, ...]:
    """The lines of expectations.csv."""
    found = []
    for row in _rows("expectations.csv"):
        named = {name: word for word in OUTCOMES for name in people(row[word])}
        on = row["on"]
        methods = frozenset(row["methods"].split())
        found.append(Line(row["url"], row["variant"], methods, on, states(row["states"], on), named))
    return tuple(found)


@cache
def openers() -> dict[str, frozenset[str]]:
    """Kind of sealed record -> for whom the desk opens one of organisation A; from sealed.csv."""
    found: dict[str, frozenset[str]] = {}
    for row in _rows("sealed.csv"):
        for kind in row["records"].split():
            found[kind] = found.get(kind, frozenset()) | people(row["who"])
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as source:
        return [{k: (v or "").strip() for k, v in row.items()} for row in csv.DictReader(source)]
