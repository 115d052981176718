"""Loads the jurisdiction files and makes a law of each, ready to be evaluated."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from complaintkit.conditions import Condition, parse
from complaintkit.errors import LawError, Problem
from complaintkit.files import data_dir
from complaintkit.lawcheck import Checker
from complaintkit.lawfile import Authority, AuthorityFile, LawFile
from complaintkit.world import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable


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
    """All laws and authorities of the package."""

    def __init__(
        self,
        laws: tuple[Law, ...],
        authorities: tuple[Authority, ...],
        competence: Mapping[str, Condition],
    ) -> None:
        self.laws = {law.head.id: law for law in laws}
        self.authorities = {authority.id: authority for authority in authorities}
        self.competence = competence


@lru_cache(maxsize=1)
def library() -> Library:
    """Return the package's own law, read and checked once.

    Raises:
        LawError: A file is wrong; one problem for each fault.

    """
    return load(data_dir("jurisdictions"))


def load(folder: Traversable) -> Library:
    """Read and check every law and authority below a folder.

    Raises:
        LawError: A file is wrong; one problem for each fault, with file, entry and remedy.

    """
    problems: list[Problem] = []
    laws: list[Law] = []
    authorities: list[Authority] = []
    competence: dict[str, Condition] = {}
    files: list[tuple[str, LawFile]] = []
    for name, content in _texts(folder, ""):
        try:
            raw = tomllib.loads(content.decode())
            if "authority" in raw:
                found = AuthorityFile.model_validate(raw).authorities
                authorities += found
                competence |= _competence(name, found, problems)
            else:
                files.append((name, LawFile.model_validate(raw)))
        except UnicodeDecodeError:
            problems.append(Problem(name, "is not UTF-8 text", "save it as UTF-8"))
        except tomllib.TOMLDecodeError as error:
            problems.append(Problem(name, f"is not valid TOML: {error}"))
        except ValidationError as error:
            problems += (_problem(name, raw, item) for item in error.errors())
        except LawError as error:
            problems += (Problem(name, p.what, p.mend) for p in error.problems)
    ids = {authority.id for authority in authorities}
    for name, file in files:
        checker = Checker(name, file, ids)
        laws.append(Law(file, checker.check()))
        problems += checker.problems
    problems += _twice("authority", [authority.id for authority in authorities])
    problems += _twice("law", [law.head.id for law in laws])
    if problems:
        raise LawError(*problems)
    return Library(tuple(laws), tuple(authorities), competence)


def _texts(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    """Yield the TOML files below a folder, by name, in a stable order."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{prefix}{item.name}"
        if item.is_dir():
            yield from _texts(item, f"{name}/")
        elif item.name.endswith(".toml"):
            yield name, item.read_bytes()


def _competence(
    name: str, found: tuple[Authority, ...], problems: list[Problem]
) -> dict[str, Condition]:
    conditions = {}
    for authority in (item for item in found if item.when):
        try:
            where = f"{name}, authority {authority.id}"
            conditions[authority.id] = parse(authority.when, NAMES, {}, where)
        except LawError as error:
            problems += error.problems
    return conditions


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
