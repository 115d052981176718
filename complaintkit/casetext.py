"""A case file changed in its place: comments, unknown keys and the order of its lines stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from complaintkit.answers import NOT_KNOWN
from complaintkit.casefile import dump, parse
from complaintkit.errors import CaseError
from complaintkit.facts import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from complaintkit.facts import Step

ENTRY = re.compile(r"\s*\[\[\s*history\s*\]\]")
TABLE = re.compile(r"\s*\[")
NOT_TEXT = re.compile(r"\s*(#.*)?$")
DENIAL = re.compile(r"""^(\s*earlier_steps\s*=\s*)(?:false|"\?"|'\?')""", re.MULTILINE)
"""The answer that nothing was done so far, or that it is not known."""


def with_steps(text: str, steps: Sequence[Step]) -> str:
    """Return the text of a case file with more steps at the end of its history.

    The steps go where the history ends, or to the end of the file. Only where neither can be, such
    as after ``history = [...]``, the file is written anew.

    Args:
        text: The TOML text of a case.
        steps: What happened, in order; they have to fit the case.

    Raises:
        CaseError: The text is no case.

    """
    case = parse(text)
    wanted = _with(case, steps)
    entries = _entries(steps).replace("\n", "\r\n" if "\r\n" in text else "\n")
    for candidate in _candidates(_admitted(text, case), entries):
        try:
            if parse(candidate) == wanted:
                return candidate
        except CaseError:
            continue
    return dump(wanted)


def _with(case: Case, steps: Sequence[Step]) -> Case:
    """Return the case with the steps; whoever took one does not say any more that there is none."""
    longer = case.model_copy(update={"history": (*case.history, *steps)})
    if case.facts.earlier_steps is False or case.facts.earlier_steps is NOT_KNOWN:
        return longer.with_answer("earlier_steps", value=True)
    return longer


def _admitted(text: str, case: Case) -> str:
    denied = case.facts.earlier_steps is False or case.facts.earlier_steps is NOT_KNOWN
    return DENIAL.sub(r"\g<1>true", text) if denied else text


def _entries(steps: Sequence[Step]) -> str:
    """Return steps as the tables of a case file."""
    text = dump(Case(history=tuple(steps)))
    return text[text.index("[[history]]") :]


def _candidates(text: str, entries: str) -> Iterator[str]:
    """Yield the text with the entries after the last of the history, and at the end."""
    lines = text.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if ENTRY.match(line)]
    if starts:
        yield _inserted(lines, _end(lines, starts[-1]), entries)
    yield _inserted(lines, len(lines), entries)


def _end(lines: Sequence[str], start: int) -> int:
    """Return the line after a table: what is said above the next one belongs to that."""
    rest = range(start + 1, len(lines))
    end = next((number for number in rest if TABLE.match(lines[number])), len(lines))
    if end == len(lines):
        return end
    while NOT_TEXT.match(lines[end - 1]):
        end -= 1
    return end


def _inserted(lines: Sequence[str], place: int, entries: str) -> str:
    newline = "\r\n" if "\r\n" in entries else "\n"
    before, after = "".join(lines[:place]), "".join(lines[place:])
    if before and not before.endswith("\n"):
        before += newline
    gap = "" if not before or before.endswith(newline * 2) else newline
    return f"{before}{gap}{entries}{after}"
