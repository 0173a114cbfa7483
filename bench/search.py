"""The searches: 10,000 sealed concerns or cases beside the bare opening of the same seals; public stories beside a bare LIKE."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt as decrypt

from bench import casework
from bench.workloads import Row, Town

SEALS, STORIES, LIMIT_SECONDS = 10_000, 30_000, 1.5
NAMES = ("សុខា", "ចាន់ធូ", "Sreymom", "Sokha", "Dara", "ម៉ាលី", "វិចិត្រ", "Borey")
SAID = ("ឈ្មួញកណ្តាលយកលិខិតឆ្លងដែនរបស់ខ្ញុំ ហើយមិនព្រមប្រគល់មកវិញទេ។", "គេមិនបើកប្រាក់ខែឲ្យបងខ្ញុំបីខែហើយ។", "The broker asked for more money again.")
KHMER_NAMES = (
    "សុខា", "ចាន់", "ធូ", "សុភា", "ម៉ាលី", "វិចិត្រ", "បូរី", "វណ្ណា", "សម្បត្តិ", "រតនា", "ពិសិដ្ឋ", "ភក្តី", "កែវ", "លី", "ហេង", "ឈាង", "ដារ៉ា",
    "សំណាង", "ច័ន្ទ", "មុន្នី", "វាសនា", "គឹម", "ស៊ុន", "នារី", "កុសល", "ឧត្តម", "ឡុង", "ទេព", "ញ៉ែម", "យ៉ាន",
)  # fmt: skip
LATIN_NAMES = (
    "Sokha", "Chan", "Thou", "Sophea", "Maly", "Vichet", "Borey", "Vanna", "Sambath", "Ratana", "Piseth", "Pheakdey", "Keo",
    "Ly", "Heng", "Chheang", "Dara", "Samnang", "Mony", "Veasna", "Kim", "Sun", "Neary", "Kosal", "Oudom", "Long", "Tep",
)  # fmt: skip
WORDS = ("ឈ្មួញ", "យក", "ថ្លៃ", "លិខិតឆ្លងដែន", "ប្រាក់ខែ", "រោងចក្រ", "ភូមិ", "ឃុំ", "ព្រំដែន", "កម្មករ", "បំណុល", "ស្រុក", "អ្នក", "មិន", "ព្រម", "ឲ្យ")
ENGLISH = (
    "broker",
    "fee",
    "passport",
    "wages",
    "factory",
    "village",
    "border",
    "worker",
    "debt",
    "paid",
    "office",
    "refuses",
    "months",
    "money",
)


def asked(town: Town, on: set[str]) -> Iterator[Row]:
    """Those that were asked for."""
    if "search" in on:
        yield from search(town)
    if "cases" in on:
        yield from cases(town)
    if "casework" in on:
        yield from casework.work(town)


def search(town: Town) -> Iterator[Row]:
    """Those of what people told, and of what is public."""
    yield from sealed(town)
    yield from public()


def sealed(town: Town) -> Iterator[Row]:
    """A name among 10,000 sealed concerns; with every twentieth still in the envelope of its page."""
    from spean.voices.operations import searching

    blobs = _store_sealed(town)

    def ours() -> None:
        found = searching.search(town.actor, searching.Asked("Sreymom 012 345 678"))
        assert (found.opened, found.shut) == (SEALS, 0)
        assert len(found.found) == 1

    def bare() -> None:
        for key, nonce, ciphertext, aad in blobs:
            decrypt(ciphertext, aad, nonce, key)

    times, peer = _seconds(ours), _seconds(bare)
    what = f"search among {SEALS:,} sealed concerns"
    yield what, f"{times:.2f} s", f"bare opening of the same seals {peer:.2f} s", times / peer
    yield f"{what}: limit", f"{times:.2f} s", f"limit {LIMIT_SECONDS} s", times / LIMIT_SECONDS


def cases(town: Town) -> Iterator[Row]:
    """A Latin name among 10,000 sealed cases, of which one writes it in Khmer letters."""
    from spean.cases.operations import finding

    blobs = _store_cases(town)

    def ours(text: str, most: int) -> None:
        found = finding.search(town.actor, finding.Asked(text))
        assert (found.opened, found.shut) == (SEALS, 0)
        assert 1 <= len(found.found) <= most

    finding.A_DAY = 1000  # it is measured more often than a day allows
    for text, most in (("Srey Mom Chheangkun 345 678", 1), ("ស្រីមុំ", 50)):
        times, peer = _seconds(lambda text=text, most=most: ours(text, most)), _seconds(lambda: _open(blobs))
        what = f"search of “{text}” among {SEALS:,} sealed cases"
        yield what, f"{times:.2f} s", f"bare opening of the same seals {peer:.2f} s", times / peer
        yield f"{what}: limit", f"{times:.2f} s", f"limit {LIMIT_SECONDS} s", times / LIMIT_SECONDS


def _open(blobs: list[tuple[bytes, bytes, bytes, bytes]]) -> None:
    for key, nonce, ciphertext, aad in blobs:
        decrypt(ciphertext, aad, nonce, key)


def _store_cases(town: Town) -> list[tuple[bytes, bytes, bytes, bytes]]:
    """Cases as people open them, in either script or both; returns what the bare cipher needs."""
    from spean.accounts.models import Team
    from spean.cases.contexts import person_context
    from spean.cases.models import Case
    from spean.cases.operations.opening import Person
    from spean.privacy import keys, loading
    from spean.privacy.sealing import HEADER_SIZE, NONCE_SIZE, seal

    team, chance, blobs = Team.objects.get(pk=town.team), random.Random(5), []
    for begin in range(0, SEALS, 500):
        rows = [_case(team, town.actor.id, n) for n in range(begin, begin + 500)]
        with transaction.atomic(), loading.once():
            data_keys = keys.new_subjects([keys.Wanted(c.id, team.organisation_id, [team.id]) for c in rows])
            for n, (case, key) in enumerate(zip(rows, data_keys, strict=True), begin):
                km, latin = (" ".join(chance.choices(names, k=2)) for names in (KHMER_NAMES, LATIN_NAMES))
                person = Person(
                    km if n % 2 else "", "" if n % 3 == 1 else latin, (), {"phone": f"0{chance.randrange(10**7, 10**9)}"}
                )
                if n == 4321:
                    person = Person("ស្រីមុំ ឈាងគន់", "", (), {"phone": "០១២ ៣៤៥ ៦៧៨"})
                context = person_context(case)
                content = {**person.content(), "story": " ".join(chance.choices(SAID, k=3))}
                blob = case.person = seal(key, content, context)
                blobs.append((key, blob[HEADER_SIZE - NONCE_SIZE : HEADER_SIZE], blob[HEADER_SIZE:], context.aad()))
            Case.objects.bulk_create(rows)
    return blobs


def _case(team: Any, user: Any, n: int) -> Any:
    from spean.cases.models import Case

    day = date(2026, 1, 1) + timedelta(n % 300)
    return Case(
        id=uuid4(), org_id=team.organisation_id, number=n + 1, team=team, assigned_to_id=user, opened_by_id=user,
        source="self", opened_on=day, moved_on=day, sent_hash=f"c{n:063d}",
    )  # fmt: skip


def _seconds(work: Callable[[], Any], runs: int = 5) -> float:
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _store_sealed(town: Town) -> list[tuple[bytes, bytes, bytes, bytes]]:
    """Concerns as people send them, each with a name and a number; returns what the bare cipher needs."""
    from spean.accounts.models import Team
    from spean.privacy import keys, loading
    from spean.privacy.sealing import HEADER_SIZE, NONCE_SIZE, Context, seal
    from spean.voices.models import Concern

    team, chance, blobs = Team.objects.get(pk=town.team), random.Random(7), []
    for begin in range(0, SEALS, 500):
        ids = [uuid4() for _ in range(500)]
        with transaction.atomic(), loading.once():
            wanted = [keys.Wanted(pk, team.organisation_id, [team.id]) for pk in ids]
            data_keys = keys.new_subjects(wanted)
            rows = []
            for n, (pk, key) in enumerate(zip(ids, data_keys, strict=True), begin):
                context = Context(team.organisation_id, pk, pk, "concern.told")
                phone = "០១២ ៣៤៥ ៦៧៨" if n == 4321 else f"0{chance.randrange(10**7, 10**9)}"
                contact = {"name": "ស្រីមុំ Srey Mom" if n == 4321 else chance.choice(NAMES), "phone": phone}
                told = " ".join(chance.choices(SAID, k=3))
                blob = seal(key, {"told": told, "contact": contact, "place": None, "language": "km"}, context)
                blobs.append((key, blob[HEADER_SIZE - NONCE_SIZE : HEADER_SIZE], blob[HEADER_SIZE:], context.aad()))
                rows.append(_concern(team, pk, blob, n))
            Concern.objects.bulk_create(rows)
    return blobs


def _concern(team: Any, pk: Any, blob: bytes, n: int) -> Any:
    from spean.voices.models import Concern

    day = date(2030, 1, 1) + timedelta(n % 300)  # the newest of all: these are looked through
    return Concern(
        id=pk, org_id=team.organisation_id, team=team, kind="fees", danger="no", happened="month", answer_wish="receipt",
        channel="public", received_on=day, moved_on=day, sent_hash=f"s{n:063d}", told=blob,
    )  # fmt: skip


def public() -> Iterator[Row]:
    """Words among 30,000 stories, beside a bare LIKE over their four texts."""
    from spean.evidence import finding

    _store_stories()
    for text in ("ថ្លៃ", "passport border", "លិខិតឆ្លងដែន ព្រំដែន", "assport"):
        ours = _seconds(lambda text=text: finding.search(text)) * 1000
        peer = _seconds(lambda text=text: _like(text)) * 1000
        yield f"“{text}” among {STORIES:,} stories", f"{ours:.1f} ms", f"bare LIKE {peer:.1f} ms", ours / peer


def _like(text: str) -> None:
    texts = "title_km || ' ' || title_en || ' ' || summary_km || ' ' || summary_en"
    where = " AND ".join(f"lower({texts}) LIKE %s" for _ in text.split())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM evidence_publishedissue WHERE {where} LIMIT 100", [f"%{w}%" for w in text.split()])  # noqa: S608
        cursor.fetchall()


def _store_stories() -> None:
    from spean.evidence import finding
    from spean.evidence.models import PublishedIssue

    chance, day = random.Random(11), date(2026, 1, 1)

    def km(k: int) -> str:
        return "".join(chance.choices(WORDS, k=k))

    for begin in range(0, STORIES, 1000):
        rows = [
            PublishedIssue(
                number=n + 1, kind="fees", title_km=km(4), title_en=" ".join(chance.choices(ENGLISH, k=5)),
                summary_km="។ ".join(km(8) for _ in range(3)), summary_en=" ".join(chance.choices(ENGLISH, k=25)),
                state="raised", raised_on=day, moved_on=day + timedelta(n % 300), answers=[],
            )
            for n in range(begin, begin + 1000)
        ]  # fmt: skip
        PublishedIssue.objects.bulk_create(rows)
        print(f"\rstored {begin + 1000:,} of {STORIES:,} stories", end="", flush=True)
    began = time.perf_counter()
    finding.mend()
    print(f"\rindexed {STORIES:,} stories in {time.perf_counter() - began:.0f} s ", flush=True)
