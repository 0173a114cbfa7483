"""What organisations of several countries share."""

from spean.network.models.advice import Advice, Answer, Pair, PairMeeting
from spean.network.models.practices import GoodPractice, PracticeReview, PracticeVersion, Trial

__all__ = ["Advice", "Answer", "GoodPractice", "Pair", "PairMeeting", "PracticeReview", "PracticeVersion", "Trial"]
