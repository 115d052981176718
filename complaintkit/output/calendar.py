"""The days of cases as a calendar file (RFC 5545), without names of persons unless asked."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from complaintkit import __version__
from complaintkit.agendawords import account, title
from complaintkit.i18n import mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import icalendar

    from complaintkit.agenda import Agenda, Entry
    from complaintkit.i18n import Words

HOUR = dt.timedelta(hours=9)
"""A reminder rings at nine in the morning, wherever the calendar is read."""
FOOTER = mark("complaintkit counted this day as of %s. It is no legal advice.")


@dataclass(frozen=True, slots=True)
class Dated:
    """The agenda of one case, with the words that stand behind its titles."""

    agenda: Agenda
    label: str
    """Such as the company; with the name of the person only if they asked for it."""
    said: Words
    """The language of its titles."""


def render(cases: Iterable[Dated], *, on: dt.date, remind: int = 3) -> bytes:
    """Return a calendar with an all-day event for every running time limit and opening day.

    The same cases on the same day give the same bytes. An event keeps its UID while its day moves,
    so that a calendar that takes the file again moves it too.

    Args:
        cases: The cases; days before ``on`` are left out.
        on: The day that stands as the time of the file.
        remind: How many days before an event a reminder rings; another rings on the day.

    """
    import icalendar  # noqa: PLC0415 - slow to import

    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//complaintkit//complaintkit {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for uid, case, entry in _events(cases):
        calendar.add_component(_event(uid, case, entry, on=on, remind=remind))
    return bytes(calendar.to_ical())


def count(cases: Iterable[Dated]) -> int:
    """Return how many days lie ahead."""
    return sum(len(case.agenda.ahead) for case in cases)


def _events(cases: Iterable[Dated]) -> Iterator[tuple[str, Dated, Entry]]:
    """Yield the days of all cases, earliest first, each with a UID of its own."""
    found = [(entry.day, case, entry) for case in cases for entry in case.agenda.ahead]
    taken: dict[str, int] = {}
    for _day, case, entry in sorted(found, key=lambda item: (item[0], item[1].label, item[2].id)):
        uid = _uid(case, entry)
        taken[uid] = taken.get(uid, 0) + 1
        number = f"-{taken[uid]}" if taken[uid] > 1 else ""
        yield f"{uid}{number}@complaintkit.invalid", case, entry


def _uid(case: Dated, entry: Entry) -> str:
    """Return what tells an entry from others, made of the company, the law and the day of sending.

    Nothing of it is about the person, and the day itself is no part of it.
    """
    controller = case.agenda.assessment.case.controller
    parts = (
        controller.service or controller.name,
        entry.law.head.id,
        entry.kind.value,
        entry.id,
        str(entry.begun or ""),
        entry.bar.bar.from_ + str(entry.bar.bar.period) if entry.bar else "",
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _event(uid: str, case: Dated, entry: Entry, *, on: dt.date, remind: int) -> icalendar.Event:
    """Return the event of one day."""
    import icalendar  # noqa: PLC0415 - slow to import

    said = case.said
    event = icalendar.Event()
    summary = f"{title(entry, said)} ({case.label})" if case.label else title(entry, said)
    event.add("uid", uid)
    event.add("dtstamp", dt.datetime.combine(on, dt.time(), dt.UTC))
    event.add("dtstart", entry.day, parameters={"VALUE": "DATE"})
    event.add("summary", summary)
    event.add("description", "\n\n".join((account(entry, said), said(FOOTER) % said.date(on))))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for days in sorted({remind, 0}, reverse=True):
        event.add_component(_alarm(days, summary))
    return event


def _alarm(days: int, summary: str) -> icalendar.Alarm:
    """Return a reminder some days before an event, or on its day."""
    import icalendar  # noqa: PLC0415 - slow to import

    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", HOUR - dt.timedelta(days=days))
    return alarm
