"""Documents in, the corpus tables out: organisations, persons, agreements, ties, copies, doubts and lasting ids."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.corpus.agreements import group_agreements
from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.duplicates import find_copies
from extractor.corpus.gather import Gathered, Human, Key, Organization, Telling, gather
from extractor.corpus.ids import Group as IdGroup
from extractor.corpus.ids import IdChange, Kind, assign_ids
from extractor.corpus.ledger import agreement_row, conflict_rows, timeline_rows
from extractor.corpus.names import name_of, person_key
from extractor.corpus.nodes import Grouped, Registry
from extractor.corpus.organizations import group_organizations
from extractor.corpus.persons import People, group_people
from extractor.corpus.ties import TIED, Act, acts_of, tie_rows
from extractor.corpus.told import Group, Told
from extractor.records import Document

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
_LEVELS = 8  # levels of units that are followed


class Earlier(NamedTuple):
    """What earlier runs left: the id of each mark by kind, the log of changes, and the number of the last run."""

    ids: Mapping[Kind, Mapping[str, str]]
    changes: Sequence[Mapping[str, Any]]
    run: int


NOTHING_EARLIER = Earlier({}, (), 0)


class World:
    """The corpus tables as rows; ``ids`` are those of each mark by kind, ``changes`` what became of earlier ones."""

    def __init__(self, rows: Mapping[str, list[Row]], ids: Mapping[Kind, Mapping[str, str]], changes: list[Row], earlier: Earlier) -> None:
        self.rows = rows
        self.ids = ids
        self.changes = changes
        self.earlier = earlier

    def frame(self, name: str) -> "pd.DataFrame":
        """A table as a data frame: days are ``datetime64``, lists are arrays of strings."""
        import pyarrow as pa

        from extractor.io.tables import schema_of

        schema = schema_of(CORPUS_TABLES[name])
        columns = [pa.array([row.get(field.name) for row in self.rows[name]], field.type) for field in schema]
        frame: pd.DataFrame = pa.Table.from_arrays(columns, schema=schema).to_pandas(date_as_object=False)
        return frame


def link_corpus(
    documents: Iterable[Document | Mapping[str, Any]], *, registry: Registry | None = None, earlier: Earlier = NOTHING_EARLIER
) -> World:
    """The world that texts tell of. Neither the order of the documents nor who made them changes a row; ``earlier`` keeps ids."""
    return _Linking(gather(documents), registry, earlier).run()


class _Linking:
    def __init__(self, gathered: Gathered, registry: Registry | None, earlier: Earlier) -> None:
        self.registry = registry
        self.earlier = earlier
        self.found = find_copies(gathered.texts)
        self.gathered = gathered._replace(texts=tuple(text._replace(signature=None) for text in gathered.texts))
        self.texts = {text.doc_id: text for text in self.gathered.texts}
        self.records: dict[Key, Organization] = {(o.doc_id, o.id): o for o in gathered.organizations}
        self.humans: dict[Key, Human] = {(p.doc_id, p.id): p for p in gathered.people}
        self.copies = {copy.doc_id: copy.copy_of for copy in self.found}
        self.id_of: dict[Key, str] = {}
        self.person_of: dict[Key, str] = {}
        self.organizations: dict[str, Row] = {}
        self.persons: dict[str, Row] = {}
        self.members: list[Row] = []
        self.changes: list[IdChange] = []
        self.ids: dict[Kind, dict[str, str]] = {}

    def run(self) -> World:
        grouped = group_organizations(self.gathered.organizations, {t.doc_id: t.publisher for t in self.gathered.texts}, self.registry)
        self._add_organizations(grouped)
        people = self._add_people()
        agreements = self._agreements()
        ties, country_ties = self._ties(agreements)
        rows = {
            "organizations": list(self.organizations.values()), "persons": list(self.persons.values()),
            "agreements": [row for row, _ in agreements],
            "timeline": [{"agreement": row["id"], **step} for row, group in agreements for step in timeline_rows(group)],
            "conflicts": [{"agreement": row["id"], **value} for row, group in agreements for value in conflict_rows(group)],
            "ties": ties, "country_ties": country_ties, "duplicates": [copy._asdict() for copy in self.found],
            "doubtful": self._doubtful(grouped, people), "members": sorted(self.members, key=_member_order),
        }  # fmt: skip
        run = self.earlier.run + 1
        changes = [{"run": run, **change._asdict(), "others": list(change.others)} for change in sorted(self.changes)]
        return World(rows, self.ids, changes, self.earlier)

    def _add_organizations(self, grouped: Grouped) -> None:
        groups = [self._id_group(group) for group in grouped.groups]
        for id_, group in zip(self._ids("organization", groups, grouped.groups), grouped.groups, strict=True):
            self.id_of |= dict.fromkeys(group, id_)
            self.organizations[id_] = {
                "id": id_,
                "ror": grouped.ror.get(group[0]),
                **self._organization_row([self.records[key] for key in group]),
            }
        for group in grouped.groups:
            self._add_parent(self.id_of[group[0]], group)
        for row in self.organizations.values():
            above = self.above(row["id"])
            row["house"] = above[-1] if above else row["id"]
            self._add_level(row, above)
        self.organizations = dict(sorted(self.organizations.items()))

    def _id_group(self, group: Sequence[Key]) -> IdGroup:
        records = [self.records[key] for key in group]
        row = self._organization_row(records)
        parent = next((self.records[r.doc_id, r.parent].name for r in records if r.parent), "") if name_of(row["name"]).is_generic else ""
        anchor = "|".join((" ".join(name_of(row["name"]).key), row["country"] or "", " ".join(name_of(parent).key)))
        return IdGroup(anchor, tuple(map(self._mark, records)))

    def _mark(self, record: Organization) -> str:
        parent = self.records[record.doc_id, record.parent].name if record.parent else ""
        return f"{record.doc_id}|{' '.join(name_of(record.name).words)}|{' '.join(name_of(parent).words)}"

    def _organization_row(self, records: Sequence[Organization]) -> Row:
        texts: Counter[str] = Counter()
        for record in records:
            texts[record.name] += 2
            texts.update(record.aliases)
        full = [name for name in texts if not name_of(name).is_acronym]
        named = {record.name for record in records}
        name = min(full or texts, key=lambda n: (n not in named, n.isupper(), -texts[n], -len(n), n))
        days = sorted(day for r in records if (day := self.texts[r.doc_id].published))
        return {
            "name": name,
            "aliases": sorted(n for n in full if n != name),
            "acronyms": sorted(n for n in texts if name_of(n).is_acronym and n != name),
            "kind": _most(r.kind for r in records),
            "country": _most(r.country for r in records if r.country),
            "n_texts": len({r.doc_id for r in records}),
            "n_mentions": sum(r.mentions for r in records),
            "first_published": days[0] if days else None,
            "last_published": days[-1] if days else None,
        }

    def _add_parent(self, id_: str, group: Sequence[Key]) -> None:
        parents = [self.id_of[doc_id, parent] for doc_id, local in group if (parent := self.records[doc_id, local].parent)]
        row = self.organizations[id_]
        row["part_of"] = _most(p for p in parents if p != id_ and id_ not in (p, *self.above(p)))
        if row["country"] is None and row["part_of"]:
            row["country"] = self.organizations[row["part_of"]]["country"]

    def _add_level(self, row: Row, above: Sequence[str]) -> None:
        own = row["ror"]
        parent = next((self.organizations[up]["ror"] for up in above if self.organizations[up]["ror"]), None)
        row["ror"] = own or parent
        row["ror_level"] = "organization" if own else "parent" if parent else None
        if own and row["country"] is None and self.registry:
            row["country"] = self.registry.country_of(own)

    def above(self, id_: str) -> tuple[str, ...]:
        """The organisations that one is part of, nearest first."""
        found: list[str] = []
        while (up := self.organizations[id_].get("part_of")) and len(found) < _LEVELS:
            found.append(up)
            id_ = up
        return tuple(found)

    def _add_people(self) -> People:
        house_of = {key: self.organizations[id_]["house"] for key, id_ in self.id_of.items()}
        people = group_people(self.gathered.people, self.gathered.tellings, house_of, self.copies)
        groups = []
        for group in people.groups:
            human = self.humans[group[0]]
            houses = people.houses[group[0]]
            anchor = f"{' '.join(person_key(human.name))}|{self.organizations[houses[0]]['name'] if houses else group[0][0]}"
            groups.append(
                IdGroup(anchor, tuple(f"{doc_id}|{' '.join(person_key(self.humans[doc_id, local].name))}" for doc_id, local in group))
            )
        for id_, group in zip(self._ids("person", groups, people.groups), people.groups, strict=True):
            self.person_of |= dict.fromkeys(group, id_)
            self.persons[id_] = {
                "id": id_,
                "organizations": list(people.houses[group[0]]),
                **_person_row([self.humans[key] for key in group]),
            }
        self.persons = dict(sorted(self.persons.items()))
        return people

    def _agreements(self) -> list[tuple[Row, Group]]:
        told = [self._told(telling) for telling in self.gathered.tellings if telling.type == "agreement"]
        groups = group_agreements((t for t in told if t.parties), self.above)
        rows = [agreement_row(group) for group in groups]
        id_groups = [
            IdGroup(self._anchor(row), tuple(self._telling_mark(t) for t in group)) for row, group in zip(rows, groups, strict=True)
        ]
        ids = self._ids("agreement", id_groups, [[t.telling.key for t in group] for group in groups])
        for id_, row, group in zip(ids, rows, groups, strict=True):
            row["id"] = id_
            self._name_parties(row, group)
        return sorted(zip(rows, groups, strict=True), key=lambda pair: pair[0]["id"])

    def _told(self, telling: Telling) -> Told:
        parties = sorted({self.id_of[telling.doc_id, h] for slot, h in telling.houses if slot == "parties"})
        houses = sorted({self.organizations[p]["house"] for p in parties})
        signers = frozenset(person_key(self.humans[telling.doc_id, p].name) for slot, p in telling.people if slot == "signatories")
        source = self.copies.get(telling.doc_id, telling.doc_id)
        return Told(telling, tuple(parties), tuple(houses), self.texts[telling.doc_id].published, source, signers)

    def _telling_mark(self, told: Told) -> str:
        names = sorted(
            " ".join(name_of(self.records[told.telling.doc_id, h].name).key) for slot, h in told.telling.houses if slot == "parties"
        )
        return f"{told.telling.doc_id}|{told.telling.at}|{told.telling.action}|{told.instrument}|{'/'.join(names)}"

    def _anchor(self, row: Row) -> str:
        return f"{' '.join(row['parties'])}|{row['date'] or ''}|{row['instrument']}"

    def _name_parties(self, row: Row, group: Group) -> None:
        parties = [self.organizations[p] for p in row["parties"]]
        row["party_names"] = [p["name"] for p in parties]
        row["countries"] = sorted({p["country"] for p in parties if p["country"]})
        signers = {self.person_of[t.telling.doc_id, p] for t in group for slot, p in t.telling.people if slot == "signatories"}
        row["signatories"] = sorted(signers)
        row["signatory_names"] = [self.persons[p]["name"] for p in row["signatories"]]

    def _ties(self, agreements: Sequence[tuple[Row, Group]]) -> tuple[list[Row], list[Row]]:
        acts = []
        for row, group in agreements:
            houses = tuple(sorted({self.organizations[p]["house"] for p in row["parties"]}))
            day = row["date_start"] or min((t.published for t in group if t.published), default=None)
            if row["action"] not in ("planned", "agreed") and len(houses) > 1:
                acts.append(Act("agreement", houses, day.year if day else None))
        acts += acts_of(self._other_act(t) for t in self.gathered.tellings if t.type in TIED and t.type != "agreement")
        ties, countries = tie_rows(acts, {id_: row["country"] for id_, row in self.organizations.items()})
        for tie in ties:
            for side in ("a", "b"):
                tie[f"name_{side}"], tie[f"country_{side}"] = (self.organizations[tie[side]][c] for c in ("name", "country"))
        return ties, countries

    def _other_act(self, telling: Telling) -> tuple[Telling, tuple[str, ...], str, date | None]:
        houses = {self.organizations[self.id_of[telling.doc_id, h]]["house"] for slot, h in telling.houses if slot != "units"}
        return telling, tuple(sorted(houses)), self.copies.get(telling.doc_id, telling.doc_id), self.texts[telling.doc_id].published

    def _doubtful(self, grouped: Grouped, people: People) -> list[Row]:
        rows = [_doubt("organization", self.organizations, self.id_of[d.a], self.id_of[d.b], d.reason) for d in grouped.doubts]
        rows += [_doubt("person", self.persons, self.person_of[d.a], self.person_of[d.b], d.reason) for d in people.doubts]
        return sorted(rows, key=lambda row: (row["kind"], row["a"], row["b"], row["reason"]))

    def _ids(self, kind: Kind, groups: Sequence[IdGroup], members: Sequence[Sequence[Key]]) -> tuple[str, ...]:
        ids, changes = assign_ids(kind, groups, self.earlier.ids.get(kind, {}))
        self.changes += changes
        self.ids[kind] = {mark: id_ for id_, group in zip(ids, groups, strict=True) for mark in group.marks}
        for id_, keys in zip(ids, members, strict=True):
            self.members += [{"kind": kind, "id": id_, "doc_id": doc_id, "local_id": local} for doc_id, local in keys]
        return ids


def _doubt(kind: Kind, rows: Mapping[str, Row], a: str, b: str, reason: str) -> Row:
    a, b = sorted((a, b))
    return {"kind": kind, "a": a, "b": b, "name_a": rows[a]["name"], "name_b": rows[b]["name"], "reason": reason}


def _person_row(humans: Sequence[Human]) -> Row:
    names = Counter(h.name for h in humans)
    name = min(names, key=lambda n: (-names[n], -len(n), n))
    return {
        "name": name,
        "names": sorted(n for n in names if n != name),
        "family": _most(h.family for h in humans if h.family),
        "given": _most(h.given for h in humans if h.given),
        "honorific": _most(h.honorific for h in humans if h.honorific),
        "titles": sorted({title for h in humans for title in h.titles}),
        "n_texts": len({h.doc_id for h in humans}),
    }


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(v for v in values if v is not None)
    return min(counts, key=lambda v: (-counts[v], v), default=None)


def _member_order(row: Row) -> tuple[str, str, str]:
    return row["kind"], row["doc_id"], row["local_id"]
