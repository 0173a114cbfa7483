"""The form of what is counted of an exploitation. "Not asked" stands in each field until somebody answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import fact_enums as codes
from spean.cases.operations.counting import NOT_ASKED, SINGLE, Told
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, PlainForm
from spean.surfaces.templatetags.spean import digits

ANSWERS = (("", _("Not asked")), *codes.Answered.choices)


class CountedForm(PlainForm):
    """One code for each fact; for each form and each means an answer of its own."""

    age_band = Code(codes.AgeBand, initial=NOT_ASKED, label=_("Age when the person came to us"))
    citizenship = Code(codes.Citizenship, initial=NOT_ASKED, label=_("Citizen of"))
    recruiter = Code(codes.Recruiter, initial=NOT_ASKED, label=_("Who brought the person into it"))
    recruited = Code(codes.Recruited, initial=NOT_ASKED, label=_("How the person heard of it"))
    sector = Code(codes.Sector, initial=NOT_ASKED, label=_("In which work it was"))
    began = Code(codes.Began, initial=NOT_ASKED, label=_("When it began"))
    lasted = Code(codes.Lasted, initial=NOT_ASKED, label=_("How long it lasted"))
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = clock.today().year
        known = [c for c in codes.Began.choices if not c[0].isdigit() or int(c[0]) <= year]
        self.fields["began"].choices = [(code, digits(label)) for code, label in known]
        for name, book in (("form", codes.Form), ("means", codes.Means)):
            for code, label in book.choices:
                self.fields[f"{name}-{code}"] = field = Code(required=False, label=label)
                field.choices = ANSWERS
                field.widget.attrs["class"] = "select"

    def of_forms(self) -> list[forms.BoundField]:
        """The questions about what somebody was used for."""
        return [self[f"form-{code}"] for code in codes.Form.values]

    def of_means(self) -> list[forms.BoundField]:
        """The questions about how somebody was kept there."""
        return [self[f"means-{code}"] for code in codes.Means.values]

    def told(self) -> Told:
        """What is kept, once the form is valid."""
        said = self.cleaned_data
        answers = {
            name: {code: said[f"{name}-{code}"] for code in book.values if said[f"{name}-{code}"]}
            for name, book in (("form", codes.Form), ("means", codes.Means))
        }
        return Told(**{name: said[name] for name in SINGLE}, forms=answers["form"], means=answers["means"])

    @staticmethod
    def known(told: Told) -> dict[str, str]:
        """What the fields say now."""
        first = {name: getattr(told, name) for name in SINGLE}
        first |= {f"form-{code}": said for code, said in told.forms.items()}
        return first | {f"means-{code}": said for code, said in told.means.items()}
