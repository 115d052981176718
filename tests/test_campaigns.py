"""A campaign fills in what many people share, and never what a person answered."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD
from complaintkit.campaigns import Campaign, load, names, parse
from complaintkit.casefile import dump
from complaintkit.casefile import parse as parse_case
from complaintkit.catalogue import CATALOGUE
from complaintkit.errors import CampaignError
from complaintkit.facts import Case, Facts
from complaintkit.vocabulary import LegalBasis, Practice

if TYPE_CHECKING:
    from pathlib import Path

PROFILE = settings(derandomize=True, max_examples=150, deadline=None)

TEXT = """
id = "made-up"
title = "Made up"
summary = "A story."
checked = 2026-01-05
sources = ["https://story.example"]

[facts]
practice = "ai_training"
default_on = true

[[region]]
for = ["DE", "IE"]
facts.stated_basis = "legitimate_interests"
facts.practice_began = 2025-11-03
controller.name = "Here Ltd"
controller.address = ["1 Quay", "Dublin"]
controller.email = "privacy@here.example"
controller.country = "IE"
controller.kind = "company"

[[region]]
for = ["US"]
controller.name = "There Inc."
controller.country = "US"

[[region]]
for = ["*"]
facts.data_source = "from_me"

[[event]]
for = ["*"]
date = 2025-09-01
text = "It was announced."

[[event]]
for = ["DE"]
date = 2025-11-03
text = "It began."
source = "Press"
"""


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    """Return the made-up campaign."""
    return parse(TEXT, "made-up.toml")


def case(**facts: Any) -> Case:
    """Return a case with some facts."""
    return Case.model_validate({"facts": facts})


class TestApply:
    """What a campaign does to a case."""

    def test_before_the_residence(self, campaign: Campaign) -> None:
        """Without a residence only what is true everywhere is filled in."""
        result = campaign.apply(Case())

        assert result.campaign == "made-up"
        assert Practice.AI_TRAINING is result.facts.practice
        assert result.facts.default_on is True
        assert UNANSWERED is result.facts.stated_basis
        assert Case().controller == result.controller
        assert result.events == ()

    @pytest.mark.parametrize("residence", ["DE", "DE-HH"])
    def test_with_the_residence(self, campaign: Campaign, residence: str) -> None:
        """With a residence, also what is true in that country and in all its parts."""
        result = campaign.apply(case(residence=residence))

        assert LegalBasis.LEGITIMATE_INTERESTS is result.facts.stated_basis
        assert dt.date(2025, 11, 3) == result.facts.practice_began
        assert result.controller.name == "Here Ltd"
        assert [event.text for event in result.events] == ["It was announced.", "It began."]
        assert result.events[1].source == "Press"

    def test_other_region(self, campaign: Campaign) -> None:
        """Elsewhere it is another company, and other events."""
        result = campaign.apply(case(residence="US-CA"))

        assert result.controller.name == "There Inc."
        assert UNANSWERED is result.facts.stated_basis
        assert [event.text for event in result.events] == ["It was announced."]

    @pytest.mark.parametrize("residence", ["JP", "DE", "US-CA"])
    def test_everywhere(self, campaign: Campaign, residence: str) -> None:
        """A region for all countries is for each of them."""
        assert campaign.apply(case(residence=residence)).facts.data_source == "from_me"

    @pytest.mark.parametrize("state", [NOT_KNOWN, WITHHELD])
    def test_withheld_residence(self, campaign: Campaign, state: object) -> None:
        """A residence that is not told gets what is true everywhere."""
        result = campaign.apply(Case().with_answer("residence", state))

        assert result.controller.name == ""
        assert Practice.AI_TRAINING is result.facts.practice

    @pytest.mark.parametrize("state", [NOT_KNOWN, WITHHELD, LegalBasis.CONSENT])
    def test_keeps_answers(self, campaign: Campaign, state: object) -> None:
        """Not known and withheld are answers, and stay."""
        before = case(residence="DE").with_answer("stated_basis", state)

        assert state is campaign.apply(before).facts.stated_basis

    def test_keeps_the_company(self, campaign: Campaign) -> None:
        """A company the person named is kept whole: it gets no address of another company."""
        before = Case.model_validate(
            {"facts": {"residence": "DE"}, "controller": {"name": "Other"}}
        )

        after = campaign.apply(before)

        assert after.controller.name == "Other"
        assert after.controller.address == ()
        assert after.controller.email == ""

    @pytest.mark.parametrize(
        ("name", "value"), [("controller.country", "US"), ("controller.kind", "church")]
    )
    def test_keeps_answers_on_the_company(self, campaign: Campaign, name: str, value: str) -> None:
        """An answer about a company that is not named yet is kept too."""
        before = case(residence="DE").with_answer(name, value)

        assert value == campaign.apply(before).answer(name)

    def test_changes_nothing_else(self, campaign: Campaign) -> None:
        """Person, history and evidence stay as they are, and so does the case itself."""
        before = Case.model_validate(
            {
                "person": {"name": "Anna"},
                "facts": {"residence": "DE"},
                "history": [{"what": "objection", "event": "sent", "date": "2026-01-01"}],
                "evidence": [{"title": "Screenshot"}],
                "events": [{"date": "2024-01-01", "text": "My own."}],
            }
        )
        copy = before.model_copy(deep=True)

        after = campaign.apply(before)

        assert copy == before
        assert before.person == after.person
        assert before.history == after.history
        assert before.evidence == after.evidence
        assert after.events[0].text == "My own."

    @pytest.mark.parametrize("residence", ["DE", "US-CA", "JP"])
    def test_twice_is_once(self, campaign: Campaign, residence: str) -> None:
        """Applying a campaign again changes nothing."""
        once = campaign.apply(case(residence=residence))

        assert once == campaign.apply(once)

    @pytest.mark.parametrize(
        "facts",
        [
            {"notice": "before_start", "notice_date": "2025-11-10"},
            {"notice": "before_start", "notice_date": "2025-10-01"},
        ],
    )
    def test_result_can_be_read_again(self, campaign: Campaign, facts: dict[str, str]) -> None:
        """What is filled in never contradicts an answer: the case can be saved and read."""
        result = campaign.apply(case(residence="DE", **facts))

        assert result == parse_case(dump(result))

    @PROFILE
    @given(
        st.dictionaries(
            st.sampled_from(
                [
                    n
                    for n, i in CATALOGUE.items()
                    if "." not in n and (i.kind == "yes_no" or n == "stated_basis")
                ]
            ),
            st.sampled_from([UNANSWERED, NOT_KNOWN, WITHHELD]),
        ),
        st.sampled_from(["DE", "IE", "US-CA", "JP", "?"]),
        st.booleans(),
    )
    def test_never_overwrites(
        self,
        campaign: Campaign,
        states: dict[str, Any],
        residence: str,
        default_on: bool,  # noqa: FBT001
    ) -> None:
        """Whatever was answered stays."""
        before = case(**states | {"residence": residence, "default_on": default_on})

        after = campaign.apply(before)

        for field in Facts.model_fields:
            answer = getattr(before.facts, field)
            if answer is not UNANSWERED:
                assert answer == getattr(after.facts, field)


class TestPackage:
    """The campaigns of the package."""

    @pytest.mark.parametrize(
        ("residence", "company", "country"),
        [
            ("GB-ENG", "LinkedIn Corporation", "US"),
            ("DE-HH", "LinkedIn Ireland Unlimited Company", "IE"),
            ("CH-ZH", "LinkedIn Ireland Unlimited Company", "IE"),
            ("US-CA", "LinkedIn Corporation", "US"),
        ],
    )
    def test_linkedin(self, residence: str, company: str, country: str) -> None:
        """The region decides which company of the group is addressed."""
        result = load("linkedin-ai-training").apply(case(residence=residence))

        assert company == result.controller.name
        assert country == result.controller.country

    @pytest.mark.parametrize(
        ("residence", "company"),
        [
            ("GB-SCT", "Meta Platforms, Inc."),
            ("FR", "Meta Platforms Ireland Limited"),
            ("CH", ""),
        ],
    )
    def test_meta(self, residence: str, company: str) -> None:
        """A company that could not be verified is left empty: the person must name it."""
        result = load("meta-ai-training").apply(case(residence=residence))

        assert company == result.controller.name
        assert (not company) is (result.controller.country is UNANSWERED)

    @pytest.mark.parametrize("name", names())
    def test_names(self, name: str) -> None:
        """Each is called by its file, was checked, and tells its sources and no future event."""
        found = load(name)

        assert name == found.id
        assert all(source.startswith("https://") for source in found.sources)
        assert all(event.date <= found.checked for event in found.events)
        assert all(event.source for event in found.events)

    @pytest.mark.parametrize("name", names())
    def test_countries(self, name: str) -> None:
        """No country is in two regions, as the first would win silently."""
        countries = [code for region in load(name).regions for code in region.for_]

        assert sorted(set(countries)) == sorted(countries)
        assert all(re.fullmatch(r"[A-Z]{2}|\*", code) for code in countries)


class TestLoad:
    """What can be loaded, and how a mistake is told."""

    def test_own_file(self, tmp_path: Path) -> None:
        """A campaign of one's own is loaded by its path."""
        path = tmp_path / "own.toml"
        path.write_text(TEXT, encoding="utf-8")

        assert load(str(path)).id == "made-up"

    def test_suggestion(self) -> None:
        """A misspelt name is told with the right one."""
        with pytest.raises(CampaignError) as caught:
            load("linkedin-ai-trainig")

        (problem,) = caught.value.problems
        assert problem.what == "there is no campaign 'linkedin-ai-trainig'"
        assert problem.mend == "did you mean 'linkedin-ai-training'?"

    @pytest.mark.parametrize("name", ["qqqq", "", "/", "qqqq.toml", "../../etc/passwd", "."])
    def test_no_such(self, name: str) -> None:
        """A name like no other is told with all there are."""
        with pytest.raises(CampaignError) as caught:
            load(name)

        assert all(known in str(caught.value) for known in names())

    def test_not_utf8(self, tmp_path: Path) -> None:
        """A file in another encoding is one message."""
        path = tmp_path / "own.toml"
        path.write_bytes(TEXT.replace("story", "Gerücht").encode("latin-1"))

        with pytest.raises(CampaignError, match=r"^own\.toml: cannot be read as UTF-8 text$"):
            load(str(path))

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("[facts]", "[facts", "is not valid TOML"),
            ('title = "Made up"', "", "'title' is missing"),
            ("checked = 2026-01-05", "", "'checked' is missing"),
            ('sources = ["https://story.example"]', "sources = []", "'sources'"),
            ('title = "Made up"', 'title = "x"\ncolour = "red"', "'colour'"),
            ('for = ["US"]', "for = []", "'region.1.for'"),
            ("practice =", "practise =", "'facts.practise'"),
            ("date = 2025-09-01", 'date = "soon"', "YYYY-MM-DD"),
            ('practice = "ai_training"', 'practice = "ai_trainin"', "facts.practice"),
            ("default_on = true", 'default_on = "perhaps"', "facts.default_on"),
        ],
    )
    def test_bad(self, old: str, new: str, says: str) -> None:
        """A mistake is one message that names the file and the key."""
        with pytest.raises(CampaignError) as caught:
            parse(TEXT.replace(old, new, 1), "own.toml")

        (problem,) = caught.value.problems
        assert problem.where.startswith("own.toml")
        assert says in str(problem)

    def test_deep(self) -> None:
        """Nesting beyond reason is one message."""
        with pytest.raises(CampaignError, match=r"own\.toml"):
            parse("x = " + "[" * 50_000, "own.toml")

    @PROFILE
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
    def test_any_text(self, text: str) -> None:
        """No text at all gives another error."""
        with pytest.raises(CampaignError):
            parse(text, "own.toml")
