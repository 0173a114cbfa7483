"""Invented contracts in four languages, made of clauses with variation: half are clean and full of prohibitions, half are not."""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = ("km", "th", "en", "ms")
EACH = 24  # contracts of a language, half of them clean
BAD_AT_ONCE = 6
MISSING_AT_ONCE = 4
WRAP = 64
NAMES = {"km": "សុខ ស្រីមុំ", "th": "สุข ศรีมุม", "en": "Sok Srey Mom", "ms": "Sok Srey Mom"}
BOSSES = {"km": "ក្រុមហ៊ុន ផ្កាឈូក", "th": "บริษัท ดอกบัว จำกัด", "en": "Lotus Seafood Company", "ms": "Syarikat Teratai"}
PLACES = {"km": "ទីក្រុងមហាជ័យ", "th": "มหาชัย", "en": "12 Harbour Road, Mahachai", "ms": "12 Jalan Pelabuhan, Klang"}
DATES = {"km": "១ មករា ២០២៧", "th": "1 มกราคม 2570", "en": "1 January 2027", "ms": "1 Januari 2027"}
FAIR = {
    "km": ("១២.០០០ បាត", "11,500 បាត"),
    "th": ("12,000 บาท", "11,500 บาท"),
    "en": ("THB 12,000", "MYR 1,850.00"),
    "ms": ("RM 1,850", "RM 1,900.00"),
}
LOW = {
    "km": ("៦០០០ បាត", "7,500 បាត"),
    "th": ("6,000 บาท", "7,500 บาท"),
    "en": ("THB 6,000", "MYR 1,100.00"),
    "ms": ("RM 1,100", "RM 1,250.00"),
}
ALSO = {"C25": {"C03"}, "C30": {"C03", "C08"}}  # what a sentence may raise beside what it is about
IMPLIED = {"M01", "M02", "M05", "M07", "M16", "M17"}  # clauses of which other sentences speak too
#: the fair clause whose place a bad one takes
AGAINST = {
    "C01": "M14", "C02": "M05", "C03": "M10", "C04": "M15", "C11": "M07", "C12": "M06", "C13": "M08", "C14": "M05", "C15": "M05",
    "C17": "M18", "C19": "M16", "C20": "M13", "C24": "M12", "C25": "M11",
}  # fmt: skip


@dataclass(frozen=True)
class Contract:
    """A text, the checks that it must raise, and the clauses that it lacks; `may_…` is what both answers are right about."""

    language: str
    text: str
    raises: frozenset[str]
    may_raise: frozenset[str]
    lacks: frozenset[str]
    may_lack: frozenset[str]  # a bad clause stands in their place, and speaks of the same thing


@cache
def parts(language: str) -> dict[str, Any]:
    """The clauses of one language."""
    return tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))


def contracts(language: str) -> Iterator[Contract]:
    """All of a language; the same ones each time."""
    bad = [(code, n) for n in (0, 1) for code in parts(language)["bad"]]
    chance = random.Random(f"contracts {language}")
    for number in range(EACH):
        clean = number % 2 == 0
        begin = number // 2 * BAD_AT_ONCE
        chosen = [] if clean else [bad[(begin + k) % len(bad)] for k in range(BAD_AT_ONCE)]
        yield _contract(language, chance, chosen)


def _contract(language: str, chance: random.Random, chosen: list[tuple[str, int]]) -> Contract:
    said, codes = parts(language), {code for code, _n in chosen}
    gone = set(chance.sample([c for c in sorted(said["clauses"]) if c not in IMPLIED], MISSING_AT_ONCE)) if chosen else set()
    replaced = {AGAINST[code] for code in codes if code in AGAINST}
    lines = [chance.choice(v) for c, v in said["clauses"].items() if c not in gone | replaced]
    good = [line for code, line in said["good"].items() if code not in codes and AGAINST.get(code) not in gone]
    lines += chance.sample(good, len(good) if not chosen else 8)
    lines += [said["bad"][code][n] for code, n in chosen]
    body = lines[1:]
    chance.shuffle(body)
    pick = chance.randrange(2)
    filled = [
        line.format(
            boss=BOSSES[language], name=NAMES[language], place=PLACES[language], date=DATES[language],
            wage=FAIR[language][pick], low=LOW[language][pick],
        )
        for line in (lines[0], *body)
    ]  # fmt: skip
    text = "\n".join([said["title"], *_numbered(filled, language, chance)])
    may = frozenset().union(*(ALSO.get(code, set()) for code in codes)) - codes
    return Contract(language, text, frozenset(codes), frozenset(may), frozenset(gone), frozenset(replaced - gone))


def _numbered(lines: list[str], language: str, chance: random.Random) -> list[str]:
    """As people lay them out: numbered in some way, wrapped or not, with zero-width spaces or Khmer digits."""
    style = chance.choice(["{}. ", "{}) ", "- ", ""])
    wrap, joiner = chance.random() < 0.5, language == "km" and chance.random() < 0.5
    out = []
    for number, line in enumerate(lines, 1):
        whole = style.format(number) + line
        if joiner:
            whole = (
                "\u200b".join(whole.split("ការ"))
                if "\u200b" in whole
                else whole.replace("ប្រាក់", "\u200bប្រាក់\u200b").replace("មិន", "មិន\u200b")
            )
        if style and wrap:
            out += _wrapped(whole, language)
        else:
            out.append(whole)
    return out


def _wrapped(line: str, language: str) -> Iterator[str]:
    """Lines of a page: between words, and in Khmer and Thai between letters that belong together."""
    if language in {"en", "ms"}:
        row = ""
        for word in line.split(" "):
            if row and len(row) + len(word) > WRAP:
                yield row
                row = word
            else:
                row = f"{row} {word}".strip()
        yield row
        return
    at = 0
    while len(line) - at > WRAP:
        end = line.rfind(" ", at + WRAP - 18, at + WRAP)
        if end < 0:
            break
        yield line[at:end]
        at = end + 1
    yield line[at:]
