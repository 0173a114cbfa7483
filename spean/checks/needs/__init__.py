"""Risk and needs: what a person needs, and the tasks that this proposes, explained. Pure functions; the table is data."""

from spean.checks.needs.proposing import RANK, Assessed, Level, Proposal, Why, higher, propose
from spean.checks.needs.tables import Answer, Domain, Need, Soon, domains, needs, version

__all__ = [
    "RANK", "Answer", "Assessed", "Domain", "Level", "Need", "Proposal", "Soon", "Why",
    "domains", "higher", "needs", "propose", "version",
]  # fmt: skip
