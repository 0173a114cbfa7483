"""One choice of a form, written without templates: the same element as Django's own."""

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from spean.surfaces.templatetags.spean import box

CHOICES = [("", "none"), ("a", "A"), ('"<b>&', "B"), ("<i>", "C"), (7, gettext_lazy("Yes"))]
ATTRIBUTES = {"data-a": '"<&>', "data-b": "<i>", "data-c": 3, "disabled": True, "hidden": False}


def elements(text: str) -> list[str]:
    """The element's parts: words without a value may stand in another place."""
    return sorted(text.removeprefix("<").removesuffix(">").split(" "))


@pytest.mark.parametrize("widget", [forms.RadioSelect, forms.CheckboxSelectMultiple])
@pytest.mark.parametrize("chosen", [None, "", "a", '"<b>&', 7])
@pytest.mark.parametrize("attributes", [{}, ATTRIBUTES])
def test_a_box_is_the_element_that_django_writes(widget, chosen, attributes):
    class Asked(forms.Form):
        one = forms.Field(widget=widget(attrs=attributes, choices=CHOICES))

    options = list(Asked(initial={"one": [chosen]} if widget is forms.CheckboxSelectMultiple else {"one": chosen})["one"])

    assert len(options) == len(CHOICES)
    for option in options:
        assert elements(box(option)) == elements(option.tag())
