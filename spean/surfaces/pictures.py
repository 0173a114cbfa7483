"""Which icon of the sprite stands beside what, on pages that both doors show."""

#: the picture of a step that several ways share
ICONS = {
    "agency": "agency", "offer": "tell", "civil": "documents_kept", "identity": "documents_kept", "passport": "documents_kept",
    "card": "documents_kept", "contract": "return", "visa": "documents_kept", "training": "listen", "travel": "place",
    "arrive": "done",
}  # fmt: skip
