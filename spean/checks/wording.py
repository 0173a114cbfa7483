"""Words in both languages of the pages."""

from typing import NamedTuple


class Both(NamedTuple):
    """The same words in Khmer and English."""

    km: str
    en: str

    def of(self, language: str) -> str:
        """The words for a reader of this language."""
        return self.km if language == "km" else self.en
