"""What the files in `data/` say, read and judged before anything is kept: a slip in a file names the file and the line of it."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spean.kernel.errors import Invalid
from spean.library import wording
from spean.library.enums import Destination, Kind, Paper, Work
from spean.library.operations.facts import Said, checked

DATA = Path(__file__).parent / "data"
GLANCE = ("official", "brokers", "wage", "age", "contract", "time")
BOTH = ("km", "en")


class Faulty(Exception):
    """A file that cannot be loaded; the words say where and why."""


@dataclass(frozen=True)
class Seeds:
    """Everything of a folder: facts by key with their subject, ways, questions; and which subjects each page tells of."""

    facts: Mapping[str, tuple[str, Said]]
    ways: tuple[dict[str, Any], ...]
    questions: tuple[dict[str, Any], ...]

    def subjects_of(self, page: Mapping[str, Any]) -> tuple[str, ...]:
        """The subjects that a page tells of, each once."""
        found = [self.facts[key][0] for text in _texts(page) for key in wording.keys_in(text)]
        named = [s for several in page.get("glance", {}).values() for s in several]
        return tuple(dict.fromkeys([*filter(None, [page.get("state_subject", "")]), *named, *found]))


def read(folder: Path = DATA) -> Seeds:
    """The whole folder; Faulty with the first thing that is wrong."""
    facts: dict[str, tuple[str, Said]] = {}
    for path in sorted((folder / "facts").glob("*.toml")):
        told = _toml(path)
        for entry in told.get("fact", []):
            key, subject, said = _fact(path, {**told.get("default", {}), **entry})
            if key in facts:
                raise Faulty(f"{path.name}: {key} is there twice.")
            facts[key] = (subject, said)
    steps = {entry["name"]: entry for entry in _toml(folder / "steps.toml").get("step", [])}
    ways = [_way(path, steps) for path in sorted((folder / "ways").glob("*.toml"))]
    questions = _toml(folder / "law.toml").get("question", [])
    made = Seeds(facts, tuple(ways), tuple(dict(q, position=n) for n, q in enumerate(questions, 1)))
    for page in (*made.ways, *made.questions):
        _judge(page, facts)
    return made


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise Faulty(f"{path.name}: {error}") from error


def _fact(path: Path, entry: dict[str, Any]) -> tuple[str, str, Said]:
    given = dict(entry)
    key = given.pop("key", "")
    subject = given.pop("subject", key)
    if not wording.is_key(key) or not wording.is_key(subject):
        raise Faulty(f"{path.name}: {key!r} is no key.")
    try:
        return key, subject, checked(Said(**given))
    except TypeError as error:
        raise Faulty(f"{path.name}: {key}: {error}") from error
    except Invalid as error:
        raise Faulty(f"{path.name}: {key}: {'; '.join(f'{name}: {why}' for name, why in error.fields.items())}") from error


def _way(path: Path, steps: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    given = _toml(path)
    given["slug"] = path.stem
    given["steps"] = [_step(path, entry, steps) for entry in given.pop("step", [])]
    given.setdefault("glance", {})
    codes = (
        ("kind", [given.get("kind")], Kind.values),
        ("destination", [given.get("destination")], Destination.values),
        ("works", given.get("works", []), Work.values),
        ("glance", given["glance"], GLANCE),
        ("gives", [paper for s in given["steps"] for paper in s["gives"]], Paper.values),
    )
    for name, used, known in codes:
        if strange := [one for one in used if one not in known]:
            raise Faulty(f"{path.name}: {name}: {strange[0]!r} is not one of {', '.join(known)}.")
    return given


def _step(path: Path, entry: dict[str, Any], steps: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A step of this way, or one that several ways share, with what this way says otherwise."""
    name = entry.get("use")
    if name is not None and name not in steps:
        raise Faulty(f"{path.name}: there is no shared step {name!r}.")
    merged = {"name": "", "gives": [], "documents": [], **(steps[name] if name else {}), **entry}
    return {n: v for n, v in merged.items() if n != "use"}


def _texts(page: Any) -> Iterator[str]:
    if isinstance(page, str):
        yield page
    elif isinstance(page, Mapping):
        for name, value in page.items():
            if name not in {"glance", "state_subject", "slug"}:
                yield from _texts(value)
    elif isinstance(page, Iterable):
        for value in page:
            yield from _texts(value)


def _judge(page: Mapping[str, Any], facts: Mapping[str, tuple[str, Said]]) -> None:
    """A page refers to facts that are there, in both languages to the same ones."""
    slug, subjects = page["slug"], {subject for subject, _said in facts.values()}
    for text in _texts(page):
        if slips := wording.broken(text):
            raise Faulty(f"{slug}: {slips[0]} is no reference to a fact.")
        if missing := [key for key in wording.keys_in(text) if key not in facts]:
            raise Faulty(f"{slug}: there is no fact {missing[0]}.")
    named = [*filter(None, [page.get("state_subject", "")]), *(s for several in page.get("glance", {}).values() for s in several)]
    if missing := [name for name in named if name not in subjects]:
        raise Faulty(f"{slug}: there is no fact about {missing[0]}.")
    for part in (page, *page.get("steps", [])):
        for name in ("lede", "trouble", "text", "answer"):
            km, en = (sorted(wording.keys_in(part.get(f"{name}_{language}", ""))) for language in BOTH)
            if km != en:
                raise Faulty(f"{slug}: {name} refers to other facts in Khmer than in English: {sorted(set(km) ^ set(en))}.")
