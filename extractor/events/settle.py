"""Drafts of one sentence in, drafts whose parties are settled out: shared, inherited, defaulted, and split one per counterpart."""

from __future__ import annotations

from dataclasses import replace

from extractor.events.drafts import Draft, Filler
from extractor.events.phrases import Phrase
from extractor.events.reading import Reading
from extractor.events.scene import Sentence

_ONE_HAND = Phrase("settle.one_hand")
_MANY = Phrase("settle.many")
_EACH = Phrase("settle.each")
_SAME_ACT = {
    ("signed", "signed"),
    ("agreed", "agreed"),
    ("planned", "planned"),
    ("renewed", "renewed"),
    ("in_force", "in_force"),
    ("ended", "ended"),
}
_LIST_FOLLOWS = 15  # sentences of a list under "five agreements were signed"
_FOLLOWS = 6  # sentences after which "the agreement" no longer leans on the last one told


def settle_agreement(reading: Reading, draft: Draft, sentence: Sentence) -> list[Draft]:
    """The agreements that a draft tells: none where it only adds to an earlier one, or where a side stays unknown."""
    parties = draft.of("parties")
    others = [o for o in draft.of("counterpart") if o not in parties]
    last = _last_batch(reading, draft)
    if not parties and len(others) >= 2 and _is_told(draft) is False:
        _default(reading, draft, others)
    if len(parties) + len(others) >= 2 and not (draft.is_bare and last and _fits(reading, draft, last[0]) and _is_same_day(draft, last[0])):
        _take_pending(reading, draft, last)
        return _split(reading, draft, sentence)
    if draft.is_echo:
        return _echo(reading, draft, last)
    visit = _visit_here(reading, draft)
    if visit is None and last and _leans(draft) and _fits(reading, draft, last[0]):
        return _follow(reading, draft, last)
    if draft.action == "in_force" and not others and not (draft.is_definite is False and "in-force" in draft.rule):
        return []
    if draft.rule == "agreement.join-hands" or (draft.is_weak and draft.rule not in _SIGNING) or draft.is_many:
        return _wait(reading, draft)
    if not (parties or others) and ((not _is_told(draft) and draft.action not in {"planned", "agreed"}) or draft.is_bare):
        return _wait(reading, draft)
    if _is_heading(reading, sentence):
        return _wait(reading, draft)
    _default(reading, draft, parties or others)
    _take_pending(reading, draft, last)
    return _split(reading, draft, sentence) if len(draft.of("parties", "counterpart")) >= 2 else _wait(reading, draft)


def _is_heading(reading: Reading, sentence: Sentence) -> bool:
    """A line of its own without a full stop, below the title: its parties stand in the text beneath."""
    line = reading.scene.layout.line_at(sentence.start)
    words = reading.scene.text[sentence.start : sentence.end]
    alone = line is not None and line.start == sentence.start and line.end == sentence.end
    return alone and len(words) < 100 and words[-1] not in ".!?:;\"')" and not sentence.is_item and sentence.part != "title"


_SIGNING = frozenset(
    {"agreement.sign", "agreement.ink", "agreement.put-name", "agreement.signing", "agreement.signers", "agreement.exchange-papers"}
)


def _leans(draft: Draft) -> bool:
    """Whether a draft speaks of an instrument already told."""
    return draft.is_definite or draft.is_weak or draft.instrument is None or draft.is_bare


def _is_told(draft: Draft) -> bool:
    """Whether an act is told, not just an instrument named."""
    return draft.rule.split(".")[1] not in _NOUN_RULES


_NOUN_RULES = frozenset(
    {"memorandum", "agreement-memorandum", "letter-of-intent", "contract", "protocol", "declaration", "treaty", "convention",
     "agreement", "arrangement", "arrangement-general", "partnership-paper", "paper"}
)  # fmt: skip


def _wait(reading: Reading, draft: Draft) -> list[Draft]:
    """Keep an instrument whose parties are not told yet."""
    if (
        not draft.is_bare
        and draft.rule != "agreement.join-hands"
        and (draft.instrument is not None or draft.is_many)
        and not (draft.is_weak and not draft.is_many)
    ):
        reading.pending = draft
    return []


def _take_pending(reading: Reading, draft: Draft, last: list[Draft]) -> None:
    """A bare "signed" speaks of the instrument told before; the entries of a list share the date and witnesses of its head."""
    head = reading.pending
    if head is not None and draft.sentence - head.sentence <= (_LIST_FOLLOWS if head.is_many else _FOLLOWS):
        if draft.instrument is None:
            draft.instrument = head.instrument
            draft.is_plural = draft.is_plural and head.is_plural
        if draft.date is None and draft.time != "long_past" and draft.action in {"signed", head.action}:
            draft.date, draft.date_at = head.date, head.date_at
        if head.is_many and draft.date == head.date:
            for filler in head.fillers:
                if filler.slot == "witnesses":
                    draft.add("witnesses", filler.entity, (filler.start, filler.end), filler.rule, filler.weight)
    elif draft.instrument is None and last:
        draft.instrument = last[0].instrument


def _visit_here(reading: Reading, draft: Draft) -> Draft | None:
    """A visit told in the same sentence: its sides are nearer than those of an earlier agreement."""
    found = [d for d in reading.drafts[-4:] if d.type == "visit" and d.sentence == draft.sentence]
    return found[-1] if found else None


def _echo(reading: Reading, draft: Draft, last: list[Draft]) -> list[Draft]:
    """As in "The MoU of 2012": it waits for the parties of the act that it is told with."""
    reading.echoes.append(draft)
    return []


def _last_batch(reading: Reading, draft: Draft) -> list[Draft]:
    """The agreements told last that a draft may speak of: of several, those whose parties fit what it says."""
    pacts = [d for d in reading.drafts if d.type == "agreement" and draft.sentence - d.sentence <= _FOLLOWS]
    if not pacts or (reading.scene.sentences[draft.sentence].is_item and pacts[-1].sentence != draft.sentence):
        return []
    batches = [[d for d in pacts if d.batch == n] for n in dict.fromkeys(d.batch for d in reversed(pacts))]
    known = draft.of("parties", "counterpart")
    fitting = [batch for batch in batches if known and _fits(reading, draft, batch[0])]
    return (fitting or batches)[0]


def _fits(reading: Reading, draft: Draft, earlier: Draft) -> bool:
    """Whether what a draft says of itself agrees with an earlier agreement; a faculty may speak for its university."""
    tops = {reading.scene.top(p) for p in earlier.of("parties")}
    return all(reading.scene.top(k) in tops for k in draft.of("parties", "counterpart"))


def _is_same_day(draft: Draft, earlier: Draft) -> bool:
    return draft.date in {None, earlier.date} or (earlier.date is None and earlier.sentence == draft.sentence)


def _follow(reading: Reading, draft: Draft, last: list[Draft]) -> list[Draft]:
    """Add to the agreements told last, or tell a new act about them ("it expired in 2014")."""
    if draft.is_definite and draft.action == "in_force":
        return []
    is_signing = draft.is_bare and draft.rule in _SIGNING and _is_same_day(draft, last[0])
    is_older = draft.time == "long_past" and draft.date is not None and last[0].time != "long_past"
    is_other_day = is_older or bool(draft.date and last[0].date and draft.date != last[0].date)
    if is_signing or ((draft.action, last[0].action) in _SAME_ACT and not is_other_day):
        for earlier in last:
            _add_to(reading, earlier, draft, several=len(last) > 1)
        return []
    out = []
    for earlier in last:
        copy = replace(draft, fillers=list(draft.fillers), instrument=draft.instrument or earlier.instrument, topics=earlier.topics)
        if copy.instrument in {"cooperation_agreement", "partnership"}:
            copy.instrument = earlier.instrument
        for filler in earlier.fillers:
            if filler.slot == "parties":
                copy.add("parties", filler.entity, (filler.start, filler.end), "agreement.same-instrument", 0.8 * filler.weight)
        out.append(copy)
    return out


def _add_to(reading: Reading, earlier: Draft, draft: Draft, *, several: bool) -> None:
    scene = reading.scene
    for filler in draft.fillers:
        houses = scene.posts(filler.entity) if several and filler.slot == "signatories" else ()
        if houses and not any(scene.are_kin(h, p) for h in houses for p in earlier.of("parties")):
            continue
        if filler.slot in {"signatories", "witnesses"}:
            earlier.add(filler.slot, filler.entity, (filler.start, filler.end), filler.rule, filler.weight)
    if earlier.date is None and draft.date is not None:
        earlier.date, earlier.date_at = draft.date, draft.date_at
    earlier.place = earlier.place or draft.place
    earlier.duration = earlier.duration or draft.duration


def _default(reading: Reading, draft: Draft, known: list[str]) -> None:
    """Find the missing side: who the last clause was about, the two sides of the visit, the publisher."""
    scene, told = reading.scene, reading.told
    at = (draft.start, draft.end)
    if not known:
        here = _houses_here(reading, draft)
        for entity in here or told.sides():
            draft.add("parties", entity, at, "agreement.sentence" if here else "agreement.sides", 0.5 if here else 0.6)
        return
    own = reading.scene.sentences[draft.sentence].is_item and _visit_here(reading, draft) is None
    sides = () if own else told.sides()
    subjects = [] if own else [s for s in told.subject if s in scene.institutions and not scene.are_kin(known[0], s)]
    if any(scene.are_kin(known[0], s) for s in sides):
        missing, rule = [s for s in sides if not scene.are_kin(known[0], s)][:1], "agreement.sides"
    else:
        missing, rule = subjects[:1], "agreement.last-subject"
    if not missing and scene.focus is not None and not scene.are_kin(known[0], scene.focus):
        missing, rule = [scene.focus], "agreement.focus"
    for entity in missing:
        draft.add("parties", entity, at, rule, 0.55)


def _houses_here(reading: Reading, draft: Draft) -> tuple[str, ...]:
    """The two houses of the sentence, where it names just two."""
    named = [
        e for g in reading.governed if g.point.label == "institution" and g.governor not in {"invitation", "host"} for e in g.point.entities
    ]
    houses = reading.told.joined(tuple(dict.fromkeys(e for e in named if not reading.scene.is_media(e))))
    return houses if len(houses) == 2 else ()


def _split(reading: Reading, draft: Draft, sentence: Sentence) -> list[Draft]:
    """One agreement for each counterpart where several instruments are told; else one among all."""
    masked = reading.scene.masked
    if not draft.of("parties") and len(draft.of("counterpart")) >= 2 and draft.is_plural:
        _default(reading, draft, draft.of("counterpart"))
    parties, others = draft.of("parties"), [o for o in draft.of("counterpart") if o not in draft.of("parties")]
    words = masked[draft.zone[0] : draft.zone[1]]
    fillers = {f.entity: f for f in draft.fillers if f.slot in {"parties", "counterpart"}}
    if draft.is_plural and len(parties) > 2 and (_ONE_HAND.search(words) or _MANY.search(words)):
        parties, others = parties[:1], parties[1:]
    is_split = len(others) > 1 and (draft.is_plural or _EACH.search(words) is not None or draft.action == "in_force")
    groups = [[*parties, o] for o in others] if is_split and parties else [[*parties, *others]]
    out = []
    for group in groups:
        one = replace(draft, fillers=[f for f in draft.fillers if f.slot not in {"parties", "counterpart"}])
        for entity in group:
            filler = fillers[entity]
            one.fillers.append(Filler("parties", entity, filler.start, filler.end, filler.rule, filler.weight))
        _keep_own_signers(reading, one, several=len(groups) > 1)
        if len(groups) > 1:
            _date_behind(reading, one, group[-1])
        out.append(one)
    return out


def _date_behind(reading: Reading, draft: Draft, counterpart: str) -> None:
    """As in "With A (2001) and B (2005)": the date in brackets behind a counterpart is its own."""
    filler = next(f for f in draft.fillers if f.slot == "parties" and f.entity == counterpart)
    dates = reading.scene.points_in(filler.end, filler.end + 4, "date")
    if dates and dates[0].entities and reading.scene.masked[filler.end : dates[0].start].strip() == "(":
        draft.date, draft.date_at = dates[0].entities[0], (dates[0].start, dates[0].end)


def _keep_own_signers(reading: Reading, draft: Draft, *, several: bool) -> None:
    if not several:
        return
    scene, parties = reading.scene, draft.of("parties")
    for person in draft.of("signatories"):
        houses = scene.posts(person)
        if houses and not any(scene.are_kin(h, p) for h in houses for p in parties):
            draft.drop("signatories", person)
