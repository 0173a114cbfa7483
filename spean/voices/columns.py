"""The columns of a sheet of concerns: how their headings are known, and which codes their cells may hold."""

from collections.abc import Mapping
from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from spean.kernel.headings import Headings, both, key
from spean.voices import enums

__all__ = ["CODEBOOKS", "REQUIRED", "Column", "assigned", "both", "codes_of", "column_of", "find_headings", "key"]


class Column(TextChoices):
    """What a column of the sheet holds."""

    ROW = "row", _("Number in your list")
    DAY = "day", _("Day received")
    PLACE = "place", _("Place")
    KIND = "kind", _("What it is about")
    DANGER = "danger", _("Anyone in danger")
    HAPPENED = "happened", _("When it happened")
    TOLD = "told", _("What was told")
    PHONE = "phone", _("Phone number")
    HOURS = "hours", _("Safe hours")
    HOW = "how", _("Take care")
    SEX = "sex", _("Sex")
    AGE = "age", _("Age")
    WISH = "wish", _("How to answer")
    LANGUAGE = "language", _("Language")


class SheetLanguage(TextChoices):
    """In which language the person told it."""

    KHMER = "km", _("Khmer")
    ENGLISH = "en", _("English")


class SheetWish(TextChoices):
    """How somebody whose words come in a sheet may be answered: they have neither a receipt nor a volunteer with us."""

    PHONE = enums.AnswerWish.PHONE.value, enums.AnswerWish.PHONE.label
    NONE = enums.AnswerWish.NONE.value, enums.AnswerWish.NONE.label


#: without these no row can be judged
REQUIRED = (Column.ROW, Column.TOLD)
#: column -> (its codebook, what an empty cell means)
CODEBOOKS: dict[Column, tuple[type[TextChoices], str]] = {
    Column.KIND: (enums.Kind, enums.Kind.OTHER),
    Column.DANGER: (enums.Danger, enums.Danger.UNKNOWN),
    Column.HAPPENED: (enums.When, enums.When.NOT_SAID),
    Column.SEX: (enums.Sex, enums.Sex.NOT_SAID),
    Column.AGE: (enums.Age, enums.Age.NOT_SAID),
    Column.WISH: (SheetWish, enums.AnswerWish.NONE),
    Column.LANGUAGE: (SheetLanguage, "km"),
}
#: what else stands in the lists of hotlines and village meetings
_HEADINGS = {
    Column.ROW: ("no", "nr", "number", "id", "row", "ល.រ", "លរ", "លេខរៀង", "លេខ"),
    Column.DAY: ("date", "day", "date received", "ថ្ងៃ", "កាលបរិច្ឆេទ", "ថ្ងៃខែឆ្នាំ"),
    Column.PLACE: ("village", "commune", "location", "address", "ភូមិ", "ឃុំ", "អាសយដ្ឋាន", "ទីតាំង"),
    Column.KIND: ("type", "category", "topic", "ប្រភេទ", "ប្រធានបទ"),
    Column.DANGER: ("in danger", "danger now", "គ្រោះថ្នាក់"),
    Column.HAPPENED: ("when", "ពេលណា"),
    Column.TOLD: ("concern", "story", "what happened", "description", "notes", "បញ្ហា", "កង្វល់", "រឿងរ៉ាវ", "ខ្លឹមសារ"),
    Column.PHONE: ("phone", "telephone", "mobile", "tel", "ទូរស័ព្ទ", "លេខទូរសព្ទ"),
    Column.HOURS: ("hours", "safe to call", "ម៉ោង"),
    Column.HOW: ("how to reach safely", "careful", "safe contact"),
    Column.SEX: ("gender", "ភេទ"),
    Column.AGE: ("age group", "អាយុ"),
    Column.WISH: ("answer", "answer wish", "reply", "ចម្លើយ"),
    Column.LANGUAGE: ("language", "ភាសា"),
}
_WORDS: dict[Column, dict[str, str]] = {
    Column.DANGER: {"yes": "now", "មាន": "now", "no": "no", "ទេ": "no", "គ្មាន": "no"},
    Column.SEX: {
        "f": "woman", "female": "woman", "girl": "woman", "ស្រី": "woman", "ស": "woman", "m": "man", "male": "man", "boy": "man",
        "ប្រុស": "man", "ប": "man",
    },
    Column.WISH: {"call": "phone", "yes": "phone", "no": "none", "ទេ": "none"},
}  # fmt: skip
_KNOWN = Headings(Column, _HEADINGS)
column_of, find_headings, assigned = _KNOWN.column_of, _KNOWN.find, _KNOWN.assigned


@cache
def codes_of(column: Column) -> Mapping[str, str]:
    """Each way to write a code of this column, as `key` makes it, and the code."""
    known = {key(words): code for words, code in _WORDS.get(column, {}).items()}
    for choice in CODEBOOKS[column][0]:
        for words in (choice.value, *both(choice.label)):
            known[key(words)] = choice.value
    return known
