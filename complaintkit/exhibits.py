"""Evidence as files: found inside the folder of the case, checked, hashed, and lettered as annexes.

Only this module reads evidence. A case file may come from somebody else, so it must not be able to
name any file of the person's machine: whatever it names has to lie in its own folder.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from complaintkit.contents import Pages, RefusedError, parts
from complaintkit.errors import ExhibitError, Problem

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from complaintkit.contents import Part
    from complaintkit.facts import Case, Exhibit

MAX_FILE = 25_000_000
"""Bytes of one file."""
MAX_ALL = 75_000_000
"""Bytes of all files of a case."""
MAX_PAGES = 400
"""Pages and pictures of all files of a case."""
SHORT = 16
"""Hex digits of a hash in a letter: enough to tell one file from any other, and still readable;
the whole hash stands in the index of the annexes."""
LESS = "leave out what does not matter, or take the 'file' out of some exhibits"


@dataclass(frozen=True)
class Annex:
    """One exhibit with its file."""

    letter: str
    """A to Z, then AA and so on, in the order of the case."""
    number: int
    """Its place among all exhibits of the case, from 1."""
    title: str
    date: dt.date | None
    sha256: str
    """Of the file as it is, in hex."""
    parts: tuple[Part, ...]
    """What is printed of it."""

    @property
    def short(self) -> str:
        """The beginning of the hash, as letters print it."""
        return self.sha256[:SHORT]


def read(case: Case, folder: Path | str) -> tuple[Annex, ...]:
    """Read, check and hash the files that a case names as evidence; exhibits without are left out.

    Args:
        case: The case.
        folder: The folder of the case file; every file has to lie in it or below it.

    Raises:
        ExhibitError: Files are missing, outside of the folder, of a kind that is not taken, broken,
            locked, dangerous or too large; one problem for each exhibit.

    """
    annexes: list[Annex] = []
    problems: list[Problem] = []
    size = pages = 0
    for number, exhibit in enumerate(case.evidence, 1):
        if not exhibit.file:
            continue
        try:
            content = _content(exhibit, Path(folder))
            size += len(content)
            _check_all(size, pages)
            found = parts(content, Path(exhibit.file).suffix)
            pages += sum(len(p.sizes) if isinstance(p, Pages) else 1 for p in found)
            _check_all(size, pages)
        except RefusedError as refused:
            problems.append(Problem(f"exhibit {number}", f"its file {refused.what}", refused.mend))
            continue
        digest = hashlib.sha256(content).hexdigest()
        letter = letters(len(annexes) + 1)
        annexes.append(Annex(letter, number, exhibit.title, exhibit.date, digest, found))
    if problems:
        raise ExhibitError(*problems)
    return tuple(annexes)


def letters(number: int) -> str:
    """Return the letters of an annex by its number from 1: A to Z, AA, AB and so on."""
    return "".join(reversed(tuple(_letters(number))))


def _letters(number: int) -> Iterator[str]:
    while number:
        number, place = divmod(number - 1, 26)
        yield chr(ord("A") + place)


def _check_all(size: int, pages: int) -> None:
    if size > MAX_ALL:
        what = f"makes all files together larger than {MAX_ALL // 1_000_000} MB"
        raise RefusedError(what, LESS)
    if pages > MAX_PAGES:
        raise RefusedError(f"makes all files together longer than {MAX_PAGES} pages", LESS)


def _content(exhibit: Exhibit, folder: Path) -> bytes:
    """Return the content of an exhibit's file."""
    try:
        root = folder.resolve(strict=True)
        path = root.joinpath(exhibit.file).resolve()
        if not path.is_relative_to(root):
            mend = "copy it there and name it from there, such as 'evidence/screenshot.png'"
            raise RefusedError("lies outside the folder of the case file", mend)
        return _bytes(path)
    except FileNotFoundError:
        mend = "correct 'file'; it is looked for from the folder of the case file"
        raise RefusedError("is not there", mend) from None
    except IsADirectoryError:
        raise _no_file() from None
    except RuntimeError:
        raise RefusedError("is a link that leads to itself", "name the file itself") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not possible"
        raise RefusedError(f"cannot be read: {reason}", "correct 'file'") from None


def _no_file() -> RefusedError:
    return RefusedError("is no ordinary file", "name a PDF, PNG, JPEG, text or e-mail")


def _bytes(path: Path) -> bytes:
    """Read an ordinary file; a pipe or a device is not waited for, and no link is followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _no_file()
        content = stream.read(MAX_FILE + 1) if status.st_size <= MAX_FILE else b""
    if status.st_size > MAX_FILE or len(content) > MAX_FILE:
        mend = "save it with a lower resolution, or only the pages that matter"
        raise RefusedError(f"is larger than {MAX_FILE // 1_000_000} MB", mend)
    return content
