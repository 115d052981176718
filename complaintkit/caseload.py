"""All the cases of a folder, each with what is due, and the most urgent first."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from complaintkit.agenda import Agenda, Kind
from complaintkit.agendawords import happened, step_names, title
from complaintkit.answers import UNANSWERED
from complaintkit.assessor import assess
from complaintkit.casefile import MAX_BYTES, load_known
from complaintkit.errors import CaseError, ComplaintkitError, Problem
from complaintkit.i18n import mark
from complaintkit.letters import check_law

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from complaintkit.agenda import Entry
    from complaintkit.facts import Case
    from complaintkit.i18n import Words

SOON_DAYS = 31
"""From so many days before a last day of the person a case comes first."""
OF_A_CASE = re.compile(
    rb"^[\xef\xbb\xbf\s]*(format\s*=|\[\s*(person|controller)\s*\]|\[\[\s*history\s*\]\])",
    re.MULTILINE,
)
FACTS = re.compile(rb"^\s*\[\s*facts\s*\]", re.MULTILINE)
OF_A_CAMPAIGN = re.compile(rb"^\s*(id\s*=|\[\[\s*region\s*\]\])", re.MULTILINE)

DUE = {
    Kind.ANSWER: mark("due: %(what)s, answer by %(day)s"),
    Kind.ACKNOWLEDGEMENT: mark("due: %(what)s, receipt confirmed by %(day)s"),
    Kind.LAST_DAY: mark("your last day: %(what)s, %(day)s"),
}
ADVISED = mark("advised last day: %(what)s, %(day)s")
OVERDUE = {
    Kind.ANSWER: mark("overdue: %(what)s, answer due on %(day)s"),
    Kind.ACKNOWLEDGEMENT: mark("overdue: %(what)s, receipt not confirmed by %(day)s"),
}
WAITS = mark("waiting for you: %s")
NOW = mark("now: %s")
NEXT = mark("next: %(what)s, from %(day)s")
SETTLED = mark("settled: %s")
UNFINISHED = mark("unfinished: questions are still open")
NOTHING = mark("nothing is open")
NOT_READ = mark("cannot be judged: %s")


class Urgency(IntEnum):
    """How soon a case wants attention; the lower the sooner."""

    LAST_DAY = 0
    ASKED = 1
    OVERDUE = 2
    NOW = 3
    UNFINISHED = 4
    WAITS = 5
    RESTS = 6
    BROKEN = 7


@dataclass(frozen=True)
class Standing:
    """One case file and how it stands on a day."""

    path: Path
    case: Case | None = None
    agenda: Agenda | None = None
    problem: str = ""
    """Why the case cannot be judged; it holds no personal data."""

    @property
    def company(self) -> str:
        """The company, as people know it."""
        return (self.case.controller.service or self.case.controller.name) if self.case else ""

    @property
    def unfinished(self) -> bool:
        """Whether the questions that begin every case are not answered yet."""
        facts = self.case.facts if self.case else None
        return bool(facts) and UNANSWERED in (facts.residence, facts.practice)  # type: ignore[union-attr]

    @property
    def urgency(self) -> Urgency:
        """How soon it wants attention."""
        agenda = self.agenda
        if self.problem:
            return Urgency.BROKEN
        if agenda is None or self.unfinished:
            return Urgency.UNFINISHED
        on = agenda.assessment.on
        soon = any((entry.day - on).days <= SOON_DAYS for entry in agenda.own)
        for applies, urgency in (
            (agenda.now and soon, Urgency.LAST_DAY),
            (agenda.asked, Urgency.ASKED),
            (agenda.now and agenda.overdue, Urgency.OVERDUE),
            (agenda.now, Urgency.NOW),
            (agenda.entries, Urgency.WAITS),
        ):
            if applies:
                return urgency
        return Urgency.RESTS

    @property
    def day(self) -> dt.date | None:
        """The day by which cases of the same urgency are put in order."""
        agenda = self.agenda
        if agenda is None:
            return None
        if self.urgency is Urgency.LAST_DAY:
            return agenda.own[0].day
        if self.urgency is Urgency.ASKED:
            return agenda.asked[0].date
        return agenda.entries[0].day if agenda.entries else None


def find(folder: Path) -> Iterator[Path]:
    """Yield the case files of a folder and of the folders in it; a file is yielded as it is.

    Links are not followed, hidden folders are passed over, and so are TOML files that are no case.
    A folder that cannot be read is yielded itself, so that its fault is told like that of a file.

    Raises:
        CaseError: There is no such folder.

    """
    if folder.is_file():
        yield folder
        return
    if not folder.is_dir():
        raise CaseError(Problem(str(folder), "there is no such folder or file"))

    unreadable: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if name.endswith(".toml") and not path.is_symlink() and is_case(path):
                yield path
    for error in unreadable:
        yield Path(error.filename)


def is_case(path: Path) -> bool:
    """Return whether a file looks like a case, broken or not."""
    try:
        with path.open("rb") as stream:
            text = stream.read(MAX_BYTES)
    except OSError:
        return True  # it is told that it cannot be read
    return bool(OF_A_CASE.search(text) or (FACTS.search(text) and not OF_A_CAMPAIGN.search(text)))


def standings(paths: Iterable[Path], on: dt.date) -> list[Standing]:
    """Return how cases stand on a day, the most urgent first and the broken ones last."""
    found = [standing(path, on) for path in paths]
    return sorted(found, key=_order)


def _order(item: Standing) -> tuple[int, str, str]:
    return item.urgency, str(item.day or "9999"), str(item.path)


def standing(path: Path, on: dt.date) -> Standing:
    """Return how a case stands on a day; a fault of the file is told and not raised."""
    case = None
    try:
        case = load_known(path)
        assessment = assess(case, on=on)
        if case.facts.residence is not UNANSWERED:
            check_law(assessment)
        return Standing(path, case, Agenda(assessment))
    except ComplaintkitError as error:
        first, more = str(error.problems[0]), len(error.problems) - 1
        first = first.removeprefix(path.name).lstrip(",: ")
        return Standing(path, case, problem=f"{first} (+{more})" if more else first)


def line(item: Standing, name: str, said: Words) -> str:
    """Return one line about a case: its file, the company, what is due and overdue, what is next.

    Args:
        item: The case.
        name: How its file is called, such as its path below the folder asked about.
        said: The language.

    """
    company = f" ({item.company})" if item.company else ""
    return _one_line(f"{name}{company}: " + "; ".join(parts(item, said)))


def _one_line(text: str) -> str:
    """Return a text without line breaks and signs that would change a terminal."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def parts(item: Standing, said: Words) -> list[str]:
    """Return what there is to say about a case, in the order of a line."""
    agenda = item.agenda
    if item.problem:
        return [said(NOT_READ) % item.problem]
    if agenda is None or item.unfinished:
        return [said(UNFINISHED)]
    found = [_day(entry, DUE[entry.kind], said) for entry in _due(agenda)]
    found += [_day(entry, OVERDUE[entry.kind], said) for entry in agenda.overdue]
    found += [said(WAITS) % happened(step, said).rstrip(".") for step in agenda.asked]
    return [*found, _next(agenda, said)]


def _due(agenda: Agenda) -> list[Entry]:
    """Return the next day of each kind that lies ahead; when a way opens is said at the end."""
    kinds: dict[Kind, Entry] = {}
    for entry in agenda.ahead:
        if entry.kind is not Kind.OPENS:
            kinds.setdefault(entry.kind, entry)
    return list(kinds.values())


def _day(entry: Entry, words_of: str, said: Words) -> str:
    """Return an entry with its day."""
    advised = entry.kind is Kind.LAST_DAY and not entry.binding
    what = said(entry.route.route.title) if entry.route else step_names(entry.steps, said)
    return said(ADVISED if advised else words_of) % {"what": what, "day": said.date(entry.day)}


def _next(agenda: Agenda, said: Words) -> str:
    """Return the next step with its day."""
    if agenda.settled:
        return said(SETTLED) % happened(agenda.settled, said).rstrip(".")
    if agenda.now:
        return said(NOW) % said.listing(said(found.route.title) for found in agenda.now)
    if agenda.opening:
        found, day = agenda.opening
        return said(NEXT) % {"what": said(found.route.title), "day": said.date(day)}
    return said(NOTHING)


def record(item: Standing, said: Words) -> dict[str, Any]:
    """Return what `line` says as values for JSON: days in ISO form, ids of the law beside words."""
    agenda = item.agenda
    found: dict[str, Any] = {
        "file": str(item.path),
        "company": item.company,
        "urgency": item.urgency.name.lower(),
        "problem": item.problem,
    }
    if agenda is None:
        return found
    return found | {
        "on": str(agenda.assessment.on),
        "now": [{"route": r.route.id, "title": said(r.route.title)} for r in agenda.now],
        "opens": [
            {"route": r.route.id, "title": said(r.route.title), "day": str(r.opens)}
            for r in agenda.later
            if r.opens
        ],
        "days": [
            {
                "day": str(entry.day),
                "kind": entry.kind.value,
                "law": entry.law.head.id,
                "id": entry.id,
                "what": title(entry, said),
                "overdue": entry.day < agenda.assessment.on,
                "binding": entry.binding,
            }
            for entry in agenda.entries
        ],
        "asked": [
            {"what": str(step.what), "event": str(step.event), "day": str(step.date)}
            for step in agenda.asked
        ],
        "settled": str(agenda.settled.date) if agenda.settled else None,
    }
