"""640 texts that are nowhere else: Khmer and Latin names, telephone numbers, phrases; from one seed."""

import random

LATIN = (
    "sok",
    "cha",
    "nary",
    "pho",
    "vin",
    "dara",
    "rith",
    "kunthea",
    "bora",
    "mealy",
    "thy",
    "sopheap",
    "vuth",
    "lin",
    "ratana",
)
KHMER = ("សុខ", "ចាន់", "ធារី", "បូរ៉ា", "រិទ្ធ", "ស្រីមុំ", "ពិសី", "វណ្ណា", "ដារ៉ា", "គន្ធា", "ម៉ាលី", "សុភាព", "លីន", "រតនា")
PLACES = ("behind the rice mill", "under the tamarind", "at the ferry", "by the brick kiln", "ក្រោមដើមអំពិល", "ក្បែររោងម៉ាស៊ីន")
MANY = 640


def texts() -> list[str]:
    """All of them, each once, each long enough that chance does not make it."""
    chance, found = random.Random(500), {}
    makers = (_latin, _khmer, _phone, _phrase, _khmer_phrase)
    while len(found) < MANY:
        found[makers[len(found) % len(makers)](chance)] = True
    return list(found)


def _latin(chance: random.Random) -> str:
    return " ".join("".join(chance.sample(LATIN, 2)).capitalize() for _part in range(2))


def _khmer(chance: random.Random) -> str:
    return "".join(chance.sample(KHMER, 3)) + " " + "".join(chance.sample(KHMER, 2))


def _phone(chance: random.Random) -> str:
    return f"0{chance.choice('1678')}{chance.randrange(10)} {chance.randrange(100, 1000)} {chance.randrange(1000, 10000)}"


def _phrase(chance: random.Random) -> str:
    return f"{_latin(chance)} waits {chance.choice(PLACES[:4])} at {chance.randrange(1000, 9999)}"


def _khmer_phrase(chance: random.Random) -> str:
    return f"{_khmer(chance)} {chance.choice(PLACES[4:])} {chance.randrange(1000, 9999)}"


class Supply:
    """Hands the texts out one at a time, telephone numbers apart, and knows which are planted."""

    def __init__(self) -> None:
        whole = texts()
        self._phones = [t for t in whole if t.replace(" ", "").isdigit()]
        self._words = [t for t in whole if not t.replace(" ", "").isdigit()]
        self.planted: list[str] = []

    def next(self) -> str:
        """One more."""
        return self._plant(self._words or self._phones)

    def short(self) -> str:
        """One more, which is as short as a name and holds no number."""
        text = next(t for t in reversed(self._words) if len(t) < 40 and not any(letter.isdigit() for letter in t))
        self._words.remove(text)
        self.planted.append(text)
        return text

    def phone(self) -> str:
        """One more, which is a telephone number as long as there are any."""
        return self._plant(self._phones or self._words)

    def some(self, count: int) -> str:
        """Several in one text, telephone numbers among them."""
        return " ; ".join(self.phone() if at % 5 == 4 else self.next() for at in range(count))

    @property
    def left(self) -> int:
        """How many are not planted yet."""
        return len(self._phones) + len(self._words)

    def _plant(self, pile: list[str]) -> str:
        text = pile.pop()
        self.planted.append(text)
        return text
