"""The list of helpers on paper: who is checked, numbers that were called, no confidential place."""

from io import BytesIO

import pypdfium2
import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def words(shape: str, language: str = "en") -> str:
    answer = Client().get(f"/{language}/help/in/14/{shape}.pdf")
    return " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(BytesIO(answer.content)))


@pytest.mark.parametrize("shape", ["leaflet", "fold", "poster"])
def test_a_number_stands_on_paper_only_when_somebody_called_it(publish, shape):
    publish(call=False)
    assert ("Legal aid" in words(shape), "311 112" in words(shape)) == (True, False)
    publish(numbers=("012 311 113",), name_en="Legal help")
    assert "311 113" in words(shape)


def test_who_waits_for_a_second_person_and_where_a_shelter_is_are_not_on_it(write, publish):
    write(name_en="A draft")
    publish(name_en="Shelter", needs=("shelter",), confidential=True)
    text = words("leaflet")
    assert ("A draft" in text, "Shelter" in text, "Where" in text.replace("Where this is from", "")) == (False, True, False)


def test_the_page_of_a_province_leads_to_it(publish):
    publish()
    html = Client().get("/en/help/?find=1&place-province=14").content.decode()
    assert 'href="/en/help/in/14/poster.pdf"' in html
    assert "/help/in/" not in Client().get("/en/help/?find=1").content.decode()
