"""Logs that carry ids and never content: one JSON object a line, whatever a library tried to say in it.

A string is content unless it is known to be an id. So a message keeps its constant words; of its arguments only numbers,
UUIDs, long hexadecimal tokens and names of our own modules stay. A traceback keeps where and which class, and no words.
"""

import copy
import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any
from uuid import UUID

WITHHELD = "…"
MOST_CAUSES = 5
MOST_FRAMES = 20
_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,128}|spean(?:\.[a-z_]+)+", re.IGNORECASE)
_STATES = frozenset({"READY", "RUNNING", "FAILED", "SUCCESSFUL", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"})
_NO_TEMPLATE = "(message withheld: it may hold content)"
_FRAME = re.compile(r'File "([^"]+)", line (\d+)')
_LAST_CLASS = re.compile(r"^([A-Za-z_][\w.]*(?:Error|Exception|Warning|Interrupt|Exit|Refusal))(?=:|$)", re.MULTILINE)

type ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def id_only(value: Any) -> Any:
    """The value where it can only be an id or a number; otherwise a mark that something was left out."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, str) and (value in _STATES or _ID.fullmatch(value)):
        return value
    return WITHHELD


def _where(filename: str, line: int | str | None) -> str:
    parts = PurePath(filename).parts
    start = max((i for i, part in enumerate(parts) if part in {"spean", "site-packages"}), default=len(parts) - 1)
    return f"{'/'.join(parts[start:])}:{line}"


def _class(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def describe(error: BaseException) -> dict[str, Any]:
    """What is kept of an exception: its class, the classes behind it, and where it passed. Never its words or locals."""
    behind: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(behind) < MOST_CAUSES:
        behind.append(_class(cause))
        cause = cause.__cause__ or cause.__context__
    # not TracebackException: it would format the error's words and the source lines
    frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)
    return {"error": _class(error), "behind": behind, "at": [_where(f.filename, f.lineno) for f in frames][-MOST_FRAMES:]}


def _from_text(text: object) -> dict[str, Any]:
    """The same of a traceback that a library wrote into its message: the server does."""
    frames = _FRAME.findall(text) if isinstance(text, str) else []
    if not frames:
        return {}
    classes = _LAST_CLASS.findall(str(text))
    return {"error": classes[-1] if classes else "", "behind": classes[:-1], "at": [_where(*f) for f in frames][-MOST_FRAMES:]}


def _message(record: logging.LogRecord) -> str:
    request = getattr(record, "request", None)
    if request is not None:  # Django puts the path into its words; the route says as much and was typed by nobody
        match = getattr(request, "resolver_match", None)
        route = match.route if match else "(no route)"
        return f"{getattr(record, 'status_code', '')} {id_only(request.method)} {route}".strip()
    if not isinstance(record.msg, str):
        return _NO_TEMPLATE
    if not record.args:
        # our own words are constants (ruff G004 sees to it); a library's may have been put together
        return record.msg if record.name.split(".")[0] == "spean" else _NO_TEMPLATE
    args = record.args
    scrubbed: Any = {k: id_only(v) for k, v in args.items()} if isinstance(args, Mapping) else tuple(map(id_only, args))
    try:
        return record.msg % scrubbed
    except (TypeError, ValueError):  # a number's place, and what came was no number
        return _NO_TEMPLATE


class IdsOnly(logging.Filter):
    """Hand on a copy of the record from which all content is gone; the original stays as it was."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord:
        """Replace words and arguments, and reduce an exception to its class and its places."""
        clean = copy.copy(record)
        clean.msg, clean.args = _message(record), ()
        clean.ids = {str(k): id_only(v) for k, v in dict(getattr(record, "ids", None) or {}).items()}
        error = record.exc_info[1] if record.exc_info else None
        clean.failure = describe(error) if error else _from_text(record.msg)
        clean.exc_info = clean.exc_text = clean.stack_info = None
        for name in ("request", "sql", "params"):
            clean.__dict__.pop(name, None)
        return clean


class JsonLines(logging.Formatter):
    """`{"ts", "level", "logger", "message", "ids"}` and, for an error, its class and places."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; a record that did not pass `IdsOnly` loses its arguments here."""
        line = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.msg if hasattr(record, "failure") else _NO_TEMPLATE,
            "ids": getattr(record, "ids", {}),
            **getattr(record, "failure", {}),
        }
        return json.dumps(line, ensure_ascii=False)
