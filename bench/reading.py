"""Photographed contracts: letters read wrongly, what the checks then find, time and memory of a page, four senders at once.

A contract of which a page could not be read is counted apart: its reader is told so, and that what is missing may stand there.
"""

import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from bench import checking, photographs
from bench import contracts as fixtures
from bench.contracts import Contract

SECONDS, MEGABYTES = 8.0, 1500
MOST_ERRORS = 0.07  # of the letters: what bad photos came to when the engine was chosen
AT_ONCE = 4
Row = tuple[str, str, str, float]


def photos(each: int) -> Iterator[Row]:
    """So many contracts of each language, each photographed in one of the ways by turns."""
    if photographs.lacks():
        raise SystemExit(f"bench photos: the pages would be set in other letters. apt-get install {photographs.lacks()}")
    walls: list[float] = []
    works: list[float] = []
    by_way: dict[str, list[float]] = defaultdict(list)
    for language in fixtures.LANGUAGES:
        read, hidden = [], 0
        for number, contract in enumerate(list(fixtures.contracts(language))[:each]):
            way = photographs.WAYS[number % len(photographs.WAYS)]
            pages = [_page(photo, walls, works) for photo in taken(contract, number, way)]
            if not all(pages):
                hidden += 1
                continue
            text = "\n".join(pages)
            by_way[way].append(errors(contract.text, text))
            read.append((contract, text, by_way[way][-1]))
        yield from _quality(language, read)
        told = f"{hidden} of {len(read) + hidden}"
        yield f"photo {language} contracts of which a page could not be read", told, "they say so", hidden / max(1, each)
    for way, rates in by_way.items():
        yield _errors(f"photo {way}, all languages, {len(rates)} contracts", rates)
    yield _time("photo, 2 megapixels", walls)
    yield _time("the same, processor alone", works)
    yield from _four()


def taken(contract: Contract, number: int, way: str) -> list[bytes]:
    """The photos of its pages."""
    sheets = photographs.pages(contract.text, contract.language, number=number)
    return [photographs.taken(s, way, f"{contract.language} {number} {n}").jpeg() for n, s in enumerate(sheets)]


def _page(photo: bytes, walls: list[float], works: list[float]) -> str:
    from spean.collect import pages

    began, worked = time.perf_counter(), _worked()
    page, _picture = pages.read(photo, "jpeg", 0)
    walls.append(time.perf_counter() - began)
    works.append(_worked() - worked)
    return page.text


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _quality(language: str, read: list[tuple[Contract, str, float]]) -> Iterator[Row]:
    yield _errors(f"photo {language}, {len(read)} contracts", [rate for _contract, _text, rate in read])
    tally = checking.tally([(contract, text) for contract, text, _rate in read])
    for kind, what in (("C", "all checks"), ("M", "missing clauses")):
        yield checking.row(f"photo {language} {what}", checking.whole(tally, kind))
    clean = [not checking.raised(text) - contract.may_raise for contract, text, _rate in read if not contract.raises]
    share = sum(clean) / max(1, len(clean))
    yield f"photo {language} clean ones that raise nothing", f"{sum(clean)} of {len(clean)}", "all", share


def _errors(what: str, rates: list[float]) -> Row:
    mean = statistics.mean(rates)
    return f"{what}, letters read wrongly", f"{mean:.1%} worst {max(rates):.1%}", f"at most {MOST_ERRORS:.0%}", mean / MOST_ERRORS


def _time(what: str, seconds: list[float]) -> Row:
    p95 = statistics.quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    ours = f"{statistics.median(seconds):.1f} s p95 {p95:.1f} s"
    return f"{what}, {len(seconds)} pages", ours, f"limit {SECONDS:.0f} s", p95 / SECONDS


def _four() -> Iterator[Row]:
    """Four senders of one page at once, as many readers as the setting says."""
    from django.conf import settings

    from spean.collect import pages

    contract = next(fixtures.contracts("km"))
    photo = taken(contract, 0, "camera")[0]
    began = time.perf_counter()
    with ThreadPoolExecutor(settings.READERS) as readers:
        list(readers.map(lambda _n: pages.read(photo, "jpeg", 0), range(AT_ONCE)))
    last, limit = time.perf_counter() - began, AT_ONCE * SECONDS
    yield f"photo, {AT_ONCE} senders at once, the last one", f"{last:.1f} s", f"{AT_ONCE} x {SECONDS:.0f} s", last / limit
    megabytes = settings.READERS * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield f"photo, memory of {settings.READERS} readers", f"{megabytes:.0f} MB", f"limit {MEGABYTES} MB", megabytes / MEGABYTES


def errors(wanted: str, read: str) -> float:
    """Character error rate: insertions, deletions and changes for each letter that stands there; spaces do not count."""
    a, b = (np.frombuffer(_bare(text).encode("utf-32-le"), dtype="uint32") for text in (wanted, read))
    place = np.arange(len(b) + 1)
    row = place.copy()
    for letter in a:
        changed = np.minimum(row[:-1] + (b != letter), row[1:] + 1)
        row = np.concatenate(([row[0] + 1], changed))
        row = np.minimum.accumulate(row - place) + place
    return float(row[-1]) / max(1, len(a))


def _bare(text: Iterable[str]) -> str:
    return "".join(c for c in text if not c.isspace() and c != "\u200b")
