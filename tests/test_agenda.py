"""What is due in a case and in all cases of a folder, and why a step is open or not."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from complaintkit import Case, assess
from complaintkit.agenda import Agenda, Kind, steps_of, unused
from complaintkit.agendawords import because, title, why_not
from complaintkit.caseload import Urgency, find, line, record, standing, standings
from complaintkit.facts import Step
from complaintkit.i18n import words
from complaintkit.vocabulary import StepEvent, StepKind

ON = dt.date(2026, 11, 24)
CASES = Path(__file__).parent / "cases"
Happening = tuple[str, str, str]


def agenda_of(*history: Happening, name: str = "uk-linkedin-first", on: dt.date = ON) -> Agenda:
    """Return the agenda of a bundled case with another history."""
    steps = tuple(
        Step.model_validate({"what": what, "event": event, "date": day})
        for what, event, day in history
    )
    case = Case.load(CASES / f"{name}.toml").model_copy(update={"history": steps})
    return Agenda(assess(case, on=on))


ALL_SENT = (("objection", "sent", "2026-11-10"), ("access", "sent", "2026-11-10"))


def test_what_was_sent_together_is_due_together() -> None:
    """One letter with two rights has one last day for the answer, with both named."""
    answers = [e for e in agenda_of(*ALL_SENT).entries if e.kind is Kind.ANSWER]

    assert [entry.steps for entry in answers] == [(StepKind.OBJECTION, StepKind.ACCESS)]
    assert answers[0].day == dt.date(2026, 12, 10)
    assert title(answers[0], words()) == "Objection and Request for access: last day for the answer"


def test_while_time_runs_nothing_is_open_and_the_next_day_is_known() -> None:
    """Between sending and the last day there is nothing to write, and the way on has a day."""
    agenda = agenda_of(*ALL_SENT)

    assert agenda.now == ()
    assert agenda.overdue == ()
    assert agenda.opening
    assert agenda.opening[0].route.id == "company-complaint"
    assert agenda.opening[1] == dt.date(2026, 12, 11)
    assert why_not(agenda.opening[0], words()).startswith("Open from 11 December 2026")


def test_silence_is_overdue_the_day_after() -> None:
    """On the last day nothing is overdue yet, on the next it is, and that is the reason."""
    last = agenda_of(*ALL_SENT, on=dt.date(2026, 12, 10))
    after = agenda_of(*ALL_SENT, on=dt.date(2026, 12, 11))

    assert last.overdue == ()
    assert [entry.day for entry in after.overdue] == [dt.date(2026, 12, 10)]
    assert "Objection: no answer came by 10 December 2026." in because(after, after.now[0], words())


def test_an_answer_ends_the_wait() -> None:
    """Once it was answered, no day of the company is on the agenda for it."""
    agenda = agenda_of(*ALL_SENT, ("objection", "refused", "2026-11-20"))

    assert [entry.steps for entry in agenda.entries if entry.kind is Kind.ANSWER] == [
        (StepKind.ACCESS,)
    ]


def test_a_confirmation_of_receipt_ends_that_wait_only() -> None:
    """The day for the confirmation goes with it, the day for the outcome stays."""
    history = (*ALL_SENT, ("company_complaint", "sent", "2026-11-12"))
    kinds = [e.kind for e in agenda_of(*history).ahead if e.steps == (StepKind.COMPANY_COMPLAINT,)]
    confirmed = agenda_of(*history, ("company_complaint", "acknowledged", "2026-11-14"))
    left = [e.kind for e in confirmed.ahead if e.steps == (StepKind.COMPANY_COMPLAINT,)]

    assert sorted(kind.value for kind in kinds) == ["acknowledgement", "answer"]
    assert left == [Kind.ANSWER]


@pytest.mark.parametrize(
    ("history", "asked"),
    [
        ((("objection", "id_demanded", "2026-11-12"),), True),
        (
            (("objection", "id_demanded", "2026-11-12"), ("objection", "id_given", "2026-11-13")),
            False,
        ),
        ((("objection", "queried", "2026-11-12"),), True),
        (
            (("objection", "fee_demanded", "2026-11-12"), ("objection", "refused", "2026-11-20")),
            False,
        ),
    ],
)
def test_a_demand_waits_for_the_person(history: tuple[Happening, ...], asked: bool) -> None:  # noqa: FBT001
    """What the other side asked for is told until it is done, or the matter was answered."""
    assert bool(agenda_of(*ALL_SENT, *history).asked) is asked


@pytest.mark.parametrize(
    ("history", "settled"),
    [
        ((("objection", "complied", "2026-11-20"),), False),
        ((("objection", "complied", "2026-11-20"), ("access", "complied", "2026-11-21")), True),
        ((("objection", "complied", "2026-11-20"), ("access", "refused", "2026-11-18")), False),
        (
            (
                ("objection", "refused", "2026-11-12"),
                ("access", "complied", "2026-11-12"),
                ("company_complaint", "sent", "2026-11-13"),
                ("company_complaint", "complied", "2026-11-20"),
            ),
            True,
        ),
        (
            (
                ("objection", "complied", "2026-11-20"),
                ("access", "complied", "2026-11-20"),
                ("objection", "continued", "2026-11-22"),
            ),
            False,
        ),
    ],
)
def test_what_was_done_is_settled(history: tuple[Happening, ...], settled: bool) -> None:  # noqa: FBT001
    """Nothing is written to a company that did all it was asked, until it goes on all the same."""
    agenda = agenda_of(*ALL_SENT, *history)

    assert bool(agenda.settled) is settled
    assert not (settled and (agenda.now or agenda.own))


def test_what_to_note_follows_from_the_document() -> None:
    """A first letter is noted for each right, a reply as a reminder, a complaint as itself."""
    first = agenda_of()
    kinds, event = steps_of(first.assessment, first.now[0])
    assert {StepKind.OBJECTION, StepKind.ACCESS} <= set(kinds)
    assert event is StepEvent.SENT

    part = agenda_of(("objection", "sent", "2026-11-10"))
    assert unused(part.assessment, part.now[0]) == (StepKind.ACCESS,)

    reply = Agenda(assess(Case.load(CASES / "uk-access-id-copy.toml"), on=ON))
    assert steps_of(reply.assessment, reply.now[0]) == ((StepKind.ACCESS,), StepEvent.REMINDED)

    refused = Agenda(assess(Case.load(CASES / "uk-linkedin-refused.toml"), on=ON))
    assert steps_of(refused.assessment, refused.now[0])[0] == (StepKind.AUTHORITY_COMPLAINT,)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_case_has_reasons_in_words(path: Path) -> None:
    """Every way that is open or waits says why, in a sentence that is not empty."""
    agenda = Agenda(assess(Case.load(path), on=ON))

    assert agenda.now
    assert all(all(because(agenda, found, words())) for found in agenda.now)
    assert all(why_not(found, words()) for found in agenda.later)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with cases, a broken one, and files that are none."""
    (tmp_path / "a").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name, place in (
        ("us-tx-linkedin", "tx.toml"),
        ("uk-linkedin-refused", "a/uk.toml"),
        ("fr-linkedin-ignored", "a/fr.toml"),
        ("fr-linkedin-ignored", ".hidden/fr.toml"),
    ):
        (tmp_path / place).write_bytes((CASES / f"{name}.toml").read_bytes())
    (tmp_path / "a/broken.toml").write_text('format = 1\n[person]\nname = "Maya', encoding="utf-8")
    (tmp_path / "new.toml").write_text("format = 1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    (tmp_path / "campaign.toml").write_text('id = "x"\n[facts]\n', encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "link.toml").symlink_to(tmp_path / "tx.toml")
    return tmp_path


def test_cases_are_found_without_links_and_strangers(folder: Path) -> None:
    """Folders within are read; links, hidden folders and other TOML files are passed over."""
    found = [str(path.relative_to(folder)) for path in find(folder)]

    assert sorted(found) == ["a/broken.toml", "a/fr.toml", "a/uk.toml", "new.toml", "tx.toml"]
    assert list(find(folder / "campaign.toml")) == [folder / "campaign.toml"]


def test_the_most_urgent_comes_first_and_the_broken_last(folder: Path) -> None:
    """A last day of the person goes before silence, that before a first letter, faults go last."""
    found = standings(find(folder), ON)

    assert [(item.path.name, item.urgency) for item in found] == [
        ("uk.toml", Urgency.LAST_DAY),
        ("fr.toml", Urgency.OVERDUE),
        ("tx.toml", Urgency.NOW),
        ("new.toml", Urgency.UNFINISHED),
        ("broken.toml", Urgency.BROKEN),
    ]


def test_a_case_is_one_line(folder: Path) -> None:
    """The line names file, company, what is due, what is overdue and the next step."""
    found = standings(find(folder), ON)
    lines = {item.path.name: line(item, item.path.name, words()) for item in found}

    assert lines["fr.toml"] == (
        "fr.toml (LinkedIn): overdue: Objection, answer due on 14 October 2026; "
        "now: Complain to the supervisory authority"
    )
    assert lines["uk.toml"] == (
        "uk.toml (LinkedIn): advised last day: Complain to the ICO, 21 December 2026; "
        "now: Complain to the ICO"
    )
    assert lines["broken.toml"].startswith("broken.toml: cannot be judged: is not valid TOML")
    assert "Maya" not in "".join(lines.values())
    assert lines["new.toml"] == "new.toml: unfinished: questions are still open"


def test_hostile_names_do_not_break_a_line(tmp_path: Path) -> None:
    """A company with a line break or an escape code in its name stays one harmless line."""
    text = (CASES / "us-tx-linkedin.toml").read_text(encoding="utf-8")
    path = tmp_path / "case.toml"
    hostile = 'service = "Li\\u001b[31m\\u2028nk"'
    path.write_text(text.replace('service = "LinkedIn"', hostile), encoding="utf-8")

    said = line(standing(path, ON), "case.toml", words())

    assert said.isprintable()
    assert "31m" in said or "cannot be judged" in said


def test_records_are_json_with_ids_and_iso_days(folder: Path) -> None:
    """What programs read has the same content, with days as they sort."""
    found = standings(find(folder), ON)
    records = json.loads(json.dumps([record(item, words()) for item in found]))

    assert records[1]["now"][0]["route"] == "complaint"
    assert records[1]["days"][0] == {
        "day": "2026-10-14",
        "kind": "answer",
        "law": "eu-gdpr",
        "id": "answer",
        "what": "Objection: last day for the answer",
        "overdue": True,
        "binding": True,
    }
    assert records[-1]["problem"]


def test_an_unreadable_folder_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is told, and the others are read."""
    scandir = os.scandir

    def forbidden(place: str) -> object:
        if place.endswith("/a"):
            raise PermissionError(13, "Permission denied", place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", forbidden)

    found = standings(find(folder), ON)

    assert [item.path.name for item in found if item.problem] == ["a"]
    assert len(found) == 3
