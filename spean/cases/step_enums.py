"""What can happen on the course of a case: kinds of steps, and their details."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StepKind(TextChoices):
    """What happened with a case, on its course."""

    OPENED = "opened", _("The case was opened")
    ASSIGNED = "assigned", _("Given to somebody")
    CHANGED = "changed", _("What is known of the person was changed")
    SEEN = "seen", _("Opened by somebody who does not look after it")
    SCREENED = "screened", _("Screened")
    REVIEWED = "reviewed", _("The screening was looked at by a second person")
    TASK = "task", _("A task was written down")
    TASK_DONE = "task_done", _("A task is done")
    TASK_DROPPED = "task_dropped", _("A task is not needed any more")
    NOTED = "noted", _("A note was written")
    CONSENT = "consent", _("The person agreed to something")
    CONSENT_AGREED = "consent_agreed", _("A second person agreed in the child's interest")
    WITHDRAWN = "withdrawn", _("The person took an agreement back")
    WAY_PLANNED = "way_planned", _("The way home was planned")
    WAY_STEP = "way_step", _("A step of the way home was written down")
    WAY_SET_OUT = "way_set_out", _("The person is on the way home")
    WAY_ARRIVED = "way_arrived", _("The person has come home")
    WAY_CHANGED = "way_changed", _("The way home was stopped, or taken up again")
    ASK_CLOSE = "ask_close", _("Somebody asked to close it")
    KEPT_OPEN = "kept_open", _("It stays open")
    CLOSED = "closed", _("The case was closed")
    REOPENED = "reopened", _("The case was opened again")
    COUNTED = "counted", _("What is counted was changed")
    IDENTIFY = "identify", _("An authority was asked to identify the person")
    IDENTIFIED = "identified", _("An authority's answer was written down")
    REFERRED = "referred", _("Offered to another desk, without a name")
    ACCEPTED = "ref_accepted", _("The other desk accepted")
    REFUSED = "ref_refused", _("The other desk refused")
    GIVEN = "ref_given", _("What was agreed to was handed to the other desk")
    PACKET_OPENED = "ref_opened", _("The other desk opened what was handed to it")
    OUTCOME = "ref_outcome", _("The other desk told what came of it")
    TAKEN = "ref_taken", _("The other desk looks after the person now")
    CALLED_BACK = "ref_back", _("What was handed over was called back")
    LAPSED = "ref_lapsed", _("A referral ended: it was not answered or not handed over, or its day is over")
    CAME_BACK = "ref_came", _("The person was handed back to us")
    TOLD_NO_MORE = "ref_no_more", _("The person took back what they had agreed to elsewhere: ask them what you may keep")
    GONE = "gone", _("Was not there when their number was called")
    ASSESSED = "assessed", _("Asked what the person needs")
    PLANNED = "planned", _("The plan was written or changed")
    SUBMITTED = "submitted", _("The plan was given to a supervisor")
    APPROVED = "approved", _("The plan was approved")
    RETURNED = "returned", _("The plan was returned")
    GOAL_ENDED = "goal_ended", _("A goal was reached, or taken up again")
    NEEDS_AGREED = "needs_agreed", _("A second person looked at what is needed")
    ALIKE = "alike", _("Another case of the team may be of the same person")
    COMPARED = "compared", _("A supervisor compared it with the other cases")
    DOCUMENT = "document", _("A document that somebody keeps was written down")
    MONEY = "money", _("Money was written down")
    LAW = "law", _("A legal matter was written down")
    REBUILD = "rebuild", _("The months after coming home")


class StepDetail(TextChoices):
    """What happened, closer than its kind: each belongs to one kind, `DETAIL_OF` says to which."""

    PARTNER_STEP = "partner_step", _("A partner said how a step of the way home stands")
    DEMANDED = "demanded", _("A document was asked back, or the answer written down")
    DOCUMENT_MOVED = "document_moved", _("What became of a document was written down")
    FILE = "file", _("A file was added")
    FILE_GONE = "file_gone", _("A file was taken away")
    CONFERENCE = "conference", _("People sat together about the case")
    LAW_MOVED = "law_moved", _("What became of a legal matter was written down")
    LEGAL_AID = "legal_aid", _("Who helps with the law was written down")
    HEARING = "hearing", _("A hearing was written down, or what became of it")
    MEASURE = "measure", _("Protection was asked for, or the answer written down")
    FOLLOW_BEGUN = "follow_begun", _("The follow-ups begin")
    FOLLOWED = "followed", _("A follow-up was done")
    FOLLOW_SIGN = "follow_sign", _("A follow-up showed a sign of new danger")
    FOLLOW_DECLINED = "follow_declined", _("The person did not want a follow-up")
    FOLLOW_MISSED = "follow_missed", _("A follow-up was missed")
    FOLLOW_LOOKED = "follow_looked", _("A supervisor looked at a follow-up")
    PROMISED = "promised", _("What was promised was written down, or what came of it")
    LIVELIHOOD = "livelihood", _("Work, business or income was written down")
    TRAINING = "training", _("A training course was offered, or what became of it was written down")
    ATTENDED = "attended", _("How often the person was at a training course was written down")
    CERTIFIED = "certified", _("The person got a certificate")
    OUTSIDE_ASKED = "outside_asked", _("An organisation without an account was asked, and helps")
    OUTSIDE_GIVEN = "outside_given", _("A packet was made for an organisation without an account")
    OUTSIDE_OPENED = "outside_opened", _("The packet was opened with its code")
    OUTSIDE_SERVES = "outside_serves", _("The organisation says that it helps")
    OUTSIDE_REFUSED = "outside_refused", _("The organisation says that it cannot help")
    OUTSIDE_OUTCOME = "outside_outcome", _("The organisation told what came of it")
    OUTSIDE_SHUT = "outside_shut", _("The packet was closed: a wrong code was typed five times")
    LETTER = "letter", _("A letter or receipt was made")
    LETTER_HANDED = "letter_handed", _("A letter was handed over")
    LETTER_SIGNED = "letter_signed", _("A receipt was signed")
    LETTER_DROPPED = "letter_dropped", _("A letter or receipt was not used")
    RAISED = "raised", _("An issue was raised from what several cases have in common, without a name")
    UNASKED_ASKED = "unasked_asked", _("Somebody asked to tell without consent, for a life is in danger")
    UNASKED_AGREED = "unasked_agreed", _("A supervisor agreed that it is told without consent")
    UNASKED_DECLINED = "unasked_declined", _("A supervisor did not agree that it is told without consent")
    UNASKED_TOLD = "unasked_told", _("It was told without consent, for a life is in danger")
    UNASKED_OVER = "unasked_over", _("The 24 hours in which it might be told without consent are over")
    VISIT = "visit", _("A volunteer was asked for a visit")
    VISIT_SEEN = "visit_seen", _("The volunteer opened the card of a visit")
    VISIT_TOLD = "visit_told", _("A volunteer told what came of a visit")
    VISIT_UNSAFE = "visit_unsafe", _("A volunteer said that a visit was not safe")
    VISIT_BACK = "visit_back", _("The card of a visit was called back")
    VISIT_OVER = "visit_over", _("The 72 hours of a visit are over")


#: a codebook has 50 codes at most: what a person's course tells by more is told by a kind and its detail
DETAIL_OF: dict[str, str] = {
    StepDetail.PARTNER_STEP: StepKind.WAY_STEP,
    StepDetail.DEMANDED: StepKind.DOCUMENT,
    StepDetail.DOCUMENT_MOVED: StepKind.DOCUMENT,
    StepDetail.FILE: StepKind.NOTED,
    StepDetail.FILE_GONE: StepKind.NOTED,
    StepDetail.CONFERENCE: StepKind.NOTED,
    StepDetail.LETTER: StepKind.NOTED,
    StepDetail.LETTER_HANDED: StepKind.NOTED,
    StepDetail.LETTER_SIGNED: StepKind.NOTED,
    StepDetail.LETTER_DROPPED: StepKind.NOTED,
    StepDetail.RAISED: StepKind.NOTED,
    StepDetail.LAW_MOVED: StepKind.LAW,
    StepDetail.LEGAL_AID: StepKind.LAW,
    StepDetail.HEARING: StepKind.LAW,
    StepDetail.MEASURE: StepKind.LAW,
    StepDetail.FOLLOW_BEGUN: StepKind.REBUILD,
    StepDetail.FOLLOWED: StepKind.REBUILD,
    StepDetail.FOLLOW_SIGN: StepKind.REBUILD,
    StepDetail.FOLLOW_DECLINED: StepKind.REBUILD,
    StepDetail.FOLLOW_MISSED: StepKind.REBUILD,
    StepDetail.FOLLOW_LOOKED: StepKind.REBUILD,
    StepDetail.PROMISED: StepKind.REBUILD,
    StepDetail.LIVELIHOOD: StepKind.REBUILD,
    StepDetail.TRAINING: StepKind.REBUILD,
    StepDetail.ATTENDED: StepKind.REBUILD,
    StepDetail.CERTIFIED: StepKind.REBUILD,
    StepDetail.OUTSIDE_ASKED: StepKind.REFERRED,
    StepDetail.OUTSIDE_GIVEN: StepKind.GIVEN,
    StepDetail.OUTSIDE_OPENED: StepKind.PACKET_OPENED,
    StepDetail.OUTSIDE_SERVES: StepKind.ACCEPTED,
    StepDetail.OUTSIDE_REFUSED: StepKind.REFUSED,
    StepDetail.OUTSIDE_OUTCOME: StepKind.OUTCOME,
    StepDetail.OUTSIDE_SHUT: StepKind.LAPSED,
    StepDetail.UNASKED_ASKED: StepKind.REFERRED,
    StepDetail.UNASKED_AGREED: StepKind.ACCEPTED,
    StepDetail.UNASKED_DECLINED: StepKind.REFUSED,
    StepDetail.UNASKED_TOLD: StepKind.GIVEN,
    StepDetail.UNASKED_OVER: StepKind.LAPSED,
    StepDetail.VISIT: StepKind.TASK,
    StepDetail.VISIT_SEEN: StepKind.TASK,
    StepDetail.VISIT_TOLD: StepKind.TASK,
    StepDetail.VISIT_UNSAFE: StepKind.TASK,
    StepDetail.VISIT_BACK: StepKind.TASK_DROPPED,
    StepDetail.VISIT_OVER: StepKind.TASK_DROPPED,
}


#: steps that supervisors alone see: whoever opens a case does not learn from it who else is with the team
FOR_SUPERVISORS = (StepKind.ALIKE, StepKind.COMPARED)
