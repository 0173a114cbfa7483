"""The search index of one table: its words and its runs of letters, beside the table and written in the same transaction.

SQLite: FTS5 over the words that `kernel.words` cuts, and FTS5 trigrams, for a word of two signs is no trigram. PostgreSQL:
one `tsvector` of the very same words (never its own parser, which reads Khmer differently in each locale), and `pg_trgm`
where the database lets us create it; without it the words alone are searched. Only public-safe words are kept here.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from spean.kernel import text as kernel_text
from spean.kernel.words import contains, plain, words

#: the best that a search gives; who finds more adds a word
MOST = 100
LONGEST_QUERY, MOST_TERMS = 200, 10
_TRIGRAM = 3
_LEAST_STEM = 4
_BATCH = 200
_NUMBER = re.compile(r"(?:s\s*-?\s*)?0*([0-9]{1,9})")
_FTS5 = "unicode61 remove_diacritics 0 categories ''L* N* Co Mn Mc''"

#: for each word, other tokens that mean it as well: how a place's name sounds, or a name of several words as one
Also = Callable[[Sequence[str]], Sequence[Iterable[str]]]


@dataclass(frozen=True)
class Doc:
    """What is kept of one row: its number, its titles, its text, and what else it may be found by."""

    number: int
    title: str
    body: str
    tokens: tuple[str, ...] = ()

    @property
    def title_words(self) -> tuple[str, ...]:
        """The words of the titles."""
        return words(self.title)

    @property
    def body_words(self) -> tuple[str, ...]:
        """The words of the text, and the tokens."""
        return (*words(self.body), *self.tokens)

    @property
    def plain(self) -> str:
        """All of it in the one spelling."""
        return "\n".join((plain(self.title), plain(self.body), " ".join(self.tokens)))


@dataclass(frozen=True)
class Term:
    """One word that has to be there, or one of the tokens that mean it."""

    word: str
    also: tuple[str, ...] = ()

    @property
    def begins(self) -> bool:
        """Whether longer words that begin with it are meant too: of Latin letters, which have endings."""
        return self.word.isascii() and len(self.word) >= _TRIGRAM and not self.word.isdigit()


def terms(text: str, also: Also | None = None) -> tuple[Term, ...]:
    """What somebody asks for. Any text is fine; one without a letter asks for nothing."""
    asked = words(text[:LONGEST_QUERY])[:MOST_TERMS]
    others = also(asked) if also else [()] * len(asked)
    return tuple(Term(_stem(word), tuple(dict.fromkeys(o))) for word, o in zip(asked, others, strict=True))


def _stem(word: str) -> str:
    """Without the s of a plural: who asks for fees finds a fee as well."""
    plural = word.isascii() and word.isalpha() and len(word) >= _LEAST_STEM and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word


def number_asked(text: str) -> int | None:
    """The number that somebody typed as S-0012, s12 or ស-០០១២."""
    said = kernel_text.latin_digits(kernel_text.clean(text[:LONGEST_QUERY])).casefold().replace("ស", "s")
    found = _NUMBER.fullmatch(said)
    return int(found.group(1)) if found else None


#: the rows of some numbers
Docs = Callable[[Sequence[int]], Iterable[Doc]]


class Index:
    """The index of one table whose rows have a `number`."""

    def __init__(self, name: str) -> None:
        self.name = name
        INDEXES[name] = self

    # -- kept ----------------------------------------------------------------------------------------------
    def create(self, db: Any) -> None:
        """Make its tables; for a migration."""
        _kind(db).create(db, self.name)

    def drop(self, db: Any) -> None:
        """Take its tables away."""
        _kind(db).drop(db, self.name)

    def put(self, *docs: Doc) -> None:
        """Keep these rows as they are now; in the transaction that changes them."""
        if docs:
            with transaction.atomic():
                _kind(connection).put(self.name, docs)

    def remove(self, *numbers: int) -> None:
        """Forget these rows."""
        with transaction.atomic():
            _kind(connection).remove(self.name, numbers)

    def kept(self) -> dict[int, str]:
        """The plain text of every row that is kept."""
        return dict(_kind(connection).all(self.name))

    def empty(self) -> None:
        """Forget every row."""
        self.remove(*self.kept())

    def mend(
        self, numbers: Iterable[int], docs: Callable[[Sequence[int]], Iterable[Doc]], *, anew: bool = False
    ) -> tuple[int, int]:
        """Make the index what the table is: (rows written, rows forgotten). Only what differs is cut into words again.

        `docs` gives the rows of some numbers, locked: each batch is a transaction, so that nobody waits long.
        """
        kept, written = self.kept(), 0
        for some in batched(numbers, _BATCH):
            with transaction.atomic():
                changed = [d for d in docs(some) if kept.pop(d.number, None) != d.plain or anew]
                self.put(*changed)
                written += len(changed)
        self.remove(*kept)
        return written, len(kept)

    # -- found ---------------------------------------------------------------------------------------------
    def find(self, asked: Sequence[Term], among: QuerySet[Any]) -> list[int]:
        """The numbers of the best rows of `among` that have every term: in a title, then anywhere, then inside other words.

        Three queries at most; `among` is part of each, so that nothing is found, counted or ranked beyond it.
        """
        if not asked:
            return []
        try:
            inside = among.order_by().values("number").query.sql_with_params()
        except EmptyResultSet:
            return []
        found: dict[int, None] = {}
        for tier in _kind(connection).tiers(self.name, asked, *inside):
            found |= dict.fromkeys(tier)
            if len(found) >= MOST:
                break
        return list(found)[:MOST]


INDEXES: dict[str, Index] = {}


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _holds(text: str, asked: Sequence[Term]) -> bool:
    return all(contains(text, t.word) or any(token in text for token in t.also) for t in asked)


class _Sqlite:
    """Two FTS5 tables, whose rowid is the number."""

    @staticmethod
    def create(db: Any, name: str) -> None:
        with db.cursor() as cursor:
            cursor.execute(f"CREATE VIRTUAL TABLE {name}_words USING fts5(title, body, tokenize='{_FTS5}')")
            cursor.execute(f"CREATE VIRTUAL TABLE {name}_grams USING fts5(plain, tokenize='trigram')")

    @staticmethod
    def drop(db: Any, name: str) -> None:
        with db.cursor() as cursor:
            cursor.execute(f"DROP TABLE {name}_words")
            cursor.execute(f"DROP TABLE {name}_grams")

    @classmethod
    def put(cls, name: str, docs: Sequence[Doc]) -> None:
        cls.remove(name, [d.number for d in docs])
        with connection.cursor() as cursor:
            rows = [(d.number, " ".join(d.title_words), " ".join(d.body_words)) for d in docs]
            cursor.executemany(f"INSERT INTO {name}_words (rowid, title, body) VALUES (%s, %s, %s)", rows)  # noqa: S608 - our own name
            plain_rows = [(d.number, d.plain) for d in docs]
            cursor.executemany(f"INSERT INTO {name}_grams (rowid, plain) VALUES (%s, %s)", plain_rows)  # noqa: S608 - our own name

    @staticmethod
    def remove(name: str, numbers: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            for table in (f"{name}_words", f"{name}_grams"):
                cursor.executemany(f"DELETE FROM {table} WHERE rowid = %s", [(n,) for n in numbers])  # noqa: S608 - our own name

    @staticmethod
    def all(name: str) -> list[tuple[int, str]]:
        return [(int(n), str(t)) for n, t in _rows(f"SELECT rowid, plain FROM {name}_grams", ())]  # noqa: S608 - our own name

    @classmethod
    def tiers(cls, name: str, asked: Sequence[Term], inside: str, values: Sequence[Any]) -> Iterator[Iterable[int]]:
        every = " AND ".join(cls._expression(t) for t in asked)
        # the plus keeps SQLite from asking FTS5 anew for each row of `inside`: thirty thousand times, six seconds
        ranked = f"AND +rowid IN ({inside}) ORDER BY bm25({name}_words, 10.0, 1.0), rowid DESC LIMIT {MOST}"
        for match in (f"title : ({every})", every):
            yield [r[0] for r in _rows(f"SELECT rowid FROM {name}_words WHERE {name}_words MATCH %s {ranked}", [match, *values])]  # noqa: S608 - our own name
        where, given = [], []
        for term in asked:
            some = f"rowid IN (SELECT rowid FROM {name}_words WHERE {name}_words MATCH %s)"  # noqa: S608 - our own name
            given.append(cls._expression(term))
            if len(term.word) >= _TRIGRAM:
                some += f" OR rowid IN (SELECT rowid FROM {name}_grams WHERE {name}_grams MATCH %s)"  # noqa: S608 - our own name
                given.append(f'"{term.word}"')
            where.append(f"({some})")
        sql = f"SELECT rowid, plain FROM {name}_grams WHERE {' AND '.join(where)} AND +rowid IN ({inside})"  # noqa: S608 - our own name
        found = _rows(f"{sql} ORDER BY rowid DESC LIMIT {2 * MOST}", [*given, *values])
        yield [number for number, text in found if _holds(text, asked)]

    @staticmethod
    def _expression(term: Term) -> str:
        """Words hold letters, digits and marks only, so that nothing in quotes can be an operator."""
        begun = f'"{term.word}"*' if term.begins else f'"{term.word}"'
        return f"({' OR '.join([begun, *(f'"{token}"' for token in term.also)])})"


class _Postgres:
    """One table: number, plain text, words with A for those of a title."""

    @classmethod
    def create(cls, db: Any, name: str) -> None:
        with db.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {name} (number integer PRIMARY KEY, plain text NOT NULL, words tsvector NOT NULL)")
            cursor.execute(f"CREATE INDEX {name}_words ON {name} USING gin (words)")
        cls.add_trigrams(db, name)

    @staticmethod
    def add_trigrams(db: Any, name: str) -> bool:
        """Index the runs of letters; not where this user may not create pg_trgm and nobody else did."""
        try:
            with transaction.atomic(using=db.alias), db.cursor() as cursor:
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name}_grams ON {name} USING gin (plain gin_trgm_ops)")
        except DatabaseError:
            return False
        return True

    @staticmethod
    def drop(db: Any, name: str) -> None:
        with db.cursor() as cursor:
            cursor.execute(f"DROP TABLE {name}")

    @classmethod
    def put(cls, name: str, docs: Sequence[Doc]) -> None:
        with connection.cursor() as cursor:
            sql = f"INSERT INTO {name} VALUES (%s, %s, %s::tsvector) ON CONFLICT (number) DO UPDATE"  # noqa: S608 - our own name
            rows = [(d.number, d.plain, cls._vector(d)) for d in docs]
            cursor.executemany(f"{sql} SET plain = excluded.plain, words = excluded.words", rows)

    @staticmethod
    def _vector(doc: Doc) -> str:
        marks = [(w, "A") for w in doc.title_words] + [(w, "D") for w in doc.body_words]
        return " ".join(f"'{w}':{min(n, 16_000)}{weight}" for n, (w, weight) in enumerate(marks, 1))

    @staticmethod
    def remove(name: str, numbers: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {name} WHERE number = ANY(%s)", [list(numbers)])  # noqa: S608 - our own name

    @staticmethod
    def all(name: str) -> list[tuple[int, str]]:
        return [(int(n), str(t)) for n, t in _rows(f"SELECT number, plain FROM {name}", ())]  # noqa: S608 - our own name

    @classmethod
    def tiers(cls, name: str, asked: Sequence[Term], inside: str, values: Sequence[Any]) -> Iterator[Iterable[int]]:
        ranked = f"AND number IN ({inside}) ORDER BY ts_rank(words, %s::tsquery) DESC, number DESC LIMIT {MOST}"
        everywhere = " & ".join(cls._expression(t) for t in asked)
        for match in (" & ".join(cls._expression(t, "A") for t in asked), everywhere):
            sql = f"SELECT number FROM {name} WHERE words @@ %s::tsquery {ranked}"  # noqa: S608 - our own name
            yield [r[0] for r in _rows(sql, [match, *values, everywhere])]
        if not cls._has_trigrams(name):
            return
        where, given = [], []
        for term in asked:
            long = len(term.word) >= _TRIGRAM
            where.append("(words @@ %s::tsquery OR plain LIKE %s)" if long else "words @@ %s::tsquery")
            given += [cls._expression(term), *([f"%{term.word}%"] if long else [])]
        sql = f"SELECT number, plain FROM {name} WHERE {' AND '.join(where)} AND number IN ({inside})"  # noqa: S608 - our own name
        found = _rows(f"{sql} ORDER BY number DESC LIMIT {2 * MOST}", [*given, *values])
        yield [number for number, text in found if _holds(text, asked)]

    @staticmethod
    def _has_trigrams(name: str) -> bool:
        return bool(_rows("SELECT 1 FROM pg_class WHERE oid = to_regclass(%s)", [f"{name}_grams"]))

    @staticmethod
    def _expression(term: Term, weight: str = "") -> str:
        begun = f"'{term.word}':{'*' if term.begins else ''}{weight}".removesuffix(":")
        tokens = [f"'{token}'" for token in term.also] if not weight else []
        return f"({' | '.join([begun, *tokens])})"


def _kind(db: Any) -> type[_Sqlite] | type[_Postgres]:
    return _Sqlite if db.vendor == "sqlite" else _Postgres
