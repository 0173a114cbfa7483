"""A-01, A-02, A-04: every address, as everybody, by every method, in both languages, in every state, against expectations.csv.

What an address of the desk opens of sealed records is held against sealed.csv.
"""

import pytest
from django.db import connection

from spean.accounts import access
from spean.accounts.models import Membership
from spean.cases.models import Arrival, Case, Referral, Training, Visit
from spean.directory.models import Correction, Entry, LicenceClaim, Recruiter, RecruiterList
from spean.library.models import Fact, Text
from spean.network.models import Advice, Agreement, GoodPractice, Member, Pair
from spean.programme.models import Activity, Claim, Complaint, Programme, Project, Report, Value
from spean.voices.models import Concern, Issue, Plan, SheetImport

from . import table
from .answers import wrong_with
from .bodies import LEDGERS, arguments, body
from .machine import LANGUAGES, METHODS, addresses, ask, outcome, path_of
from .opening import watched
from .table import Line
from .world import SAID, TOLD, World

ON_THE_FIRST_DATABASE = connection.vendor == "sqlite"
MODELS = {
    "case": Case, "arrival": Arrival, "concern": Concern, "issue": Issue,
    "import": SheetImport, "fact": Fact, "entry": Entry, "recruiter": Recruiter,
    "licence": LicenceClaim, "correction": Correction, "list": RecruiterList, "plan": Plan, "text": Text,
    "referral": Referral, "packet": Referral, "outside": Referral,
    "training": Training,
    "visit": Visit,
    "programme": Programme, "project": Project, "value": Value, "report": Report,
    "activity": Activity, "event": Activity, "volunteer": Membership, "claim": Claim,
    "complaint": Complaint, "member": Member, "agreement": Agreement,
    "good": GoodPractice, "advice": Advice, "pair": Pair,
}  # fmt: skip
#: what is decided before a word is chosen: by the door, the rule or the lock
BEFORE_ANY_WORD = {"refuse", "login", "unlock", "password", "method"}
#: addresses whose answer does not depend on a language's prefix
BARE = {"healthz", "readyz", "root", "feed"}
PEOPLE = (
    "people",
    "vouch",
    "new_team",
    "end_membership",
    "hand_over",
    "team",
    "invite",
    "withdraw_invitation",
    "start_key",
    "rotate_key",
)
CUSTODY = (
    "custodians",
    "custodian_name",
    "custodian_confirm",
    "custodian_end",
    "practise",
    "practice",
    "release",
    "way_stop",
    "way_back",
    "open_way",
    "devices",
    "device_end",
    "devices_end",
    "end_sessions",
)
#: parts of about the same size, for several workers
SUBJECTS = {
    "what is done with an issue": lambda url: url == "desk:issue_act",
    "what is done with a concern": lambda url: url == "desk:concern_act",
    "concerns": lambda url: (
        url in {"desk:inbox", "desk:concern", "desk:concern_file", "desk:concern_search"} or url.startswith("desk:lane")
    ),
    "referrals": lambda url: url.startswith("desk:referral"),
    "cases": lambda url: url.startswith(
        ("desk:case", "desk:screening", "desk:assessment", "desk:care_", "desk:border", "desk:training", "desk:outcomes")
    ),
    "issues": lambda url: url in {"desk:issues", "desk:issue", "desk:issue_new", "desk:deadlines"},
    "whom an issue is about": lambda url: url == "desk:issue_recruiter",
    "meetings and papers": lambda url: url.startswith(
        ("desk:meeting", "desk:minute", "desk:letter", "desk:reading", "desk:proof")
    ),
    "activities": lambda url: url.startswith(("desk:activit", "desk:gate", "desk:headcount", "desk:event_")),
    "the network": lambda url: url.startswith(("desk:network", "desk:member", "desk:agreement")),
    "volunteers": lambda url: url.startswith(("desk:volunteer", "desk:claim", "desk:complaint")),
    "practices and advice": lambda url: url.startswith(("desk:good_practice", "desk:advice", "desk:mentoring")),
    "facts": lambda url: url.startswith("desk:fact"),
    "texts": lambda url: url.startswith("desk:text"),
    "reports": lambda url: url == "desk:triage" or url.startswith(("desk:report", "desk:visit")),
    "imports": lambda url: url.startswith("desk:import"),
    "people": lambda url: url in {*(f"desk:{name}" for name in PEOPLE), "desk:give_key"},
    "custodians and devices": lambda url: url in {f"desk:{name}" for name in CUSTODY},
    "the help directory": lambda url: url.startswith(("desk:directory", "desk:entry", "desk:phone_call")),
    "travel plans": lambda url: url.startswith("desk:plan"),
    "the register of recruiters": lambda url: url.startswith(("desk:recruiter", "desk:licence", "desk:correction")),
    "programmes": lambda url: url.startswith(("desk:programme", "desk:project", "desk:results", "desk:indicator", "desk:value")),
    "oneself": lambda url: (
        url.startswith("desk:") and not any(SUBJECTS[s](url) for s in list(SUBJECTS)[: list(SUBJECTS).index("oneself")])
    ),
    "sign-in": lambda url: url.startswith(("account_", "mfa_", "totp_")),
    "the public door": lambda url: url.startswith("public:") or url in BARE,
}
#: for these the door itself lets everybody in: a wrong method is told to strangers too
OPEN_DOORS = {"desk:recover", "desk:join", "desk:way_back"}


def _known() -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in table.lines():
        found.setdefault(line.url, []).append(line)
    return found


#: a subject of many cells is dealt out line by line: no worker has a long one left when the others are done
DEALT = {
    "cases": 3,
    "what is done with an issue": 5,
    "the public door": 3,
    "sign-in": 2,
    "what is done with a concern": 2,
    "meetings and papers": 2,
}
PARTS = [(subject, part) for subject in SUBJECTS for part in range(DEALT.get(subject, 1))]


def lines_of(subject: str, part: int) -> list[Line]:
    """The lines of one part of a subject."""
    lines = [line for url in filter(SUBJECTS[subject], _known()) for line in _known()[url]]
    return lines[part :: DEALT.get(subject, 1)]


def put(world: World, on: str, state: str) -> None:
    """Bring A's concern or issue into a state."""
    MODELS[on].objects.filter(pk=world.ids[f"{on}:A"]).update(state=state)


def leaks(url: str, name: str, text: str) -> list[str]:
    """Words that this person must not read at this address."""
    reads = name in table.GROUPS["HOLDERS"]
    told = url in {"desk:concern", "desk:import", "desk:import_faulty"} and reads
    said = told or (url == "desk:report" and name == "volunteer@own")
    said = said or (url == "desk:visits" and name in {"volunteer@own", "volunteer@other"})  # the alias on their own card
    told = told or (url == "desk:plan_act" and name == "supervisor@own")  # two keepers agreed that this one may
    own = url in {"desk:case", "desk:case_change", "desk:case_identification", "desk:referral_outside", "desk:case_told"}
    own = own and name == "case_worker@own"  # a supervisor is asked why first
    opened = reads and url in {
        "desk:case_act",
        "desk:case_home",
        "desk:screening",
        "desk:assessment",
        "desk:care_plan",
        *LEDGERS[1:],
    }
    told, said = (mark or own or opened for mark in (told, said))
    told = told or (url == "desk:volunteer_told" and name in table.GROUPS["SUPERVISORS"])
    told = told or (url == "desk:complaint" and name == "supervisor@same")
    packet = url == "desk:referral_act" and name in {
        "supervisor@other",
        "case_worker@own",
    }  # handed to this desk; looked at before
    packet = packet or url == "public:packet"  # who has link and code
    told, said = told or packet, said or packet
    said = said or (url == "desk:plan_act" and (reads or name == "volunteer@own"))  # whom to call
    photo = (url == "desk:concern_file" and reads) or (url == "desk:plan_paper" and name == "supervisor@own")
    photo = photo or (url == "desk:case_file" and reads)
    photo = photo or url == "public:plan_paper"  # who has the number is the owner
    return [word for word, fine in ((TOLD, told), (SAID, said), ("a drawing", photo)) if not fine and word in text]


def one_language(url: str, at: int, method: str) -> tuple[str, ...]:
    """Khmer and English by turns, so that each method is tried in both by half of the people."""
    return LANGUAGES[:1] if url in BARE else (LANGUAGES[(at + METHODS.index(method)) % 2],)


EVERYBODY, THIRD, ONE = 1, 3, 1000


def asked(line: Line, turn: int, share: int) -> list[str]:
    """Everybody; or, by turns, every third or one of those who meet the same, one at least."""
    people = table.GROUPS["ANYBODY"]
    if share == EVERYBODY:
        return list(people)
    alike: dict[str, list[str]] = {}
    for name in people:
        alike.setdefault(line.meets(name), []).append(name)
    return [one for names in alike.values() for one in names[turn % share :: share] or [names[turn % len(names)]]]


class Matrix:
    """Runs cells and keeps what is wrong.

    By turns, every third of those who meet the same asks in the first state of a line, one in each of its other states:
    `test_rules` asks the rules themselves about everybody in every state. On the second database, where the rules are the
    same code, one of each kind asks, in every second of the other states. With `--everything` everybody asks in every state.
    """

    def __init__(self, world: World, *, everything: bool = False) -> None:
        self.world, self.everything, self.cells, self.lines, self.wrong = world, everything, 0, 0, []

    def share(self, at: int) -> int:
        """How many of those who meet the same ask in the state at this place of a line."""
        if self.everything:
            return EVERYBODY
        return THIRD if ON_THE_FIRST_DATABASE and at == 0 else ONE

    def left_out(self, at: int) -> bool:
        """On the second database, every second of a line's other states, by turns."""
        return not (self.everything or ON_THE_FIRST_DATABASE) and at > 0 and (self.lines + at) % 2 == 0

    def cell(self, line: Line, name: str, method: str, language: str, state: str, expected: str) -> None:
        """One cell."""
        path = path_of(line.url, arguments(self.world, line.url, line.variant), language)
        with watched(self.world.teams["A1"].organisation_id) as opened:
            answer = ask(self.world.people[name], method, path, body(self.world, line.url, line.variant))
        found, text = outcome(answer), answer.content.decode("utf-8", "replace")
        self.cells += 1
        where = f"{line.url} {line.variant} {method} {language} {state} as {name}"
        if found != expected:
            self.wrong.append(f"{where}: {found} ({answer.status_code}), the table says {expected}")
        self.wrong.extend(f"{where}: shows {word!r}" for word in leaks(line.url, name, text))
        self.wrong.extend(f"{where}: {what}" for what in wrong_with(answer))
        if line.url.startswith("desk:"):
            self.wrong.extend(f"{where}: opens {kind}" for kind in opened if name not in table.openers().get(kind, ()))

    def line(self, line: Line) -> None:
        """Every person, in every state of the line, by all methods of the line; half of them in Khmer, half in English."""
        self.lines += 1
        for at, state in enumerate(line.states):
            if self.left_out(at):
                continue
            if state:
                put(self.world, line.on, state)
            for method in sorted(line.methods):
                for who, name in enumerate(asked(line, self.lines + at, self.share(at))):
                    for language in self.languages(line, name, method, at, who):
                        self.cell(line, name, method, language, state, line.meets(name))

    def languages(self, line: Line, name: str, method: str, at: int, who: int) -> tuple[str, ...]:
        """One by turns; with `--everything` both, for a page that is read in the line's first state."""
        is_read = method == "GET" and at == 0 and line.meets(name) not in BEFORE_ANY_WORD
        if self.everything and is_read and line.url not in BARE:
            return LANGUAGES
        return one_language(line.url, who + at, method)

    def other_methods(self, url: str, lines: list[Line]) -> None:
        """Everybody once, with one of the methods that no line of the address knows, by turns: no rule is asked."""
        known = frozenset().union(*(line.methods for line in lines))
        others = [m for m in METHODS if m not in known]
        for turn, method in enumerate(others):
            for who, name in list(enumerate(table.GROUPS["ANYBODY"]))[turn :: max(3, len(others))]:
                for language in one_language(url, who, method):
                    guarded = url.startswith("desk:") and url not in OPEN_DOORS and name in {"stranger", "left"}
                    self.cell(lines[0], name, method, language, "", "login" if guarded else "method")


def test_every_address_has_its_line():
    missing = [url for url in addresses() if url not in _known()]
    gone = [url for url in _known() if url not in addresses()]

    assert not missing, f"write lines for these addresses into tests/access/expectations.csv: {missing}"
    assert not gone, f"these addresses of expectations.csv do not exist: {gone}"


def test_every_state_and_every_verb_of_the_pages_has_its_line():
    from spean.surfaces.desk import ledgers
    from spean.surfaces.desk.views import care, cases, concerns, facts, imports, issues, plans, referrals, texts

    verbs = {("desk:concern_act", v) for v in concerns.ACTS} | {("desk:issue_act", v) for v in {*issues.ACTS, "clear"}}
    verbs |= {("desk:import_act", v) for v in imports.ACTS} | {("desk:fact_act", v) for v in facts.ACTS}
    verbs |= {("desk:text_act", v) for v in texts.ACTS}
    verbs |= {("desk:case_act", v) for v in {*cases.ACTS, "open"}}
    books = ledgers.LEDGERS.items()
    verbs |= {(f"desk:case_{name}_act", v) for name, book in books for v in {*book.acts, *book.row_acts}}
    verbs |= {("desk:referral_act", v) for v in {*referrals.ACTS, "open", "hear", "preview"}}
    verbs |= {("desk:border_act", v) for v in ("take", "gone")}
    verbs |= {("desk:care_act", v) for v in care.ACTS}
    verbs |= {("desk:plan_act", v) for v in {*plans.ACTS, *plans.SHOWS}}
    for url, verb in verbs:
        states = [s for line in _known()[url] if line.variant == verb for s in line.states]
        assert sorted(states) == sorted(table.STATES[_known()[url][0].on]), f"{url} {verb}: each state once"


def test_no_two_lines_are_about_the_same():
    said = [(li.url, li.variant, method, state) for li in table.lines() for method in li.methods for state in li.states]

    assert sorted({s for s in said if said.count(s) > 1}) == []


def test_every_address_is_in_one_subject():
    counted = [url for subject in SUBJECTS for url in _known() if SUBJECTS[subject](url)]

    assert sorted(counted) == sorted(_known())


def test_every_line_is_in_one_part():
    dealt = [line for subject, part in PARTS for line in lines_of(subject, part)]

    assert len(dealt) == len(table.lines())
    assert {id(line) for line in dealt} == {id(line) for line in table.lines()}


@pytest.mark.parametrize(("subject", "part"), PARTS)
def test_everybody_meets_what_the_table_says(world, judge, everything, subject, part):
    matrix = Matrix(world, everything=everything)

    for line in lines_of(subject, part):
        matrix.line(line)
        if ON_THE_FIRST_DATABASE and line is _known()[line.url][0]:  # a wrong method is refused before any database is asked
            matrix.other_methods(line.url, _known()[line.url])

    judge(matrix.cells, matrix.wrong)


def test_the_machinery_reports_a_door_that_opens_too_far(world, monkeypatch):
    rule = access.Rule("issue.see", frozenset({"analyst"}), access.same_org())
    monkeypatch.setitem(access.RULES, "issue.see", (*access.RULES["issue.see"], rule))
    matrix = Matrix(world, everything=True)

    matrix.line(next(line for line in _known()["desk:issue"] if "draft" in line.states))

    assert any("as analyst@same: done (200), the table says refuse" in wrong for wrong in matrix.wrong)
    assert all("analyst" in wrong for wrong in matrix.wrong)


def test_the_machinery_reports_words_that_reach_the_wrong_reader(world):
    held = world.people["keyless"]
    world.people["keyless"] = world.people["case_worker@own"]
    matrix = Matrix(world)

    matrix.cell(_known()["desk:concern"][0], "keyless", "GET", "en", "open", "done")

    assert [f"shows {TOLD!r}" in wrong for wrong in matrix.wrong if "shows" in wrong] == [True, False]
    assert any(wrong.endswith("opens concern.told") for wrong in matrix.wrong)
    assert held.user != world.people["keyless"].user


def test_the_machinery_reports_a_record_that_is_opened_for_whom_it_is_not(world, monkeypatch):
    told = table.openers()["concern.told"] - {"supervisor@own"}
    monkeypatch.setattr(table, "openers", lambda: {"concern.told": told, "thread.message": told})
    matrix = Matrix(world)

    for name in ("case_worker@own", "supervisor@own"):
        matrix.cell(_known()["desk:concern"][0], name, "GET", "en", "open", "done")

    assert sorted(wrong.rsplit(" ", 3)[-3:] for wrong in matrix.wrong) == [
        ["supervisor@own:", "opens", kind] for kind in ("concern.told", "thread.message")
    ]


def test_the_machinery_reports_an_answer_without_its_headers(world, monkeypatch):
    monkeypatch.setattr("spean.surfaces.middleware.POLICY", "microphone=(self)")
    matrix = Matrix(world)

    matrix.cell(_known()["desk:issues"][0], "supervisor@own", "GET", "en", "", "done")

    assert [wrong.rsplit(": ", 1)[-1] for wrong in matrix.wrong] == ["permissions"]
