"""What a case leaves on this machine: its file, what was half written, and its letters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from complaintkit.casefile import load
from complaintkit.caseload import is_case
from complaintkit.errors import CaseError, ComplaintkitError, InputError, OutputError, Problem
from complaintkit.law import library
from complaintkit.letters import FORMATS, SHEET, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

HALF_WRITTEN = re.compile(r"\.[a-z0-9_]{8}\.part")
"""What `files.write_private` leaves behind where the machine stops in the middle."""
BACKUPS = ("{}~", "{}.bak", "{}.orig", ".{}.swp", ".{}.swo", "#{}#", ".#{}")
"""Copies that text editors make of a file."""
ENDINGS = sorted({*FORMATS, "docx", "eml"})


class Sort(Enum):
    """What a file is, and so why it goes."""

    CASE = "the case"
    BACKUP = "a copy an editor made"
    HALF_WRITTEN = "half written"
    LETTER = "a letter"


@dataclass(frozen=True, slots=True)
class Trace:
    """One file that goes when a case is forgotten."""

    path: Path
    sort: Sort


def traces(path: Path, letters: Path | None = None) -> tuple[Trace, ...]:
    """Return the files that a case left, the case itself last.

    Args:
        path: The case file; it may be broken, but has to look like a case.
        letters: The folder with its letters; without it no letter is found.

    Raises:
        CaseError: There is no such file, it is a link, or it is no case.
        InputError: The letters cannot be told from those of another case.

    """
    if path.is_symlink():
        mend = "name the file that it leads to"
        raise CaseError(Problem(path.name, "is a link and not the case itself", mend))
    if not path.is_file():
        raise CaseError(Problem(path.name, "there is no such file"))
    if not is_case(path):
        raise CaseError(Problem(path.name, "does not look like a case", "nothing was deleted"))
    found = [*_beside(path), *(_letters(path, letters) if letters else ())]
    return (*found, Trace(path, Sort.CASE))


def forget(found: Iterable[Trace]) -> None:
    """Delete files, each in turn; those that are gone already are passed over.

    Raises:
        OutputError: Some could not be deleted; the others are gone.

    """
    failed = []
    for trace in found:
        try:
            trace.path.unlink(missing_ok=True)
        except OSError as error:
            what = f"is still there: {error.strerror}"
            failed.append(Problem(str(trace.path), what, "delete it by hand"))
    if failed:
        raise OutputError(*failed)


def _beside(path: Path) -> Iterator[Trace]:
    """Yield what lies beside a case file and came from it."""
    for pattern in BACKUPS:
        copy = path.with_name(pattern.format(path.name))
        if copy.is_file() or copy.is_symlink():
            yield Trace(copy, Sort.BACKUP)
    yield from _half_written(path.parent)


def _half_written(folder: Path) -> Iterator[Trace]:
    for file in sorted(folder.iterdir()):
        if HALF_WRITTEN.fullmatch(file.name) and file.is_file():
            yield Trace(file, Sort.HALF_WRITTEN)


def _letters(path: Path, folder: Path) -> Iterator[Trace]:
    """Yield the letters of a case in a folder, and what was half written there."""
    if not folder.is_dir():
        raise InputError(Problem(str(folder), "there is no such folder", "check --letters"))
    name = _company(path)
    for other in _others(path, folder):
        if _may_be_about(other, name):
            what = f"'{other}' is, or may be, about the same company, with letters of the same"
            raise InputError(Problem(str(folder), f"{what} names", "delete the letters by hand"))
    pattern = _names(name)
    for file in sorted(folder.iterdir()):
        if pattern.fullmatch(file.name) and file.is_file():
            yield Trace(file, Sort.LETTER)
    if folder.resolve() != path.parent.resolve():
        yield from _half_written(folder)


def _names(company: str) -> re.Pattern[str]:
    """Return the names that `letters.draft` gives: the day, a number, the route and the company."""
    routes = {route.id for law in library().laws.values() for route in law.file.routes}
    way = "|".join(sorted(map(re.escape, {SHEET, *routes}), key=len, reverse=True))
    own = rf"(?:{way})(?:-answers|-copy-[a-z]+)*-{re.escape(company)}(?:-[a-z]+)?"
    return re.compile(rf"\d{{4}}-\d\d-\d\d-\d+-{own}\.(?:{'|'.join(ENDINGS)})")


def _others(path: Path, folder: Path) -> list[Path]:
    """Return the other case files near a case and near its letters."""
    near = [*path.parent.glob("*.toml"), *folder.parent.glob("*.toml")]
    near += folder.parent.glob("*/*.toml")
    return sorted({file for file in near if file.resolve() != path.resolve() and is_case(file)})


def _company(path: Path) -> str:
    """Return how the company is called in the names of letters."""
    try:
        found = slug(load(path))
    except CaseError:
        found = ""
    if not found:
        what = "names no company that can be read, so its letters cannot be found"
        raise InputError(Problem(path.name, what, "leave --letters out, and delete them by hand"))
    return found


def _may_be_about(path: Path, name: str) -> bool:
    """Return whether another case is about a company; one that cannot be read may be."""
    try:
        return slug(load(path)) == name
    except ComplaintkitError:
        return True
