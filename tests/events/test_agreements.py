"""Sentences and exactly the agreements that they give; beside each, sentences that look alike and give others or none."""

import pytest
from events.marked import events_of

JENA, KYOTO, LIMA = "{i1:Jena University}", "{i2:Kyoto University}", "{i3:Lima University}"
SIEMENS = "{i3 company:Siemens}"
ANA = "{r p1 i1:Rector} {p1:Ana Lopez}"
KEN = "{r p2 i2:President} {p2:Ken Sato}"
OLE = "{r p3 -:Minister} {p3:Ole Berg}"
MAY = "{d1=2021-05-05:5 May 2021}"

MOU, AGREEMENT = "memorandum_of_understanding", "cooperation_agreement"
BOTH = "parties=i1,i2"

CASES = [
    # who enters: subject, object, by, between, of, for, genitive, headline
    (f"{JENA} and {KYOTO} signed a memorandum of understanding on {MAY}.", [f"agreement signed {MOU} d1 {BOTH}"]),
    (f"A memorandum of understanding was signed between {JENA} and {KYOTO}.", [f"agreement signed {MOU} - {BOTH}"]),
    (f"{JENA}, {KYOTO} Sign Agreement", [f"agreement signed {AGREEMENT} - {BOTH}"]),
    (f"The signing of the memorandum of understanding between {JENA} and {KYOTO} took place on {MAY}.", [f"agreement signed {MOU} d1 {BOTH}"]),
    (f"A signing ceremony for a cooperation agreement between {JENA} and {KYOTO} was held on {MAY}.", [f"agreement signed {AGREEMENT} d1 {BOTH}"]),
    (f"Under an agreement signed {MAY}, {JENA} and {KYOTO} will exchange students.", [f"agreement signed {AGREEMENT} d1 {BOTH}"]),
    (f"As part of the visit, an agreement was signed that allows students of {JENA} to study at {KYOTO}.", [f"agreement signed {AGREEMENT} - {BOTH}"]),
    ("The {i3<i1 faculty:Faculty of Law} of {i1:Jena University} has concluded an Erasmus agreement with {i2:Kyoto University}.",
     ["agreement signed exchange_agreement - parties=i3,i2"]),
    # who signs, who stands by
    (f"The agreement was signed by {ANA} of {JENA} and {{p2:Ken Sato}}, {{r p2 i2:President}} of {KYOTO}, in the presence of {OLE}.",
     [f"agreement signed {AGREEMENT} - {BOTH} signatories=p1,p2 witnesses=p3"]),
    (f"{{p1:Ana Lopez}}, {{r p1 i1:rector}} of {JENA}, and {{p2:Ken Sato}}, {{r p2 i2:president}} of {KYOTO}, signed the agreement. {OLE} attended the ceremony.",
     [f"agreement signed {AGREEMENT} - {BOTH} signatories=p1,p2 witnesses=p3"]),
    (f"On behalf of {JENA} and {KYOTO}, {{p1:Ana Lopez}} and {{p2:Ken Sato}} put their signatures under the protocol.",
     [f"agreement signed protocol - {BOTH} signatories=p1,p2"]),
    (f"The memorandum was signed by {{p1:Ana Lopez}} for {JENA} and by {{p2:Ken Sato}} for {KYOTO}.", [f"agreement signed {MOU} - {BOTH} signatories=p1,p2"]),
    (f"{JENA}, represented by {ANA}, signed a contract with {{i2 company:Siemens}}.", [f"agreement signed contract - {BOTH} signatories=p1"]),
    (f"At the meeting, {{p1:Ana Lopez}} ({JENA}) and {{p2:Ken Sato}} ({KYOTO}) signed a declaration of intent.",
     [f"agreement signed letter_of_intent - {BOTH} signatories=p1,p2"]),
    # one for each counterpart, or one among all
    (f"MoUs were signed by {JENA} with {KYOTO}, and by {LIMA} with {{i4:Oslo University}}.",
     [f"agreement signed {MOU} - {BOTH}", f"agreement signed {MOU} - parties=i3,i4"]),
    (f"Two agreements were signed: between {JENA} and {KYOTO}, and between {LIMA} and {{i4:Oslo University}}.",
     [f"agreement signed {AGREEMENT} - {BOTH}", f"agreement signed {AGREEMENT} - parties=i3,i4"]),
    (f"A comprehensive agreement with {KYOTO} was concluded by {JENA} in {{d1=2012:2012}}, and another for student exchange in {{d2=2017:2017}}.",
     [f"agreement signed {AGREEMENT} d1 {BOTH}", f"agreement signed {AGREEMENT} d2 {BOTH}"]),
    (f"{JENA}, {KYOTO} close to affiliation deal", [f"agreement planned {AGREEMENT} - {BOTH}"]),
    (f"A memorandum of understanding ties {JENA} and {KYOTO}. Signed on {MAY} by {{p1:Ana Lopez}} for {JENA} and {{p2:Ken Sato}}, it is valid until 2026.",
     [f"agreement signed {MOU} d1 {BOTH} signatories=p1,p2"]),
    (f"{JENA} signed MoUs with {KYOTO} and {LIMA}.", [f"agreement signed {MOU} - {BOTH}", f"agreement signed {MOU} - parties=i1,i3"]),
    (f"{JENA}, {KYOTO} and {LIMA} signed a cooperation agreement.", [f"agreement signed {AGREEMENT} - parties=i1,i2,i3"]),
    (f"{JENA} signed agreements with two universities abroad: {KYOTO} and {LIMA}.",
     [f"agreement signed {AGREEMENT} - {BOTH}", f"agreement signed {AGREEMENT} - parties=i1,i3"]),
    (f"Agreements have been signed between {JENA} and many universities, including {KYOTO} in Japan; {LIMA} in Peru.",
     [f"agreement signed {AGREEMENT} - {BOTH}", f"agreement signed {AGREEMENT} - parties=i1,i3"]),
    (f"Agreements were signed with {KYOTO} ({{d1=2001:2001}}) and {LIMA} ({{d2=2005:2005}}) by {JENA}.",
     [f"agreement signed {AGREEMENT} d1 {BOTH}", f"agreement signed {AGREEMENT} d2 parties=i1,i3"]),
    (f"{JENA} signed an MoU with {KYOTO} and a letter of intent with {SIEMENS}.",
     [f"agreement signed {MOU} - {BOTH}", "agreement signed letter_of_intent - parties=i1,i3"]),
    # what happened, and what did not
    (f"{JENA} did not sign an agreement with {KYOTO}.", []),
    (f"No agreement was reached with {KYOTO}, said {JENA}.", []),
    (f"{JENA} will not renew its agreement with {KYOTO}.", []),
    (f"{JENA} hopes to sign a memorandum of understanding with {KYOTO} {{d1=2025:next year}}.", [f"agreement planned {MOU} d1 {BOTH}"]),
    (f"{JENA} is expected to sign an agreement with {KYOTO}.", [f"agreement planned {AGREEMENT} - {BOTH}"]),
    (f"They exchanged views on signing a memorandum of understanding between {JENA} and {KYOTO}.", [f"agreement planned {MOU} - {BOTH}"]),
    (f"{JENA} will sign a memorandum of understanding with {KYOTO} in {{d1=2025-01:January}}.", [f"agreement agreed {MOU} d1 {BOTH}"]),
    (f"{JENA} renewed its student exchange agreement with {KYOTO} for five years.", [f"agreement renewed exchange_agreement - {BOTH}"]),
    (f"The agreement between {JENA} and {KYOTO} can be renewed.", []),
    (f"The double degree agreement between {JENA} and {KYOTO}, signed in {{d1=2010:2010}}, expired in {{d2=2020:2020}}.",
     [f"agreement signed joint_degree_agreement d1 {BOTH}", f"agreement ended joint_degree_agreement d2 {BOTH}"]),
    (f"{JENA} and {KYOTO} first signed a cooperation agreement in {{d1=1980:1980}}; it was renewed in {{d2=2000:2000}}.",
     [f"agreement signed {AGREEMENT} d1 {BOTH}", f"agreement renewed {AGREEMENT} d2 {BOTH}"]),
    (f"{JENA} has had a cooperation agreement with {KYOTO} {{d1=2008/..:since 2008}}.", [f"agreement in_force {AGREEMENT} d1 {BOTH}"]),
    (f"{JENA} also has agreements with {KYOTO} and {LIMA}.", [f"agreement in_force {AGREEMENT} - {BOTH}", f"agreement in_force {AGREEMENT} - parties=i1,i3"]),
    (f"{JENA} withdrew from its agreement with {KYOTO}.", [f"agreement ended {AGREEMENT} - {BOTH}"]),
    # partners without a paper, and papers that are none of cooperation
    (f"{JENA} has joined forces with {{i2 company:Siemens}}.", [f"agreement signed partnership - {BOTH}"]),
    (f"{JENA} and {KYOTO} celebrate 20 years of partnership.", []),
    (f"{JENA} signed a lease agreement with {KYOTO}.", []),
    (f"{JENA} signed a collective agreement with {{i2 association:Staff Union}}.", []),
    ("{p1:Tom Hill} signed a two-year contract with {i1 association:FC Lima}. The player comes from {i2 association:FC Jena}.", []),
    ("Staff of {i1:Jena University} signed a letter to {i2 government:Ministry of Science}.", []),
    (f"{JENA} and {KYOTO} are members of one network.", []),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "wanted"), CASES, ids=[c[0][:60] for c in CASES])
def test_agreements_of_a_sentence(marked, wanted):
    assert [line for line in events_of(marked) if line.startswith("agreement")] == wanted


STORIES = [
    # the title, the lead and the body tell one act
    (f"{JENA} Signs MoU With {KYOTO}\n{ANA} and {KEN} signed a Memorandum of Understanding on {MAY}.", [f"agreement signed {MOU} d1 {BOTH} signatories=p1,p2"]),
    (f"{JENA} and {KYOTO} have agreed to cooperate. The agreement, which was signed on {MAY} by {ANA} and {KEN}, covers student exchange.",
     [f"agreement signed {AGREEMENT} d1 {BOTH} signatories=p1,p2"]),
    # the two sides of a visit sign, on its day
    (f"A delegation from {KYOTO} visited {JENA} on {MAY}. After the talks the two sides signed a letter of intent.",
     ["visit held d1 visitors=i2 hosts=i1", "agreement signed letter_of_intent d1 parties=i1,i2"]),
    # a list under its head, and a page that is none
    (f"{JENA} signed MoUs with the following partners:\n1. {KYOTO}, {{d1=2019:2019}}\n2. {LIMA}, {{d2=2020:2020}}",
     [f"agreement signed {MOU} d1 {BOTH}", f"agreement signed {MOU} d2 parties=i1,i3"]),
    (f"The library of {JENA} has books from:\n1. {KYOTO}\n2. {LIMA}", []),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "wanted"), STORIES, ids=[s[0][:60] for s in STORIES])
def test_events_of_a_story(marked, wanted):
    assert events_of(marked) == wanted


def test_our_university_is_the_publisher():
    text = "Our university signed an agreement with {i1:Kyoto University}. Contact {i2:Jena University} for more."
    assert events_of(text, publisher="i2") == [f"agreement signed {AGREEMENT} - parties=i2,i1"]


def test_a_news_agency_is_no_party():
    text = "({i3 media:Wire News}) {i1:Jena University} and {i2:Kyoto University} signed a pact."
    assert events_of(text, publisher="i3") == [f"agreement signed {AGREEMENT} - {BOTH}"]
