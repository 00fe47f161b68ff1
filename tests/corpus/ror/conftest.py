"""A release of our own making in both schemas: a dozen organisations by identifier, names and place."""

import json

import pytest

from extractor.corpus.ror.index import load_index

# id, names (the first is shown), acronyms, country, city, region, type, parents
ENTRIES = [
    (
        "05qpz1x62",
        ["Friedrich Schiller University Jena", "Friedrich-Schiller-Universität Jena"],
        ["FSU"],
        "DE",
        "Jena",
        "Thuringia",
        "education",
        [],
    ),
    ("038t36y30", ["Heidelberg University", "Ruprecht-Karls-Universität Heidelberg"], [], "DE", "Heidelberg", None, "education", []),
    ("013czdx64", ["University Hospital Heidelberg", "Universitätsklinikum Heidelberg"], [], "DE", "Heidelberg", None, "healthcare", []),
    ("00p991c53", ["Huazhong University of Science and Technology", "华中科技大学"], ["HUST"], "CN", "Wuhan", "Hubei", "education", []),
    ("04nyv3z04", ["Hanoi University of Science and Technology"], ["HUST"], "VN", "Hanoi", None, "education", []),
    ("02kpeqv85", ["Kyoto University", "京都大学"], [], "JP", "Kyoto", None, "education", []),
    ("00eae9z71", ["University of Newcastle Australia", "Newcastle University"], ["UoN"], "AU", "Newcastle", None, "education", []),
    ("01kj2bm70", ["Newcastle University"], [], "GB", "Newcastle upon Tyne", "England", "education", []),
    ("00cvxb145", ["University of Washington"], ["UW"], "US", "Seattle", "Washington", "education", []),
    ("01yc7t268", ["Washington University in St. Louis"], ["WUSTL"], "US", "St Louis", "Missouri", "education", []),
    ("02bjhwk41", ["University of Georgia"], ["UG"], "GE", "Tbilisi", None, "education", []),
    ("00te3t702", ["University of Georgia"], ["UGA"], "US", "Athens", "Georgia", "education", []),
    ("059mq0909", ["Siemens (Germany)"], [], "DE", "Munich", "Bavaria", "company", []),
    ("00invent1", ["Central Hospital"], [], "CN", "Wuhan", "Hubei", "healthcare", ["00p991c53"]),
]
GONE = ("00invent2", ["Imperial University of Kyoto"], [], "JP", "Kyoto", None, "education", [])


def schema_2(entry, status="active"):
    id_, names, acronyms, country, city, region, kind, parents = entry
    told = [{"value": n, "types": ["ror_display", "label"] if i == 0 else ["label"], "lang": None} for i, n in enumerate(names)]
    told += [{"value": a, "types": ["acronym"], "lang": None} for a in acronyms]
    place = {"name": city, "country_code": country, "country_name": "", "country_subdivision_name": region}
    return {
        "id": f"https://ror.org/{id_}", "status": status, "names": told, "types": [kind], "established": None, "domains": [], "links": [],
        "locations": [{"geonames_id": 1, "geonames_details": place}],
        "relationships": [{"type": "parent", "id": f"https://ror.org/{p}", "label": ""} for p in parents],
    }  # fmt: skip


def schema_1(entry, status="active"):
    id_, names, acronyms, country, city, region, kind, parents = entry
    return {
        "id": f"https://ror.org/{id_}", "status": status, "name": names[0], "aliases": [], "acronyms": acronyms, "types": [kind.title()],
        "labels": [{"label": n, "iso639": "de"} for n in names[1:]], "country": {"country_code": country, "country_name": ""},
        "addresses": [{"city": city, "state": region}],
        "relationships": [{"type": "Parent", "id": f"https://ror.org/{p}", "label": ""} for p in parents],
    }  # fmt: skip


@pytest.fixture(scope="session")
def release(tmp_path_factory):
    path = tmp_path_factory.mktemp("ror") / "v2.0-ror-data.json"
    path.write_text(json.dumps([*map(schema_2, ENTRIES), schema_2(GONE, "inactive")], ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def index(release):
    return load_index(release)
