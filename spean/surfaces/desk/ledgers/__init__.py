"""The ledgers of a case, each by the name that stands in its address."""

from spean.surfaces.desk.ledgers.kept import CONFERENCES, FILES
from spean.surfaces.desk.ledgers.law import LEGAL
from spean.surfaces.desk.ledgers.ledger import Ledger
from spean.surfaces.desk.ledgers.letters import LETTERS
from spean.surfaces.desk.ledgers.papers import DOCUMENTS, IDENTIFICATION, MONEY
from spean.surfaces.desk.ledgers.rebuild import AFTER, LIVELIHOOD, PROMISED
from spean.surfaces.desk.ledgers.training import TRAINING
from spean.surfaces.desk.ledgers.unasked import UNASKED
from spean.surfaces.desk.ledgers.visits import VISITS

LEDGERS: dict[str, Ledger] = {
    "identification": IDENTIFICATION,
    "documents": DOCUMENTS,
    "money": MONEY,
    "letters": LETTERS,
    "files": FILES,
    "conferences": CONFERENCES,
    "legal": LEGAL,
    "after": AFTER,
    "promised": PROMISED,
    "livelihood": LIVELIHOOD,
    "training": TRAINING,
    "unasked": UNASKED,
    "visits": VISITS,
}
