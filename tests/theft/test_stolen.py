"""C-01 to C-03: 500 strings go in through the real doors; everything is stolen while people work; none is found."""

import logging
import random
from pathlib import Path
from uuid import uuid4

import pytest
from collect.files import tagged_jpeg
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from town import make_town

from theft.searcher import found, loot, unpacked

KHMER = "កខគឃងចឆជឈញដឋឌឍណតថទធនបផពភមយរលវសហឡអ"
LATIN = "bcdfghjklmnprstvz"
STORY = {"kind": "documents_kept", "danger": "no", "happened": "month"}


class Planter:
    """Makes strings that stand nowhere else, and remembers them."""

    def __init__(self) -> None:
        self.chance = random.Random(11)
        self.planted: list[str] = []

    def name(self) -> str:
        """Twelve Khmer letters."""
        return self._keep("".join(self.chance.choices(KHMER, k=12)))

    def latin(self) -> str:
        """A Latin name of two words."""
        return self._keep("".join(self.chance.choices(LATIN, k=11)).capitalize() + " Planted")

    def phone(self) -> str:
        """Ten digits."""
        return self._keep("09" + "".join(self.chance.choices("0123456789", k=8)))

    def _keep(self, text: str) -> str:
        self.planted.append(text)
        return text


def somewhere(n: int) -> dict:
    """A neighbourhood of the network for each sender, as the proxy passes it on."""
    return {"HTTP_X_FORWARDED_FOR": f"10.{n // 200}.{n % 200}.7"}


def public_reports(plant: Planter, count: int) -> list[str]:
    """Reports with a name, a telephone and a photo; their receipt numbers."""
    from spean.voices.operations import intake

    numbers = []
    for n in range(count):
        sent = uuid4()
        told = f"{plant.name()} និង {plant.latin()} លេខ {plant.phone()}"
        contact = {"answer_wish": "phone", "phone": plant.phone(), "hours": plant.name(), "how": plant.latin()}
        more = {"files": SimpleUploadedFile("a.jpg", tagged_jpeg(), "image/jpeg")} if n % 20 == 0 else {}
        answer = Client().post("/km/report/", {**STORY, **contact, "told": told, "sent_id": str(sent), **more}, **somewhere(n))
        assert answer.status_code == 200, answer.content.decode()[:2000]
        numbers.append(intake.receive_public(None, sent))  # the same id again: the same number
    return numbers


def thread_additions(plant: Planter, numbers: list[str]) -> None:
    """The people come back and tell more."""
    for n, number in enumerate(numbers):
        form = {"code": number, "text": f"{plant.name()} {plant.phone()}", "sent_id": str(uuid4())}
        assert Client().post("/km/receipt/add/", form, **somewhere(n)).status_code == 200


def volunteers_reports(plant: Planter, town, count: int) -> None:
    """A volunteer writes for others, by the desk's form."""
    client = town.client("volunteer")
    for _ in range(count):
        form = {**STORY, "told": f"{plant.name()} {plant.latin()}", "answer_wish": "volunteer", "sex": "woman", "age": "25-59"}
        form |= {"sent_id": str(uuid4()), "send": "1", "place-pick": "14010101"}
        assert client.post("/km/desk/reports/new/", form).status_code == 302


def answers(plant: Planter, town, count: int) -> None:
    """The team reads and answers, by the desk's form."""
    from spean.voices.models import Concern

    client = town.client("worker")
    for pk in Concern.objects.filter(team=town.teams["team"]).order_by("pk").values_list("pk", flat=True)[:count]:
        assert client.get(f"/km/desk/concerns/{pk}/").status_code == 200
        form = {"text": plant.latin(), "sent_id": str(uuid4())}
        assert client.post(f"/km/desk/concerns/{pk}/answer/", form).status_code == 302


def mistakes(plant: Planter, town) -> None:
    """Forms that are refused, with names in them, on both doors."""
    for n in range(10):
        Client().post("/km/report/", {**STORY, "kind": "nothing", "told": plant.name(), "sent_id": "broken"}, **somewhere(n))
        Client().get(f"/km/said/?place={plant.latin()}")
        Client().get(f"/km/no/such/page/{plant.latin()}/")
        town.client("worker").post(f"/km/desk/concerns/{uuid4()}/answer/", {"text": plant.name()})


@pytest.fixture
def logs(tmp_path: Path):
    """Everything that is logged, as the server would write it."""
    from spean.config.logs import IdsOnly, JsonLines

    path = tmp_path / "log.jsonl"
    handler = logging.FileHandler(path, encoding="utf-8")
    handler.setFormatter(JsonLines())
    handler.addFilter(IdsOnly())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield path
    root.setLevel(level)
    root.removeHandler(handler)
    handler.close()


@pytest.mark.django_db(transaction=True)
def test_500_planted_strings_are_nowhere(logs):
    town, plant = make_town(), Planter()
    numbers = public_reports(plant, 60)
    thread_additions(plant, numbers[:20])
    volunteers_reports(plant, town, 20)
    answers(plant, town, 20)
    mistakes(plant, town)

    heap = unpacked([*loot(Path(settings.DATA_DIR)), logs.read_bytes()])

    assert len(plant.planted) >= 500
    assert found(plant.planted, heap) == []
    assert found([" ".join(n[i : i + 4] for i in range(0, 24, 4)) for n in numbers] + numbers, heap) == []


@pytest.mark.django_db(transaction=True)
def test_the_thief_would_find_what_is_not_sealed():
    """The positive control: public words, and words in every disguise that the searcher knows."""
    import base64
    import gzip

    town = make_town()
    town.issue("raised")
    heap = unpacked(loot(Path(settings.DATA_DIR)))
    disguised = [
        b"x" + base64.b64encode("ក្រុមលាក់ខ្លួន".encode()),
        gzip.compress(b"SomeHiddenName"),
        "UpsideDownName".encode("utf-16-le"),
        b"090 1234 5678".hex().encode(),
    ]

    assert found(["Brokers take fees", "Never planted anywhere"], heap) == ["Brokers take fees"]
    assert len(found(["ក្រុមលាក់ខ្លួន", "SomeHiddenName", "UpsideDownName", "090 1234 5678"], unpacked(disguised))) == 4
