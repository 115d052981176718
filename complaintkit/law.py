"""Loads the jurisdiction files and makes a law of each, ready to be evaluated."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from complaintkit.conditions import Condition, parse
from complaintkit.errors import LawError, Problem, suggestion
from complaintkit.files import data_dir
from complaintkit.lawcheck import LISTS as IDENTIFIED
from complaintkit.lawcheck import Checker
from complaintkit.lawfile import Authority, AuthorityFile, LawFile, Part
from complaintkit.lawparts import expand, merge, spoken
from complaintkit.respondents import ControllerFile, resolve
from complaintkit.webforms import FormChecker, FormFile, references
from complaintkit.world import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from complaintkit.lawparts import Phrases
    from complaintkit.respondents import KnownController
    from complaintkit.webforms import WebForm


class Law:
    """A checked law, with its conditions ready to be evaluated."""

    def __init__(self, file: LawFile, conditions: Mapping[tuple[str, str], Condition]) -> None:
        self.file = file
        self.head = file.law
        self.sources = {source.id: source for source in file.sources}
        self.provisions = {provision.id: provision for provision in file.provisions}
        self.demands = {demand.id: demand for demand in file.demands}
        self._conditions = conditions

    def __repr__(self) -> str:
        return f"<Law {self.head.id}>"

    def condition(self, kind: str, id_: str) -> Condition:
        """Return a condition by what it belongs to, such as ``("ground", "li-fails")``."""
        return self._conditions[kind, id_]


class Library:
    """All laws, authorities, known controllers and web forms of the package."""

    def __init__(
        self,
        laws: tuple[Law, ...],
        authorities: tuple[Authority, ...],
        competence: Mapping[str, Condition],
        controllers: tuple[KnownController, ...] = (),
        phrases: Phrases | None = None,
        forms: tuple[WebForm, ...] = (),
    ) -> None:
        self.laws = {law.head.id: law for law in laws}
        self.authorities = {authority.id: authority for authority in authorities}
        self.competence = competence
        self.controllers = {known.id: known for known in controllers}
        self.phrases = phrases or {}
        self.forms = {item.form.id: item for item in forms}


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the package's own law, read and checked once.

    Raises:
        LawError: A file is wrong; one problem for each fault.

    """
    return load(data_dir("jurisdictions"))


def load(folder: Traversable) -> Library:
    """Read and check every law, authority, known controller and web form below a folder.

    Raises:
        LawError: A file is wrong; one problem for each fault, with file, entry and remedy.

    """
    read = _Folder(folder)
    laws = [read.law(name, file) for name, file in read.laws]
    read.finish()
    if read.problems:
        raise LawError(*read.problems)
    return Library(
        tuple(laws),
        tuple(read.authorities),
        read.competence,
        tuple(read.controllers),
        read.phrases,
        tuple(read.forms),
    )


class _Folder:
    """Everything below a folder, each file read as what it is, with the faults found on the way."""

    def __init__(self, folder: Traversable) -> None:
        self.problems: list[Problem] = []
        self.laws: list[tuple[str, LawFile]] = []
        self.parts: dict[str, list[tuple[str, Part]]] = {}
        self.authorities: list[Authority] = []
        self.controllers: list[KnownController] = []
        self.forms: list[WebForm] = []
        self.competence: dict[str, Condition] = {}
        self.phrases: Phrases = {}
        tables = [(name, self.table(name, content)) for name, content in _texts(folder, "")]
        self.models = {raw["model"]["id"]: raw for _, raw in tables if "model" in raw}
        self.named = {raw["law"].get("id") for _, raw in tables if "law" in raw}
        for name, raw in tables:
            self.file(name, raw)

    def table(self, name: str, content: bytes) -> dict[str, Any]:
        try:
            return tomllib.loads(content.decode())
        except UnicodeDecodeError:
            self.problems.append(Problem(name, "is not UTF-8 text", "save it as UTF-8"))
        except tomllib.TOMLDecodeError as error:
            self.problems.append(Problem(name, f"is not valid TOML: {error}"))
        return {}

    def file(self, name: str, raw: dict[str, Any]) -> None:
        """Read a file as what its first table says it is."""
        try:
            if "authority" in raw:
                found = AuthorityFile.model_validate(raw)
                self.authorities += found.authorities
                self.competence |= _competence(name, found, self.problems)
            elif "controller" in raw:
                self.controllers += ControllerFile.model_validate(raw).controllers
            elif "form" in raw:
                checker = FormChecker(name)
                self.forms += [checker.check(form) for form in FormFile.model_validate(raw).forms]
                self.problems += checker.problems
            elif "part" in raw:
                part = Part.model_validate(raw)
                self.parts.setdefault(part.part.of, []).append((name, part))
            elif raw and "model" not in raw:
                raw, phrases = expand(raw, self.models, name)
                self.phrases |= phrases
                self.laws.append((name, LawFile.model_validate(raw)))
        except ValidationError as error:
            self.problems += (_problem(name, raw, item) for item in error.errors())
        except LawError as error:
            self.problems += (Problem(name, p.what, p.mend) for p in error.problems)

    def law(self, name: str, file: LawFile) -> Law:
        """Return a law with its parts, checked as a whole."""
        parts = self.parts.get(file.law.id, [])
        origins = {
            (kind.removesuffix("s"), entry.id): part_name
            for part_name, part in parts
            for kind in IDENTIFIED
            for entry in getattr(part, kind)
        }
        whole = spoken(merge(file, [spoken(part, part.part.words) for _, part in parts]))
        checker = Checker(name, whole, {authority.id for authority in self.authorities}, origins)
        law = Law(whole, checker.check())
        self.problems += checker.problems
        return law

    def finish(self) -> None:
        """Check what only shows once everything is read."""
        for id_, parts in self.parts.items():
            if id_ not in self.named:
                what = f"is part of unknown law '{id_}'"
                mend = suggestion(id_, [str(name) for name in self.named])
                self.problems += (Problem(name, what, mend) for name, _ in parts)
        sets = {name: codes for _, file in self.laws for name, codes in file.sets.items()}
        self.controllers, unknown = resolve(self.controllers, sets)
        self.problems += unknown
        read = [*self.laws, *(item for parts in self.parts.values() for item in parts)]
        documents = [route.document for _, file in read for route in file.routes]
        owners = [*(item.id for item in self.authorities), *(item.id for item in self.controllers)]
        self.problems += references(self.forms, owners, documents)
        self.problems += _twice("form", [item.form.id for item in self.forms])
        self.problems += _twice("authority", [authority.id for authority in self.authorities])
        self.problems += _twice("law", [file.law.id for _, file in self.laws])
        self.problems += _twice("controller", [known.id for known in self.controllers])


def _texts(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield the TOML files below a folder, by name, in a stable order."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            yield from _texts(item, f"{name}/")
        elif item.name.endswith(".toml"):
            yield name, item.read_bytes()


def _competence(name: str, file: AuthorityFile, problems: list[Problem]) -> dict[str, Condition]:
    conditions = {}
    for authority in (item for item in file.authorities if item.when):
        try:
            where = f"{name}, authority {authority.id}"
            conditions[authority.id] = parse(_shared(file, authority), NAMES, {}, where)
        except LawError as error:
            problems += error.problems
    return conditions


def _shared(file: AuthorityFile, authority: Authority) -> str:
    """Return the condition of an authority with the rules that it shares with others."""
    text = authority.when
    for rule, condition in file.rules.items():
        text = text.replace(f"@{rule}", f"({condition.replace('{region}', authority.region)})")
    return text


def _problem(name: str, raw: dict[str, Any], item: Any) -> Problem:
    """Say a validation error with the id of the entry it is in."""
    table: Any = raw
    where = name
    for part in item["loc"]:
        table = table[part] if _has(table, part) else {}
        if isinstance(table, dict) and "id" in table:
            where = f"{name}, {item['loc'][0]} {table['id']}"
    path = ".".join(str(part) for part in item["loc"])
    if item["type"] == "extra_forbidden":
        return Problem(where, f"'{path}' is not a known key", "see jurisdictions/README.md")
    return Problem(where, f"'{path}': {item['msg'].lower()}")


def _has(table: Any, part: Any) -> bool:
    if isinstance(table, dict):
        return part in table
    return isinstance(table, list) and isinstance(part, int) and part < len(table)


def _twice(kind: str, ids: list[str]) -> list[Problem]:
    return [
        Problem("jurisdictions", f"the {kind} '{id_}' is there twice", "rename one")
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1})
    ]
