"""The forms of a referral: what is asked of which desk, why it is refused, what came of it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from spean.cases import enums, referral_enums
from spean.cases.operations.outside import Outside
from spean.cases.operations.referring import Offer
from spean.cases.operations.two_sides import PartnerSays
from spean.cases.operations.unagreed import A_MONTH
from spean.cases.queries.referrals import Agreed
from spean.cases.referral_enums import ReferralKind, WhyUnagreed
from spean.cases.way_enums import PartnerWord, WaitsFor
from spean.directory.enums import Need
from spean.kernel import clock
from spean.surfaces.desk.fields import Code, Codes, Day, PlainForm, PlainText, SentForm

LONGEST = 2000


class WhomForm(PlainForm):
    """With what the person needs help, and which desk is asked: the first of two steps."""

    need = Code(Need, empty=_("Choose"), label=_("With what the person needs help"))
    desk = Code(label=_("Which desk is asked"))
    #: of the directory, where the way here led from a goal of the plan
    service = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, desks: list[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].choices = [("", _("Choose")), *((str(pk), name) for pk, name in desks)]


class OfferForm(SentForm):
    """What is asked, how soon, and what is told once they accept: only what the person agreed to can be ticked."""

    need = forms.ChoiceField(choices=Need.choices, widget=forms.HiddenInput)
    desk = forms.UUIDField(widget=forms.HiddenInput)
    kind = Code(ReferralKind, radio=True, initial=ReferralKind.SERVICE, label=_("What is asked of them"))
    urgency = Code(enums.Response, radio=True, initial=enums.Response.DAYS, label=_("How soon they have to act"))
    fields_told = Codes(label=_("What they are told once they accept"))
    needs = PlainText(max_length=LONGEST, lines=4, required=False, label=_("What the person needs, in words"))
    until = Day(label=_("Until which day they may have it"))
    unagreed = Code(WhyUnagreed, radio=True, required=False, label=_("Why it goes without an agreement"))

    def __init__(self, *args: Any, agreed: Agreed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields_told"].choices = list(agreed.fields)
        self.fields["fields_told"].initial = [code for code, _label in agreed.fields]
        self.fields["until"].initial = agreed.until
        if not agreed.back:
            kinds = [choice for choice in ReferralKind.choices if choice[0] != ReferralKind.HAND_BACK]
            self.fields["kind"].choices = kinds
        if enums.Shared.NEEDS not in dict(agreed.fields):
            del self.fields["needs"]
        self._unagreed(agreed)

    def _unagreed(self, agreed: Agreed) -> None:
        """Where no agreement of the two organisations is in force one says why it goes; a way back needs none."""
        if agreed.settled:
            del self.fields["unagreed"]
            return
        field, last = self.fields["unagreed"], clock.today() + A_MONTH
        field.choices = [choice for choice in field.choices if agreed.head or choice[0] != WhyUnagreed.HEAD]
        self.fields["until"].initial = min(last, agreed.until) if agreed.until else last

    def offer(self) -> Offer:
        """As the operation takes it, once the form is valid."""
        typed = self.cleaned_data
        codes = {name: typed[name] for name in ("kind", "need", "urgency", "until")}
        words = {name: typed.get(name, "") for name in ("needs", "unagreed")}
        return Offer(desk=typed["desk"], fields=frozenset(typed["fields_told"]), **codes, **words)


class OutsideForm(OfferForm):
    """The same of an organisation without an account: its consent stands for the desk, and it is told whom to telephone."""

    call = PlainText(max_length=200, label=_("Whom they telephone here: a name and a number"))

    def outside(self) -> Outside:
        """As the operation takes it, once the form is valid."""
        typed = self.cleaned_data
        codes = {name: typed[name] for name in ("kind", "need", "urgency", "until", "call")}
        told = frozenset(typed["fields_told"])
        return Outside(consent=typed["desk"], fields=told, needs=typed.get("needs", ""), **codes)


class RefuseForm(PlainForm):
    """Why a desk refuses; the words only the sender reads."""

    reason = Code(referral_enums.WhyRefused, radio=True, label=_("Why you cannot help"))
    words = PlainText(max_length=LONGEST, lines=3, required=False, label=_("What you want to say to who sent it"))


class PartnerStepForm(SentForm):
    """What a partner says of one step of a way home."""

    word = Code(PartnerWord, radio=True, label=_("How it stands"))
    day = Day(required=False, label=_("On which day"))
    waits_for = Code(WaitsFor, empty=_("Nothing"), required=False, label=_("What it waits for"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waits = self.fields["waits_for"]
        waits.choices = [choice for choice in waits.choices if choice[0] != WaitsFor.PARTNER]  # that is who says it

    def says(self) -> PartnerSays:
        """As the operation takes it, once the form is valid."""
        typed = self.cleaned_data
        return PartnerSays(typed["word"], typed["day"], typed["waits_for"])


class OutcomeForm(PlainForm):
    """What came of it; the words only the sender reads."""

    outcome = Code(referral_enums.Outcome, radio=True, label=_("What came of it"))
    words = PlainText(max_length=LONGEST, lines=3, required=False, label=_("What you want to say to who sent it"))
