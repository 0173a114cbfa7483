"""Referrals: packets for another desk."""

from typing import ClassVar

from django.db import models

from spean.cases import enums, referral_enums
from spean.cases.models.asked import Consent
from spean.cases.models.case import PROTECT, Case
from spean.directory.enums import Need
from spean.privacy.fields import CountedField, DayField, OpaqueField, SealedField
from spean.voices.enums import Age
from spean.voices.models.base import FIVE_YEARS, USER, AboutPeople

HELP = "that another desk helps the person, as they agreed"
A_PACKET = "until its day, what came of it, or its calling back"


class Referral(AboutPeople):
    """A packet for another desk: offered by its codes alone, sealed under a key of its own once the desk has accepted.

    Its id is the subject of the packet's key. A key that was destroyed for it is never made again.
    """

    org_id = models.UUIDField(editable=False)  # of the case: see `cases/rows.py`
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals", db_index=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals")
    # none: an organisation without an account, whose name is sealed in `needs`; its packet is one of `handed`, with the same id
    desk = models.ForeignKey("accounts.Team", models.PROTECT, null=True, related_name="+", db_index=False)
    kind = CountedField(codebook=referral_enums.ReferralKind)
    need = CountedField(codebook=Need)
    urgency = CountedField(codebook=enums.Response)
    age = CountedField(codebook=Age)
    place = models.ForeignKey("places.Place", models.PROTECT, null=True, related_name="+")  # a district or larger
    state = CountedField(codebook=referral_enums.ReferralState, default=referral_enums.ReferralState.OFFERED)
    until = DayField()
    offered_on = DayField()
    moved_on = DayField()
    given_on = DayField(null=True)
    offered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")
    refused_for = CountedField(codebook=referral_enums.WhyRefused, blank=True, default="")
    unagreed = CountedField(
        codebook=referral_enums.WhyUnagreed, blank=True, default=""
    )  # "": an agreement is in force, or not needed
    outcome = CountedField(codebook=referral_enums.Outcome, blank=True, default="")
    taken = models.ForeignKey(Case, models.PROTECT, null=True, related_name="came_by")  # the case that it became, or became again
    back_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")  # the transfer that is handed back
    needs = SealedField(cls="case.referral", purpose=PROTECT, retention=FIVE_YEARS)  # under the case's key
    packet = SealedField(cls="case.packet", purpose=HELP, retention=A_PACKET, default=b"")
    sent_hash = OpaqueField(max_length=64, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case", "-moved_on", "id"], name="referral_of_case"),
            models.Index(fields=["desk", "state", "-moved_on", "id"], name="referral_to_desk"),
            models.Index(fields=["state", "moved_on"], name="referral_days"),
        ]


class ReferralField(AboutPeople):
    """One kind of fact that a referral tells."""

    referral = models.ForeignKey(Referral, models.CASCADE, related_name="fields", db_index=False)
    field = CountedField(codebook=enums.Shared)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["referral", "field"], name="one_referral_a_field")]


class Reply(AboutPeople):
    """What the other desk says back, sealed to the sender's team alone, under a key of its own."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="replies")
    kind = CountedField(codebook=referral_enums.ReplyKind)
    on = DayField()
    by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    said = SealedField(cls="case.reply", purpose=HELP, retention=FIVE_YEARS)
