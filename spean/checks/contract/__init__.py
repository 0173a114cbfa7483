"""The check of a contract's text: what worries us in it and why, what is missing, and three honest endings."""

from spean.checks.contract.answers import Ending, Figure, Finding, Missing, Reading, Spot
from spean.checks.contract.checking import check
from spean.checks.contract.language import Language

__all__ = ["Ending", "Figure", "Finding", "Language", "Missing", "Reading", "Spot", "check"]
