"""The law as data: nothing in it is dead, untested, contradictory or beyond its own lists."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from complaintkit.answers import Unknown
from complaintkit.assessor import assess, timed
from complaintkit.conditions import Truth, parse
from complaintkit.law import library
from complaintkit.world import NAMES, CaseWorld
from tests.tables import case_of, rows, scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from complaintkit.facts import Case
    from complaintkit.law import Law
    from complaintkit.lawfile import Ground

NEEDED = ("holds", "fails", "open")
ON = dt.date(2026, 11, 24)
LAWS = sorted(library().laws)


@dataclass
class Examples:
    """What the tables say of one ground, under every law that shares it."""

    law: Law
    ground: Ground
    outcomes: set[str] = field(default_factory=set)
    worlds: list[CaseWorld] = field(default_factory=list)


def key_of(ground: Ground) -> tuple[str, str, str]:
    """Return what makes a ground the same in two laws of one model."""
    return ground.words, ground.id, ground.when


@cache
def examples() -> dict[tuple[str, str, str], Examples]:
    """Return what the tables assert of each ground."""
    found: dict[tuple[str, str, str], Examples] = {}
    by_id: dict[tuple[str, str], Examples] = {}
    for law in library().laws.values():
        for ground in law.file.grounds:
            entry = found.setdefault(key_of(ground), Examples(law, ground))
            by_id[law.head.id, ground.id] = entry
    for row in rows():
        _add(by_id[row.law, row.ground], row.outcome, row.case, row.on)
    for name, row in scenarios():
        case = case_of(row)
        for id_, outcome in _asserted(row, by_id):
            assert (row["law"], id_) in by_id, f"{name} expects {id_}, which its law has not"
            _add(by_id[row["law"], id_], outcome, case, row["on"])
    return found


def _asserted(
    row: dict[str, Any], by_id: dict[tuple[str, str], Examples]
) -> Iterator[tuple[str, str]]:
    """Yield the grounds of which a scenario says something, and what."""
    for outcome in (*NEEDED, "alternative", "displaced", "out_of_force"):
        for id_ in row["expect"].get(outcome, ()):
            yield id_, outcome
    if "holds" in row["expect"]:
        for law, id_ in by_id:
            if law == row["law"]:
                yield id_, "decided"


def _add(entry: Examples, outcome: str, case: Case, on: dt.date) -> None:
    entry.outcomes.add("open" if outcome == "alternative" else outcome)
    entry.worlds.append(timed(entry.law, CaseWorld.of(case, on)))


def grounds() -> list[object]:
    """Return every ground once, also where several laws share it."""
    return [
        pytest.param(key, id=f"{entry.law.head.id}::{entry.ground.id}")
        for key, entry in examples().items()
    ]


@pytest.mark.parametrize("key", grounds())
def test_every_ground_is_shown_by_example(key: tuple[str, str, str]) -> None:
    """Each ground has a case in which it holds, one in which it fails and one in which it is open.

    A ground that turns only on steps taken is never open once there is a history.
    """
    entry = examples()[key]
    needed = set(NEEDED)
    if "out_of_force" in entry.outcomes or "displaced" in entry.outcomes:
        needed.discard("fails")
    assert needed <= entry.outcomes, f"no example that it {needed - entry.outcomes}"


@pytest.mark.parametrize("key", grounds())
def test_every_part_of_a_condition_matters(key: tuple[str, str, str]) -> None:
    """A condition with a part dropped or turned round gives another answer in some example."""
    entry = examples()[key]
    before = [truth_of(entry, entry.ground.when, world) for world in entry.worlds]

    survivors = [
        changed
        for changed in mutants(entry.ground.when)
        if [truth_of(entry, changed, world) for world in entry.worlds] == before
    ]

    assert survivors == []


def truth_of(entry: Examples, text: str, world: CaseWorld) -> Truth:
    """Return the truth of a condition in a world."""
    return _parsed(text, entry.law.head.id).evaluate(world).truth


@cache
def _parsed(text: str, law: str) -> object:
    return parse(text, NAMES, library().laws[law].file.sets, "mutant")


def mutants(text: str) -> Iterator[str]:
    """Yield a condition with each of its parts in turn dropped or turned round."""
    source = " ".join(text.split())
    count = sum(1 for _ in _parts(ast.parse(source, mode="eval")))
    for number in range(count):
        for change in (_drop, _negate):
            tree = ast.parse(source, mode="eval")
            parent, place = list(_parts(tree))[number]
            if change(parent, place):
                yield ast.unparse(tree)


def _parts(tree: ast.Expression) -> list[tuple[ast.AST, int]]:
    """Return every leaf of a condition: where it hangs, and at which place."""
    found: list[tuple[ast.AST, int]] = []

    def walk(node: ast.expr, parent: ast.AST, place: int) -> None:
        if isinstance(node, ast.BoolOp):
            for number, value in enumerate(node.values):
                walk(value, node, number)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.BoolOp):
            walk(node.operand, node, 0)
        else:
            found.append((parent, place))

    walk(tree.body, tree, 0)
    return found


def _drop(parent: ast.AST, place: int) -> bool:
    if not isinstance(parent, ast.BoolOp) or len(parent.values) < 2:
        return False
    del parent.values[place]
    if len(parent.values) == 1:
        parent.values.append(parent.values[0])
    return True


def _negate(parent: ast.AST, place: int) -> bool:
    if isinstance(parent, ast.BoolOp):
        node = parent.values[place]
        parent.values[place] = ast.UnaryOp(ast.Not(), node)
        return True
    if isinstance(parent, ast.Expression):
        if isinstance(parent.body, ast.Constant):
            return False
        parent.body = ast.UnaryOp(ast.Not(), parent.body)
        return True
    return False


@pytest.mark.parametrize("law", [law for law in LAWS if library().laws[law].file.contradictions])
def test_no_contradiction_in_any_example(law: str) -> None:
    """Grounds that the law calls contradictory never hold outright together."""
    of_law = library().laws[law]
    cases = [(row.case, row.on) for row in rows() if row.law == law]
    cases += [(case_of(row), row["on"]) for _, row in scenarios() if row["law"] == law]
    for case, on in cases:
        world = timed(of_law, CaseWorld.of(case, on))
        for pair in of_law.file.contradictions:
            truths = [of_law.condition("ground", g).evaluate(world).truth for g in pair.grounds]
            if truths.count(Truth.YES) < 2:
                continue
            found = {f.ground.id for f in assess(case, on=on).findings if f.status.value == "holds"}
            assert len(found & set(pair.grounds)) < 2, (pair.because, case.facts)


@pytest.mark.parametrize("law", LAWS)
def test_every_authority_resolves(law: str) -> None:
    """Every authority that a route names exists; the rest is found by where the person lives."""
    named = [route.authority for route in library().laws[law].file.routes if route.authority]

    assert all(name in library().authorities for name in named)


@pytest.mark.parametrize("law", LAWS)
def test_every_entry_is_used(law: str) -> None:
    """No demand, source or provision stands in a law without being used by it."""
    file = library().laws[law].file
    demanded = {id_ for ground in file.grounds for id_ in ground.demands}
    assert {demand.id for demand in file.demands} <= demanded


@pytest.mark.parametrize("law", LAWS)
def test_nothing_is_from_the_future(law: str) -> None:
    """No entry was checked after the day of its release, or before its source was published."""
    file = library().laws[law].file
    for kind in (file.grounds, file.requirements, file.clocks, file.routes, file.cautions):
        for entry in kind:
            assert dt.date(2026, 1, 1) <= entry.checked <= dt.date(2030, 1, 1)


def test_every_row_leaves_facts_unanswered_as_unanswered() -> None:
    """Cases of ground tables state only what they state."""
    first = next(iter(rows()), None)
    assert first is None or isinstance(first.case.facts.harm, Unknown | str)
