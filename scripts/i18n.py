"""The words of the interface: extract them from Python and templates, compile them, check that Khmer has them all.

`python scripts/i18n.py extract | compile | check`. Uses Babel and Django's own template reader; GNU gettext is not needed.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "spean/locale"
LANGUAGES = ("km",)  # English is what the sources are written in
KEYWORDS: dict[str, tuple | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
KHMER = re.compile(r"[\u1780-\u17ff]")
WORD = re.compile(r"[A-Za-z]{2}")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[a-z]|\{\w*\}")
CALL = re.compile(r"(?<![\w.])(_|n?p?gettext)\(")

HEADER = """# The words of Spean in Khmer.
# Native speaker's review: PENDING. Every sentence was written without one; none has been confirmed.
#"""

type Found = tuple[str, str | tuple[str, ...], str | None]  # file, id or ids, context


def python_words(path: Path) -> Iterator[Found]:
    """What a Python file marks for translation."""
    name = str(path.relative_to(ROOT))
    for _line, message, _comments, context in extract_from_file("python", path, keywords=KEYWORDS):
        yield name, message, context


def template_words(path: Path) -> Iterator[Found]:
    """What a template marks: Django turns its tags into calls, among letters that mean nothing."""
    from django.utils.translation.template import templatize

    name, source = str(path.relative_to(ROOT)), templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in CALL.finditer(source):
        for end in (i + 1 for i in range(call.end(), len(source)) if source[i] == ")"):
            try:
                node = ast.parse(source[call.start() : end].strip(), mode="eval").body
            except SyntaxError:
                continue
            if isinstance(node, ast.Call):
                texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
                context = texts.pop(0) if "p" in call[1] else None
                yield name, tuple(texts) if call[1].startswith("n") else texts[0], context
            break


def extract() -> Catalog:
    """Every word of the sources, in one catalogue without translations."""
    import django
    from django.conf import settings

    if not settings.configured:  # the template reader asks for two settings
        settings.configure(USE_I18N=True, DEBUG=False)
        django.setup()
    catalog = Catalog(project="Spean", version="0.1", copyright_holder="The Spean contributors", charset="utf-8")
    for path in sorted((ROOT / "spean").rglob("*")):
        if path.suffix == ".py":
            found = python_words(path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found = template_words(path)
        else:
            continue
        for name, ids, context in found:
            if ids:
                catalog.add(ids, locations=[(name, None)], context=context)
    return catalog


def po(language: str) -> Path:
    """Where a language's catalogue is kept."""
    return LOCALE / language / "LC_MESSAGES/django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language; an empty one where there is none yet."""
    path = po(language)
    if not path.exists():
        empty = Catalog(locale=language, project="Spean", charset="utf-8", fuzzy=False, header_comment=HEADER)
        empty.revision_date = datetime.now(UTC)
        return empty
    with path.open("rb") as file:
        return read_po(file, locale=language)


def do_extract() -> int:
    """Bring each catalogue up to date: new words empty, gone words dropped, nothing guessed."""
    template = extract()
    for language in LANGUAGES:
        catalog = read(language)
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.creation_date = catalog.revision_date
        po(language).parent.mkdir(parents=True, exist_ok=True)
        written = BytesIO()  # whole before the old file goes
        write_po(written, catalog, width=120, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
        po(language).write_bytes(written.getvalue())
        empty = sum(1 for message in catalog if message.id and not translated(message))
        print(f"{language}: {len(catalog)} texts, {empty} without a translation")
    return 0


def do_compile() -> int:
    """Write the .mo file beside each .po."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3])
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)
    return 0


def strings(value: str | tuple | list) -> tuple[str, ...]:
    """One text or its plural forms, as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def translated(message: Message) -> bool:
    """Every form has a text."""
    return bool(message.string) and all(strings(message.string))


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    ids = strings(message.id)
    if not translated(message):
        yield "has no translation"
        return
    if message.fuzzy:
        yield "is marked fuzzy"
    for text in strings(message.string):
        if WORD.search(PLACEHOLDER.sub("", ids[0])) and not KHMER.search(text):
            yield "has no Khmer in its translation"
        wanted, got = set(PLACEHOLDER.findall(ids[-1])), set(PLACEHOLDER.findall(text))
        # a language without plural forms may name the number where the English singular does not
        if got != wanted and got != set(PLACEHOLDER.findall(ids[0])):
            yield f"has {sorted(got)} where the source has {sorted(wanted)}"


def do_check() -> int:
    """Every text of the sources has its Khmer; nothing is left over."""
    key = lambda message: (strings(message.id), message.context)  # noqa: E731
    wanted = {key(m): m for m in extract() if m.id}
    problems = []
    for language in LANGUAGES:
        have = {key(m): m for m in read(language) if m.id}
        problems += [f"{language}: not in the catalogue: {k[0][0]!r}" for k in wanted.keys() - have.keys()]
        problems += [f"{language}: no longer in the sources: {k[0][0]!r}" for k in have.keys() - wanted.keys()]
        problems += [f"{language}: {k[0][0]!r} {fault}" for k, m in have.items() if k in wanted for fault in faults(m)]
    for problem in sorted(problems)[:40]:
        print(problem)
    if problems:
        print(f"{len(problems)} faults in translations. `python scripts/i18n.py extract` brings the catalogue up to date.")
    return 1 if problems else 0


if __name__ == "__main__":
    commands = {"extract": do_extract, "compile": do_compile, "check": do_check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())
