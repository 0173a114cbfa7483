"""Known answers: blobs that were sealed once and must open forever."""

import json
from pathlib import Path
from uuid import UUID

from spean.privacy.sealing import Context

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))


def context_of(vector: dict) -> Context:
    """The place of a vector."""
    ids = [UUID(vector[name]) for name in ("org", "subject", "record")]
    return Context(*ids, vector["cls"], vector["version"])
