"""What happened is read as rounds; what rules read of a case is known or says what is missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaintkit.answers import NOT_KNOWN, WITHHELD, Unknown
from complaintkit.catalogue import CATALOGUE
from complaintkit.conditions import Reading
from complaintkit.facts import Case
from complaintkit.history import Thread, threads
from complaintkit.periods import Due, Period
from complaintkit.vocabulary import LegalBasis, StepEvent, StepKind
from complaintkit.world import ASPECTS, NAMES, UNDECIDED, CaseWorld

ON = dt.date(2026, 9, 1)
OBJECTION = StepKind.OBJECTION


def case(*lines: str, **facts: Any) -> Case:
    """Return a case from lines such as ``objection sent 2026-07-06 email`` and some facts."""
    keys = ("what", "event", "date", "channel")
    history = [dict(zip(keys, line.split(), strict=False)) for line in lines]
    return Case.model_validate({"history": history, "facts": facts})


def thread(*lines: str) -> Thread:
    """Return the thread of the objection."""
    return threads(case(*lines))[OBJECTION]


def read(name: str, found: Case, on: dt.date = ON, last: str = "") -> Reading:
    """Return the reading of a name, with the last day of an answer and an acknowledgement."""
    dues = {}
    if last:
        day = dt.date.fromisoformat(last)
        dues = {OBJECTION: Due(day, day - dt.timedelta(days=30), Period(30, "days"))}
    world = CaseWorld(found, on, dues, dues, threads(found))
    return world.read(name)


class TestThreads:
    """One thread for each kind of step, with its latest round."""

    def test_nothing_happened(self) -> None:
        """Every kind has an empty thread."""
        found = threads(Case())

        assert set(StepKind) == set(found)
        for one in found.values():
            assert one.sent is None
            assert one.answer is None
            assert one.received is None
            assert not one.receipt_assumed

    def test_by_kind(self) -> None:
        """Steps of different kinds do not mix."""
        found = threads(case("objection sent 2026-07-06", "access refused 2026-07-09"))

        assert found[OBJECTION].answer is None
        assert found[StepKind.ACCESS].sent is None
        assert StepEvent.REFUSED is found[StepKind.ACCESS].answer.event  # type: ignore[union-attr]

    def test_in_order_of_days(self) -> None:
        """The lines of a file may stand in any order."""
        found = thread("objection refused 2026-07-29", "objection sent 2026-07-06")

        assert [step.event for step in found.steps] == [StepEvent.SENT, StepEvent.REFUSED]

    def test_latest_round(self) -> None:
        """Sending again begins a new round: the old answer does not answer it."""
        found = thread(
            "objection sent 2026-07-06",
            "objection refused 2026-07-29",
            "objection sent 2026-08-10",
        )

        assert dt.date(2026, 8, 10) == found.received
        assert found.answer is None

    def test_latest_answer(self) -> None:
        """The last answer on the substance counts; a notice of delay is none."""
        found = thread(
            "objection sent 2026-07-06",
            "objection refused 2026-07-10",
            "objection partly 2026-07-20",
            "objection extended 2026-07-25",
        )

        assert StepEvent.PARTLY is found.answer.event  # type: ignore[union-attr]

    def test_received_from_arrival(self) -> None:
        """Time runs from the arrival where it is recorded."""
        found = thread("objection sent 2026-07-06 post", "objection received 2026-07-09 post")

        assert dt.date(2026, 7, 9) == found.received
        assert not found.receipt_assumed

    @pytest.mark.parametrize(
        ("channel", "assumed"), [("post", True), ("email", False), ("web_form", False), ("", False)]
    )
    def test_received_from_sending(self, channel: str, *, assumed: bool) -> None:
        """Otherwise it runs from the sending, which for the post is an assumption."""
        found = thread(f"objection sent 2026-07-06 {channel}")

        assert dt.date(2026, 7, 6) == found.received
        assert assumed is found.receipt_assumed

    def test_arrival_without_sending(self) -> None:
        """An arrival shows that the step was taken."""
        found = thread("objection received 2026-07-09")

        assert StepEvent.RECEIVED is found.sent.event  # type: ignore[union-attr]
        assert dt.date(2026, 7, 9) == found.received


class TestFactsRead:
    """Facts are read in their four states."""

    @pytest.mark.parametrize("name", CATALOGUE)
    def test_unanswered(self, name: str) -> None:
        """A fact that was not asked is missing by its own name."""
        assert Reading(missing=frozenset({name})) == read(name, Case())

    @pytest.mark.parametrize("state", [NOT_KNOWN, WITHHELD])
    @pytest.mark.parametrize("name", CATALOGUE)
    def test_asked_in_vain(self, name: str, state: Unknown) -> None:
        """A fact that is not known or withheld has no value and nothing to ask."""
        assert Reading() == read(name, Case().with_answer(name, state))

    def test_known(self) -> None:
        """An answer is read as it is, a no also."""
        assert Reading(value=False, is_known=True) == read("default_on", case(default_on=False))

    @pytest.mark.parametrize("name", NAMES)
    def test_every_name_can_be_read(self, name: str) -> None:
        """Every name that conditions may use has a reading; what it misses is a fact."""
        found = read(name, Case())

        assert not found.is_known
        assert found.missing
        assert found.missing <= set(CATALOGUE)

    @pytest.mark.parametrize(
        "name", ["nothing", "person.name", "objection.snet", "nothing.sent", ""]
    )
    def test_no_other_name(self, name: str) -> None:
        """A name that is none of these is a KeyError."""
        with pytest.raises(KeyError):
            read(name, case("objection sent 2026-07-06"))


class TestDerived:
    """What follows from facts: country, late notice, the basis relied on."""

    @pytest.mark.parametrize(("code", "country"), [("DE", "DE"), ("DE-HH", "DE"), ("GB-ENG", "GB")])
    def test_country(self, code: str, country: str) -> None:
        """The country is the first part of the residence."""
        assert Reading(country, is_known=True) == read("residence.country", case(residence=code))

    def test_country_unknown(self) -> None:
        """A residence that is withheld has no country."""
        assert Reading() == read("residence.country", case(residence="-"))
        assert {"residence"} == read("residence.country", Case()).missing

    @pytest.mark.parametrize(
        ("notice", "late"), [("before_start", False), ("after_start", True), ("never", True)]
    )
    def test_late_by_answer(self, notice: str, *, late: bool) -> None:
        """Without both dates the answer decides."""
        assert Reading(late, is_known=True) == read("notice.late", case(notice=notice))

    @pytest.mark.parametrize(
        ("date", "late"), [("2025-11-02", False), ("2025-11-03", False), ("2025-11-04", True)]
    )
    def test_late_by_dates(self, date: str, *, late: bool) -> None:
        """With both dates these decide, also where the answer is not known."""
        facts = case(notice="?", notice_date=date, practice_began="2025-11-03")

        assert Reading(late, is_known=True) == read("notice.late", facts)

    @pytest.mark.parametrize("basis", [b for b in LegalBasis if b not in UNDECIDED])
    def test_basis(self, basis: LegalBasis) -> None:
        """A stated basis is yes for itself and no for every other."""
        found = case(stated_basis=basis.value)

        for other in [b for b in LegalBasis if b not in UNDECIDED]:
            expected = Reading(other is basis, is_known=True)
            assert expected == read(f"basis.{other.value}", found)

    @pytest.mark.parametrize("stated", ["?", "-", "several", "not_stated"])
    def test_basis_open(self, stated: str) -> None:
        """A basis nobody knows, or none, or several, leave every one open, with nothing to ask."""
        assert Reading() == read("basis.consent", case(stated_basis=stated))

    @pytest.mark.parametrize("basis", UNDECIDED)
    def test_undecided_is_no_name(self, basis: LegalBasis) -> None:
        """'Several' and 'not stated' are no bases that a rule may ask for."""
        assert f"basis.{basis}" not in NAMES


SENT = "objection sent 2026-07-06"
ASPECT_CASES = [
    ("sent", (SENT,), True),
    ("sent", ("access sent 2026-07-06",), False),
    ("answered", (SENT,), False),
    ("answered", (SENT, "objection acknowledged 2026-07-08"), False),
    ("answered", (SENT, "objection refused 2026-07-08"), True),
    ("answered", (SENT, "objection complied 2026-07-08"), True),
    ("refused", (SENT, "objection refused 2026-07-08"), True),
    ("refused", (SENT, "objection partly 2026-07-08"), False),
    ("refused", (SENT, "objection refused 2026-07-08", "objection complied 2026-07-20"), False),
    ("complied", (SENT, "objection refused 2026-07-08", "objection complied 2026-07-20"), True),
    ("refused", (SENT, "objection refused 2026-07-08", "objection sent 2026-07-20"), False),
    ("partly", (SENT, "objection partly 2026-07-08"), True),
    ("acknowledged", (SENT, "objection acknowledged 2026-07-08"), True),
    ("acknowledged", (SENT, "objection refused 2026-07-08"), False),
    ("extended", (SENT, "objection extended 2026-07-08"), True),
    ("id_demanded", (SENT, "objection id_demanded 2026-07-08"), True),
    ("id_demanded", (SENT,), False),
]


class TestSteps:
    """What rules may ask of a step."""

    @pytest.mark.parametrize(("aspect", "lines", "expected"), ASPECT_CASES)
    def test_aspect(self, aspect: str, lines: tuple[str, ...], *, expected: bool) -> None:
        """A recorded history answers yes or no."""
        assert Reading(expected, is_known=True) == read(f"objection.{aspect}", case(*lines))

    @pytest.mark.parametrize("aspect", ASPECTS)
    def test_nothing_recorded_nor_asked(self, aspect: str) -> None:
        """Without a history it is to be asked whether anything was done."""
        assert Reading(missing=frozenset({"earlier_steps"})) == read(f"objection.{aspect}", Case())

    @pytest.mark.parametrize("aspect", ASPECTS)
    def test_nothing_done(self, aspect: str) -> None:
        """If nothing was done, every aspect is no."""
        found = case(earlier_steps=False)

        assert Reading(value=False, is_known=True) == read(f"objection.{aspect}", found)

    @pytest.mark.parametrize("answer", [True, "?", "-"])
    def test_something_done_but_not_told(self, answer: object) -> None:
        """Steps that are not told are open, with nothing left to ask."""
        assert Reading() == read("objection.sent", case(earlier_steps=answer))

    @pytest.mark.parametrize("aspect", ["overdue", "unacknowledged"])
    @pytest.mark.parametrize(
        ("lines", "last", "expected"),
        [
            ((SENT,), "2026-08-31", True),
            ((SENT,), "2026-09-01", False),
            ((SENT,), "", False),
            ((SENT, "objection refused 2026-08-31"), "2026-08-05", False),
            (("access sent 2026-07-06",), "2026-09-01", False),
        ],
    )
    def test_late_answers(
        self, aspect: str, lines: tuple[str, ...], last: str, *, expected: bool
    ) -> None:
        """An answer is overdue from the day after the last day, if the law sets one."""
        found = read(f"objection.{aspect}", case(*lines), last=last)

        assert Reading(expected, is_known=True) == found

    def test_acknowledged_is_not_answered(self) -> None:
        """An acknowledgement ends the one delay and not the other."""
        found = case(SENT, "objection acknowledged 2026-07-08")

        assert read("objection.unacknowledged", found, last="2026-08-05").value is False
        assert read("objection.overdue", found, last="2026-08-05").value is True
