"""One law from several files: parts of a long law, and models that like laws are made from.

A *part* (``[part] of = "eu-gdpr"``) adds its entries to the law it names. A *model* (``[model]
id = "state-act"``) holds what many laws of one pattern say alike; a law that names it gives the
``[values]`` for the ``{names}`` in its texts and the provisions for its ``@roles``. An entry that
mentions something a law does not have is left out of that law.
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

    def law(self) -> tuple[Table, Phrases]:
        filled = {**self.raw, "provision": self.provisions()}
        head = {**self.fill(self.model.get("law", {})), **self.raw["law"]}
        head.pop("model")
        filled["law"] = {"words": self.model["model"]["words"], **head}
        filled["sets"] = {**self.model.get("sets", {}), **self.raw.get("sets", {})}
        omit = set(self.raw.get("omit", ()))
        for kind in LISTS:
            own = filled.get(kind, [])
            replaced = {entry.get("id") for entry in own} | omit
            taken = [e for e in self.model.get(kind, []) if e["id"] not in replaced]
            filled[kind] = (
                [*own, *self.entries(taken)] if kind != "demand" else [*self.entries(taken), *own]
            )
        for key in ("values", "cite", "omit"):
            filled.pop(key, None)
        _prune(filled)
        return filled, self.phrases

    def provisions(self) -> list[Table]:
        """Return the provisions that the law has for the roles of the model, each once."""
        found: dict[str, Table] = {p["id"]: p for p in self.raw.get("provision", [])}
        for cite in self.raw.get("cite", []):
            role = cite.get("role", "")
            if role not in self.about:
                what = f"there is no role '{role}' in the model"
                raise LawError(Problem(self.where, what, suggestion(role, self.about)))
            shared = {k: v for k, v in cite.items() if k not in ("role", "provisions")}
            for id_ in cite.get("provisions", ()):
                self.roles.setdefault(role, []).append(id_)
                entry = {"act": self.values.get("act", ""), "source": "act", **shared}
                known = found.setdefault(id_, {"id": id_, "about": self.about[role], **entry})
                if self.about[role] not in known["about"]:
                    known["about"] += f"; {self.about[role][0].lower()}{self.about[role][1:]}"
        return list(found.values())

    def entries(self, entries: Iterable[Table]) -> Iterator[Table]:
        for entry in entries:
            try:
                yield self.fill(entry)
            except _LeftOut:
                continue

    def fill(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self.fill(item) for key, item in value.items()}
        if not isinstance(value, list):
            return value
        if value and isinstance(value[0], dict):
            return list(self.entries(value))
        return [done for item in value for done in self.item(item)]

    def item(self, item: Any) -> list[Any]:
        """Return one item of a list; a role gives all its provisions."""
        if not (isinstance(item, str) and item.startswith("@")):
            return [self.fill(item)]
        if item[1:] not in self.about:
            near = suggestion(item[1:], self.about)
            raise LawError(Problem(self.where, f"there is no role '{item}' in the model", near))
        if item[1:] not in self.roles:
            raise _LeftOut
        return list(self.roles[item[1:]])

    def text(self, text: str) -> str:
        if text.startswith("@"):
            return str(self.item(text)[0])
        used = dict.fromkeys(PLACE.findall(text))
        if not used:
            return text
        if any(not self.values.get(name) for name in used):
            raise _LeftOut
        values = {name: self.values[name] for name in used}
        done = PLACE.sub(lambda match: values[match[1]], text)
        self.phrases[done] = (text, values)
        return done


def _prune(law: Table) -> None:
    """Take away what entries say of others that were left out."""
    there = {kind: {entry.get("id") for entry in law.get(kind, [])} for kind in LISTS}
    for ground in law.get("ground", []):
        if "demands" in ground:
            ground["demands"] = [id_ for id_ in ground["demands"] if id_ in there["demand"]]
        if "displaced_by" in ground:
            ground["displaced_by"] = [
                other for other in ground["displaced_by"] if other["ground"] in there["ground"]
            ]
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
