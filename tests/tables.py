"""The tables of law: scenarios (a whole story) and ground tables (one ground, many small cases).

A ground table says of one ground in which cases it holds, fails or is open::

    [base]
    law = "eu-gdpr"
    on = 2026-11-23
    facts = { residence = "FR", practice = "request_handling" }

    [[ground]]
    id = "fee"
    holds = [{ answer_faults = ["fee"], history = ["access sent 2026-09-01"] }]
    fails = [{ answer_faults = ["no_copy"] }]
    open = [{}]

Each case adds its facts to those of the base. ``history`` is short: what, event, date, channel.
``alternative`` is open and pleaded all the same; ``displaced`` and ``out_of_force`` are the rest.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from complaintkit.facts import Case

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

FOLDER = Path(__file__).parent / "law"
OUTCOMES = ("holds", "fails", "open", "alternative", "displaced", "out_of_force")
BASE_KEYS = {"law", "on", "facts"}


@dataclass(frozen=True)
class Row:
    """One case of a ground table."""

    name: str
    law: str
    ground: str
    outcome: str
    on: dt.date
    case: Case


def tables() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every table below tests/law with its name."""
    for path in sorted(FOLDER.rglob("*.toml")):
        name = path.relative_to(FOLDER).with_suffix("").as_posix()
        yield name, tomllib.loads(path.read_text(encoding="utf-8"))


def scenarios() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every scenario, named by its file and its own words."""
    for name, table in tables():
        assert set(table) <= {"scenario", "base", "ground"}, name
        for row in table.get("scenario", []):
            yield f"{name}::{row['name']}", row


def rows() -> Iterator[Row]:
    """Yield every case of every ground table."""
    for name, table in tables():
        base = table.get("base", {})
        assert set(base) <= BASE_KEYS, name
        for ground in table.get("ground", []):
            yield from _of_ground(name, base, ground)


def _of_ground(name: str, base: dict[str, Any], ground: dict[str, Any]) -> Iterator[Row]:
    assert set(ground) <= {"id", "law", "facts", "on", *OUTCOMES}, (name, ground["id"])
    shared = {**base.get("facts", {}), **ground.get("facts", {})}
    law = ground.get("law", base.get("law"))
    for outcome in OUTCOMES:
        for number, own in enumerate(ground.get(outcome, []), 1):
            facts = {**shared, **own}
            on = facts.pop("on", ground.get("on", base.get("on")))
            title = f"{name}::{ground['id']} {outcome} {number}"
            yield Row(title, law, ground["id"], outcome, on, case_of({"facts": facts}))


def case_of(row: dict[str, Any]) -> Case:
    """Return the case that a scenario or a row describes."""
    facts = {key: value for key, value in row["facts"].items() if value != "unanswered"}
    history = [*facts.pop("history", []), *row.get("history", [])]
    controller = {
        key.removeprefix("controller."): facts.pop(key)
        for key in list(facts)
        if key.startswith("controller.")
    }
    steps = [_step(step) if isinstance(step, str) else step for step in history]
    return Case.model_validate({"facts": facts, "controller": controller, "history": steps})


def _step(text: str) -> dict[str, Any]:
    what, event, date, *channel = text.split()
    step: dict[str, Any] = {"what": what, "event": event, "date": date}
    return {**step, "channel": channel[0]} if channel else step
