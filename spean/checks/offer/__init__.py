"""The check of a job offer: fifteen questions, an explained answer. A pure function; the questions are data."""

from spean.checks.offer.weighing import Answer, Ending, Sign, Weighing, questions, weigh

__all__ = ["Answer", "Ending", "Sign", "Weighing", "questions", "weigh"]
