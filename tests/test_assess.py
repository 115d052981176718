"""A case, a made-up law and a day give an assessment; nothing else has a say in it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import complaintkit
from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD
from complaintkit.assessment import Assessment, State, Status
from complaintkit.assessor import assess as assess_case
from complaintkit.facts import Case
from complaintkit.law import Library, load

PROFILE = settings(derandomize=True, max_examples=200, deadline=None)
ON = "2026-09-01"

HEAD = """
sets.members = ["DE", "IE"]

[law]
id = "{id}"
family = "eu"
title = "Made-up Act"
short = "MUA"
citation = "Made-up Act 2020"
applies = "{applies}"
also = "{also}"
asks_basis = true
sources = ["act"]
checked = 2026-01-20
in_force_from = 2020-01-01

[[source]]
id = "act"
title = "The Act"
url = "https://law.example/act"
kind = "statute"

[[provision]]
id = "s. 1"
about = "Everything"
source = "act"
"""


def ground(id_: str, when: str, **more: Any) -> str:
    """Return the text of a ground, with further keys as they stand in a file."""
    lines = "\n".join(f"{key} = {value}" for key, value in more.items())
    return (
        f'[[ground]]\nid = "{id_}"\ntitle = "{id_}"\nwhen = "{when}"\nprovisions = ["s. 1"]\n'
        f'strength = "settled"\nsources = ["act"]\nchecked = 2026-01-20\n{lines}\n'
    )


def displaced(by: str) -> str:
    """Return the table that lets another ground displace the one above it."""
    return f'[[ground.displaced_by]]\nground = "{by}"\nbecause = "x"\nprovision = "s. 1"\n'


GROUNDS = [
    ground("base", "default_on", demands='["stop", "erase"]'),
    displaced("middle"),
    ground("middle", "old_data"),
    displaced("top"),
    ground("top", "minor_then", demands='["explain"]'),
    ground("consent", "basis.consent", demands='["erase"]', alternative="true"),
    ground("interests", "basis.legitimate_interests", demands='["copy"]', alternative="true"),
    ground("not-pleaded", "basis.contract", demands='["copy"]'),
    ground("waiting", "told_right_to_object", alternative="true"),
    displaced("held"),
    ground("held", "interest_named"),
    ground("old-rule", "practice == 'ai_training'", judged_on='"start"',
           in_force_until="2025-06-30"),
    ground("new-rule", "practice == 'ai_training'", judged_on='"start"',
           in_force_from="2025-07-01"),
    ground("filing-rule", "practice == 'ai_training'", in_force_from="2026-06-19"),
    ground("late-answer", "objection.overdue", demands='["answer"]'),
    ground("no-word", "company_complaint.unacknowledged"),
]  # fmt: skip
DEMANDS = "\n".join(
    f'[[demand]]\nid = "{id_}"\ntitle = "{id_}"'
    for id_ in ("answer", "stop", "erase", "explain", "copy")
)
OTHERS = """
[[requirement]]
id = "ask-first"
when = "any_of(data_kinds, 'health')"
requires = "consent"
argument = "It is health."
provisions = ["s. 1"]
sources = ["act"]
checked = 2026-01-05

[[branch]]
basis = "consent"
right = "withdraw"

[[branch]]
basis = "legitimate_interests"
right = "object"

[[clock]]
id = "answer-time"
steps = ["objection"]
for = "answer"
period = "1 month"
extended = "3 months"
rolls = true
calendar = "controller"
sources = ["act"]
checked = 2026-01-20

[[clock]]
id = "acknowledgement-time"
steps = ["company_complaint"]
for = "acknowledgement"
period = "30 days"
rolls = true
calendar = "residence"
sources = ["act"]
checked = 2026-01-20

[[clock]]
id = "complaint-time"
steps = ["company_complaint"]
for = "answer"
period = "3 months"
rolls = false
calendar = "residence"
sources = ["act"]
checked = 2026-01-20
in_force_from = 2026-02-01

[[route]]
id = "court"
title = "Court"
document = ""
to = "court"
when = "True"
closed_because = "never"
after = ["company_complaint"]
waits = "blocks"
wait_reason = "The Act wants the complaint first."
sources = ["act"]
checked = 2026-01-20

[[route.bar]]
period = "3 years"
from = "event"
effect = "closes"
text = "Three years are over."

[[route]]
id = "report"
title = "Report"
document = "complaint"
to = "authority"
step = "authority_complaint"
when = "not other_proceedings"
closed_because = "Another case is pending."
after = ["objection", "access"]
waits = "advises"
wait_reason = "Most authorities expect it."
sources = ["act"]
checked = 2026-01-20

[[route.bar]]
period = "1 year"
from = "knowledge"
effect = "closes"
text = "A year is over."

[[route.bar]]
period = "3 months"
from = "last_answer"
effect = "advises"
text = "Late complaints may be refused."

[[route]]
id = "tip"
title = "Tip"
document = "tip"
to = "authority"
authority = "federal"
when = "True"
closed_because = "never"
parallel = true
sources = ["act"]
checked = 2026-01-20

[[route]]
id = "object"
title = "Object"
document = "request"
to = "controller"
step = "objection"
when = "True"
closed_because = "never"
sources = ["act"]
checked = 2026-01-20

[[route]]
id = "future"
title = "Future"
document = "x"
to = "controller"
when = "True"
closed_because = "never"
sources = ["act"]
checked = 2026-01-20
in_force_from = 2027-01-01

[[caution]]
id = "about-a-ground"
about = ["top"]
text = "Beware."
sources = ["act"]
checked = 2026-01-20

[[caution]]
id = "about-a-route"
about = ["report"]
when = "stated_basis == 'contract'"
text = "Beware."
sources = ["act"]
checked = 2026-01-20
"""


def authority(id_: str, country: str, when: str, more: str = 'prior_contact = "expected"') -> str:
    """Return the text of an authority."""
    return (
        f'[[authority]]\nid = "{id_}"\ncountry = "{country}"\nwhen = "{when}"\nname = "{id_}"\n'
        'languages = ["en"]\nemail_filing = "yes"\nsources = ["https://office.example"]\n'
        f'confidence = "high"\nchecked = 2026-01-20\n{more}\n'
    )


AUTHORITIES = "".join(
    [
        authority("gone", "DE", "residence == 'DE-HH'",
                  'prior_contact = "expected"\nin_force_until = 2025-12-31'),
        authority("hamburg", "DE", "residence == 'DE-HH' and controller.kind == 'company'",
                  'prior_contact = "expected"\nprior_contact_note = "Not needed."\n'
                  '[[authority.bar]]\nperiod = "6 months"\n'
                  'from = "knowledge"\neffect = "closes"\ntext = "Six months are over."'),
        authority("federal", "DE", "residence == 'DE-HH' and controller.kind == 'telecom_post'"),
        authority("dublin", "IE", "residence == 'IE'",
                  'prior_contact = "required"\nprior_contact_note = "The office wants it first."'),
    ]
)  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the made-up law, and another that only stands beside it."""
    folder = tmp_path_factory.mktemp("law")
    return made_up(folder)


def made_up(folder: Path) -> Library:
    """Write the made-up law into a folder and load it."""
    main = HEAD.format(id="made-up", applies="residence.country in members", also="")
    side = HEAD.format(id="beside", applies="residence.country == 'FR'", also="default_on")
    text = "\n".join([main, DEMANDS, *GROUNDS, OTHERS])
    (folder / "act.toml").write_text(text, encoding="utf-8")
    (folder / "beside.toml").write_text(side, encoding="utf-8")
    (folder / "authorities.toml").write_text(AUTHORITIES, encoding="utf-8")
    return load(folder)


def case(*lines: str, **facts: Any) -> Case:
    """Return a case of Hamburg from lines such as ``objection sent 2026-07-06 email``."""
    keys = ("what", "event", "date", "channel")
    rows = [dict(zip(keys, line.split(), strict=False)) for line in lines]
    controller = {"country": "IE", "kind": "company"} | facts.pop("controller", {})
    return Case.model_validate(
        {
            "facts": {"residence": "DE-HH"} | facts,
            "controller": {key: value for key, value in controller.items() if value},
            "history": rows,
        }
    )


@pytest.fixture
def judge(library: Library) -> Any:
    """Return a way to assess a case in one line."""

    def run(*lines: str, on: str = ON, **facts: Any) -> Assessment:
        return assess_case(case(*lines, **facts), on=dt.date.fromisoformat(on), library=library)

    return run


class TestLaws:
    """Which laws the letters rest on."""

    def test_no_residence(self, library: Library) -> None:
        """Without a residence there is no law yet, and the residence is to be asked."""
        result = assess_case(Case(), on=dt.date(2026, 9, 1), library=library)

        assert () == result.laws == result.also == result.findings == result.routes
        assert result.missing["residence"]
        assert {"residence"} == set(result.missing)
        assert result.oldest_check is None

    def test_no_law(self, judge: Any) -> None:
        """A residence that no law covers has no law, and nothing to ask."""
        result = judge(residence="JP")

        assert result.laws == ()
        assert not result.missing

    def test_law(self, judge: Any) -> None:
        """The law of the residence applies."""
        assert [law.head.id for law in judge().laws] == ["made-up"]

    def test_beside(self, judge: Any) -> None:
        """A law may apply beside it, and then gives no ground."""
        result = judge(default_on=True)

        assert [law.head.id for law in result.also] == ["beside"]
        assert {"made-up"} == {finding.law.head.id for finding in result.findings}

    def test_before_its_time(self, judge: Any) -> None:
        """A law that is not in force on the day does not apply."""
        assert judge(on="2019-12-31").laws == ()

    def test_oldest_check(self, judge: Any) -> None:
        """The assessment knows the age of its oldest entry."""
        assert dt.date(2026, 1, 5) == judge().oldest_check


DISPLACEMENT = [
    # base, middle, top; what becomes of base, middle, top
    (True, False, False, "holds", "fails", "fails"),
    (True, True, False, "displaced", "holds", "fails"),
    (True, True, True, "holds", "displaced", "holds"),
    (True, False, True, "holds", "fails", "holds"),
    (False, True, False, "fails", "holds", "fails"),
    ("?", True, False, "displaced", "holds", "fails"),
    ("?", False, False, "open", "fails", "fails"),
    (True, "?", False, "open", "open", "fails"),
    (True, "?", True, "holds", "displaced", "holds"),
    (True, True, "?", "open", "open", "open"),
    (False, "?", "?", "fails", "open", "open"),
]


class TestGrounds:
    """What becomes of a ground."""

    @pytest.mark.parametrize(("base", "middle", "top", "first", "second", "third"), DISPLACEMENT)
    def test_displacement(
        self,
        judge: Any,
        base: object,
        middle: object,
        top: object,
        first: str,
        second: str,
        third: str,
    ) -> None:
        """A ground gives way to one that holds; a displacer that gives way itself reinstates it."""
        result = judge(default_on=base, old_data=middle, minor_then=top)

        found = [result.finding(id_).status.value for id_ in ("base", "middle", "top")]
        assert [first, second, third] == found

    def test_displaced_says_by_what(self, judge: Any) -> None:
        """A displaced ground names the displacement, and no letter rests on it."""
        finding = judge(default_on=True, old_data=True, minor_then=False).finding("base")

        assert finding.displaced_by.ground == "middle"
        assert not finding.live
        assert not finding.missing

    def test_missing_of_the_displacer(self, judge: Any) -> None:
        """A ground that an open displacer holds up misses what the displacer misses."""
        result = judge(default_on=True, old_data=True)

        assert Status.OPEN is result.finding("base").status
        assert {"minor_then"} == result.finding("base").missing

    def test_nothing_missing_once_decided(self, judge: Any) -> None:
        """A ground that fails asks nothing more, though its displacer is open."""
        assert frozenset() == judge(default_on=False).finding("base").missing

    @pytest.mark.parametrize(
        ("began", "old", "new"),
        [
            ("2025-06-30", "holds", "out_of_force"),
            ("2025-07-01", "out_of_force", "holds"),
            ("2027-01-01", "out_of_force", "holds"),
        ],
    )
    def test_judged_on_start(self, judge: Any, began: str, old: str, new: str) -> None:
        """Substance is judged by the law of the day on which the practice began."""
        result = judge(practice="ai_training", practice_began=began)

        assert old == result.finding("old-rule").status.value
        assert new == result.finding("new-rule").status.value

    def test_start_after_the_filing(self, judge: Any) -> None:
        """A practice that has not begun yet is judged by the law of the day of filing."""
        result = judge(practice="ai_training", practice_began="2025-07-01", on="2025-06-30")

        assert result.finding("old-rule").status is Status.HOLDS
        assert result.finding("new-rule").status is Status.OUT_OF_FORCE

    @pytest.mark.parametrize("began", [UNANSWERED, NOT_KNOWN, WITHHELD])
    def test_start_unknown(self, judge: Any, began: object) -> None:
        """As long as nobody knows that day, no version of the law is taken for granted."""
        result = judge(practice="ai_training", practice_began=began)

        found = {result.finding(id_).status for id_ in ("old-rule", "new-rule")}
        assert {Status.OPEN} == found
        asked = {"practice_began"} if began is UNANSWERED else set()
        assert asked == set(result.finding("old-rule").missing)

    @pytest.mark.parametrize(
        ("on", "expected"), [("2026-06-18", "out_of_force"), ("2026-06-19", "holds")]
    )
    def test_judged_on_filing(self, judge: Any, on: str, expected: str) -> None:
        """Procedure is judged by the law of the day of filing."""
        result = judge(practice="ai_training", practice_began="2020-01-01", on=on)

        assert expected == result.finding("filing-rule").status.value

    def test_out_of_force_asks_nothing(self, judge: Any) -> None:
        """A ground that is out of force misses nothing and is not live."""
        finding = judge(on="2026-06-18").finding("filing-rule")

        assert Status.OUT_OF_FORCE is finding.status
        assert frozenset() == finding.missing
        assert not finding.live

    def test_unknown_ground(self, judge: Any) -> None:
        """Asking for a ground or a route that is not there is a KeyError."""
        with pytest.raises(KeyError):
            judge().finding("nothing")
        with pytest.raises(KeyError):
            judge().route("nothing")


class TestAlternative:
    """Where all is asked and a ground is open still, it is pleaded in the alternative."""

    def test_not_before_it_was_asked(self, judge: Any) -> None:
        """As long as the question can be asked, nothing is pleaded."""
        result = judge()

        assert Status.OPEN is result.finding("consent").status
        assert not result.finding("consent").alternative
        assert result.live == ()
        assert result.missing["stated_basis"] >= 3

    @pytest.mark.parametrize("stated", ["?", "-", "several", "not_stated"])
    def test_every_branch(self, judge: Any, stated: str) -> None:
        """An unknown basis pleads each ground that may be, and no other."""
        result = judge(stated_basis=stated)

        assert [finding.ground.id for finding in result.live] == ["consent", "interests"]
        assert not result.finding("not-pleaded").alternative
        assert "stated_basis" not in result.missing

    def test_one_branch(self, judge: Any) -> None:
        """A stated basis decides."""
        result = judge(stated_basis="consent")

        assert Status.HOLDS is result.finding("consent").status
        assert not result.finding("consent").alternative
        assert Status.FAILS is result.finding("interests").status

    def test_held_up_by_an_unknown_displacer(self, judge: Any) -> None:
        """A ground whose displacer nobody can decide is pleaded in the alternative too."""
        waiting = judge(told_right_to_object=True).finding("waiting")
        pleaded = judge(told_right_to_object=True, interest_named="?").finding("waiting")

        assert not waiting.live
        assert pleaded.alternative


class TestClaims:
    """What is demanded."""

    def claims(self, result: Assessment) -> list[tuple[str, tuple[str, ...], bool]]:
        """Return demands, carriers and whether they are alternative."""
        return [(c.demand.id, c.grounds, c.alternative) for c in result.claims]

    def test_none(self, judge: Any) -> None:
        """Without a live ground nothing is demanded."""
        assert judge().claims == ()

    def test_order_of_demands(self, judge: Any) -> None:
        """Demands come in the order in which the law lists them, not the grounds."""
        found = judge("objection sent 2026-07-06", default_on=True, old_data=False, minor_then=True)

        assert self.claims(found) == [
            ("answer", ("late-answer",), False),
            ("stop", ("base",), False),
            ("erase", ("base",), False),
            ("explain", ("top",), False),
        ]

    def test_alternative_only_if_all_carriers_are(self, judge: Any) -> None:
        """A demand that one ground carries outright is not made in the alternative."""
        only = judge(stated_basis="?")
        both = judge(stated_basis="?", default_on=True, old_data=False)

        assert self.claims(only) == [("erase", ("consent",), True), ("copy", ("interests",), True)]
        assert ("erase", ("base", "consent"), False) in self.claims(both)


class TestLegalBasis:
    """The legal-basis question."""

    @pytest.mark.parametrize(
        ("stated", "branches"),
        [
            ("consent", ["consent"]),
            ("several", ["consent", "legitimate_interests"]),
            ("?", ["consent", "legitimate_interests"]),
            ("contract", []),
        ],
    )
    def test_branches(self, judge: Any, stated: str, branches: list[str]) -> None:
        """The branch of the stated basis, or every branch while it is open."""
        (part,) = judge(stated_basis=stated).legal_basis

        assert branches == [branch.basis.value for branch in part.branches]
        assert part.in_the_alternative is (len(branches) > 1)
        assert part.asked

    @pytest.mark.parametrize(
        ("kinds", "required"), [(["health"], [True]), (["posts"], []), ("?", [False])]
    )
    def test_required(self, judge: Any, kinds: object, required: list[bool]) -> None:
        """What the law requires for these data, for certain or perhaps."""
        (part,) = judge(data_kinds=kinds).legal_basis

        assert required == [found.certain for found in part.required]

    def test_required_asks(self, judge: Any) -> None:
        """An open requirement asks for its facts."""
        assert judge().missing["data_kinds"]


SENT = "objection sent 2026-07-06 email"
REFUSED = "objection refused 2026-07-20"
DONE = {"other_proceedings": False, "learned_on": "2026-06-28", "earlier_steps": True}


class TestRoutes:
    """Where to go, from when, and where not."""

    @pytest.mark.parametrize(
        ("route", "lines", "facts", "expected"),
        [
            ("object", (), {}, "open"),
            ("object", (SENT,), {}, "done"),
            ("object", (SENT, REFUSED), {}, "done"),
            ("report", (), {"earlier_steps": False}, "later"),
            ("report", (), {"earlier_steps": UNANSWERED}, "later"),
            ("report", (), {"earlier_steps": "?"}, "later"),
            ("report", (), {"other_proceedings": UNANSWERED}, "unclear"),
            ("report", (), {"other_proceedings": "?"}, "unclear"),
            ("report", (SENT,), {"on": "2026-07-31"}, "opens 2026-08-07"),
            ("report", (SENT,), {"on": "2026-08-06"}, "opens 2026-08-07"),
            ("report", (SENT,), {"on": "2026-08-07"}, "open"),
            ("report", (SENT, REFUSED), {"on": "2026-07-31"}, "open"),
            ("report", (SENT, "access sent 2026-07-10"), {"on": "2026-07-31"}, "opens 2026-08-07"),
            ("report", ("access sent 2026-07-10",), {"on": "2026-07-31"}, "open"),
            ("report", (SENT, REFUSED), {"other_proceedings": True}, "closed"),
            ("report", (SENT, "authority_complaint sent 2026-08-10"), {}, "done"),
            ("court", (), {"earlier_steps": False}, "later"),
            ("court", (SENT, REFUSED), {}, "later"),
            ("court", ("company_complaint sent 2026-07-06",), {}, "opens 2026-10-07"),
            ("court", ("company_complaint sent 2026-05-29",), {"on": "2026-08-30"}, "open"),
        ],
    )
    def test_state(
        self, judge: Any, route: str, lines: tuple[str, ...], facts: dict[str, Any], expected: str
    ) -> None:
        """Each route is open, later, opens on a day, unclear, closed or done."""
        result = judge(*lines, **(DONE | facts))

        assert expected == str(result.route(route))

    def test_opens_with_date_and_reason(self, judge: Any) -> None:
        """A route that opens has the day after the last day of the answer, and the reason."""
        found = judge(SENT, on="2026-07-31", **DONE).route("report")

        assert State.OPENS is found.state
        assert dt.date(2026, 8, 7) == found.opens
        assert found.reason == "Most authorities expect it."

    def test_closed_with_reason(self, judge: Any) -> None:
        """A closed route says why and asks nothing."""
        found = judge(other_proceedings=True).route("report")

        assert found.reason == "Another case is pending."
        assert frozenset() == found.missing

    def test_done_with_day(self, judge: Any) -> None:
        """A route that was taken says when."""
        assert judge(SENT).route("object").reason == "taken on 2026-07-06"

    @pytest.mark.parametrize(
        ("route", "waits", "reason"),
        [
            ("court", "blocks", "The Act wants the complaint first."),
            ("report", "advises", "Most authorities expect it."),
        ],
    )
    def test_who_makes_it_wait(self, judge: Any, route: str, waits: str, reason: str) -> None:
        """A route that waits for a step says whether the law or only policy wants it."""
        found = judge(**(DONE | {"earlier_steps": False})).route(route)

        assert State.LATER is found.state
        assert waits == found.route.waits
        assert reason == found.reason

    def test_authority_that_requires_contact(self, judge: Any) -> None:
        """The competent authority's own words are the reason, where it requires prior contact."""
        found = judge(residence="IE", **(DONE | {"earlier_steps": False})).route("report")

        assert found.authority.id == "dublin"
        assert found.reason == "The office wants it first."

    def test_bar_closes(self, judge: Any) -> None:
        """A time limit that has passed closes the route, from the day after its last day."""
        facts = DONE | {"residence": "IE", "learned_on": "2025-08-31"}

        before = judge(SENT, REFUSED, **(facts | {"on": "2026-08-31"})).route("report")
        after = judge(SENT, REFUSED, **facts).route("report")

        assert State.OPEN is before.state
        assert dt.date(2026, 8, 31) == before.bars[0].last
        assert not before.bars[0].passed
        assert State.CLOSED is after.state
        assert after.reason == "A year is over."
        assert after.bars[0].passed

    def test_bar_of_the_authority(self, judge: Any) -> None:
        """The competent authority's time limit counts as the law's own."""
        found = judge(SENT, REFUSED, **(DONE | {"learned_on": "2026-02-28"})).route("report")

        assert State.CLOSED is found.state
        assert found.reason == "Six months are over."

    def test_bar_advises(self, judge: Any) -> None:
        """A limit that only advises leaves the route open, and is shown as passed."""
        found = judge(SENT, REFUSED, **(DONE | {"on": "2026-10-21"})).route("report")

        (advice,) = [bar for bar in found.bars if bar.bar.effect == "advises"]
        assert dt.date(2026, 10, 20) == advice.last
        assert advice.passed
        assert State.OPEN is found.state

    def test_bar_of_the_event(self, judge: Any) -> None:
        """A limit from the end of the practice does not run as long as it goes on."""
        going_on = judge(**DONE).route("court")
        ended = judge(**(DONE | {"practice_ended": "2023-08-31"})).route("court")

        assert going_on.bars[0].last is None
        assert State.CLOSED is ended.state

    def test_bar_does_not_undo(self, judge: Any) -> None:
        """A route that was taken in time stays taken."""
        lines = (SENT, REFUSED, "authority_complaint sent 2026-08-10")

        found = judge(*lines, **(DONE | {"learned_on": "2024-01-01"})).route("report")

        assert State.DONE is found.state

    @pytest.mark.parametrize(("learned", "asked"), [(UNANSWERED, True), ("?", False)])
    def test_bar_asks(self, judge: Any, learned: object, *, asked: bool) -> None:
        """A limit from knowledge asks when the person learned of it, once."""
        result = judge(SENT, REFUSED, **(DONE | {"learned_on": learned}))

        assert asked is ("learned_on" in result.route("report").missing)
        assert asked is ("learned_on" in result.missing)
        assert result.route("report").bars[0].last is None

    @pytest.mark.parametrize(
        ("facts", "expected", "missing"),
        [
            ({}, "hamburg", set()),
            ({"residence": "IE"}, "dublin", set()),
            ({"controller": {"kind": "telecom_post"}}, "federal", set()),
            ({"controller": {"kind": ""}}, None, {"controller.kind"}),
        ],
    )
    def test_authority(
        self, judge: Any, facts: dict[str, Any], expected: str | None, missing: set[str]
    ) -> None:
        """The authority is found by its own condition; a missing fact for it is asked."""
        found = judge(SENT, REFUSED, **(DONE | facts)).route("report")

        assert expected == (found.authority.id if found.authority else None)
        assert missing == set(found.missing)

    def test_fixed_authority(self, judge: Any) -> None:
        """A route may go to one authority for all."""
        assert judge(residence="IE").route("tip").authority.id == "federal"

    def test_no_authority(self, judge: Any) -> None:
        """Where none is competent the route is closed and says so."""
        found = judge(SENT, REFUSED, **(DONE | {"controller": {"kind": "church"}})).route("report")

        assert State.CLOSED is found.state
        assert "competent" in found.reason

    def test_order(self, judge: Any) -> None:
        """Company before authority before court; a route of the future is not there."""
        assert [r.route.id for r in judge().routes] == ["object", "report", "tip", "court"]

    def test_next(self, judge: Any) -> None:
        """Next are the first open route, and those that go beside it."""
        assert [r.route.id for r in judge().next] == ["object", "tip"]
        after = judge(SENT, REFUSED, **DONE)
        assert [r.route.id for r in after.next] == ["report", "tip"]

    def test_next_is_one(self, judge: Any) -> None:
        """Of several open routes the first is taken, unless they go beside each other."""
        result = judge("access sent 2026-07-06", "access refused 2026-07-20", **DONE)

        assert result.route("object").state is result.route("report").state is State.OPEN
        assert [r.route.id for r in result.next] == ["object", "tip"]


class TestDeadlines:
    """Last days: of what was sent, and of what would be sent today."""

    def found(self, result: Assessment) -> dict[tuple[str, str], tuple[str, bool]]:
        """Return last day and whether it runs, by clock and step."""
        return {
            (line.clock.id, line.step.value): (str(line.due.day), line.running)
            for line in result.deadlines
        }

    def test_prospective(self, judge: Any) -> None:
        """If nothing was sent, the days are those that follow from sending today."""
        assert self.found(judge()) == {
            ("answer-time", "objection"): ("2026-10-01", False),
            ("acknowledgement-time", "company_complaint"): ("2026-10-01", False),
            ("complaint-time", "company_complaint"): ("2026-12-01", False),
        }

    def test_running(self, judge: Any) -> None:
        """What was sent runs from its receipt."""
        lines = ("objection sent 2026-07-01 post", "objection received 2026-07-06 post")

        found = self.found(judge(*lines))

        assert found["answer-time", "objection"] == ("2026-08-06", True)
        assert found["acknowledgement-time", "company_complaint"] == ("2026-10-01", False)

    @pytest.mark.parametrize(
        ("country", "sent", "expected"),
        [
            # 3 August 2026 is a holiday in Ireland, 3 July 2026 in the USA
            ("IE", "2026-07-03", "2026-08-04"),
            ("DE", "2026-07-03", "2026-08-03"),
            ("US", "2026-07-03", "2026-08-03"),
            ("US", "2026-06-03", "2026-07-03"),
        ],
    )
    def test_whose_holidays(self, judge: Any, country: str, sent: str, expected: str) -> None:
        """A company where the law reaches counts by its own holidays, another by the person's."""
        found = self.found(judge(f"objection sent {sent}", controller={"country": country}))

        assert (expected, True) == found["answer-time", "objection"]

    @pytest.mark.parametrize(
        ("announced", "expected"),
        [("2026-07-20", "2026-10-06"), ("2026-08-06", "2026-10-06"), ("2026-08-07", "2026-08-06")],
    )
    def test_extension(self, judge: Any, announced: str, expected: str) -> None:
        """An extension counts if announced in time, and then from the receipt."""
        found = self.found(judge(SENT, f"objection extended {announced}"))

        assert (expected, True) == found["answer-time", "objection"]

    @pytest.mark.parametrize(("channel", "assumed"), [("post", True), ("email", False)])
    def test_assumed(self, judge: Any, channel: str, *, assumed: bool) -> None:
        """A day of receipt that is only assumed is marked."""
        result = judge(f"objection sent 2026-07-06 {channel}")

        (line,) = [line for line in result.deadlines if line.running]
        assert assumed is line.receipt_assumed

    def test_before_the_clock(self, judge: Any) -> None:
        """A clock that was not in force at the receipt does not run for it."""
        found = self.found(judge("company_complaint sent 2026-01-31"))

        assert ("complaint-time", "company_complaint") not in found
        assert found["acknowledgement-time", "company_complaint"] == ("2026-03-02", True)

    @pytest.mark.parametrize(
        ("on", "expected"), [("2026-08-06", Status.FAILS), ("2026-08-07", Status.HOLDS)]
    )
    def test_overdue(self, judge: Any, on: str, expected: Status) -> None:
        """Rules read from the same clock whether an answer is overdue."""
        assert expected is judge(SENT, on=on).finding("late-answer").status

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (("company_complaint sent 2026-07-30",), Status.HOLDS),
            (("company_complaint sent 2026-07-31",), Status.HOLDS),
            (("company_complaint sent 2026-08-03",), Status.FAILS),
            (
                ("company_complaint sent 2026-07-01", "company_complaint acknowledged 2026-07-08"),
                Status.FAILS,
            ),
        ],
    )
    def test_unacknowledged(self, judge: Any, lines: tuple[str, ...], expected: Status) -> None:
        """And whether an acknowledgement is; the clocks of a step do not mix."""
        assert expected is judge(*lines).finding("no-word").status

    @pytest.mark.parametrize("name", ["learned_on", "practice_began", "practice_ended"])
    def test_last_day_of_the_calendar(self, judge: Any, name: str) -> None:
        """The last date there is, though nobody means it, is refused or breaks nothing."""
        try:
            case(**{name: "9999-12-31"})
        except ValidationError:
            return

        assert judge(**{name: "9999-12-31"}).laws


class TestCautions:
    """Warnings belong to what is live."""

    def ids(self, result: Assessment) -> list[tuple[str, bool]]:
        """Return the cautions and whether they are certain."""
        return [(warned.caution.id, warned.certain) for warned in result.cautions]

    def test_about_a_ground(self, judge: Any) -> None:
        """A caution about a ground is told only if a letter rests on the ground."""
        off = {"other_proceedings": True}

        assert self.ids(judge(minor_then=True, **off)) == [("about-a-ground", True)]
        assert self.ids(judge(minor_then=False, **off)) == []
        assert self.ids(judge(**off)) == []

    @pytest.mark.parametrize(
        ("stated", "expected"),
        [
            ("contract", [("about-a-route", True)]),
            ("?", [("about-a-route", False)]),
            ("consent", []),
            (UNANSWERED, []),
        ],
    )
    def test_condition(self, judge: Any, stated: object, expected: list[tuple[str, bool]]) -> None:
        """Its condition decides; it is told with a doubt only if nobody knows."""
        assert expected == self.ids(judge(stated_basis=stated, **DONE))

    def test_about_a_closed_route(self, judge: Any) -> None:
        """A caution about a route that is closed or taken is not told."""
        taken = judge(SENT, "authority_complaint sent 2026-08-10", stated_basis="contract", **DONE)
        closed = judge(other_proceedings=True, stated_basis="contract")

        assert [] == self.ids(taken) == self.ids(closed)


BOOLS = ["default_on", "old_data", "minor_then", "told_right_to_object", "interest_named"]
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.booleans() for name in BOOLS},
    "stated_basis": st.sampled_from(["consent", "legitimate_interests", "contract", "several"]),
    "practice": st.sampled_from(["ai_training", "sharing"]),
    "data_kinds": st.sampled_from([["health"], ["posts"]]),
    "earlier_steps": st.booleans(),
    "other_proceedings": st.booleans(),
    "learned_on": st.sampled_from(["2025-01-01", "2026-06-28"]),
}
FULL = st.fixed_dictionaries(
    {n: st.one_of(a, st.sampled_from(["?", "-"])) for n, a in ANSWERS.items()}
)
HIDDEN = st.sets(st.sampled_from(sorted(ANSWERS)))
LINES = st.sampled_from([(), (SENT,), (SENT, REFUSED), ("company_complaint sent 2026-06-01",)])
BEGAN = st.sampled_from(["2025-06-30", "2025-07-01"])


class TestProperties:
    """What is promised of every case (engine notes, 3.4)."""

    @PROFILE
    @given(FULL, HIDDEN, LINES, BEGAN)
    def test_settled_stays(
        self, library: Library, full: dict[str, Any], hidden: set[str], lines: Any, began: str
    ) -> None:
        """Whether a settled ground concludes never changes with further answers.

        It may change between failing and being displaced: a ground with an unknown condition
        under a displacer that holds. Only "concludes" or "does not conclude" is promised.
        """
        on = dt.date(2026, 9, 1)
        partial = {name: value for name, value in full.items() if name not in hidden}

        before = assess_case(case(*lines, practice_began=began, **partial), on=on, library=library)
        after = assess_case(case(*lines, practice_began=began, **full), on=on, library=library)

        for early, late in zip(before.findings, after.findings, strict=True):
            if early.status is Status.OPEN:
                continue
            assert (early.status is Status.HOLDS) is (late.status is Status.HOLDS)
            assert frozenset() == early.missing

    @PROFILE
    @given(FULL, HIDDEN, BEGAN, st.sampled_from(["ai_training", "sharing"]))
    def test_start_is_a_fact_like_any_other(
        self, library: Library, full: dict[str, Any], hidden: set[str], began: str, practice: str
    ) -> None:
        """The day on which the practice began does not unsettle a ground either."""
        on = dt.date(2026, 9, 1)
        partial = {name: value for name, value in full.items() if name not in hidden}
        partial["practice"] = practice

        before = assess_case(case(**partial), on=on, library=library)
        after = assess_case(case(practice_began=began, **partial), on=on, library=library)

        for early, late in zip(before.findings, after.findings, strict=True):
            if early.status is not Status.OPEN:
                assert (early.status is Status.HOLDS) is (late.status is Status.HOLDS)

    @PROFILE
    @given(FULL, HIDDEN, LINES, BEGAN)
    def test_missing_is_enough(
        self, library: Library, full: dict[str, Any], hidden: set[str], lines: Any, began: str
    ) -> None:
        """Answering all that is missing leaves no ground open that still misses something."""
        on = dt.date(2026, 9, 1)
        partial = {name: value for name, value in full.items() if name not in hidden}
        before = assess_case(case(*lines, practice_began=began, **partial), on=on, library=library)

        answered = partial | {name: full[name] for name in before.missing if name in full}
        result = assess_case(case(*lines, practice_began=began, **answered), on=on, library=library)

        assert set(before.missing) <= hidden
        for finding in result.findings:
            assert frozenset() == finding.missing
            if finding.status is Status.OPEN:
                assert any(value in ("?", "-", "several", True) for value in answered.values())

    @PROFILE
    @given(FULL, HIDDEN, LINES)
    def test_same_again(
        self, library: Library, full: dict[str, Any], hidden: set[str], lines: Any
    ) -> None:
        """The same case on the same day under the same law gives the same assessment."""
        partial = case(*lines, **{k: v for k, v in full.items() if k not in hidden})
        on = dt.date(2026, 9, 1)
        untouched = partial.model_copy(deep=True)

        first = assess_case(partial, on=on, library=library)
        second = assess_case(partial, on=on, library=library)

        assert first == second
        assert untouched == partial

    @PROFILE
    @given(FULL, HIDDEN, LINES)
    def test_missing_counts(
        self, library: Library, full: dict[str, Any], hidden: set[str], lines: Any
    ) -> None:
        """Only unanswered facts are missing, each at least once."""
        partial = case(*lines, **{k: v for k, v in full.items() if k not in hidden})

        result = assess_case(partial, on=dt.date(2026, 9, 1), library=library)

        assert all(partial.answer(name) is UNANSWERED for name in result.missing)
        assert all(count > 0 for count in result.missing.values())


class TestPurity:
    """Nothing but the arguments decides."""

    @pytest.mark.parametrize(
        "module", ["assessor", "routes", "world", "history", "conditions", "periods"]
    )
    def test_no_clock(self, module: str) -> None:
        """The modules that decide never ask for the day or the time."""
        source = (Path(complaintkit.__file__).parent / f"{module}.py").read_text(encoding="utf-8")

        assert not re.search(r"\b(today|now|utcnow|time|localtime|getlocale)\(", source)
        assert not re.search(
            r"^\s*(import|from) (time|locale|socket|random|os)\b", source, re.MULTILINE
        )

    def test_day_is_an_argument(self, judge: Any) -> None:
        """Another day, long past or long to come, is judged as well as any."""
        assert Status.OUT_OF_FORCE is judge(on="2020-01-01").finding("filing-rule").status
        assert judge(on="2199-12-31").on == dt.date(2199, 12, 31)
