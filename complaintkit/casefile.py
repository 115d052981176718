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
    from collections.abc import Iterator

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


def load_known(path: Path | str) -> Case:
    """Read a case file and refuse keys that are not understood: the law might turn on them.

    Raises:
        CaseError: As for `load`, and for each key that means nothing to this version.

    """
    path = Path(path)
    text = _read(path)
    case = parse(text, where=path.name)
    if case.unrecognised:
        raise CaseError(*unrecognised_problems(case, path.name, text))
    return case


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CaseError(Problem(path.name, "the file is larger than 2 MB", "is it a case?"))
        return path.read_text(encoding="utf-8-sig")
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
        raise CaseError(*faults(where, text, error)) from None
    return case.model_copy(update={"unrecognised": unrecognised})


def faults(where: str, text: str, error: ValidationError) -> Iterator[Problem]:
    """Yield what is wrong with a case or a campaign, each fault once and with its line."""
    lines = _lines(text)
    for item in error.errors():
        if not _is_state(item):
            yield _problem(where, lines, item)


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
        _put(raw, key, value)
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
            other[_quoted(key)] = value
    return known, other


def _quoted(key: str) -> str:
    """Return a key of the file itself, so that its dots are not taken for a path."""
    return f'"{key}"' if "." in key else key


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
        is_fact = type(record).model_fields[field].json_schema_extra is not None
        if value is Unknown.UNANSWERED or (not is_fact and value in ("", (), None)):
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


def _put(raw: dict[str, Any], key: str, value: Any) -> None:
    """Put an unrecognised key back where it stood."""
    table, dot, field = key.partition(".")
    if key.startswith('"'):
        raw.setdefault(key.strip('"'), value)
    elif dot:
        raw.setdefault(table, {}).setdefault(field, value)
    else:
        raw.setdefault(key, value)


def _neighbours(key: str) -> list[str]:
    """Return the keys that could have been meant in the place of an unknown one."""
    table = key.partition(".")[0]
    if table in TABLES and table != key:
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
            found.setdefault(match[1], number)
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
    if "Illegal character" in message or "scalar value" in message:
        what = "has a control character, which cannot be shown"
        return Problem(f"{where}, line {number}", what, "take it out, or type the text again")
    line = (text.splitlines()[number - 1 : number] or [""])[0]
    day = re.search(r"=\s*(\d{4}-\d{2}-\d{2})\s*(#.*)?$", line)
    if day and not _is_day(day[1]):
        return Problem(f"{where}, line {number}", f"{day[1]} is not a day of the calendar")
    return Problem(
        f"{where}, line {number}", "is not valid TOML", "texts need quotation marks around them"
    )


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _problem(where: str, lines: dict[str, int], item: ErrorDetails) -> Problem:
    """Say a validation error in words that help to mend it."""
    parts = [str(part) for part in item["loc"]]
    depth = 3 if parts[1:2] and parts[1].isdigit() else 2
    key = ".".join(parts[:depth])
    return Problem(_place(where, lines, key), *_words(key, item))


def _words(key: str, item: ErrorDetails) -> tuple[str, str]:
    """Return what is wrong with a value, and how to mend it."""
    kind, context = item["type"], item.get("ctx", {})
    name = f"'{key}'" if key else "the case"
    if kind == "enum":
        return _wrong_choice(name, str(item["input"]), str(context.get("expected", "")))
    if kind == "extra_forbidden":
        model = LISTS.get(key.partition(".")[0])
        known = model.model_fields if model else ()
        return f"{name} is not a known key", suggestion(key.rpartition(".")[2], known)
    if kind == "value_error":
        return f"{name}: {context.get('error')}", _mend(str(context.get("error")))
    length = context.get("max_length")
    return {
        "bool_parsing": (f"{name} must be true or false", "or '?' if you do not know"),
        "bool_type": (f"{name} must be true or false", "or '?' if you do not know"),
        "missing": (f"{name} is missing", "add it"),
        "tuple_type": (f"{name} must be a list", "put it in square brackets: [...]"),
        "model_type": (f"{name} must be a table", f"write it below a line [{key}]"),
        "string_type": (f"{name} must be a text", "put it in quotation marks"),
        "string_unicode": (f"{name} has half of a sign, which is no text", "type it again"),
        "too_short": (f"{name} is empty", "name at least one"),
        "string_too_short": (f"{name} is empty", "write something, or take the line out"),
        "literal_error": (f"{name} is of a newer kind than this version reads", "format = 1"),
        "string_pattern_mismatch": (f"{name} must be a code such as DE, GB-ENG or US-CA", ""),
        "string_too_long": (f"{name} is longer than {length} characters", "shorten it"),
    }.get(kind, (f"{name}: {item['msg'].lower()}", ""))


def _mend(message: str) -> str:
    """Return how to mend a text that was refused for its signs."""
    if "line break" in message:
        return "put it on one line"
    return "take it out, or type the text again" if "(U+" in message else ""


def _wrong_choice(name: str, given: str, expected: str) -> tuple[str, str]:
    """Say that a word is none of the choices, quoting it only if it looks like one."""
    shown = f"'{given}'" if re.fullmatch(r"[\w.-]{1,40}", given) else "this text"
    near = suggestion(given, re.findall(r"'([^']*)'", expected))
    return f"{name} cannot be {shown}", near or f"one of {expected}"
