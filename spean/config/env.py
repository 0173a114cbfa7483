"""Every setting that an operator can give, each with its meaning; an unknown SPEAN_ name is an error."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, its default as text, and what it does."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("SPEAN_DATA_DIR", "var", "Folder of the database, the sealed files and the keystore."),
    Setting("SPEAN_DATABASE_URL", "", "Empty for SQLite in the data folder, or postgres://user:password@host:port/name."),
    Setting(
        "SPEAN_DATABASE_OWNER_URL",
        "",
        "PostgreSQL, for `spean migrate` alone: the role that owns the tables. "
        "Spean then serves as a role that cannot change them.",
    ),
    Setting(
        "SPEAN_KEYSTORE_DIR",
        "",
        "Folder of the pepper and the erasure tokens; empty for `keystore` in the data folder. "
        "Back it up apart from the database.",
    ),
    Setting("SPEAN_SECRET_KEY", "", "Signs cookies; empty to make one in the data folder at the first start."),
    Setting("SPEAN_HOSTS", "localhost,127.0.0.1,[::1]", "Host names that the server answers to, with commas."),
    Setting("SPEAN_HTTPS", "0", "1 where readers come over HTTPS: cookies become `__Host-` and Secure. 1 outside a trial."),
    Setting("SPEAN_DEBUG", "0", "1 shows programmers' error pages. Never with real data."),
    Setting("SPEAN_TASKS", "database", "`database` queues background tasks for the worker; `immediate` runs them at once."),
    Setting("SPEAN_READERS", "2", "How many photos of contracts are read at once; 0 takes no photos."),
    Setting("SPEAN_PHOTO_PAGES", "10", "Pages that one person may have read at a time."),
    Setting("SPEAN_PHOTO_MEGABYTES", "10", "Size of one photo or PDF."),
    Setting(
        "SPEAN_PHOTO_MINUTES",
        "60",
        "Minutes after which photos and what was read of them are deleted; at once with *Delete now*.",
    ),
    Setting("SPEAN_TESSDATA", "", "Folder of Tesseract's language data; empty to look in the usual places."),
    Setting("SPEAN_LOG_LEVEL", "INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR. Logs carry ids, never content."),
    Setting(
        "SPEAN_PLAN_ASK_HOURS",
        "24",
        "Travel plans: hours that a trusted person has after an e-mail, before somebody has to call.",
    ),
    Setting("SPEAN_PLAN_CALL_HOURS", "24", "Travel plans: hours that people have to call, before a concern is raised."),
    Setting("SPEAN_PLAN_KEPT_DAYS", "30", "Travel plans: days after its end on which a plan is erased."),
    Setting("SPEAN_MAIL_URL", "consolemail://", "Where e-mail goes: smtp://user:password@host:port; consolemail:// is the log."),
)

_DEFAULTS = {s.name: s.default for s in SETTINGS}


def read(name: str) -> str:
    """The value of a known setting: NAME, or the text of the file that NAME_FILE names, or the default."""
    if name not in _DEFAULTS:
        raise ImproperlyConfigured(f"{name} is not a setting of Spean.")
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, _DEFAULTS[name])


def flag(name: str) -> bool:
    """A setting that is 0 or 1."""
    value = read(name)
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}.")
    return value == "1"


def number(name: str, least: int, most: int) -> int:
    """A setting that is a whole number between two limits."""
    value = read(name)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a number from {least} to {most}, not {value!r}.")
    return int(value)


def check_names() -> None:
    """Refuse to start with a misspelt setting, rather than run without what it meant."""
    known = set(_DEFAULTS) | {f"{n}_FILE" for n in _DEFAULTS}
    unknown = sorted(n for n in os.environ if n.startswith("SPEAN_") and n not in known)
    if unknown:
        raise ImproperlyConfigured(f"Unknown settings: {', '.join(unknown)}. See docs/reference/settings.md.")
