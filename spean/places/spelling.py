"""How names are compared: one form for look-alike Khmer, one for Latin letters, one for how a spelling sounds."""

import re
from collections.abc import Sequence
from itertools import product

from spean.kernel import khmer
from spean.kernel import text as kernel_text

#: raise it when a rule here changes: the next load then folds every name anew
RULES = 1
#: longest text that is searched for; nobody types a longer name
LONGEST = 80
#: marks the beginning and end of a name within a column
EDGE = "|"

_JOINERS = re.compile("[\u200c\u200d\u17b4\u17b5]")
_LOOK_ALIKES = (
    ("\u17d2\u178a", "\u17d2\u178f"),  # subscript da and ta are drawn alike
    ("\u17c1\u17b8", "\u17be"),  # e + ii typed for oe
    ("\u17c1\u17b6", "\u17c4"),  # e + aa typed for oo
    ("\u17c6\u17b6", "\u17b6\u17c6"),  # the two halves of am in either order
)
_PUNCTUATION = re.compile(r"""["'\u2018\u2019\u201c\u201d().,;:/\\|_\u17d4\u17d6\s-]+""")
_LATIN_WORD = re.compile("[a-z0-9]+")
#: what stands before or after a name and is not part of it
_UNIT_KM = re.compile("^(រាជធានី|ខេត្ត|ស្រុក|ខណ្ឌ|ក្រុង|ឃុំ|សង្កាត់|ភូមិ)(?=.)")
_UNIT_LATIN = re.compile(
    r"\b(province|district|commune|village|municipality|city|khaet|khet|srok|khan|krong|khum|sangkat|phum)\b"
)


def folded(text: str) -> str:
    """`text` for comparing: `kernel.text.fold`, Latin digits, one order of Khmer marks, no punctuation."""
    text = _JOINERS.sub("", kernel_text.latin_digits(kernel_text.fold(text)))
    for typed, meant in _LOOK_ALIKES:
        text = text.replace(typed, meant)
    return _PUNCTUATION.sub("", text)


def sound(text: str) -> str:
    """The skeleton of a Latin spelling: "Kompong Cham" as "Kampong Cham", "Siem Reap" as "Siemreap"; else ""."""
    spaced = " ".join(kernel_text.fold(word) for word in re.split(r"[\s-]+", text))
    joined = "".join(_word_sound(word) for word in _LATIN_WORD.findall(spaced))
    return re.sub(r"([a-z])\1+", r"\1", joined)


def _word_sound(word: str) -> str:
    """One word: h is breath after a consonant, b d g are p t k at heart, a last v or r melts into its vowel."""
    word = word.replace("w", "v").replace("z", "s")
    word = re.sub("(?<=[a-z])h", "", word)
    word = re.sub("v(?![aeiouy])", "u", word)
    word = re.sub("(?<=[aeiouy])r(?![aeiouy])", "", word)
    word = word.replace("d", "t").replace("b", "p").replace("ng", "g")
    return re.sub("[aeiouy]+", "a", word)


def sounds(text: str) -> tuple[str, ...]:
    """How a name sounds, in whichever script: of a Latin one its `sound`, of a Khmer one that of each way to read it."""
    words = [khmer.spellings(word) or (word,) for word in text.split()]
    read = (" ".join(ways) for ways in product(*words))
    return tuple(dict.fromkeys(heard for _n, way in zip(range(khmer.MOST), read, strict=False) if (heard := sound(way))))


def without_unit(text: str) -> str:
    """`text` without the word for its level: "ខេត្តព្រៃវែង" is "ព្រៃវែង", "Prey Veng province" is "prey veng"."""
    bare = _UNIT_LATIN.sub(" ", kernel_text.clean(text).casefold()).strip()
    return _UNIT_KM.sub("", bare) or text


def names_folded(name_km: str, name_en: str) -> str:
    """The two names as the column `folded` keeps them."""
    return f"{EDGE}{folded(name_km)}{EDGE}{folded(name_en)}{EDGE}"


def name_sound(name_en: str) -> str:
    """The Latin name as the column `sound` keeps it."""
    return f"{EDGE}{sound(name_en)}{EDGE}"


# -- names in a search index -----------------------------------------------------------------------------
#: signs for private use before a token, so that a name never meets an ordinary word
_AS_SOUND, _AS_WRITTEN = "\ue000", "\ue001"
_LEAST_SOUND = 4
_LONGEST_NAME = 4  # words


def name_tokens(name_km: str, name_en: str) -> tuple[str, ...]:
    """What a place is found by in an index of words, besides its words: each name whole, and how the Latin one sounds."""
    whole = [_AS_WRITTEN + folded(without_unit(name)) for name in (name_km, name_en) if folded(without_unit(name))]
    heard = sound(without_unit(name_en))
    return (*whole, *([_AS_SOUND + heard] if len(heard) >= _LEAST_SOUND else []))


def asked_tokens(words: Sequence[str]) -> list[list[str]]:
    """For each word of a question the tokens of every run of words that holds it: the name that it may be a part of."""
    found: list[list[str]] = [[] for _word in words]
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + _LONGEST_NAME, len(words)) + 1):
            tokens = _run_tokens(words[begin:end])
            for at in range(begin, end):
                found[at] += tokens
    return found


def _run_tokens(words: Sequence[str]) -> tuple[str, ...]:
    if all(w.isascii() for w in words):
        return name_tokens("", " ".join(words))
    return name_tokens("".join(words), "")
