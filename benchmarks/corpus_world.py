"""A seed in, an invented world out: organisations with the names that texts use, people, agreements, and what each text says of them.

Every choice is drawn from one seeded generator; the truth (who is who, which telling is of which agreement, which facts are told wrongly)
is kept.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

PLACES = {
    "DE": ("Lindach", "Morstedt", "Oberwald", "Kessenau", "Traunfeld", "Halmburg"),
    "CN": ("Yanlu", "Haizhou", "Lingbei", "Qinshan", "Tonghe", "Xiwu", "Guanling"),
    "FR": ("Valcourt", "Brissac", "Montrieux", "Lavergne"),
    "ES": ("Torrealba", "Villanera", "Olmedar"),
    "IT": ("Castelrosso", "Monteverna", "Ripalta"),
    "GB": ("Ashbourne", "Wexcombe", "Thornleigh", "Kirkdale"),
    "US": ("Cedarville", "Marlow", "Stonebridge", "Fairhaven", "Redfield"),
    "JP": ("Kitahara", "Minamori", "Tsukaji"),
    "VN": ("Binh Long", "Tan Phu", "Hoa Lac"),
    "ID": ("Sukamaju", "Tanjungsari", "Batuputih"),
    "TR": ("Karadere", "Yenikoy", "Akpinar"),
    "PL": ("Zielonka", "Brzezno", "Kowalewo"),
    "BR": ("Pedra Azul", "Rio Verde", "Boa Esperanca"),
    "KE": ("Naruku", "Olkeri"),
    "EG": ("Damanur", "Helwara"),
    "IN": ("Rajnagar", "Devapur", "Kalipur"),
}
TRANSLATED = {
    "DE": "Universität {}",
    "FR": "Université de {}",
    "ES": "Universidad de {}",
    "IT": "Università di {}",
    "BR": "Universidade de {}",
    "PL": "Uniwersytet {}",
    "ID": "Universitas {}",
    "TR": "{} Üniversitesi",
}
FAMILY = (
    "Albrecht",
    "Brandt",
    "Castelli",
    "Duarte",
    "Eriksen",
    "Ferrand",
    "Gomes",
    "Huang",
    "Ivanova",
    "Jansen",
    "Kimura",
    "Liang",
    "Moreau",
    "Nakata",
    "Okoye",
    "Petrov",
    "Qian",
    "Rossi",
    "Suzuki",
    "Tanaka",
    "Ueda",
    "Vogel",
    "Wang",
    "Xu",
    "Yilmaz",
    "Zhao",
)
GIVEN = (
    "Anna",
    "Bao",
    "Clara",
    "Dieter",
    "Elena",
    "Farid",
    "Grace",
    "Hanna",
    "Ivo",
    "Jie",
    "Karim",
    "Laura",
    "Ming",
    "Nadia",
    "Oscar",
    "Paula",
    "Rui",
    "Sofia",
    "Tomas",
    "Wei",
)
INSTRUMENTS = (
    "memorandum_of_understanding",
    "letter_of_intent",
    "exchange_agreement",
    "research_agreement",
    "joint_degree_agreement",
    "protocol",
)
UNITS = ("School of Medicine", "Faculty of Law", "Department of Physics", "Faculty of Engineering", "School of Nursing")
FIRST_DAY = date(2008, 1, 7)
SPAN = 5000  # days over which agreements are signed


@dataclass(frozen=True)
class House:
    """An organisation; the first of ``names`` is its fullest one, ``unit`` is the name of a unit within it."""

    names: tuple[str, ...]
    acronym: str | None
    kind: str
    country: str
    unit: str | None = None


@dataclass(frozen=True)
class Human:
    """A person, a post and the house where it is held."""

    family: str
    given: str
    title: str
    house: House


@dataclass
class Fact:
    """What one text says of an agreement."""

    agreement: int
    action: str
    parties: tuple[House, ...]
    instrument: str
    edtf: str | None
    published: date
    signers: tuple[Human, ...] = ()


@dataclass
class Agreement:
    """One agreement; ``wrong`` are the fields that some text tells wrongly while another tells them right."""

    number: int
    parties: tuple[House, ...]
    instrument: str
    signed: date
    renewed: date
    facts: list[Fact] = field(default_factory=list)
    wrong: set[str] = field(default_factory=set)


class World:
    """Houses, people and agreements of one seed."""

    def __init__(self, agreements: int, seed: int) -> None:
        self.draw = random.Random(seed)
        self.houses = [house for country, cities in PLACES.items() for city in cities for house in self._houses(city, country)]
        self.people = {house: self._people(house) for house in self.houses}
        self.agreements: list[Agreement] = []
        while len(self.agreements) < agreements:
            self._sign(self._parties(), FIRST_DAY + timedelta(days=self.draw.randrange(SPAN)))

    def _houses(self, city: str, country: str) -> list[House]:
        """The houses of a city, whose names are near misses of one another."""
        plain = [f"University of {city}", f"{city} University"]
        if country in TRANSLATED:
            plain.append(TRANSLATED[country].format(city))
        found = [House(tuple(plain), None, "university", country)]
        letter = city[0]
        others = [
            House((f"{city} Medical University", f"Medical University of {city}"), f"{letter}MU", "university", country),
            House(
                (f"{city} University of Technology", f"University of Technology, {city}", f"{city} Univ. of Technology"),
                f"{letter}UT",
                "university",
                country,
            ),
            House((f"{city} Normal University",), f"{letter}NU", "university", country),
            House(
                (f"First Affiliated Hospital of {city} Medical University", f"The First Affiliated Hospital, {city} Medical University"),
                None,
                "hospital",
                country,
            ),
            House((f"{city} Central Hospital",), None, "hospital", country),
            House((f"{city} Biotech Co. Ltd.", f"{city} Biotech"), None, "company", country),
        ]
        found += self.draw.sample(others, 3)
        return found

    def _people(self, house: House) -> list[Human]:
        titles = ("President", "Vice President", "Dean") if house.kind == "university" else ("Director",)
        return [Human(self.draw.choice(FAMILY), self.draw.choice(GIVEN), title, house) for title in titles]

    def _parties(self) -> tuple[House, ...]:
        size = 3 if self.draw.random() < 0.12 else 2
        parties = self.draw.sample(self.houses, size)
        while len({h.country for h in parties}) < 2:
            parties = self.draw.sample(self.houses, size)
        return tuple(self._unit(h) if h.kind == "university" and self.draw.random() < 0.12 else h for h in parties)

    def _unit(self, house: House) -> House:
        return House(house.names, house.acronym, house.kind, house.country, self.draw.choice(UNITS))

    def _sign(self, parties: tuple[House, ...], day: date) -> None:
        """An agreement, and often another that is nearly the same: a later one, one with a neighbour's house on the same day, another
        paper.
        """
        instrument = self.draw.choice(INSTRUMENTS[:1] * 5 + INSTRUMENTS)
        self._add(parties, instrument, day)
        chance = self.draw.random()
        if chance < 0.15:
            self._add(parties, instrument, day + timedelta(days=365 * self.draw.randint(4, 6) + self.draw.randint(20, 200)))
        elif chance < 0.30:
            near = [h for h in self.houses if h.country == parties[-1].country and h.names != parties[-1].names and h not in parties]
            self._add((*parties[:-1], self.draw.choice(near)), instrument, day)
        elif chance < 0.40:
            other = self.draw.choice([i for i in INSTRUMENTS if i != instrument])
            self._add(parties, other, day + timedelta(days=self.draw.randint(40, 300)))

    def _add(self, parties: tuple[House, ...], instrument: str, day: date) -> None:
        agreement = Agreement(len(self.agreements), parties, instrument, day, day + timedelta(days=self.draw.randint(800, 1200)))
        self.agreements.append(agreement)
        self._tell(agreement)

    def _tell(self, agreement: Agreement) -> None:
        tellings = self.draw.choice((1, 1, 2, 2, 3, 3, 4, 5, 6))
        signers = tuple(self.draw.choice(self._staff(party)) for party in agreement.parties[:2])
        report = self._report(agreement, signers)
        agreement.facts.append(report)
        for _ in range(tellings - 1):
            agreement.facts.append(
                self.draw.choice((self._report, self._report, self._report, self._plan, self._mention, self._renewal))(agreement, signers)
            )
        reports = [f for f in agreement.facts[1:] if f.action == "signed"]
        if reports:
            self._mistake(agreement, reports[0])

    def _staff(self, party: House) -> list[Human]:
        return self.people[next(h for h in self.houses if h.names == party.names)]

    def _report(self, agreement: Agreement, signers: tuple[Human, ...]) -> Fact:
        day = agreement.signed
        first = not agreement.facts
        edtf = (
            day.isoformat()
            if first
            else self.draw.choice((day.isoformat(), day.isoformat(), day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}", None))
        )
        published = day + timedelta(days=self.draw.randint(0, 12))
        if edtf and len(edtf) < 8:
            published = day + timedelta(days=self.draw.randint(30, 900))
        return Fact(
            agreement.number,
            "signed",
            agreement.parties,
            self._paper(agreement),
            edtf,
            published,
            signers if self.draw.random() < 0.6 else (),
        )

    def _paper(self, agreement: Agreement) -> str:
        return "cooperation_agreement" if self.draw.random() < 0.15 else agreement.instrument

    def _plan(self, agreement: Agreement, signers: tuple[Human, ...]) -> Fact:
        before = agreement.signed - timedelta(days=self.draw.randint(10, 30))
        action = self.draw.choice(("planned", "agreed")) if signers else "planned"
        return Fact(agreement.number, action, agreement.parties, agreement.instrument, None, before)

    def _mention(self, agreement: Agreement, signers: tuple[Human, ...]) -> Fact:
        later = agreement.signed + timedelta(days=self.draw.randint(30, 38) if signers else 30)
        return Fact(agreement.number, "in_force", agreement.parties, agreement.instrument, None, later)

    def _renewal(self, agreement: Agreement, signers: tuple[Human, ...]) -> Fact:
        published = agreement.renewed + timedelta(days=self.draw.randint(0, 9))
        return Fact(
            agreement.number, "renewed", agreement.parties, agreement.instrument, agreement.renewed.isoformat(), published, signers[:1]
        )

    def _mistake(self, agreement: Agreement, fact: Fact) -> None:
        """Makes one report tell a fact wrongly, in a third of the agreements that have two reports."""
        chance = self.draw.random()
        day = agreement.signed
        if chance < 0.12:
            fact.edtf = _in_year(day, day.year + self.draw.choice((-1, 1))).isoformat()
            agreement.wrong.add("date")
        elif chance < 0.18:
            fact.edtf = (day + timedelta(days=self.draw.choice((-2, -1, 1, 3)))).isoformat()
            agreement.wrong.add("date")
        elif chance < 0.26:
            fact.instrument = self.draw.choice([i for i in INSTRUMENTS if i != agreement.instrument])
            fact.edtf = day.isoformat()
            if any(f.instrument == agreement.instrument for f in agreement.facts if f is not fact):
                agreement.wrong.add("instrument")
        elif chance < 0.34 and len(agreement.parties) == 3:
            fact.parties, fact.edtf, fact.instrument = agreement.parties[:2], day.isoformat(), agreement.instrument
            agreement.wrong.add("parties")
        elif chance < 0.60 and any(p.unit for p in agreement.parties):
            fact.parties = tuple(House(p.names, p.acronym, p.kind, p.country) for p in agreement.parties)
            agreement.wrong.add("parties")


def _in_year(day: date, year: int) -> date:
    return date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
