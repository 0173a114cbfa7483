"""Words of the months after coming home: follow-ups, what was promised, livelihoods; with their tables of moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.cases.enums import CloseFor


class FollowState(TextChoices):
    """What became of a follow-up."""

    PLANNED = "planned", _("Still to come")
    DONE = "done", _("Done")
    DECLINED = "declined", _("The person did not want it")
    MISSED = "missed", _("Missed")
    SET_ASIDE = "set_aside", _("Not needed any more")


#: verb -> (states it may leave, state it enters); who was missed or said no can still be asked
FOLLOW_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "do": (frozenset({FollowState.PLANNED, FollowState.MISSED, FollowState.DECLINED}), FollowState.DONE),
    "decline": (frozenset({FollowState.PLANNED, FollowState.MISSED}), FollowState.DECLINED),
    "miss": (frozenset({FollowState.PLANNED}), FollowState.MISSED),
    "set_aside": (frozenset({FollowState.PLANNED}), FollowState.SET_ASIDE),
}

#: of a case that is closed for one of these, nobody is asked any more
NOT_FOLLOWED = frozenset({CloseFor.WISH, CloseFor.HANDED, CloseFor.DIED, CloseFor.DOUBLE, CloseFor.NOT_OURS})


class FollowHow(TextChoices):
    """How the person was spoken to."""

    VISIT = "visit", _("We visited the person")
    CALL = "call", _("By telephone")
    OFFICE = "office", _("The person came to us")
    ELSEWHERE = "elsewhere", _("At another place that the person chose")


class MissedFor(TextChoices):
    """Why nobody could be asked."""

    NOT_REACHED = "not_reached", _("We could not reach the person")
    AWAY = "away", _("The person went to work somewhere else")
    UNSAFE = "unsafe", _("It was not safe to reach the person")
    NO_MEANS = "no_means", _("We had no time or no transport")
    OTHER = "other", _("Another reason")


class Moved(TextChoices):
    """How what was said compares with what was said first: all that is counted of it."""

    ONCE = "once", _("Nothing to compare yet")
    ROSE = "rose", _("Better than at first")
    SAME = "same", _("As at first")
    FELL = "fell", _("Worse than at first")
    BOTH = "both", _("Some better, some worse")


class FollowWait(TextChoices):
    """For what a follow-up waits for a supervisor."""

    MISSED = "missed", _("It was missed")
    REOPEN = "reopen", _("The case is closed, and there is a sign of new danger")


class Delivered(TextChoices):
    """Whether the person got what was promised."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")


class LivelihoodKind(TextChoices):
    """How a person, or their household, earns or holds together."""

    JOB = "job", _("A job that was found together")
    BUSINESS = "business", _("A business of their own")
    FARM = "farm", _("Farming, animals, fishing")
    SAVINGS = "savings", _("A savings group")
    MEDIATION = "mediation", _("The family finds an agreement")
    SCHOOL = "school", _("School for those who depend on the person")
    OTHER = "other", _("Something else")


class LivelihoodState(TextChoices):
    """Where it stands."""

    CONSIDERED = "considered", _("Being thought about")
    BEGUN = "begun", _("Begun")
    GOING = "going", _("Going on")
    ENDED = "ended", _("Ended")


#: verb -> (states it may leave, state it enters); what ended can be begun again
LIVELIHOOD_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "begin": (frozenset({LivelihoodState.CONSIDERED, LivelihoodState.ENDED}), LivelihoodState.BEGUN),
    "go_on": (frozenset({LivelihoodState.BEGUN}), LivelihoodState.GOING),
    "end": (
        frozenset({LivelihoodState.CONSIDERED, LivelihoodState.BEGUN, LivelihoodState.GOING}),
        LivelihoodState.ENDED,
    ),
}


class EndedFor(TextChoices):
    """Why it ended. None of these is a failure of the person."""

    REACHED = "reached", _("It was only for a time, and did what it should")
    BETTER = "better", _("The person found something better")
    TOO_LITTLE = "too_little", _("It brought too little")
    ILL = "ill", _("Illness, or somebody to care for")
    AWAY = "away", _("The person went to work somewhere else")
    UNSAFE = "unsafe", _("It was not safe or not fair")
    WISH = "wish", _("The person did not want it any more")
    OTHER = "other", _("Another reason")


class SupportKind(TextChoices):
    """What was given for it."""

    MONEY = "money", _("Money to start")
    TOOLS = "tools", _("Tools or animals")
    GOODS = "goods", _("Goods or seed")
    ADVICE = "advice", _("Advice, a plan made together")
    TRAINING = "training", _("Training")
    PLACE = "place", _("A place to work or sell")
    FEES = "fees", _("School fees, clothes, books")
    OTHER = "other", _("Something else")


class Earned(TextChoices):
    """How large an income is in its own currency: all that is counted of it."""

    HUNDREDS = "hundreds", _("Below a thousand")
    THOUSANDS = "thousands", _("Thousands")
    TEN_THOUSANDS = "ten_thousands", _("Tens of thousands")
    LAKHS = "lakhs", _("Hundreds of thousands")
    MILLIONS = "millions", _("Millions")
    NOTHING = "nothing", _("Nothing came in")
