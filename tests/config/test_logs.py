"""No content reaches a log: strings are planted everywhere that a logger takes one, and looked for."""

import io
import json
import logging
from uuid import UUID

import pytest
from django.test import RequestFactory

from spean.config.logs import IdsOnly, JsonLines

PLANTED = "Sokha-012345678-ភូមិ"
ID = UUID("6a2f41a3-c54c-4e5e-8c1f-0d6b6a0fb7aa")


@pytest.fixture
def written(request):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(IdsOnly())
    handler.setFormatter(JsonLines())
    loggers = [logging.getLogger(name) for name in ("spean.test", "django.request", "third.party")]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger in loggers:
        logger.removeHandler(handler)


def plant_and_fail():
    told = PLANTED  # a local that a rich traceback would show
    raise ValueError(f"cannot read {told}")


def test_ids_and_numbers_stay(written):
    logging.getLogger("spean.test").info("concern %s moved after %d days", ID, 3, extra={"ids": {"concern": ID}})
    (line,) = written()
    assert line["message"] == f"concern {ID} moved after 3 days"
    assert line["ids"] == {"concern": str(ID)}
    assert set(line) == {"ts", "level", "logger", "message", "ids"}


@pytest.mark.parametrize("logger", ["spean.test", "third.party"])
def test_an_argument_that_is_no_id_is_withheld(written, logger):
    logging.getLogger(logger).warning("came: %s, %s", PLANTED, {"name": PLANTED})
    assert written()[0]["message"] == "came: …, …"


def test_a_library_s_ready_made_sentence_is_withheld(written):
    logging.getLogger("third.party").error(f"could not parse {PLANTED}")  # noqa: G004
    assert PLANTED not in json.dumps(written(), ensure_ascii=False)


def test_an_exception_keeps_its_class_and_place_only(written):
    try:
        plant_and_fail()
    except ValueError:
        logging.getLogger("spean.test").exception("failed for %s", ID)
    (line,) = written()
    assert line["error"] == "builtins.ValueError"
    assert line["at"][-1].startswith("test_logs.py:")
    assert PLANTED not in json.dumps(line, ensure_ascii=False)


def test_a_request_leaves_its_route_and_not_its_path(written):
    request = RequestFactory().post(f"/km/{PLANTED}/?q={PLANTED}", {"told": PLANTED})
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.path, extra={"status_code": 500, "request": request}
    )
    (line,) = written()
    assert line["message"] == "500 POST (no route)"
    assert PLANTED not in json.dumps(line, ensure_ascii=False)


def test_an_extra_that_is_no_id_is_withheld(written):
    logging.getLogger("spean.test").info("saved", extra={"ids": {"name": PLANTED}, "told": PLANTED})
    assert PLANTED not in json.dumps(written(), ensure_ascii=False)


def test_a_traceback_inside_a_message_keeps_its_places_only(written):
    words = f'failed\nTraceback:\n  File "/srv/spean/voices/queries.py", line 7, in f\n    told\nValueError: {PLANTED}'
    logging.getLogger("third.party").error(words)
    (line,) = written()
    assert (line["error"], line["at"]) == ("ValueError", ["spean/voices/queries.py:7"])
    assert PLANTED not in json.dumps(line, ensure_ascii=False)
