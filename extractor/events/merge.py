"""Drafts in, one draft for each act in the world out: title, lead and body tellings become one."""

from __future__ import annotations

from collections.abc import Callable

from extractor.events.drafts import Draft
from extractor.events.scene import Scene

_MAIN = {
    "agreement": ("parties",),
    "visit": ("visitors", "hosts"),
    "meeting": ("participants", "organizers"),
    "appointment": ("appointees",),
    "establishment": ("founders", "units"),
}
_VAGUE = {None, "cooperation_agreement", "partnership", "other"}


def merge_drafts(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """One draft per act, in text order; what one telling lacks another gives."""
    return _merged(scene, sorted(drafts, key=lambda d: (d.start, d.end)), _is_same)


def merge_alike(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The drafts, two visits, meetings or the like of exactly the same sides, action and day made one; agreements may be several."""
    return _merged(scene, drafts, _is_alike)


def _merged(scene: Scene, drafts: list[Draft], are_one: Callable[[Scene, Draft, Draft], bool]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in drafts:
        same = next((k for k in kept if are_one(scene, k, draft)), None)
        if same is None:
            kept.append(draft)
        else:
            _absorb(scene, same, draft)
    return kept


def _is_alike(scene: Scene, a: Draft, b: Draft) -> bool:
    sides = [[set(d.of(slot)) for slot in _MAIN[d.type]] for d in (a, b)]
    return (
        a.type != "agreement"
        and (a.type, a.action) == (b.type, b.action)
        and any(sides[0])
        and sides[0] == sides[1]
        and _is_same_day(scene, a, b)
    )


def _is_same(scene: Scene, a: Draft, b: Draft) -> bool:
    if a.type != b.type or not _is_same_action(a, b) or not _is_same_day(scene, a, b):
        return False
    if a.type == "agreement" and not _is_same_instrument(a, b):
        return False
    if a.type == "establishment" and not (a.of("units") or b.of("units")) and a.what != b.what and not (a.is_title or b.is_title):
        return False
    slots = _MAIN[a.type]
    if a.type == "visit":
        return all(_cover(scene, a.of(slot), b.of(slot)) or not (a.of(slot) and b.of(slot)) for slot in slots) and _share(scene, a, b)
    return _cover(scene, a.of(*slots), b.of(*slots))


def _is_same_action(a: Draft, b: Draft) -> bool:
    if a.action == b.action:
        return True
    if {a.action, b.action} == {"agreed", "signed"} and (a.is_title or b.is_title):
        return True
    return _is_announced(a, b) or _is_announced(b, a)


def _is_announced(plan: Draft, act: Draft) -> bool:
    """An intention without a day of its own, carried out in the same text, is the act itself."""
    is_open = plan.action in {"agreed", "planned"} and (plan.date is None or plan.is_dated_by_context)
    return (
        is_open
        and act.action == "signed"
        and act.time == "past"
        and not act.is_echo
        and plan.type == "agreement"
        and plan.start < act.start + 600
    )


def _is_same_day(scene: Scene, a: Draft, b: Draft) -> bool:
    days = [scene.edtf.get(d.date) if d.date else None for d in (a, b)]
    if days[0] is None or days[1] is None:
        return not (a.date and b.date and a.date != b.date and days[0] != days[1] and None not in days)
    return (
        days[0] == days[1] or days[0].startswith(days[1]) or days[1].startswith(days[0]) or a.is_dated_by_context or b.is_dated_by_context
    )


def _is_same_instrument(a: Draft, b: Draft) -> bool:
    if a.instrument == b.instrument or a.is_title or b.is_title:
        return a.instrument == b.instrument or a.instrument in _VAGUE or b.instrument in _VAGUE
    return a.instrument in {None, "partnership"} or b.instrument in {None, "partnership"} or (b.is_definite and b.instrument in _VAGUE)


def _share(scene: Scene, a: Draft, b: Draft) -> bool:
    """Whether two visits have a side in common, or people where no side is told."""
    return any(_cover(scene, a.of(slot), b.of(slot)) for slot in ("visitors", "hosts", "delegates", "leaders"))


def _cover(scene: Scene, a: list[str], b: list[str]) -> bool:
    """Whether the smaller group of institutions lies within the larger, kin counting as the same."""
    small, large = sorted((a, b), key=len)
    return bool(small) and all(any(scene.are_kin(s, e) if s in scene.institutions else s == e for e in large) for s in small)


def _absorb(scene: Scene, first: Draft, second: Draft) -> None:
    """Make one telling of two; the body's words win over the title's."""
    words = {(first.start, first.end), (second.start, second.end), *first.also, *second.also}
    if first.is_title and not second.is_title:
        first.start, first.end, first.sentence, first.zone, first.rule = second.start, second.end, second.sentence, second.zone, second.rule
        first.is_title = False
        _replace_main(scene, first, second)
        if second.action != first.action:
            first.action = second.action
    elif _is_announced(first, second):
        first.start, first.end, first.sentence, first.zone, first.rule = second.start, second.end, second.sentence, second.zone, second.rule
        first.action, first.date, first.date_at, first.time = second.action, second.date, second.date_at, second.time
    for filler in second.fillers:
        slots = _MAIN[first.type]
        if filler.slot in slots and filler.entity in scene.institutions and any(scene.are_kin(filler.entity, e) for e in first.of(*slots)):
            continue
        first.add(filler.slot, filler.entity, (filler.start, filler.end), filler.rule, filler.weight)
    if first.date is None or (first.is_dated_by_context and second.date and not second.is_dated_by_context):
        first.date, first.date_at, first.is_dated_by_context = second.date, second.date_at, second.is_dated_by_context
    if (
        first.instrument in {None, "partnership", "cooperation_agreement"}
        and second.instrument is not None
        and second.instrument != "partnership"
    ):
        first.instrument = second.instrument
    first.place = first.place or second.place
    first.duration = first.duration or second.duration
    first.topics = tuple(dict.fromkeys((*first.topics, *second.topics)))
    first.tellings += second.tellings
    first.also = tuple(sorted(words - {(first.start, first.end)}))


def _replace_main(scene: Scene, first: Draft, second: Draft) -> None:
    """Let the body's unit or university stand where the title gave its kin."""
    for slot in _MAIN[first.type]:
        for old in first.of(slot):
            new = [e for e in second.of(slot) if e != old and old in scene.institutions and scene.are_kin(old, e)]
            if new and old not in second.of(slot):
                first.drop(slot, old)
