"""What the program knows about each fact from its declaration: kind, choices, question, group."""

from __future__ import annotations

import datetime as dt
import types
import typing
from dataclasses import dataclass
from typing import Union

from complaintkit.answers import Choice, Group, Unknown
from complaintkit.facts import Controller, Facts
from complaintkit.vocabulary import Practice


@dataclass(frozen=True, slots=True)
class FactInfo:
    """What the program knows about a fact from its declaration."""

    name: str
    kind: str
    """One of ``yes_no``, ``choice``, ``many``, ``date``, ``text`` and ``code``."""
    choices: tuple[Choice, ...]
    question: str
    help: str
    label: str
    group: Group
    only_for: frozenset[Practice]
    """The practices for which an interview asks it; empty for all."""

    def concerns(self, practice: Practice | Unknown) -> bool:
        """Return whether an interview asks it in a case of this practice."""
        anything = not self.only_for or practice is Practice.OTHER
        return anything or isinstance(practice, Unknown) or practice in self.only_for


def _kind(annotation: object) -> tuple[str, tuple[Choice, ...]]:
    """Return the kind and the choices behind a field's type."""
    if typing.get_origin(annotation) in (Union, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not Unknown)
    if typing.get_origin(annotation) is tuple:
        return "many", tuple(typing.get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        return "choice", tuple(annotation)
    if annotation is bool:
        return "yes_no", ()
    base, *rest = typing.get_args(annotation)
    if base is dt.date:
        return "date", ()
    return (
        "code" if any(getattr(r, "metadata", ()) and _has_pattern(r) for r in rest) else "text"
    ), ()


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def _has_pattern(info: object) -> bool:
    """Return whether a string field is bound to a pattern, as codes are."""
    return any(getattr(item, "pattern", None) for item in getattr(info, "metadata", ()))


def _catalogue() -> dict[str, FactInfo]:
    found: dict[str, FactInfo] = {}
    for prefix, model in (("", Facts), ("controller.", Controller)):
        for field, info in model.model_fields.items():
            extra = info.json_schema_extra
            if not isinstance(extra, dict):
                continue
            hints = typing.get_type_hints(model, include_extras=True)
            kind, choices = _kind(hints[field])
            label = str(extra["label"]) or field.replace("_", " ").capitalize()
            found[prefix + field] = FactInfo(
                name=prefix + field,
                kind=kind,
                choices=choices,
                question=str(extra["question"]),
                help=str(extra["help"]),
                label=label,
                group=Group.of(str(extra["group"])),
                only_for=frozenset(Practice.of(str(p)) for p in _listed(extra["only_for"])),
            )
    order = {group: place for place, group in enumerate(Group)}
    return dict(sorted(found.items(), key=lambda item: order[item[1].group]))


CATALOGUE = _catalogue()
"""Every fact by its name, in the order of the conversation."""
