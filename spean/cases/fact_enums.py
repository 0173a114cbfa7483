"""What is counted of an exploitation, and what the state decides.

Nothing here is "no" by itself: not asked, not known and refused are answers of their own. `mapping` says what others call each.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Answered(TextChoices):
    """What was answered about one form or one means. What nobody asked has no row."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


class Form(TextChoices):
    """What somebody was used for. Several can be true of one person."""

    LABOUR = "labour", _("Forced labour")
    CRIME = "crime", _("Forced to break the law, such as online fraud")
    PROSTITUTION = "prostitution", _("Prostitution of them by others")
    IMAGES = "images", _("Sexual pictures or films")
    ONLINE_SEX = "online_sex", _("Sexual acts before a camera, for somebody far away")
    PRIVATE_SEX = "private_sex", _("Sexual services in a private home")
    CHILD_LABOUR = "child_labour", _("Child labour")
    MARRIAGE = "marriage", _("Forced marriage")
    SERVITUDE = "servitude", _("Kept as a servant, not free")
    BEGGING = "begging", _("Forced begging")
    ADOPTION = "adoption", _("Forced adoption")
    SURROGACY = "surrogacy", _("Made to carry a child for others")
    ORGANS = "organs", _("Removal of an organ")
    SOLDIER = "soldier", _("Forced to fight, not by a state")
    OTHER = "other", _("Something else")


class Means(TextChoices):
    """How somebody was kept there."""

    DEBT = "debt", _("A debt to work off")
    EARNINGS = "earnings", _("Their pay was taken")
    MONEY = "money", _("No way to their own money")
    THREATS = "threats", _("Threats of harm")
    POLICE = "police", _("Threats with the police or immigration")
    FAMILY = "family", _("Threats against children or family")
    MIND = "mind", _("Insulted, frightened, humiliated")
    BEATEN = "beaten", _("Beaten or hurt")
    SEXUAL = "sexual", _("Sexual abuse")
    PROMISES = "promises", _("False promises")
    DRUGS = "drugs", _("Drugs or alcohol")
    CONFINED = "confined", _("Locked in or not allowed to go out")
    DOCTOR = "doctor", _("No doctor when ill")
    HOURS = "hours", _("Far too long hours")
    NEEDS = "needs", _("No food, sleep or washing")
    PAPERS = "papers", _("Their papers were kept")
    OTHER = "other", _("Something else")


class Sector(TextChoices):
    """In which work it was."""

    FARM = "farm", _("Farm or plantation")
    FOREST = "forest", _("Forest")
    FISHING = "fishing", _("Fishing")
    MINING = "mining", _("Mine or quarry")
    FISH_WORKS = "fish_works", _("Seafood or other food works")
    GARMENT = "garment", _("Garments or shoes")
    BRICKS = "bricks", _("Brick kiln")
    FACTORY = "factory", _("Another factory")
    BUILDING = "building", _("Construction")
    SELLING = "selling", _("Shop or market")
    STREET = "street", _("Selling in the street")
    TRANSPORT = "transport", _("Transport")
    HOTEL = "hotel", _("Hotel or restaurant")
    KARAOKE = "karaoke", _("Karaoke, bar or massage")
    CLEANING = "cleaning", _("Cleaning or guarding")
    CARE = "care", _("Care of the sick or old")
    HOUSE = "house", _("Work in a household")
    FRAUD = "fraud", _("Online fraud or gambling")
    OTHER = "other", _("Something else")
    NO_WORK = "no_work", _("It was not about work")
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


class Recruiter(TextChoices):
    """Who brought the person into it."""

    PARTNER = "partner", _("Husband, wife or partner")
    FAMILY = "family", _("Family")
    FRIEND = "friend", _("Friend")
    NEIGHBOUR = "neighbour", _("Somebody of the village")
    AGENCY = "agency", _("A recruitment agency")
    BROKER = "broker", _("A broker")
    EMPLOYER = "employer", _("The employer")
    ONLINE = "online", _("Somebody known only online")
    STRANGER = "stranger", _("A stranger")
    OTHER = "other", _("Somebody else")
    NOBODY = "nobody", _("Nobody: the person went alone")
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


class Recruited(TextChoices):
    """How the person heard of it."""

    FAMILY = "family", _("Through the family")
    FRIENDS = "friends", _("Through friends")
    ONLINE = "online", _("In social media")
    ONLINE_ADVERT = "online_advert", _("By an advertisement online")
    PRINT = "print", _("By a newspaper or poster")
    BROADCAST = "broadcast", _("By television or radio")
    AT_WORK = "at_work", _("At work")
    SCHOOL = "school", _("At school")
    OFFICE = "office", _("In a shop or office")
    DOOR = "door", _("Somebody came to the house or village")
    OTHER = "other", _("In another way")
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


class Citizenship(TextChoices):
    """Which country's citizen the person is."""

    CAMBODIA = "KH", _("Cambodia")
    THAILAND = "TH", _("Thailand")
    VIET_NAM = "VN", _("Viet Nam")
    LAOS = "LA", _("Laos")
    MYANMAR = "MM", _("Myanmar")
    CHINA = "CN", _("China")
    MALAYSIA = "MY", _("Malaysia")
    INDONESIA = "ID", _("Indonesia")
    PHILIPPINES = "PH", _("Philippines")
    INDIA = "IN", _("India")
    BANGLADESH = "BD", _("Bangladesh")
    PAKISTAN = "PK", _("Pakistan")
    NEPAL = "NP", _("Nepal")
    SRI_LANKA = "LK", _("Sri Lanka")
    STATELESS = "stateless", _("Of no country")
    OTHER = "other", _("Another country")
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


class AgeBand(TextChoices):
    """Age when we came to know the person, in the bands of the world's data set."""

    TO_8 = "0-8", _("0 to 8 years")
    TO_17 = "9-17", _("9 to 17 years")
    TO_20 = "18-20", _("18 to 20 years")
    TO_23 = "21-23", _("21 to 23 years")
    TO_26 = "24-26", _("24 to 26 years")
    TO_29 = "27-29", _("27 to 29 years")
    TO_38 = "30-38", _("30 to 38 years")
    TO_47 = "39-47", _("39 to 47 years")
    FROM_48 = "48+", _("48 years and over")
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


#: from and to which year of age
YEARS = {"0-8": (0, 8), "9-17": (9, 17), "18-20": (18, 20), "21-23": (21, 23), "24-26": (24, 26), "27-29": (27, 29),
         "30-38": (30, 38), "39-47": (39, 47), "48+": (48, 200), "0-17": (0, 17), "18-24": (18, 24), "25-59": (25, 59),
         "60+": (60, 200)}  # fmt: skip


class Began(TextChoices):
    """When it began: a year, never a day."""

    BEFORE = "before_2010", _("Before 2010")
    EARLY = "2010-2014", _("2010 to 2014")
    LATER = "2015-2019", _("2015 to 2019")
    Y2020 = "2020", "2020"
    Y2021 = "2021", "2021"
    Y2022 = "2022", "2022"
    Y2023 = "2023", "2023"
    Y2024 = "2024", "2024"
    Y2025 = "2025", "2025"
    Y2026 = "2026", "2026"
    Y2027 = "2027", "2027"
    Y2028 = "2028", "2028"
    Y2029 = "2029", "2029"
    Y2030 = "2030", "2030"
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


class Lasted(TextChoices):
    """How long it lasted, or has lasted until now."""

    MONTH = "0-1", _("Up to a month")
    HALF = "1-6", _("1 to 6 months")
    YEAR = "6-12", _("6 months to a year")
    TWO = "12-24", _("1 to 2 years")
    FIVE = "24-60", _("2 to 5 years")
    LONGER = "60+", _("Longer than 5 years")
    NOT_ASKED = "not_asked", _("Not asked")
    UNKNOWN = "unknown", _("Not known")
    REFUSED = "refused", _("Will not say")


#: said when nobody knows: no fact
NO_FACT = frozenset({"not_asked", "unknown", "refused"})


class Authority(TextChoices):
    """Who decides for a state whether somebody is identified as a victim."""

    ANTI_TRAFFICKING = "anti_trafficking", _("Cambodia: anti-trafficking police (Ministry of Interior)")
    POLICE = "police", _("Cambodia: other police")
    SOCIAL = "social", _("Cambodia: social affairs (ministry or province)")
    MISSION = "mission", _("Cambodia: embassy or consulate")
    COURT = "court", _("Cambodia: court or prosecutor")
    ABROAD_TEAM = "abroad_team", _("Abroad: a team of several authorities")
    ABROAD_POLICE = "abroad_police", _("Abroad: police or immigration")
    ABROAD_COURT = "abroad_court", _("Abroad: court or prosecutor")
    OTHER = "other", _("Another authority")


class Identified(TextChoices):
    """What the authority decided. It says nothing about our screening, and our screening nothing about it."""

    PENDING = "pending", _("Asked; no answer yet")
    IDENTIFIED = "identified", _("Identified as a victim")
    NOT_IDENTIFIED = "not_identified", _("Not identified as a victim")
    DECLINED = "declined", _("The person does not want it")
    MISTAKEN = "mistaken", _("Written down by mistake")


#: verb -> (states it may leave, state it enters). Asked anew is a record anew: no decision is written over.
IDENTIFY_MOVES: dict[str, tuple[frozenset[str], str]] = {
    "identified": (frozenset({Identified.PENDING}), Identified.IDENTIFIED),
    "not_identified": (frozenset({Identified.PENDING}), Identified.NOT_IDENTIFIED),
    "declined": (frozenset({Identified.PENDING}), Identified.DECLINED),
    "mistaken": (frozenset(set(Identified.values) - {Identified.MISTAKEN}), Identified.MISTAKEN),
}
