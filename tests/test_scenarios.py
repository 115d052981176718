"""The law by example: every table in tests/law is one test a scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from complaintkit.assessment import Assessment, Status
from complaintkit.assessor import assess
from tests.tables import Row, case_of, rows, scenarios

if TYPE_CHECKING:
    import datetime as dt

KEYS = {"name", "on", "law", "facts", "history", "expect"}
EXPECTATIONS = {
    "holds", "also_holds", "alternative", "open", "fails", "displaced", "out_of_force", "missing",
    "routes", "due", "authority", "lead", "requires", "cautions", "not_cautions", "cites",
    "never_cites", "referrals",
}  # fmt: skip


def of_law(assessment: Assessment, law: str, *statuses: Status) -> set[str]:
    """Return the grounds of one law with one of some statuses."""
    found = assessment.with_status(*statuses)
    return {finding.ground.id for finding in found if finding.law.head.id == law}


@pytest.mark.parametrize("row", [pytest.param(row, id=name) for name, row in scenarios()])
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
    assert set(expect.get("also_holds", ())) <= of_law(result, law, Status.HOLDS)
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
    if "lead" in expect:
        assert expect["lead"] in {found.lead.id for found in own if found.lead}
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
    cited = {id_ for f in result.live if f.law.head.id == law for id_ in f.ground.provisions}
    assert set(expect.get("cites", ())) <= cited
    assert not set(expect.get("never_cites", ())) & cited
    if "referrals" in expect:
        found = {finding.ground.id for finding in result.referrals}
        assert set(expect["referrals"]) <= found
        assert bool(found) is bool(expect["referrals"])


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in rows()])
def test_ground(row: Row) -> None:
    """A ground holds, fails or stays open in the small cases that its table names."""
    result = assess(row.case, on=row.on)

    found = [f for f in result.findings if f.law.head.id == row.law and f.ground.id == row.ground]
    assert found, f"{row.law} has no ground {row.ground}, or does not apply"
    if row.outcome == "alternative":
        assert found[0].alternative
    else:
        assert found[0].status is Status(row.outcome)
