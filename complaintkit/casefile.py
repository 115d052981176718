"""Reading and writing a case as TOML."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import tomli_w
from pydantic import BaseModel, ValidationError

from complaintkit.answers import Unknown
from complaintkit.errors import CaseError, Problem, suggestion
from complaintkit.facts import Case, Controller, Event, Exhibit, Facts, Person, Step
from complaintkit.files import write_private

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
TABLES: dict[str, type[BaseModel]] = {"person": Person, "controller": Controller, "facts": Facts}
LISTS: dict[str, type[BaseModel]] = {"events": Event, "history": Step, "evidence": Exhibit}
PLAIN = ("format", "campaign")


def load(path: Path | str) -> Case:
    """Read a case file.

    Keys that mean nothing to this version are kept in ``Case.unrecognised``.

    Raises:
        CaseError: The file cannot be read, is no TOML, or says something impossible; one problem
            for each fault, with its line.

    """
    path = Path(path)
    return parse(_read(path), where=path.name)


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CaseError(Problem(path.name, "the file is larger than 2 MB", "is it a case?"))
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CaseError(Problem(path.name, f"cannot be read: {error.strerror}")) from None
    except UnicodeDecodeError:
        raise CaseError(
            Problem(path.name, "is not UTF-8 text", "save it as UTF-8, or check the file name")
        ) from None


def parse(text: str, *, where: str = "case") -> Case:
    """Read a case from TOML text; ``where`` names it in error messages.

    Raises:
        CaseError: As for `load`.

    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CaseError(_syntax(where, text, str(error))) from None
    except RecursionError:
        raise _too_deep(where) from None
    known, unrecognised = _split(raw)
    if _depth(unrecognised) > MAX_DEPTH:
        raise _too_deep(where)
    try:
        case = Case.model_validate(known)
    except ValidationError as error:
        lines = _lines(text)
        faults = [item for item in error.errors() if not _is_state(item)]
        raise CaseError(*(_problem(where, lines, item) for item in faults)) from None
    return case.model_copy(update={"unrecognised": unrecognised})


def unrecognised_problems(case: Case, where: str, text: str = "") -> tuple[Problem, ...]:
    """Return one problem for each key the reader kept but does not understand."""
    lines = _lines(text)
    return tuple(
        Problem(
            _place(where, lines, key),
            f"'{key}' is not a known key",
            suggestion(key.rpartition(".")[2], _neighbours(key)) or "it is kept, but not used",
        )
        for key in case.unrecognised
    )


def dump(case: Case) -> str:
    """Return the TOML text of a case; unanswered facts are left out."""
    raw: dict[str, Any] = {"format": case.format}
    if case.campaign:
        raw["campaign"] = case.campaign
    for name in TABLES:
        if table := _table(getattr(case, name)):
            raw[name] = table
    for key, value in case.unrecognised.items():
        _put(raw, key.split("."), value)
    parts = [tomli_w.dumps(raw, multiline_strings=True)]
    for name in LISTS:
        tables = [_table(row) for row in getattr(case, name)]
        parts += [f"[[{name}]]\n{tomli_w.dumps(t, multiline_strings=True)}" for t in tables]
    return "\n".join(parts)


def save(case: Case, path: Path | str) -> None:
    """Write a case file with mode 0600, whole or not at all; an older one is replaced.

    Raises:
        OutputError: The file cannot be written.

    """
    write_private(Path(path), dump(case).encode(), overwrite=True)


def _split(raw: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Part the keys of a file into those of the model and the others, by dotted path."""
    known: dict[str, Any] = {}
    other: dict[str, Any] = {}
    for key, value in raw.items():
        if key in TABLES and isinstance(value, dict):
            fields = TABLES[key].model_fields
            known[key] = {k: v for k, v in value.items() if k in fields}
            other |= {f"{key}.{k}": v for k, v in value.items() if k not in fields}
        elif key in PLAIN or key in TABLES or key in LISTS:
            known[key] = value
        else:
            other[key] = value
    return known, other


def _depth(value: object) -> int:
    """Return how deeply tables and lists are nested, without recursion."""
    depth, level = 0, [value]
    while level:
        depth += 1
        inside = [v.values() if isinstance(v, dict) else v for v in level]
        level = [i for v in inside if not isinstance(v, str | bytes) and _holds(v) for i in v]
    return depth


def _holds(value: object) -> TypeGuard[Iterable[object]]:
    return isinstance(value, Iterable)


def _too_deep(where: str) -> CaseError:
    return CaseError(Problem(where, "is nested too deeply"))


def _table(record: BaseModel) -> dict[str, Any]:
    """Return what a record says, in the types TOML has."""
    table: dict[str, Any] = {}
    for field in type(record).model_fields:
        value = getattr(record, field)
        if value is Unknown.UNANSWERED or value in ("", (), None):
            continue
        table[field] = _plain(value)
    return table


def _plain(value: Any) -> Any:
    if isinstance(value, Unknown):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool | dt.date):
        return value
    return str(value)


def _put(raw: dict[str, Any], path: list[str], value: Any) -> None:
    for key in path[:-1]:
        raw = raw.setdefault(key, {})
    raw.setdefault(path[-1], value)


def _neighbours(key: str) -> list[str]:
    """Return the keys that could have been meant in the place of an unknown one."""
    table, dot, _ = key.partition(".")
    if dot:
        return list(TABLES[table].model_fields)
    everywhere = [field for model in TABLES.values() for field in model.model_fields]
    return [*PLAIN, *TABLES, *LISTS, *everywhere]


def _lines(text: str) -> dict[str, int]:
    """Return the line number of each key, by dotted path; list entries carry their index."""
    found: dict[str, int] = {}
    table, counts = "", dict.fromkeys(LISTS, -1)
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", line):
            counts[match[1]] = counts.get(match[1], -1) + 1
            table = f"{match[1]}.{counts[match[1]]}."
            found.setdefault(table[:-1], number)
        elif match := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            table = match[1] + "."
            found.setdefault(match[1], number)
        elif match := re.match(r"\s*([\w-]+)\s*=", line):
            found.setdefault(table + match[1], number)
    return found


def _place(where: str, lines: dict[str, int], key: str) -> str:
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return f"{where}, line {lines[key]}" if key else where


def _is_state(item: ErrorDetails) -> bool:
    """Return whether an error only says that a value is not one of the marks for unknown."""
    return item.get("ctx", {}).get("expected") == "'', '?' or '-'"


def _syntax(where: str, text: str, message: str) -> Problem:
    """Say what is wrong with a text that is no TOML."""
    match = re.search(r"line (\d+)", message)
    if not match:
        return Problem(where, f"is not valid TOML: {message}", "is the file complete?")
    number = int(match[1])
    line = (text.splitlines()[number - 1 : number] or [""])[0]
    if day := re.search(r"=\s*(\d{4}-\d{2}-\d{2})\b", line):
        return Problem(f"{where}, line {number}", f"{day[1]} is not a day of the calendar")
    return Problem(
        f"{where}, line {number}", "is not valid TOML", "texts need quotation marks around them"
    )


def _problem(where: str, lines: dict[str, int], item: ErrorDetails) -> Problem:
    """Say a validation error in words that help to mend it."""
    parts = [str(part) for part in item["loc"]]
    depth = 3 if parts and parts[0] in LISTS else 2
    key = ".".join(parts[:depth])
    return Problem(_place(where, lines, key), *_words(key, item))


def _words(key: str, item: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, and how to mend it."""
    kind, context = item["type"], item.get("ctx", {})
    name = f"'{key}'" if key else "the case"
    if kind == "enum":
        return _wrong_choice(name, str(item["input"]), str(context.get("expected", "")))
    if kind == "extra_forbidden":
        known = LISTS[key.partition(".")[0]].model_fields
        return f"{name} is not a known key", suggestion(key.rpartition(".")[2], known)
    if kind == "value_error":
        return f"{name}: {context.get('error')}", ""
    length = context.get("max_length")
    return {
        "bool_parsing": (f"{name} must be true or false", "or '?' if you do not know"),
        "bool_type": (f"{name} must be true or false", "or '?' if you do not know"),
        "missing": (f"{name} is missing", "add it"),
        "string_pattern_mismatch": (f"{name} must be a code such as DE, GB-ENG or US-CA", ""),
        "string_too_long": (f"{name} is longer than {length} characters", "shorten it"),
    }.get(kind, (f"{name}: {item['msg'].lower()}", ""))


def _wrong_choice(name: str, given: str, expected: str) -> tuple[str, str]:
    """Say that a word is none of the choices, quoting it only if it looks like one."""
    shown = f"'{given}'" if re.fullmatch(r"[\w.-]{1,40}", given) else "this text"
    near = suggestion(given, re.findall(r"'([^']*)'", expected))
    return f"{name} cannot be {shown}", near or f"one of {expected}"
