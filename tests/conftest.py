"""How every test runs: a data folder of its own, cheap key derivation, tasks at once, Debian's Chromium for journeys."""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

if TYPE_CHECKING:  # this file is read before Django is ready
    from town import Town

#: A file system that is memory, where there is one with room: thousands of small transactions wait for no disk. Every setting
#: stays as it is. What survives a power cut is asked in tests/faults, of databases elsewhere that it cuts off itself.
MEMORY, ROOM = Path("/dev/shm"), 4 * 1024**3  # noqa: S108 - mkdtemp makes a private folder in it
IN_MEMORY = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
# Django reads its settings after this file: each process (each xdist worker) gets a folder that nobody else has.
DATA_DIR = Path(
    tempfile.mkdtemp(prefix=f"spean-{os.environ.get('PYTEST_XDIST_WORKER', 'test')}-", dir=MEMORY if IN_MEMORY else None)
)
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
os.environ["DJANGO_SETTINGS_MODULE"] = "spean.config.settings"
os.environ["SPEAN_DATA_DIR"] = str(DATA_DIR)
os.environ["SPEAN_KEYSTORE_DIR"] = ""
os.environ["SPEAN_TASKS"] = "immediate"
os.environ["SPEAN_HOSTS"] = "localhost,127.0.0.1,[::1],testserver"
os.environ["SPEAN_LOG_LEVEL"] = "ERROR"
# Tests make databases of their own, and own them: FORCE keeps their rows as well.
os.environ.pop("SPEAN_DATABASE_OWNER_URL", None)
# Playwright runs an event loop in the thread of the test; the test's own queries are still synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

#: the shell is Chromium without its own windows: a third of the work for each page, the same engine
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # a microphone that hums, and a person who lets the page use it: one browser serves every module of a worker
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
FAST_ARGON2 = (1, 1024)  # passes, KiB: 1 ms in the place of 174


# A busy machine is no failure; in CI the same examples each time, so that a red run is the change's own.
hypothesis.settings.register_profile("spean", deadline=None, derandomize=bool(os.environ.get("CI")))
# `--hypothesis-profile=many`: for a night, not for each change
hypothesis.settings.register_profile("many", deadline=None, max_examples=5_000, derandomize=False, print_blob=True)
hypothesis.settings.load_profile("spean")


def pytest_configure(config: pytest.Config) -> None:
    """Make key derivation cheap before anything derives a key."""
    from django.conf import settings

    from spean.kernel import acting

    settings.SPEAN_ARGON2 = FAST_ARGON2
    settings.SIGN_SECONDS = 0.0
    # a worker of xdist inherits the environment of the process that started it, and has read its settings before this file
    settings.DATA_DIR, settings.KEYSTORE_DIR, settings.SEALED_FILES_DIR = DATA_DIR, DATA_DIR / "keystore", DATA_DIR / "sealed"
    settings.MEDIA_DIR, settings.READING_DIR, settings.STATIC_ROOT = DATA_DIR / "media", DATA_DIR / "reading", DATA_DIR / "static"
    # what a test does by itself is the house's; each request of its browsers begins as nobody's
    config.add_cleanup(_enter(acting.house()))
    (DATA_DIR / "secret_key").write_text(settings.SECRET_KEY, encoding="ascii")  # where a thief would find it


def _enter(context: AbstractContextManager[None]) -> Callable[[], None]:
    stack = ExitStack()
    stack.enter_context(context)
    return stack.close


def leave_databases_to_sqlite(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to open a database's file in the process that has it open: see `tests.reading.file_bytes`."""
    if event != "open" or not isinstance(arguments[0], str | Path):
        return
    path = str(arguments[0])
    if path.startswith(str(DATA_DIR)) and path.endswith((".sqlite3", "-wal", "-shm")) and not arguments[2] & os.O_EXCL:
        raise RuntimeError(f"{Path(path).name} is SQLite's: read it with tests.reading")


sys.addaudithook(leave_databases_to_sqlite)


def pytest_unconfigure() -> None:
    """Leave nothing in memory either."""
    from spean.kernel.memory import memory

    memory().remove()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test in journeys/ drives a real browser. The second database runs only what asks a database."""
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)
    if os.environ.get("SPEAN_DATABASE_URL"):
        apart = [item for item in items if not asks_a_database(item) or item.get_closest_marker("once")]
        left = set(apart)
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=apart)


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test has a database, by its mark or by one of its fixtures."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & {"db", "transactional_db", "django_db_setup"}) or item.get_closest_marker("django_db") is not None


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests counted with `record_property("what", number)`, summed over all of them and all workers."""
    counted: dict[str, int] = {}
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties if report.when == "call" else ():
            counted[name] = counted.get(name, 0) + value
    for name, value in sorted(counted.items()):
        terminalreporter.write_line(f"{name}: {value:,}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--everything` asks all that tests/access asks by turns otherwise."""
    parser.addoption("--everything", action="store_true", default=False, help="ask nothing by turns")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite's test database is a file, as it is for a reader: in memory, WAL and locks would not be tested."""
    from django.db import connections

    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session")
def _template(request: pytest.FixtureRequest, django_db_modify_db_settings: None, django_db_blocker: Any) -> Any:
    """The migrated database that is kept: the tests of this worker get a copy if it is there, or make it."""
    from databases import PostgresTemplate, SqliteTemplate
    from django.db import connection

    folder = request.config.cache.mkdir("databases")
    if connection.vendor == "sqlite":
        return SqliteTemplate(folder, DATA_DIR / "test.sqlite3")
    with django_db_blocker.unblock():
        return PostgresTemplate(folder, connection)


@pytest.fixture(scope="session")
def django_db_keepdb(_template: Any) -> bool:
    """What was copied is not made anew."""
    return _template.copied


@pytest.fixture(scope="session")
def django_db_setup(_template: Any, django_db_setup: None, django_db_blocker: Any) -> None:
    """As it is, and kept for the next one where it was migrated here."""
    from django.db import connection

    with django_db_blocker.unblock():
        _template.keep(connection)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The machine's Chromium; Playwright's own is used only where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    return {**browser_type_launch_args, **({"executable_path": found} if found else {}), "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict) -> dict:
    """A small, cheap telephone that reads Khmer."""
    return {
        **browser_context_args,
        "locale": "km-KH",
        "timezone_id": "Asia/Phnom_Penh",
        "viewport": {"width": 360, "height": 740},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def town(db: None) -> "Town":
    """The small town of `town.py`, made anew: places, organisations, people and their keys."""
    from town import make_town

    return make_town()


@pytest.fixture
def many_town(transactional_db: None) -> "Town":
    """The small town, really committed: for several threads at once."""
    from town import make_town

    return make_town()
