"""Sentences and exactly the visits, meetings, appointments and joint units that they give, with those that look alike and give none."""

import pytest
from events.marked import events_of

JENA, KYOTO, LIMA = "{i1:Jena University}", "{i2:Kyoto University}", "{i3:Lima University}"
ANA = "{r p1 i1:Rector} {p1:Ana Lopez}"
KEN = "{r p2 i2:President} {p2:Ken Sato}"
MAY = "{d1=2021-05-05:5 May 2021}"

VISITS = [
    (f"A delegation from {KYOTO} led by {KEN} visited {JENA} on {MAY}. {ANA} received the guests.", ["visit held d1 visitors=i2 hosts=i1 leaders=p2 receivers=p1"]),
    (f"{ANA} of {JENA} welcomed a delegation of {KYOTO} headed by {KEN} on {MAY}.", ["visit held d1 visitors=i2 hosts=i1 leaders=p2 receivers=p1"]),
    (f"{KEN} of {KYOTO} was received at {JENA} by {ANA}.", ["visit held - visitors=i2 hosts=i1 delegates=p2 receivers=p1"]),
    (f"{ANA} of {JENA} travelled to {KYOTO}, where she signed an exchange agreement with {KEN}.",
     ["visit held - visitors=i1 hosts=i2 delegates=p1 receivers=p2", "agreement signed exchange_agreement - parties=i1,i2 signatories=p1,p2"]),
    (f"{ANA} of {JENA} led a delegation to Asia on {MAY}. The first stop was {KYOTO}.", ["visit held d1 visitors=i1 hosts=i2 leaders=p1"]),
    (f"A group from {KYOTO} will visit {JENA} in {{d1=2022-03:March 2022}}.", ["visit planned d1 visitors=i2 hosts=i1"]),
    (f"{ANA} of {JENA} visited {KYOTO} and {LIMA}.", ["visit held - visitors=i1 hosts=i2 delegates=p1", "visit held - visitors=i1 hosts=i3 delegates=p1"]),
    (f"{JENA} welcomed the decision of {KYOTO}.", []),
    (f"{JENA} received funding from {KYOTO}.", []),
    (f"{ANA} of {JENA} did not visit {KYOTO}.", []),
    (f"{{p1:Ana Lopez}} is a visiting professor at {JENA}.", []),
]  # fmt: skip

MEETINGS = [
    (f"On {MAY} {JENA} and {KYOTO} held a joint seminar in Erfurt.", ["meeting held d1 participants=i1,i2 organizers=i1,i2"]),
    (f"Researchers from {JENA}, {KYOTO} and {LIMA} met for a workshop on {MAY}.", ["meeting held d1 participants=i1,i2,i3"]),
    (f"The annual meeting was held in Erfurt on {MAY}, organised by {JENA}. Guests from {KYOTO} attended.", ["meeting held d1 participants=i1,i2 organizers=i1"]),
    (f"{JENA} held lectures for first-year students.", []),
    (f"The conference hall of {JENA} was painted.", []),
]  # fmt: skip

APPOINTMENTS = [
    (f"{JENA} named {{p1:Ana Lopez}} {{r p1 i1:vice president}} on {MAY}.", ["appointment done d1 appointees=p1 appointers=i1"]),
    (f"{{p1:Ana Lopez}} was appointed {{r p1 i1:dean}} by {JENA}.", ["appointment done - appointees=p1 appointers=i1"]),
    (f"{{p2:Ken Sato}} was awarded an honorary doctorate by {JENA}.", ["appointment done - appointees=p2 appointers=i1"]),
    (f"{{p2:Ken Sato}} of {KYOTO} received an honorary doctorate from {JENA} on {MAY}.", ["appointment done d1 appointees=p2 appointers=i1"]),
    (f"{JENA} conferred honorary doctorates on {{p1:Ana Lopez}} and {{p2:Ken Sato}}.",
     ["appointment done - appointees=p1 appointers=i1", "appointment done - appointees=p2 appointers=i1"]),
    (f"{JENA} will award honorary degrees to: {{p1:Ana Lopez}}, {{r p1 -:chemist}} in Oslo; and {{p2:Ken Sato}}, {{r p2 -:historian}}.",
     ["appointment planned - appointees=p1 appointers=i1", "appointment planned - appointees=p2 appointers=i1"]),
    (f"{JENA} conferred an honorary doctorate on {{p1:Ana Lopez}}, and praised {{p2:Ken Sato}}.", ["appointment done - appointees=p1 appointers=i1"]),
    (f"{{p1:Ana Lopez}}, who wrote of the chemist {{p2:Ken Sato}}, received an honorary doctorate from {JENA}.",
     ["appointment done - appointees=p1 appointers=i1"]),
    (f"{JENA} will confer honorary doctorates on {MAY} on:\n{{p1:Ana Lopez}}, chemist\n{{p2:Ken Sato}}, historian",
     ["appointment planned d1 appointees=p1 appointers=i1", "appointment planned d1 appointees=p2 appointers=i1"]),
    (f"{{p1:Ana Lopez}} joined {JENA} as {{r p1 i1:dean}} in {{d1=2015-07:July}}.", ["appointment done d1 appointees=p1 appointers=i1"]),
    (f"{{p1:Ana Lopez}} takes the helm at {JENA}", ["appointment done - appointees=p1 appointers=i1"]),
    (f"{{p1:Ana Lopez}} joined the talks at {JENA} as a guest.", []),
    (f"The appointment of {{p1:Ana Lopez}} as {{r p1 i1:rector}} of {JENA} was welcome.", ["appointment done - appointees=p1 appointers=i1"]),
    (f"{{p1:Ana Lopez}} named the dog Rex at {JENA}.", []),
    (f"{{p1:Ana Lopez}} received a warm welcome from {JENA}.", []),
    (f"{JENA} gave {{p1:Ana Lopez}} a book.", []),
]  # fmt: skip

UNITS = [
    (f"The {{i4 institute:Sino-German Institute}} was founded in {{d1=2012:2012}} by {JENA} and {KYOTO}.", ["establishment done d1 founders=i1,i2 units=i4"]),
    (f"The {{i4 laboratory:Centre for Virology}}, jointly established by {JENA} and {KYOTO}, has ten rooms.", ["establishment done - founders=i1,i2 units=i4"]),
    (f"The {{i4 laboratory:Centre for Virology}} was opened on {MAY}. It was set up by {JENA} and {KYOTO}.", ["establishment done d1 founders=i1,i2 units=i4"]),
    (f"{JENA} and {KYOTO} plan to open a joint laboratory.", ["establishment planned - founders=i1,i2"]),
    (f"{JENA} and {KYOTO} have launched a double degree programme.", ["establishment done - founders=i1,i2"]),
    (f"The thread of the {{i4 laboratory:Centre for Virology}}, which {JENA} founded with {KYOTO} in {{d1=2018:2018}}.", ["establishment done d1 founders=i1,i2 units=i4"]),
    (f"The {{i4 association:Water Alliance}} was launched on {MAY}. The alliance comprises {JENA} and {KYOTO}.", ["establishment done d1 founders=i1,i2 units=i4"]),
    (f"A joint laboratory of {JENA} and {KYOTO} is under discussion between {JENA} and {KYOTO}.", ["establishment planned - founders=i1,i2"]),
    (f"{JENA} opened the meeting with {KYOTO}.", []),
    (f"{JENA} found out that {KYOTO} had left.", []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "marked", "wanted"),
    [
        (kind, *case)
        for kind, cases in (("visit", VISITS), ("meeting", MEETINGS), ("appointment", APPOINTMENTS), ("establishment", UNITS))
        for case in cases
    ],
    ids=lambda x: x[:60] if isinstance(x, str) else "",
)
def test_events_of_a_sentence(kind, marked, wanted):
    found = events_of(marked, published="2021-06-01")
    assert [line for line in found if line.startswith(kind)] == [line for line in wanted if line.startswith(kind)]
