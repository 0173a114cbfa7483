"""The tour: one voice from a village, from the public form to the village's confirmation, over real HTTP, in ten lines."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx

from spean.demo import corpus
from spean.demo.browser import Stopped, Visitor
from spean.demo.causes import CAUSES
from spean.demo.people import PASSPHRASE
from spean.kernel import clock
from spean.kernel.ids import group
from spean.kernel.text import khmer_digits

KIND = "office_refuses"
WAIT = 45.0  # seconds for the worker to publish
Say = Callable[[str], None]


@dataclass(frozen=True)
class Village:
    """Where the volunteer of the tour lives."""

    code: str
    name_km: str
    name_en: str


class Tour:
    """Each step tells what it did; the first that is not as it should be stops the tour."""

    def __init__(self, address: str, village: Village, say: Say) -> None:
        self.address, self.village, self.say = address, village, say
        self.cause = next(c for c in CAUSES if c.kind == KIND)
        said = corpus.TOLD_KM[KIND][0].format(times=corpus.FILL["times"][1])
        self.told = f"{said} ({khmer_digits(f'{clock.now().astimezone(clock.PHNOM_PENH):%H:%M:%S}')})"
        self.visitors: dict[str, Visitor] = {}
        self.code = self.concern = self.issue = self.number = ""

    def take(self) -> bool:
        """Take it; True when all ten lines were told."""
        steps = (
            self.report, self.receipt, self.read_and_answer, self.answer_arrives, self.raise_issue,
            self.commit, self.finish, self.read_back, self.public_line, self.verify,
        )  # fmt: skip
        number = 0
        try:
            self._sign_in("worker")
            before = self._new_concerns()
            for number, step in enumerate(steps, 1):
                told = step() if step != self.read_and_answer else self.read_and_answer(before)
                self.say(f"{number:>3}. {told}")
        except (Stopped, httpx.HTTPError, subprocess.SubprocessError) as error:
            self.say(f"  The tour stopped at line {max(number, 1)}: {error}")
            return False
        finally:
            for visitor in self.visitors.values():
                visitor.close()
        return True

    # -- the ten lines ------------------------------------------------------------------------------------------
    def report(self) -> str:
        """A public report, without account, cookie or JavaScript."""
        person = self._visitor("person")
        person.open("/km/report/")
        person.submit("sent_id", {"place-search": self.village.code}, show="search")
        person.submit("sent_id", {"told": self.told, "kind": KIND, "danger": "no", "place-pick": self.village.code}, send="1")
        found = re.search(r"\d{24}", person.form("code").values["code"][0])
        if not found:
            raise Stopped("person: no receipt number on the page after sending.")
        self.code = found[0]
        return f"In {self.village.name_en} ({self.village.name_km}) somebody reports in Khmer on the public page: “{self.told}”"

    def receipt(self) -> str:
        """The number opens the thread; nobody has read it yet."""
        self._open_thread()
        return f"The receipt is {group(self.code)}; with it the person comes back. No account, no cookie."

    def read_and_answer(self, before: set[str] | None = None) -> str:
        """The case worker finds the new concern, opens it, answers."""
        worker = self.visitors["worker"]
        fresh = self._new_concerns() - (before or set())
        if len(fresh) != 1:
            raise Stopped(f"worker: {len(fresh)} new concerns in the inbox instead of one.")
        worker.open(fresh.pop())
        self.concern = _id(worker.url)
        self._expect(worker, self.told)
        worker.submit("/answer/", {"text": corpus.ANSWERS_KM[2]})
        return "The case worker finds it in the inbox, unseals it (the trail says so first), and answers."

    def answer_arrives(self) -> str:
        """The person reads the answer with the number."""
        self._open_thread()
        self._expect(self.visitors["person"], corpus.ANSWERS_KM[2])
        return f"The receipt shows the answer: “{corpus.ANSWERS_KM[2]}”"

    def raise_issue(self) -> str:
        """From the concern to an issue in public-safe words, approved by another, raised with the commune."""
        worker, cause = self.visitors["worker"], self.cause
        worker.open(f"/en/desk/issues/new/?concern={self.concern}")
        words = {n: getattr(cause, n) for n in ("title_km", "title_en", "summary_km", "summary_en")}
        worker.submit("title_km", {**words, "kind": KIND}, send="1")
        self.issue = f"/en/desk/issues/{_id(worker.url)}/"
        self._at("supervisor").submit("/approve/")
        worker.open(self.issue)
        choice = next(c for c in worker.form("/raise/").offered["choice"] if c)
        worker.submit("/raise/", {"choice": choice})
        self.number = _found(r"S-(\d+)", worker.text)
        approved = "the supervisor approves its words; it is raised with the commune."
        return f"She opens issue S-{self.number}, “{cause.title_en}”; {approved}"

    def commit(self) -> str:
        """The commune's focal person promises."""
        until = clock.today() + timedelta(days=21)
        what, office = self.cause.commitment, self.cause.office
        self._at("focal").submit("/commit/", {"what": what, "office": office, "until": until.isoformat()})
        seen = "The commune's focal person sees the issue, no concern and no name"
        return f"{seen}, and promises by {until:%d %B %Y}: “{what}”"

    def finish(self) -> str:
        """The office says it is done; the team clears the words."""
        self._at("focal").submit("/finish/", {"note": self.cause.done})
        supervisor = self._at("supervisor")
        while supervisor.has_form("/clear/"):
            supervisor.submit("/clear/")
        return f"The commune says that it is done: “{self.cause.done}”. The team clears the words: they name nobody."

    def read_back(self) -> str:
        """The volunteer reads it back, the village confirms."""
        self._at("volunteer").submit("/read-back/", {"outcome": "confirmed", "women": "14", "men": "9"})
        return "The volunteer reads it back to the village: 14 women and 9 men say that it was done. Confirmed."

    def public_line(self) -> str:
        """Everybody can read it."""
        reader, until = self._visitor("reader"), time.monotonic() + WAIT
        path = f"/en/said/{int(self.number)}/"
        while time.monotonic() < until:
            try:
                reader.open(path)
                if self.cause.done in reader.text and "Confirmed by the community" in reader.text:
                    return f"“You said, we did” has a new line for everybody: {self.address}{path}"
            except Stopped:
                pass  # not published yet
            time.sleep(0.5)
        raise Stopped(f"reader: {path} does not say yet that it was confirmed.")

    def verify(self) -> str:
        """The whole trail, recomputed."""
        command = [sys.executable, "-m", "spean", "audit", "verify"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=1800)
        if done.returncode:
            raise Stopped(f"spean audit verify: {done.stdout}{done.stderr}")
        trails = done.stdout.strip().splitlines()
        entries = sum(int(_found(r"([\d,]+) entries", line).replace(",", "")) for line in trails)
        return f"`spean audit verify`: {entries:,} entries in {len(trails)} trails, every one of them whole."

    # -- how ------------------------------------------------------------------------------------------------------
    def _visitor(self, name: str) -> Visitor:
        if name not in self.visitors:
            self.visitors[name] = Visitor(self.address, name)
        return self.visitors[name]

    def _sign_in(self, name: str) -> Visitor:
        visitor = self._visitor(name)
        visitor.open("/en/account/sign-in/")
        visitor.submit("password", {"login": name, "password": PASSPHRASE})
        if "/desk/" not in visitor.url:
            raise Stopped(f"{name}: signing in led to {visitor.url}.")
        return visitor

    def _at(self, name: str) -> Visitor:
        """Somebody, signed in, with the issue open."""
        visitor = self.visitors.get(name) or self._sign_in(name)
        visitor.open(self.issue)
        return visitor

    def _new_concerns(self) -> set[str]:
        worker = self.visitors["worker"]
        worker.open(f"/en/desk/concerns/?view=new&kind={KIND}&sort=newest")
        return set(worker.links(r"/desk/concerns/[0-9a-f-]{36}/$"))

    def _open_thread(self) -> None:
        person = self._visitor("person")
        person.open("/km/receipt/")
        person.submit("code", {"code": group(self.code)})

    def _expect(self, visitor: Visitor, words: str) -> None:
        if words not in visitor.text:
            raise Stopped(f"{visitor.name}: “{words}” is not on {visitor.url}.")


def _id(url: str) -> str:
    return _found(r"/([0-9a-f]{8}-[0-9a-f-]{27})/", url)


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if not found:
        raise Stopped(f"{pattern} is not in: {text[:200]}")
    return found[1]
