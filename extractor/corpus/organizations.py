"""Institutions of many texts in, groups that are one organisation in the world out.

Names are evidence only where they can be of one house: a generic name counts within its parent, an acronym with its expansion or with
country and kind, an order of words or an alias where countries fit. Two registry ids, or two countries, are never one. Cost is near
linear: only
records that share a form of their names are ever compared.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extractor.corpus.clusters import Guarded
from extractor.corpus.gather import Key, Organization
from extractor.corpus.names import OrgName, load_words, name_of, tells_apart
from extractor.corpus.nodes import UNITS, Doubt, Grouped, K, Node, Registry, buckets, is_telling, is_unit, nodes_of, qualifiers

_WORLDWIDE = frozenset({"association", "government", "company", "media", "other"})  # kinds whose bare acronyms are known without a country
_ROOTS = 6  # levels of units that are followed
_CROWD = 40  # houses that share a form: more are not listed as doubtful


def group_organizations(records: Sequence[Organization], publishers: Mapping[str, str | None], registry: Registry | None = None) -> Grouped:
    """Which records name the same organisation. ``publishers`` are institutions by text, ids within it."""
    grouping = _Grouping(records, publishers, registry)
    grouping.run()
    return grouping.result()


class _Grouping:
    def __init__(self, records: Sequence[Organization], publishers: Mapping[str, str | None], registry: Registry | None) -> None:
        self.records = {(r.doc_id, r.id): r for r in records}
        self.publishers = publishers
        self.registry = registry
        self.node_by_record: dict[Key, Node] = {}
        self.members: dict[Node, list[Key]] = defaultdict(list)
        self.names: dict[Node, OrgName] = {}
        self.aliases: dict[Node, dict[OrgName, int]] = defaultdict(lambda: defaultdict(int))
        self.clusters: Guarded[Node] = Guarded({})
        self.doubts: dict[tuple[Node, Node], str] = {}

    def run(self) -> None:
        levels: dict[int, list[Key]] = defaultdict(list)
        for key, record in self.records.items():
            levels[self._level(key, record)].append(key)
        for level in sorted(levels):
            for key in levels[level]:
                self._place(key, self._scope(key) if level else None)
            self.clusters.extend({n: (n.ror, n.country or self._registered(n.ror)) for n in self.members if n not in self.clusters})
            if level == 0:
                self._join_free()
            else:
                self._join_scoped()
        self._join_parentless()

    def result(self) -> Grouped:
        groups: list[tuple[Key, ...]] = []
        ror: dict[Key, str] = {}
        for nodes in self.clusters.groups():
            keys = sorted(key for node in nodes for key in self.members[node])
            groups.append(tuple(keys))
            if found := self.clusters.marks(nodes[0])[0]:
                ror[keys[0]] = str(found)
        first = {key: group[0] for group in groups for key in group}
        doubts: dict[tuple[Key, Key], Doubt] = {}
        for (a, b), reason in self.doubts.items():
            x, y = sorted((first[self.members[a][0]], first[self.members[b][0]]))
            if x != y:
                doubts.setdefault((x, y), Doubt(x, y, reason))
        return Grouped(tuple(sorted(groups)), ror, tuple(doubts[pair] for pair in sorted(doubts)))

    def _level(self, key: Key, record: Organization) -> int:
        """0 for houses that stand by themselves; for units one more than their parent's."""
        if record.parent is None or not is_unit(record):
            return 1 if self._needs_scope(record) else 0
        level, up = 1, self.records.get((key[0], record.parent))
        while up is not None and up.parent is not None and is_unit(up) and level < _ROOTS:
            level, up = level + 1, self.records.get((key[0], up.parent))
        return level + 1

    def _needs_scope(self, record: Organization) -> bool:
        name = name_of(record.name)
        if name.is_acronym:
            return record.kind in UNITS or (record.country is None and record.kind not in _WORLDWIDE)
        return name.is_generic

    def _scope(self, key: Key) -> str:
        """Within what a record's name is one house's: its parent, its publisher's site, its country, or only its text."""
        record = self.records[key]
        name = name_of(record.name)
        if record.parent is not None and (parent := self._node_of((key[0], record.parent))):
            if not (name.is_generic or name.is_acronym):
                parent = self._root(parent)
            return f"part:{self._sign(parent)}"
        publisher = self.publishers.get(key[0])
        if record.kind in UNITS and publisher and (site := self._node_of((key[0], publisher))):
            return f"site:{self._sign(site)}"
        if record.kind == "government" and record.country and not name.is_acronym and not load_words().abroad & set(name.words):
            return f"country:{record.country}"
        return f"text:{key[0]}"

    def _node_of(self, key: Key) -> Node | None:
        node = self.node_by_record.get(key)
        return self.clusters.head(node) if node in self.clusters and node is not None else None

    def _root(self, node: Node) -> Node:
        for _ in range(_ROOTS):
            record = self.records[self.members[node][0]]
            up = self._node_of((record.doc_id, record.parent)) if record.parent and is_unit(record) else None
            if up is None:
                break
            node = up
        return node

    def _sign(self, node: Node) -> str:
        """A name for a group that does not depend on the order of texts."""
        return "/".join(self.members[self.clusters.head(node)][0])

    def _place(self, key: Key, scope: str | None) -> None:
        record = self.records[key]
        name = name_of(record.name)
        words = name.words if scope is None else name.key
        node = Node(words, scope, record.country, record.kind, record.ror or self._identify(record, scope))
        self.node_by_record[key] = node
        self.members[node].append(key)
        self.names.setdefault(node, name)
        for alias in dict.fromkeys(map(name_of, record.aliases)):
            if alias.words != name.words:
                self.aliases[node][alias] += 1

    def _identify(self, record: Organization, scope: str | None) -> str | None:
        if self.registry is None or (scope is not None and name_of(record.name).is_generic):
            return None
        for name in (record.name, *(a for a in record.aliases if name_of(a).has_head and not name_of(a).is_generic)):
            if found := self.registry.identify(name, country=record.country, kind=record.kind):
                return found
        return None

    def _registered(self, ror: str | None) -> str | None:
        return self.registry.country_of(ror) if self.registry and ror else None

    def _join_free(self) -> None:
        nodes = [node for node in self.members if node.scope is None]
        self._join_all(buckets((node.ror, node) for node in nodes if node.ror))
        for bucket in buckets((node.words, node) for node in nodes).values():
            self._join_by_country(bucket)
        for bucket in buckets((self.names[node].key, node) for node in nodes if len(node.words) > 1).values():
            self._join_orders(bucket)
        self._join_aliases(nodes)
        self._join_acronyms(nodes)
        self._doubt_parts(nodes)

    def _join_all(self, buckets: Mapping[K, Sequence[Node]]) -> None:
        for bucket in buckets.values():
            for node in bucket[1:]:
                self.clusters.join(bucket[0], node)

    def _join_by_country(self, bucket: Sequence[Node]) -> None:
        """Nodes of one form: those of a country are one; those of no country join them only where there is one country."""
        by_mark = buckets((self.clusters.marks(node)[1], node) for node in bucket)
        self._join_all(by_mark)
        known = [nodes[0] for mark, nodes in by_mark.items() if mark is not None]
        heads = {self.clusters.head(node) for node in known}
        for node in by_mark.get(None, ()):
            if len(heads) == 1:
                self.clusters.join(known[0], node)
            else:
                self._doubt(node, known, "same name in several countries")

    def _join_orders(self, bucket: Sequence[Node]) -> None:
        """Nodes whose names hold the same words in another order."""
        for node in bucket[1:]:
            first = bucket[0]
            if self.clusters.head(first) == self.clusters.head(node) or node.words == first.words:
                continue
            if tells_apart(self.names[first], self.names[node]) or node.kind != first.kind:
                self._doubt(node, [first], "same words in another order")
        self._join_by_country([n for n in bucket if n.kind == bucket[0].kind and not tells_apart(self.names[bucket[0]], self.names[n])])

    def _join_aliases(self, nodes: Sequence[Node]) -> None:
        """Nodes that share a full form of their names, one of them as an alias that its text gives."""
        forms: dict[tuple[str, ...], list[Node]] = defaultdict(list)
        for node in nodes:
            forms[node.words].append(node)
            for alias, texts in self.aliases[node].items():
                if is_telling(alias) and (alias.core & self.names[node].core or texts > 1):
                    forms[alias.words].append(node)
        for bucket in forms.values():
            for kind_nodes in buckets((node.kind, node) for node in bucket).values():
                self._join_by_country(list(dict.fromkeys(kind_nodes)))

    def _join_acronyms(self, nodes: Sequence[Node]) -> None:
        """A bare acronym joins the one house of its country and kind that bears it; full names that share one join where one holds the
        other.
        """
        bearers: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            if not self.names[node].is_acronym:
                for alias in self.aliases[node]:
                    if alias.is_acronym:
                        bearers[alias.words[0]].append(node)
        for letters, bucket in bearers.items():
            for group in buckets(((self._country(n), n.kind), n) for n in bucket if self._country(n)).values():
                self._join_held(group)
            for node in nodes_of(nodes, letters):
                self._join_acronym(node, bucket)

    def _join_held(self, group: Sequence[Node]) -> None:
        ordered = sorted(group, key=lambda n: (len(self.names[n].core), n.words))
        for at, node in enumerate(ordered):
            for other in ordered[at + 1 : at + 1 + _CROWD]:
                if self.names[node].core < self.names[other].core and qualifiers(self.names[node]) <= qualifiers(self.names[other]):
                    self.clusters.join(node, other)

    def _join_acronym(self, node: Node, bearers: Sequence[Node]) -> None:
        fitting = [b for b in bearers if self._country(b) == self._country(node) and b.kind == node.kind and self._country(node)]
        if len({self.clusters.head(b) for b in fitting}) == 1:
            self.clusters.join(fitting[0], node)
        else:
            self._doubt(node, fitting or bearers, "acronym without its expansion")

    def _doubt_parts(self, nodes: Sequence[Node]) -> None:
        """Lists houses of one country and kind where one name holds the other: "Heidelberg University", "Ruprecht Karl University of
        Heidelberg".
        """
        by_word = buckets((word, n) for n in nodes for word in self.names[n].core)
        for bucket in by_word.values():
            heads = list({self.clusters.head(n): n for n in bucket}.values())
            if 1 < len(heads) <= _CROWD:
                for at, a in enumerate(heads):
                    for b in heads[at + 1 :]:
                        if self._is_part(a, b):
                            self._doubt(a, [b], "one name holds the other")

    def _is_part(self, a: Node, b: Node) -> bool:
        x, y = self.names[a], self.names[b]
        if not (x.has_head and y.has_head):
            return False
        return (
            a.kind == b.kind
            and self.clusters.fits(a, b)
            and (set(x.words) < set(y.words) or set(y.words) < set(x.words))
            and x.core != y.core
        )

    def _join_scoped(self) -> None:
        """Units of one parent that share any form of their names."""
        forms: dict[tuple[str | None, tuple[str, ...]], list[Node]] = defaultdict(list)
        for node in self.members:
            if node.scope is not None:
                for name in (self.names[node], *self.aliases[node]):
                    forms[node.scope, name.key].append(node)
        self._join_all(forms)

    def _join_parentless(self) -> None:
        """A unit of a telling name whose text gives no parent is the one that others tell with a parent."""
        scoped = buckets((n.words, n) for n in self.members if n.scope and n.scope.startswith("part:") and not self.names[n].is_generic)
        for node in [n for n in self.members if n.scope is None and n.kind in UNITS]:
            units = scoped.get(self.names[node].key, [])
            if len({self.clusters.head(u) for u in units}) == 1:
                self.clusters.join(units[0], node)
            elif units:
                self._doubt(node, units, "unit without a parent, of several houses")

    def _country(self, node: Node) -> object:
        return self.clusters.marks(node)[1]

    def _doubt(self, node: Node, others: Sequence[Node], reason: str) -> None:
        for other in others[:_CROWD]:
            if self.clusters.head(other) != self.clusters.head(node):
                self.doubts.setdefault((node, other), reason)
