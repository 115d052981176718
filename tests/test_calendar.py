"""The calendar file: what stands in it, what does not, and that it stays the same."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import icalendar

from complaintkit import Case, assess
from complaintkit.agenda import Agenda
from complaintkit.facts import Step
from complaintkit.i18n import words
from complaintkit.output.calendar import Dated, count, render

ON = dt.date(2026, 11, 24)
CASES = Path(__file__).parent / "cases"


def dated(*history: tuple[str, str, str], on: dt.date = ON, language: str = "en") -> Dated:
    """Return a case with a history of its own, as the calendar takes it."""
    steps = tuple(
        Step.model_validate({"what": what, "event": event, "date": day})
        for what, event, day in history
    )
    case = Case.load(CASES / "de-meta-religion.toml").model_copy(update={"history": steps})
    return Dated(Agenda(assess(case, on=on)), "Meta", words(language))


SENT = (("objection", "sent", "2026-11-20"), ("access", "sent", "2026-11-20"))


def events(content: bytes) -> list[icalendar.Component]:
    """Return the events of a calendar file, read by a reader."""
    return list(icalendar.Calendar.from_ical(content.decode()).walk("VEVENT"))


def test_each_day_is_a_whole_day_with_two_reminders() -> None:
    """The answer and the way that opens after it are events of a day, with warning and reminder."""
    first, second = events(render([dated(*SENT)], on=ON))

    assert first["DTSTART"].dt == dt.date(2026, 12, 21)  # 20 December is a Sunday
    assert first["DTSTART"].params["VALUE"] == "DATE"
    assert second["DTSTART"].dt == dt.date(2026, 12, 22)
    assert str(first["SUMMARY"]) == (
        "Objection and Request for access: last day for the answer (Meta)"
    )
    assert "Art.\u00a012(3) GDPR" in str(first["DESCRIPTION"])
    assert [alarm["TRIGGER"].dt for alarm in first.walk("VALARM")] == [
        dt.timedelta(days=-2, hours=-15),
        dt.timedelta(hours=9),
    ]


def test_the_days_of_warning_are_the_persons_choice() -> None:
    """With no days of warning there is one reminder, on the day."""
    (event, _) = events(render([dated(*SENT)], on=ON, remind=0))

    assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [dt.timedelta(hours=9)]


def test_the_same_case_gives_the_same_bytes() -> None:
    """Neither the clock nor chance has a part in it; the stamp is the day asked about."""
    content = render([dated(*SENT)], on=ON)

    assert content == render([dated(*SENT)], on=ON)
    assert content.count(b"DTSTAMP:20261124T000000Z\r\n") == 2


def test_nothing_in_it_is_about_the_person() -> None:
    """Name, address, account and story stay out of titles, texts and UIDs."""
    content = render([dated(*SENT)], on=ON).decode().replace("\r\n ", "")
    person = Case.load(CASES / "de-meta-religion.toml").person

    for own in (person.name, *person.name.split(), *person.address, person.email, person.account):
        assert not own or own not in content


def test_an_event_keeps_its_uid_while_its_day_moves() -> None:
    """A later arrival moves the last day; a calendar that takes the new file moves the event."""
    before = events(render([dated(*SENT)], on=ON))
    arrived = [(what, "received", "2026-11-23") for what in ("objection", "access")]
    after = events(render([dated(*SENT, *arrived)], on=ON + dt.timedelta(days=1)))

    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert before[0]["DTSTART"].dt != after[0]["DTSTART"].dt


def test_two_people_with_the_same_company_have_events_of_their_own() -> None:
    """In one file no UID stands twice."""
    found = events(render([dated(*SENT), dated(*SENT)], on=ON))

    assert len({str(event["UID"]) for event in found}) == len(found) == 4


def test_what_has_passed_is_left_out() -> None:
    """A day in the past needs no reminder."""
    late = dated(("objection", "sent", "2026-09-01"), ("access", "sent", "2026-09-01"))

    assert count([late]) == 0
    assert len(late.agenda.overdue) == 1


def test_lines_are_folded_and_signs_escaped() -> None:
    """No line is longer than 75 bytes, and a comma or line break in a name is no new property."""
    hostile = Dated(dated(*SENT).agenda, "Müller, Söhne & Töchter\nUID:evil; 語" * 3, words())

    content = render([hostile], on=ON)

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert len(events(content)) == 2
    assert b"\nUID:evil" not in content.replace(b"\r\n ", b"")


def test_titles_in_german() -> None:
    """In German no English word is left in titles and texts."""
    (first, second) = events(render([dated(*SENT, language="de")], on=ON))

    assert str(first["SUMMARY"]) == (
        "Widerspruch und Antrag auf Auskunft: letzter Tag für die Antwort (Meta)"
    )
    said = f"{first['DESCRIPTION']} {second['SUMMARY']} {second['DESCRIPTION']}"
    assert not {"the", "day", "from", "answer", "is"} & set(said.split())
