"""One law from several files: parts of a long law, and models that like laws are made from.

A *part* (``[part] of = "eu-gdpr"``) adds its entries to the law it names. A *model* (``[model]
id = "state-act"``) holds what many laws of one pattern say alike; a law that names it gives the
``[values]`` for the ``{names}`` in its texts and the provisions for its ``@roles``. An entry that
mentions something a law does not have is left out of that law; ``@role?`` is cited where there is
one. ``needs`` and ``without`` of an entry name values or roles it turns on. A law replaces an entry
by one of the same id, drops it with ``omit``, or changes keys of it in ``[change.ground.id]``.
What cites provisions that came into force later, or went out of it, is dated as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from complaintkit.errors import LawError, Problem, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from complaintkit.lawfile import Entries, LawFile

Table = dict[str, Any]
Phrases = dict[str, tuple[str, "Mapping[str, str]"]]
"""Each text made from a model, with the text of the model and the values in it."""

LISTS = ("source", "provision", "demand", "ground", "requirement", "clock", "route", "caution")
MERGED = (
    "sources", "provisions", "demands", "grounds", "requirements", "branches", "clocks", "routes",
    "cautions", "contradictions",
)  # fmt: skip
DATED = ("ground", "clock", "route")
"""What cites provisions and is in force only while they are."""
PLACE = re.compile(r"\{([a-z_]+)\}")


class _LeftOut(Exception):  # noqa: N818 - a signal, not an error
    """An entry mentions something the law does not have."""


def expand(raw: Table, models: Mapping[str, Table], where: str) -> tuple[Table, Phrases]:
    """Return a law with the entries of the model it names, and the texts that were filled in.

    Raises:
        LawError: There is no such model, or the law names a role or an entry that it has not.

    """
    name = raw.get("law", {}).get("model")
    if not name:
        return raw, {}
    if name not in models:
        raise LawError(Problem(where, f"there is no model '{name}'", suggestion(name, models)))
    return _Filler(raw, models[name], where).law()


class _Filler:
    """Fills one model with one law's values and provisions."""

    def __init__(self, raw: Table, model: Table, where: str) -> None:
        self.raw, self.model, self.where = raw, model, where
        head = {key: str(raw["law"].get(key, "")) for key in ("id", "title", "short", "citation")}
        self.values = {**head, **{k: str(v) for k, v in raw.get("values", {}).items()}}
        self.about = {role["id"]: role["about"] for role in model.get("role", [])}
        self.roles: dict[str, list[str]] = {}
        self.phrases: Phrases = {}
        self.days: dict[str, Table] = {}
        self.used: set[str] = {"act"}

    def law(self) -> tuple[Table, Phrases]:
        filled = {**self.raw, "provision": self.provisions()}
        self.days = {entry["id"]: entry for entry in filled["provision"]}
        filled["law"] = self.head()
        filled["sets"] = {**self.model.get("sets", {}), **self.raw.get("sets", {})}
        for kind in LISTS:
            own = filled.get(kind, [])
            replaced = {entry.get("id") for entry in own} | set(self.raw.get("omit", ()))
            taken = [e for e in self.model.get(kind, []) if e["id"] not in replaced]
            made = list(self.entries(kind, taken))
            filled[kind] = [*own, *made] if kind != "demand" else [*made, *own]
        self.check()
        for key in ("values", "cite", "omit", "change"):
            filled.pop(key, None)
        _prune(filled, self.model)
        return filled, self.phrases

    def head(self) -> Table:
        """Return the head of the law: its own keys, and those of the model it does not have."""
        own = {key: value for key, value in self.raw["law"].items() if key != "model"}
        filled: Table = {"words": self.model["model"]["words"], **own}
        for key, value in self.model.get("law", {}).items():
            self.used |= set(PLACE.findall(str(value)))
            try:
                filled.setdefault(key, None if key in own else self.fill(value))
            except _LeftOut:
                what = f"the model cannot say '{key}' of the law: a value is missing"
                names = ", ".join(PLACE.findall(str(value)))
                raise LawError(Problem(self.where, what, f"give {names} in [values]")) from None
        return filled

    def check(self) -> None:
        """Refuse what the law says to its model and the model does not know.

        Raises:
            LawError: One problem for each value, omission or change that has no effect.

        """
        there = {kind: {e["id"] for e in self.model.get(kind, [])} for kind in LISTS}
        asked = self.used | _asked(self.model)
        every = {id_ for ids in there.values() for id_ in ids}
        faults = [
            (f"the model has no place for the value '{name}'", suggestion(name, asked))
            for name in self.raw.get("values", {})
            if name not in asked
        ]
        faults += [
            (f"omits '{id_}', which the model has not", suggestion(id_, every))
            for id_ in self.raw.get("omit", ())
            if id_ not in every
        ]
        faults += [
            (f"changes {kind} '{id_}', which the model has not", suggestion(id_, there[kind]))
            for kind, id_ in self.changes()
            if id_ not in there[kind]
        ]
        if faults:
            raise LawError(*(Problem(self.where, what, mend) for what, mend in faults))

    def changes(self) -> Iterator[tuple[str, str]]:
        for kind, entries in self.raw.get("change", {}).items():
            if kind not in LISTS:
                what = f"changes a '{kind}', which is no kind of entry"
                raise LawError(Problem(self.where, what, suggestion(kind, LISTS)))
            for id_ in entries:
                yield kind, id_

    def provisions(self) -> list[Table]:
        """Return the provisions that the law has for the roles of the model, each once."""
        found: dict[str, Table] = {p["id"]: p for p in self.raw.get("provision", [])}
        for cite in self.raw.get("cite", []):
            shared = {k: v for k, v in cite.items() if k not in ("role", "roles", "provisions")}
            for role in cite.get("roles", [cite.get("role", "")]):
                if role not in self.about:
                    what = f"there is no role '{role}' in the model"
                    raise LawError(Problem(self.where, what, suggestion(role, self.about)))
                self.cite(role, cite.get("provisions", ()), shared, found)
        return list(found.values())

    def cite(
        self, role: str, provisions: Iterable[str], shared: Table, found: dict[str, Table]
    ) -> None:
        """Note the provisions that play a role, and say of each what it is about."""
        about = self.about[role]
        for id_ in provisions:
            self.roles.setdefault(role, []).append(id_)
            entry = {"act": self.values.get("act", ""), "source": "act", **shared}
            known = found.setdefault(id_, {"id": id_, "about": about, **entry})
            if about.lower() not in known["about"].lower():
                known["about"] += f"; {about[0].lower()}{about[1:]}"

    def entries(self, kind: str, entries: Iterable[Table]) -> Iterator[Table]:
        """Yield the entries of the model that the law has, filled, changed and dated."""
        changes = self.raw.get("change", {}).get(kind, {})
        for entry in entries:
            if not self.wanted(entry):
                continue
            plain = {k: v for k, v in entry.items() if k not in ("needs", "without")}
            try:
                filled = self.fill({**plain, **changes.get(entry["id"], {})})
            except _LeftOut:
                continue
            except LawError as error:
                what = f"{kind} '{entry['id']}' of the model: {error.problems[0].what}"
                raise LawError(Problem(self.where, what, error.problems[0].mend)) from None
            yield {**self.in_force(filled), **filled} if kind in DATED else filled

    def wanted(self, entry: Table) -> bool:
        needed = all(self.has(name) for name in entry.get("needs", ()))
        return needed and not any(self.has(name) for name in entry.get("without", ()))

    def has(self, name: str) -> bool:
        return name[1:] in self.roles if name.startswith("@") else bool(self.values.get(name))

    def in_force(self, entry: Table) -> Table:
        """Return the days between which every provision is in force that an entry cites."""
        cited = [self.days[id_] for id_ in entry.get("provisions", ()) if id_ in self.days]
        starts = [p["in_force_from"] for p in cited if "in_force_from" in p]
        ends = [p["in_force_until"] for p in cited if "in_force_until" in p]
        days = {
            "in_force_from": max(starts, default=None),
            "in_force_until": min(ends, default=None),
        }
        return {key: day for key, day in days.items() if day}

    def fill(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.fill(item) for key, item in value.items()}
        if not isinstance(value, list):
            return value
        if value and isinstance(value[0], dict):
            return list(self.tables(value))
        return [done for item in value for done in self.item(item)]

    def tables(self, tables: Iterable[Table]) -> Iterator[Table]:
        """Yield the tables inside of an entry, without those that mention what is not there."""
        for table in tables:
            try:
                yield self.fill(table)
            except _LeftOut:
                continue

    def item(self, item: Any) -> list[Any]:
        """Return one item of a list; a role gives all its provisions."""
        if not (isinstance(item, str) and item.startswith("@")):
            return [self.fill(item)]
        role = item[1:].removesuffix("?")
        if role not in self.about:
            near = suggestion(role, self.about)
            raise LawError(Problem(self.where, f"there is no role '@{role}' in the model", near))
        if role not in self.roles and not item.endswith("?"):
            raise _LeftOut
        return list(self.roles.get(role, ()))

    def text(self, text: str) -> str:
        if text.startswith("@"):
            return str(self.item(text)[0])
        used = dict.fromkeys(PLACE.findall(text))
        self.used |= set(used)
        if not used:
            return text
        if any(not self.values.get(name) for name in used):
            raise _LeftOut
        values = {name: self.values[name] for name in used}
        done = PLACE.sub(lambda match: values[match[1]], text)
        self.phrases[done] = (text, values)
        return done


def _asked(model: Table) -> set[str]:
    """Return every value that the texts and the entries of a model ask for."""

    def strings(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict | list):
            for item in value.values() if isinstance(value, dict) else value:
                yield from strings(item)

    named = {
        name
        for kind in LISTS
        for entry in model.get(kind, [])
        for key in ("needs", "without")
        for name in entry.get(key, ())
    }
    return named.union(*(PLACE.findall(text) for text in strings(model)))


def _demanded(table: Table) -> set[str]:
    return {id_ for ground in table.get("ground", []) for id_ in ground.get("demands", ())}


def _prune(law: Table, model: Table) -> None:
    """Take away what is said of entries that were left out, and the demands only they made."""
    there = {kind: {entry.get("id") for entry in law.get(kind, [])} for kind in LISTS}
    for ground in law.get("ground", []):
        if "demands" in ground:
            ground["demands"] = [id_ for id_ in ground["demands"] if id_ in there["demand"]]
        if "displaced_by" in ground:
            ground["displaced_by"] = [
                other for other in ground["displaced_by"] if other["ground"] in there["ground"]
            ]
    lost = _demanded(model) - _demanded(law)
    law["demand"] = [demand for demand in law.get("demand", []) if demand["id"] not in lost]
    known = there["ground"] | there["route"]
    for caution in law.get("caution", []):
        caution["about"] = [id_ for id_ in caution.get("about", []) if id_ in known]
    law["caution"] = [caution for caution in law.get("caution", []) if caution["about"]]


T = TypeVar("T", bound="Entries")


def spoken(entries: T, words: str = "") -> T:
    """Return grounds and demands with the file of their words: their own, else that of the file."""
    name = words or _words_of(entries)
    if not name:
        return entries
    said = {
        kind: tuple(
            entry if entry.words else entry.model_copy(update={"words": name})
            for entry in getattr(entries, kind)
        )
        for kind in ("grounds", "demands")
    }
    return entries.model_copy(update=said)


def _words_of(entries: Entries) -> str:
    head = getattr(entries, "law", None)
    return (head.words or head.id) if head else ""


def merge(law: LawFile, parts: Iterable[Entries]) -> LawFile:
    """Return a law with the entries of its parts behind its own."""
    for part in parts:
        lists = {name: getattr(law, name) + getattr(part, name) for name in MERGED}
        law = law.model_copy(update={**lists, "sets": {**law.sets, **part.sets}})
    return law
