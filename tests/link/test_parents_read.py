"""What is part of what, where the relation network is heard."""

import pytest

from tests.link.linked import link


class Read:
    """A network that says what a test tells it of the institution that begins with given words."""

    def __init__(self, text: str, chances: dict[str, dict[str, float]]) -> None:
        self.chances = {text.index(words): found for words, found in chances.items()}

    def parent(self, start: int, end: int) -> dict[str, float]:
        return self.chances.get(start, {})

    def post(self, start: int, end: int) -> None:
        return None


TEXT = "Lund University met guests from Oslo University. The Law Faculty and the Dental Clinic of Kyoto University sang."
MARKED = (
    "[i Lund University] met guests from [i Oslo University]. The [i Law Faculty] and the [i Dental Clinic] of [i Kyoto University] sang."
)


def part_of(chances: dict[str, dict[str, float]]) -> dict[str, str | None]:
    houses = link(MARKED, relations=Read(TEXT, chances)).institutions
    named = {house.id: house.name for house in houses}
    return {house.name: named.get(house.part_of or "") for house in houses if house.kind != "university"}


@pytest.mark.parametrize(
    ("chances", "faculty"),
    [
        ({"Law Faculty": {"i1": 0.9}}, "Lund University"),
        ({"Law Faculty": {"i2": 0.9}}, "Oslo University"),
        ({"Law Faculty": {"i1": 0.05, "i2": 0.05}}, None),
        ({"Law Faculty": {"i1": 0.4, "i2": 0.4}}, "Oslo University"),
    ],
    ids=["host", "guest", "none", "unsure: as the rules have it"],
)
def test_a_sure_word_on_a_parent_counts(chances, faculty):
    assert part_of(chances)["Law Faculty"] == faculty


def test_what_is_printed_stays():
    assert part_of({"Dental Clinic": {"i1": 0.99}})["Dental Clinic"] == "Kyoto University"


def test_a_university_stays_on_its_own():
    houses = link(MARKED, relations=Read(TEXT, {"Oslo University": {"i1": 0.99}})).institutions
    assert all(house.part_of is None for house in houses if house.kind == "university")


def test_no_house_is_above_itself():
    read = Read("Law Faculty met the Dental Clinic.", {"Law Faculty": {"i2": 0.9}, "Dental Clinic": {"i1": 0.9}})
    assert [house.part_of for house in link("[i Law Faculty] met the [i Dental Clinic].", relations=read).institutions] == [None, None]
