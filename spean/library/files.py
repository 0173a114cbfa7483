"""What `seeds.py` reads, written: facts, ways and questions as TOML that a person can read and Git can compare; their files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from spean.library import media, mediafiles, texts
from spean.library.enums import PageKind
from spean.library.seeds import Seeds

HEAD = "# Khmer: PENDING. Written by `spean library export`; nobody has noted who read the Khmer.\n"
#: what TOML wants escaped in a string
_ESCAPED = re.compile(r'[\x00-\x08\x0b-\x1f\x7f"\\]')


def write(folder: Path, seeds: Seeds) -> int:
    """Everything into a folder, in an order that stays, and away with what this wrote before; how many files."""
    made = {f"facts/{area}.toml": _facts(seeds, area) for area in sorted({_area(key) for key in seeds.facts})}
    made |= {f"ways/{slug}.toml": _way(body) for slug, body in seeds.pages[PageKind.WAY].items()}
    made["law.toml"] = _questions(seeds.pages[PageKind.LAW])
    for name in ("facts", "ways"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    before = [path for name in ("facts", "ways") for path in (folder / name).glob("*.toml")]
    for path in before:
        if f"{path.parent.name}/{path.name}" not in made and path.read_text(encoding="utf-8").startswith(HEAD):
            path.unlink()
    for name, lines in made.items():
        (folder / name).write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return len(made) + _media(folder / "media", seeds)


def _media(folder: Path, seeds: Seeds) -> int:
    """Pictures and readings under their own names, and away with those that nothing names; how many are here."""
    names = seeds.media()
    for path in folder.glob("*"):
        if media.is_name(path.name) and path.name not in names:
            path.unlink()
    if names:
        folder.mkdir(exist_ok=True)
    found = {name: data for name in names if (data := mediafiles.read(name)) is not None}
    for name, data in found.items():
        if not (folder / name).exists():
            (folder / name).write_bytes(data)
    return len(found)


def _area(key: str) -> str:
    return key.partition(".")[0]


def _facts(seeds: Seeds, area: str) -> Iterator[str]:
    for key, (subject, said) in sorted(seeds.facts.items()):
        if _area(key) == area:
            yield "\n[[fact]]"
            yield from _pairs({"key": key, "subject": subject, **asdict(said)}, short=True)


def _way(body: texts.Body) -> Iterator[str]:
    yield from _pairs({name: value for name, value in body.items() if name not in {"glance", "steps"}})
    yield from _beside("media", body)
    yield "\n[glance]"
    yield from _pairs(body["glance"])
    for step in body["steps"]:
        yield "\n[[step]]"
        yield from _pairs(step)
        yield from _beside("step.media", step)


def _beside(name: str, part: Mapping[str, Any]) -> Iterator[str]:
    """Picture and readings of a part, where it has some."""
    if part.get("media"):
        yield f"\n[{name}]"
        yield from _pairs(part["media"])


def _questions(questions: Mapping[str, texts.Body]) -> Iterator[str]:
    for slug, body in sorted(questions.items(), key=lambda one: (one[1]["position"], one[0])):
        yield "\n[[question]]"
        yield from _pairs({"slug": slug, **body})
        yield from _beside("question.media", body)


def _pairs(table: Mapping[str, Any], *, short: bool = False) -> Iterator[str]:
    """One line for each value; a text of several lines stays one, unless `short`. What is not said is left out."""
    for name, value in table.items():
        if value is not None and not isinstance(value, Mapping):
            long = isinstance(value, str) and "\n" in value and not short
            yield f"{name} = {_long(value) if long else _value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return f'"{_escaped(value).replace(chr(9), "\\t").replace(chr(10), "\\n")}"'
    if isinstance(value, (int, date)):
        return str(value)
    return f"[{', '.join(_value(one) for one in value)}]"


def _long(text: str) -> str:
    """Its space at the ends is no part of a text (`texts.normal`)."""
    return f'"""\n{_escaped(text)}\n"""'


def _escaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}" if found[0] not in '"\\' else f"\\{found[0]}", text)
