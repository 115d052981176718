"""The law by example: every table in tests/law is one test a scenario."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from complaintkit.assessment import Assessment, Status
from complaintkit.assessor import assess
from complaintkit.facts import Case

if TYPE_CHECKING:
    import datetime as dt

FOLDER = Path(__file__).parent / "law"
KEYS = {"name", "on", "law", "facts", "history", "expect"}
EXPECTATIONS = {
    "holds", "alternative", "open", "fails", "displaced", "out_of_force", "missing", "routes",
    "due", "authority", "requires", "cautions", "not_cautions",
}  # fmt: skip


def scenarios() -> list[Any]:
    """Return every scenario of every table, named by its file and its own words."""
    found = []
    for path in sorted(FOLDER.rglob("*.toml")):
        name = path.relative_to(FOLDER).with_suffix("").as_posix()
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["scenario"]
        found += [pytest.param(row, id=f"{name}::{row['name']}") for row in rows]
    return found


def case_of(row: dict[str, Any]) -> Case:
    """Return the case that a scenario describes."""
    facts = dict(row["facts"])
    controller = {
        key.removeprefix("controller."): facts.pop(key)
        for key in list(facts)
        if key.startswith("controller.")
    }
    return Case.model_validate(
        {"facts": facts, "controller": controller, "history": row.get("history", [])}
    )


def of_law(assessment: Assessment, law: str, *statuses: Status) -> set[str]:
    """Return the grounds of one law with one of some statuses."""
    found = assessment.with_status(*statuses)
    return {finding.ground.id for finding in found if finding.law.head.id == law}


@pytest.mark.parametrize("row", scenarios())
def test_scenario(row: dict[str, Any]) -> None:
    """The law gives what the table expects of it."""
    assert set(row) <= KEYS
    expect = row["expect"]
    assert set(expect) <= EXPECTATIONS
    law = row["law"]

    result = assess(case_of(row), on=row["on"])

    assert law in [item.head.id for item in result.laws]
    grounds(result, law, expect)
    routes(result, law, expect)
    others(result, law, expect)


def grounds(result: Assessment, law: str, expect: dict[str, Any]) -> None:
    """Compare what became of the grounds."""
    if "holds" in expect:
        assert of_law(result, law, Status.HOLDS) == set(expect["holds"])
    if "alternative" in expect:
        pleaded = {f.ground.id for f in result.findings if f.alternative and f.law.head.id == law}
        assert pleaded == set(expect["alternative"])
    for key in ("open", "fails", "displaced", "out_of_force"):
        if key in expect:
            assert set(expect[key]) <= of_law(result, law, Status(key)), key
    if "missing" in expect:
        assert set(result.missing) == set(expect["missing"])


def routes(result: Assessment, law: str, expect: dict[str, Any]) -> None:
    """Compare the routes, the competent authority and the last days."""
    own = [found for found in result.routes if found.law.head.id == law]
    states = {found.route.id: str(found) for found in own}
    assert {key: states.get(key) for key in expect.get("routes", {})} == expect.get("routes", {})
    if "authority" in expect:
        authorities = {found.authority.id for found in own if found.authority}
        assert expect["authority"] in authorities
    due: dict[str, dt.date] = {}
    for deadline in result.deadlines:
        counts = deadline.running and deadline.clock.for_ == "answer"
        if deadline.law.head.id == law and counts:
            due.setdefault(str(deadline.step), deadline.due.day)
    assert {key: due.get(key) for key in expect.get("due", {})} == expect.get("due", {})


def others(result: Assessment, law: str, expect: dict[str, Any]) -> None:
    """Compare the required bases and the cautions."""
    if "requires" in expect:
        parts = [part for part in result.legal_basis if part.law.head.id == law]
        certain = {item.requirement.id for p in parts for item in p.required if item.certain}
        assert certain == set(expect["requires"])
    warned = {item.caution.id for item in result.cautions if item.law.head.id == law}
    assert set(expect.get("cautions", ())) <= warned
    assert not set(expect.get("not_cautions", ())) & warned
