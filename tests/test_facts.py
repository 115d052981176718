"""Facts have four states; a fact declared once is asked, checked and read everywhere alike."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD, Group, Unknown, known
from complaintkit.catalogue import CATALOGUE
from complaintkit.facts import Case, Controller, Facts, Person
from complaintkit.records import MAX_TEXT
from complaintkit.vocabulary import DataKind, LegalBasis, Practice
from complaintkit.world import ASPECTS, NAMES

DECLARED = [
    *(name for name, info in Facts.model_fields.items() if info.json_schema_extra),
    *(f"controller.{n}" for n, info in Controller.model_fields.items() if info.json_schema_extra),
]


def step(what: str, event: str, date: str) -> dict[str, str]:
    """Return one line of a history."""
    return {"what": what, "event": event, "date": date}


class TestStates:
    """Unanswered, answered, not known and withheld are four different things."""

    def test_unanswered_by_default(self) -> None:
        """A new case has answered nothing."""
        case = Case()

        assert {UNANSWERED} == {case.answer(name) for name in CATALOGUE}

    @pytest.mark.parametrize(("mark", "state"), [("?", NOT_KNOWN), ("-", WITHHELD)])
    @pytest.mark.parametrize("name", DECLARED)
    def test_marks(self, name: str, mark: str, state: Unknown) -> None:
        """Every fact, of whatever kind, can be not known or withheld."""
        case = Case().with_answer(name, mark)

        assert state is case.answer(name)
        assert not known(case.answer(name))

    @pytest.mark.parametrize(("mark", "state"), [(" ? ", NOT_KNOWN), ("-\n", WITHHELD)])
    def test_marks_with_spaces(self, mark: str, state: Unknown) -> None:
        """Spaces around a mark do not make it a text."""
        assert state is Facts.model_validate({"purpose": mark}).purpose

    @pytest.mark.parametrize("mark", ["?", "-"])
    def test_no_mark_outside_facts(self, mark: str) -> None:
        """What is no fact has no states: the mark is then an ordinary text."""
        assert mark == Person(name=mark).name
        assert mark == Controller(name=mark).name

    @pytest.mark.parametrize("value", [*Unknown, "", (), None])
    def test_nothing_is_known(self, value: object) -> None:
        """No state without a value, and no empty value, is known."""
        assert not known(value)

    @pytest.mark.parametrize("value", [False, True, "text", ("posts",), dt.date(2025, 1, 1)])
    def test_a_value_is_known(self, value: object) -> None:
        """Every value is known, also a no."""
        assert known(value)


class TestCatalogue:
    """The catalogue is made from the declarations and from nothing else."""

    def test_every_declared_fact(self) -> None:
        """Every field that declares a question is in the catalogue, and no other."""
        assert sorted(DECLARED) == sorted(CATALOGUE)
        assert set(Facts.model_fields) <= set(CATALOGUE)

    def test_order_of_the_conversation(self) -> None:
        """The catalogue follows the groups, and inside a group the declarations."""
        groups = [info.group for info in CATALOGUE.values()]
        places = [list(Group).index(group) for group in groups]

        assert sorted(places) == places
        assert set(Group) == set(groups)
        for group in Group:
            names = [name for name, info in CATALOGUE.items() if info.group is group]
            assert sorted(names, key=DECLARED.index) == names

    @pytest.mark.parametrize("info", CATALOGUE.values(), ids=CATALOGUE)
    def test_entries(self, info: Any) -> None:
        """Each entry has a question, a label and its own name, and choices if it needs them."""
        assert info is CATALOGUE[info.name]
        assert info.question.endswith(("?", "."))
        assert info.label
        assert bool(info.choices) is (info.kind in ("choice", "many"))
        assert info.kind in ("yes_no", "choice", "many", "date", "text", "code")

    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("practice", "choice"),
            ("data_kinds", "many"),
            ("default_on", "yes_no"),
            ("notice_date", "date"),
            ("residence", "code"),
            ("controller.country", "code"),
            ("controller.kind", "choice"),
            ("situation", "text"),
        ],
    )
    def test_kinds(self, name: str, kind: str) -> None:
        """The kind of a fact comes from its type."""
        assert kind == CATALOGUE[name].kind

    def test_choices(self) -> None:
        """The choices of a fact are the words of its type, in their order."""
        assert tuple(LegalBasis) == CATALOGUE["stated_basis"].choices
        assert tuple(DataKind) == CATALOGUE["data_kinds"].choices


class TestIdentity:
    """A rule cannot read who a person is."""

    @pytest.mark.parametrize("field", Person.model_fields)
    def test_no_person_in_rules(self, field: str) -> None:
        """No field of the person is a name that conditions may use."""
        assert f"person.{field}" not in NAMES
        assert not any(name.startswith("person") for name in NAMES)
        assert field not in NAMES

    def test_names_are_facts_and_what_follows_from_them(self) -> None:
        """Conditions may name facts, and what is derived from facts and history."""
        derived = set(NAMES) - set(CATALOGUE)

        for name in derived:
            head, _, tail = name.partition(".")
            assert head in ("residence", "notice", "basis") or tail in ASPECTS


class TestWithAnswer:
    """One fact is changed at a time, and checked."""

    def test_changes_one(self) -> None:
        """The new case has the answer; the old one is untouched."""
        case = Case()

        changed = case.with_answer("practice", "ai_training")

        assert Practice.AI_TRAINING is changed.facts.practice
        assert Case() == case
        assert changed.with_answer("practice", UNANSWERED) == case

    def test_controller(self) -> None:
        """Facts of the controller are changed by their dotted name."""
        changed = Case().with_answer("controller.country", "IE")

        assert changed.controller.country == "IE"
        assert changed.answer("controller.country") == "IE"

    @pytest.mark.parametrize("name", ["nothing", "name", "person.name", "controller.name", ""])
    def test_unknown_name(self, name: str) -> None:
        """A name that is no fact is a KeyError, for reading and for writing."""
        with pytest.raises(KeyError):
            Case().with_answer(name, "x")
        with pytest.raises(KeyError):
            Case().answer(name)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("practice", "ai_trainin"),
            ("practice", 3),
            ("practice", True),
            ("data_kinds", "posts"),
            ("data_kinds", ["posts", "nonsense"]),
            ("default_on", "perhaps"),
            ("default_on", 3),
            ("notice_date", "2025-02-30"),
            ("notice_date", "yesterday"),
            ("notice_date", 20250101),
            ("notice_date", dt.datetime(2025, 1, 1)),
            ("residence", "Germany"),
            ("residence", "de"),
            ("controller.country", "DE-HH"),
            ("situation", "x" * (MAX_TEXT + 1)),
            ("situation", 5),
            ("practice", None),
        ],
    )
    def test_impossible_value(self, name: str, value: object) -> None:
        """A value that the fact cannot have is refused."""
        with pytest.raises(ValidationError):
            Case().with_answer(name, value)

    @pytest.mark.parametrize(
        ("name", "value", "expected"),
        [
            ("notice_date", "2025-02-28", dt.date(2025, 2, 28)),
            ("data_kinds", ["posts"], (DataKind.POSTS,)),
            ("situation", "  I am a nurse.\n", "I am a nurse."),
            ("situation", "x" * MAX_TEXT, "x" * MAX_TEXT),
            ("residence", "GB-ENG", "GB-ENG"),
            ("default_on", False, False),
        ],
    )
    def test_possible_value(self, name: str, value: object, expected: object) -> None:
        """A value is stored in the fact's own type, texts without spaces around them."""
        assert expected == Case().with_answer(name, value).answer(name)

    def test_frozen(self) -> None:
        """Nothing of a case can be changed in place."""
        with pytest.raises(ValidationError, match="frozen"):
            Case().facts.practice = Practice.SHARING  # type: ignore[misc]


def told(notice: str, notice_date: str = "", began: str = "") -> dict[str, str]:
    """Return the facts of a notice."""
    facts = {"notice": notice, "notice_date": notice_date, "practice_began": began}
    return {name: value for name, value in facts.items() if value}


class TestOneStory:
    """A case tells one story: answers that exclude each other are refused."""

    @pytest.mark.parametrize(
        "facts",
        [
            told("before_start", "2025-11-04", "2025-11-03"),
            told("after_start", "2025-11-02", "2025-11-03"),
            told("never", "2025-11-02", "2025-11-03"),
        ],
    )
    def test_contradiction(self, facts: dict[str, str]) -> None:
        """A notice whose date says otherwise is refused."""
        with pytest.raises(ValidationError, match="notice"):
            Facts.model_validate(facts)

    @pytest.mark.parametrize(
        "facts",
        [
            told("before_start", "2025-11-02", "2025-11-03"),
            told("after_start", "2025-11-04", "2025-11-03"),
            told("before_start", "2025-11-03", "2025-11-03"),
            told("before_start", "2025-11-04"),
            told("before_start", "2025-11-04", "?"),
            told("before_start", "-", "2025-11-03"),
            told("?", "2025-11-04", "2025-11-03"),
            told("never"),
        ],
    )
    def test_no_contradiction(self, facts: dict[str, str]) -> None:
        """Whatever can be true together is accepted."""
        assert Facts.model_validate(facts).notice is not UNANSWERED

    def test_with_answer_keeps_it(self) -> None:
        """A later answer cannot contradict an earlier one either."""
        case = Case().with_answer("notice", "before_start").with_answer("notice_date", "2025-11-04")

        with pytest.raises(ValidationError, match="practice_began"):
            case.with_answer("practice_began", "2025-11-03")

    @pytest.mark.parametrize(
        "event", ["refused", "partly", "complied", "acknowledged", "extended", "id_demanded"]
    )
    def test_answer_before_question(self, event: str) -> None:
        """A step is not answered before it was sent, in whatever order the lines stand."""
        lines = [step("objection", event, "2026-07-01"), step("objection", "sent", "2026-07-06")]

        for history in (lines, lines[::-1]):
            with pytest.raises(ValidationError, match=r"objection was .* before it was sent"):
                Case.model_validate({"history": history})

    @pytest.mark.parametrize(
        "history",
        [
            [step("objection", "sent", "2026-07-06"), step("objection", "refused", "2026-07-06")],
            [step("objection", "refused", "2026-07-08"), step("objection", "sent", "2026-07-06")],
            [step("objection", "sent", "2026-07-06"), step("access", "refused", "2026-07-01")],
            [step("objection", "refused", "2026-07-01")],
            [
                step("objection", "sent", "2026-07-01"),
                step("objection", "refused", "2026-07-05"),
                step("objection", "sent", "2026-07-09"),
            ],
        ],
    )
    def test_possible_histories(self, history: list[dict[str, str]]) -> None:
        """Any order of lines is accepted if the days fit; a second round may follow."""
        assert len(history) == len(Case.model_validate({"history": history}).history)
