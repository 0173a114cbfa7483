"""What the files in `data/` say, read and judged before anything is kept: a slip in a file names the file and the line of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spean.kernel.errors import Invalid
from spean.library import media, mediafiles, texts, wording
from spean.library.enums import PageKind
from spean.library.operations.facts import Said, checked

DATA = Path(__file__).parent / "data"


class Faulty(Exception):
    """A file that cannot be loaded; the words say where and why."""


@dataclass(frozen=True)
class Seeds:
    """Everything of a folder: facts by key with their subject; of each kind of page the texts by slug."""

    facts: Mapping[str, tuple[str, Said]]
    pages: Mapping[str, Mapping[str, texts.Body]]

    def media(self) -> tuple[str, ...]:
        """The files that its texts name, each once."""
        bodies = ((kind, body) for kind, found in self.pages.items() for body in found.values())
        return media.names_in(part for kind, body in bodies for _begin, part, _pairs in texts.parts(kind, body))


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
    shared = _toml(folder / "steps.toml") if (folder / "steps.toml").exists() else {}  # what the desk wrote shares none
    steps = {entry["name"]: entry for entry in shared.get("step", [])}
    ways = {path.stem: _way(path, steps) for path in sorted((folder / "ways").glob("*.toml"))}
    asked = {q["slug"]: {"position": n, **q} for n, q in enumerate(_toml(folder / "law.toml").get("question", []), 1)}
    subject_of = {key: subject for key, (subject, _said) in facts.items()}
    pages = {
        kind: {slug: _judged(kind, slug, page, subject_of) for slug, page in found.items()}
        for kind, found in ((PageKind.WAY, ways), (PageKind.LAW, asked))
    }
    return Seeds(facts, pages)


def bytes_of(folder: Path, name: str) -> bytes:
    """A file of the folder, or one that is here already; Faulty where neither is, or it is not what its name says."""
    path = folder / "media" / name
    data = path.read_bytes() if path.exists() else mediafiles.read(name)
    if data is None or not mediafiles.is_whole(name, data):
        raise Faulty(f"media/{name}: is missing, or is not what it was when the text was written.")
    return data


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
    return {**given, "steps": [_step(path, entry, steps) for entry in given.pop("step", [])]}


def _step(path: Path, entry: dict[str, Any], steps: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A step of this way, or one that several ways share, with what this way says otherwise."""
    name = entry.get("use")
    if name is not None and name not in steps:
        raise Faulty(f"{path.name}: there is no shared step {name!r}.")
    return {**(steps[name] if name else {}), **{n: v for n, v in entry.items() if n != "use"}}


def _judged(kind: str, slug: str, page: dict[str, Any], subject_of: Mapping[str, str]) -> texts.Body:
    """The text in its normal form: whole, in both languages, with facts that are there."""
    if strange := set(page.get("glance", {})) - set(texts.GLANCE):
        raise Faulty(f"{slug}: glance: {min(strange)!r} is not one of {', '.join(texts.GLANCE)}.")
    try:
        body = texts.normal(kind, page)
    except (TypeError, ValueError, AttributeError) as error:
        raise Faulty(f"{slug}: {error}") from error
    wrong = texts.faults(kind, body, subject_of) or texts.gaps(kind, body)
    for name, reason in wrong.items():
        raise Faulty(f"{slug}: {name}: {reason}")
    return body
