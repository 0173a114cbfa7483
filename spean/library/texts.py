"""A way, a warning or a question as its parts, the same in files, versions and forms; and what is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spean.library import media, wording
from spean.library.enums import Destination, Kind, PageKind, Paper, Picture, Work
from spean.library.models import LONGEST_NAME

type Body = dict[str, Any]
type Faults = dict[str, str | Promise]

GLANCE = ("official", "brokers", "wage", "age", "contract", "time")
LANGUAGES = ("km", "en")
#: the parts in two languages, in their order: of a page, and of a step of a way
PAIRS: dict[str, tuple[str, ...]] = {PageKind.WAY: ("title", "lede", "trouble"), PageKind.LAW: ("question", "answer")}
STEP_PAIRS = ("title", "text", "authority")
#: what a voice reads of the page itself; of a step all
READ: dict[str, tuple[str, ...]] = {PageKind.WAY: ("title", "lede"), PageKind.LAW: ("question", "answer")}
#: those in which facts may stand
TOLD = frozenset({"lede", "trouble", "text", "answer"})
LONGEST_TOLD = 6000
MOST_STEPS = 40
MOST_POSITION = 30_000
#: what each part is called on the desk
NAMES: dict[str, Promise] = {
    "title": _("Title"), "lede": _("First sentences"), "trouble": _("When something goes wrong"),
    "question": _("Question"), "answer": _("Answer"),
    "text": _("What to do"), "authority": _("Where one goes for it"), "documents": _("Papers to take along"),
    "gives": _("Paper that one has afterwards"), "name": _("Small picture"),
    "position": _("Place in the list"), "kind": _("What it is"), "destination": _("Where to"), "works": _("For which work"),
    "state_subject": _("Fact that says whether the way is open"),
    "picture": _("Picture"), "alt": _("What the picture shows"), "reading": _("Recorded reading"),
    "glance_official": _("Official costs"), "glance_brokers": _("What brokers took"), "glance_wage": _("Lowest wage"),
    "glance_age": _("Age"), "glance_contract": _("Length of the contract"), "glance_time": _("How long it takes"),
}  # fmt: skip
_OPTIONAL = {"authority"}  # a step may have no office; but then in both languages


def normal(kind: str, body: Mapping[str, Any]) -> Body:
    """The same with every part in its place and no space around the words, so that two can be compared."""
    made: Body = {"position": int(body.get("position") or 0), **_words(body, PAIRS[kind]), **_media(body)}
    if kind == PageKind.WAY:
        glance = {name: list(body.get("glance", {}).get(name, ())) for name in GLANCE}
        made |= {
            "kind": body.get("kind", ""),
            "destination": body.get("destination", ""),
            "works": list(body.get("works", ())),
            "state_subject": body.get("state_subject", ""),
            "glance": {name: subjects for name, subjects in glance.items() if subjects},
            "steps": [_step(step) for step in body.get("steps", ())],
        }
    return made


def _step(step: Mapping[str, Any]) -> Body:
    return {
        "name": step.get("name", ""),
        **_words(step, STEP_PAIRS),
        "documents": [[one.strip() for one in pair] for pair in step.get("documents", ())],
        "gives": list(step.get("gives", ())),
        **_media(step),
    }


def _media(part: Mapping[str, Any]) -> Body:
    """Picture and readings; a part that has none does not say so."""
    made = media.normal(part.get("media"))
    return {"media": made} if made else {}


def _words(part: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    return {f"{name}_{code}": part.get(f"{name}_{code}", "").strip() for name in names for code in LANGUAGES}


def parts(kind: str, body: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], tuple[str, ...]]]:
    """(what its fields' names begin with, the part, its pairs): the page itself, then each step."""
    yield "", body, PAIRS[kind]
    for number, step in enumerate(body.get("steps", ())):
        yield f"step-{number}-", step, STEP_PAIRS


def read_of(kind: str, number: int) -> tuple[str, ...]:
    """Which pairs a voice reads: of the page (0), of a step."""
    return READ[kind] if number == 0 else STEP_PAIRS


def keys_of(kind: str, body: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of the facts that stand in its texts, each once."""
    told = (part[f"{n}_{code}"] for _b, part, names in parts(kind, body) for n in names if n in TOLD for code in LANGUAGES)
    return tuple(dict.fromkeys(key for text in told for key in wording.keys_in(text)))


def subjects_of(kind: str, body: Mapping[str, Any], subject_of: Mapping[str, str]) -> tuple[str, ...]:
    """The subjects that a page tells of, each once."""
    named = [subject for several in body.get("glance", {}).values() for subject in several]
    found = [subject_of[key] for key in keys_of(kind, body) if key in subject_of]
    return tuple(dict.fromkeys([*filter(None, [body.get("state_subject", "")]), *named, *found]))


def faults(kind: str, body: Mapping[str, Any], subject_of: Mapping[str, str]) -> Faults:
    """What cannot be kept, not even as a draft: a broken reference, a code that is none, words that are too long."""
    wrong: Faults = {}
    for begin, part, names in parts(kind, body):
        for name in (f"{pair}_{code}" for pair in names for code in LANGUAGES):
            if reason := _wrong_words(name, part[name], subject_of):
                wrong[begin + name] = reason
        if part.get("name") and part["name"] not in Picture.values:
            wrong[f"{begin}name"] = CHOOSE
        if {len(pair) for pair in part.get("documents", ())} - {2} or set(part.get("gives", ())) - set(Paper.values):
            wrong[f"{begin}gives"] = CHOOSE
        wrong |= {f"{begin}{name}": reason for name, reason in media.faults(part.get("media") or {})}
    if not 0 <= body["position"] <= MOST_POSITION:
        wrong["position"] = _("Write a number from 0 to 30,000.")
    return wrong | (_wrong_codes(body, set(subject_of.values())) if kind == PageKind.WAY else {})


CHOOSE = _("Choose one of the answers.")


def _wrong_words(name: str, text: str, subject_of: Mapping[str, str]) -> str | Promise:
    told = name.rpartition("_")[0] in TOLD
    if len(text) > (LONGEST_TOLD if told else LONGEST_NAME):
        return _("This is too long.")
    if slips := wording.broken(text):
        return _("This mark of a fact is broken: %(mark)s") % {"mark": slips[0]}
    missing = [key for key in wording.keys_in(text) if key not in subject_of]
    if missing or (wording.keys_in(text) and not told):
        return _("No fact can stand here: %(mark)s") % {"mark": (missing or wording.keys_in(text))[0]}
    return ""


def _wrong_codes(body: Mapping[str, Any], subjects: set[str]) -> Faults:
    wrong: Faults = {}
    if len(body["steps"]) > MOST_STEPS:
        wrong["steps"] = _("There are more than 40 steps. Put some of them together.")
    for name, book in (("kind", Kind), ("destination", Destination)):
        if body[name] and body[name] not in book.values:
            wrong[name] = CHOOSE
    if set(body["works"]) - set(Work.values):
        wrong["works"] = CHOOSE
    if body["state_subject"] and body["state_subject"] not in subjects:
        wrong["state_subject"] = CHOOSE
    for name, named in body["glance"].items():
        if name not in GLANCE or set(named) - subjects:
            wrong[f"glance_{name}"] = CHOOSE
    return wrong


def gaps(kind: str, body: Mapping[str, Any]) -> Faults:
    """What is still missing before a second person can read it: a language, a choice, a fact that only one language has."""
    wrong: Faults = {}
    for begin, part, names in parts(kind, body):
        for pair in names:
            wrong |= {begin + name: reason for name, reason in _gap_of(pair, part)}
    if kind == PageKind.WAY:
        wrong |= {name: CHOOSE for name in ("kind", "destination", "works") if not body[name]}
        if not body["steps"]:
            wrong["steps"] = _("Write at least one step.")
    for number, step in enumerate(body.get("steps", ())):
        if any(not all(pair) for pair in step["documents"]):
            wrong[f"step-{number}-documents_en"] = SAME_LINES
    return wrong


SAME_LINES = _("Write each paper in both languages, one on each line, in the same order.")


def _gap_of(pair: str, part: Mapping[str, Any]) -> Iterator[tuple[str, str | Promise]]:
    texts = {f"{pair}_{code}": part[f"{pair}_{code}"] for code in LANGUAGES}
    if not any(texts.values()) and pair in _OPTIONAL:
        return
    yield from ((name, _("Please fill this in.")) for name, text in texts.items() if not text)
    km, en = (set(wording.keys_in(text)) for text in texts.values())
    if all(texts.values()) and km != en:
        yield f"{pair}_en", _("Khmer and English must hold the same facts. Only one has: %(mark)s") % {"mark": min(km ^ en)}
