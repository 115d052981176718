"""What is asked, in which order, and when it ends."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD
from complaintkit.assessor import assess
from complaintkit.catalogue import CATALOGUE
from complaintkit.facts import Case, Step
from complaintkit.interview.dates import locale_of, parse_date
from complaintkit.interview.letterhead import IDENTITY
from complaintkit.interview.places import countries, find_places, regions, residence_options
from complaintkit.interview.prompts import Option, options, prompt_of
from complaintkit.interview.questions import (
    AUTHORITY_DOCUMENT,
    DOCUMENT,
    FIRST,
    HISTORY,
    SERVICE,
    Question,
    answer,
    next_question,
    question_of,
    remaining,
)
from complaintkit.law import Library, load
from complaintkit.vocabulary import Practice

ON = dt.date(2026, 11, 24)
GERMAN = Case().with_answer("residence", "DE-BE").with_answer("practice", "ai_training")


@pytest.fixture(scope="session")
def law() -> Library:
    """Return a small law that does not change when the real ones do."""
    return load(Path(__file__).parent / "interview")


def british(**facts: object) -> Case:
    """Return a case in England with some facts."""
    return Case.model_validate(
        {"facts": {"residence": "GB-ENG", "practice": "ai_training", **facts}}
    )


def preferred(question: Question) -> object:
    """Return the choice that keeps most rules open."""
    wanted = {"stated_basis": "legitimate_interests", "data_kinds": "health"}
    return next(
        (choice for choice in question.choices if choice == wanted.get(question.name)),
        question.choices[0],
    )


def a_value(question: Question) -> object:
    """Return a possible answer to any question."""
    if question.name == HISTORY:
        return (Step.model_validate({"what": "objection", "event": "sent", "date": ON}),)
    if question.kind == "yes_no":
        return question.name != "earlier_steps"
    if question.choices:
        first = preferred(question)
        return (first,) if question.kind == "many" else first
    by_kind = {
        "date": ON,
        "residence": "DE-BE",
        "country": "IE",
        "region": "DE-HH",
        "lines": ("1 Road",),
        "email": "a@example.org",
    }
    return by_kind.get(question.kind, "some words")


def play(case: Case, library: Library | None = None) -> list[str]:
    """Answer everything and return the names in the order of asking."""
    names = []
    while question := next_question(case, ON, library=library):
        names.append(question.name)
        case = answer(case, question, a_value(question))
        assert len(names) < 100, names
    return names


def test_residence_and_practice_come_first() -> None:
    """They are asked before anything else, as they decide which law applies."""
    assert tuple(play(Case()))[:2] == FIRST


def test_conversation_keeps_groups_together(law: Library) -> None:
    """Facts of a rule come in the order of the catalogue, then those only a letter needs."""
    names = play(british(), law)
    ruled = ["data_kinds", "sensitive_item", "stated_basis", "earlier_steps", "situation"]
    assert [name for name in names if name in ruled] == ruled
    assert names[:5] == ruled
    assert names.index("situation") < names.index("practice_began") < names.index("harm")


def test_identity_comes_last() -> None:
    """Nobody gives a name before everything else is settled; only the company is named early."""
    names = [name for name in play(Case()) if name != SERVICE]
    first = next(place for place, name in enumerate(names) if name in IDENTITY)
    assert all(name in IDENTITY for name in names[first:])
    assert names[first] == "person.name"


def test_the_company_comes_after_residence_and_practice() -> None:
    """A table of companies may answer what would be asked next; without a residence it cannot."""
    case = Case().with_answer("residence", "FR").with_answer("practice", "ai_training")
    question = next_question(case, ON)
    assert question is not None
    assert question.name == SERVICE
    unknown = next_question(case.with_answer("residence", "?"), ON)
    assert unknown is None or unknown.name != SERVICE


def test_sensitive_item_follows_from_sensitive_kinds(law: Library) -> None:
    """An example is asked for only where a sensitive kind is marked."""
    case = british(stated_basis="?", situation="?", earlier_steps=False)
    for kinds, wanted in ((("health",), True), (("posts",), False)):
        marked = case.with_answer("data_kinds", kinds)
        question = next_question(marked, ON, library=law)
        assert question is not None
        assert (question.name == "sensitive_item") is wanted


def test_history_is_asked_only_after_a_yes(law: Library) -> None:
    """Earlier steps are told one by one, unless there were none or they were skipped."""
    asked = next_question(british(earlier_steps=True), ON, library=law)
    skipped = next_question(british(earlier_steps=True), ON, frozenset({HISTORY}), library=law)
    none = next_question(british(earlier_steps=False), ON, library=law)
    assert asked is not None
    assert asked.kind == "history"
    assert skipped is not None
    assert none is not None
    assert HISTORY not in (skipped.name, none.name)


def test_purpose_is_asked_where_the_practice_does_not_say_it() -> None:
    """A letter about 'something else' needs the person's own words for it."""
    assert "purpose" in play(Case().with_answer("practice", "other"))


def test_nobody_is_asked_for_a_name_while_there_is_nothing_to_write(law: Library) -> None:
    """After a step that still waits for its answer, the law's questions are all that is asked."""
    sent = Step.model_validate({"what": "objection", "event": "sent", "date": ON})
    case = answer(british(earlier_steps=True), question_of(Case(), HISTORY), (sent,))
    assert not set(play(case, law)) & {*IDENTITY, "harm"}


def test_no_law_means_no_more_questions(law: Library) -> None:
    """Where no law is known, nobody is asked for a name in vain."""
    case = british().with_answer("residence", "FR")
    assert next_question(case, ON, library=law) is None
    assert remaining(case, ON, library=law) == 0


def test_account_is_not_asked_of_people_without_one() -> None:
    """Who never had an account is not asked which."""
    assert "person.account" not in play(GERMAN.with_answer("relationship", "non_user"))


def test_skipped_lines_are_not_asked_again(law: Library) -> None:
    """An optional line left empty stays away for the rest of the conversation."""
    case, skipped, names = british(), set(), []
    while question := next_question(case, ON, frozenset(skipped), library=law):
        names.append(question.name)
        if question.optional and question.name in IDENTITY:
            skipped.add(question.name)
        else:
            case = answer(case, question, a_value(question))
    assert "person.address" in skipped
    assert "person.country" not in names
    assert len(names) == len(set(names))


def test_remaining_counts_down_to_nothing(law: Library) -> None:
    """The number of questions left is that of the questions that come, if none opens others."""
    case = british(earlier_steps=False)
    left = remaining(case, ON, library=law)
    opened = ["person.country"]
    assert left == len(play(case, law)) - len(opened)
    assert left > 10


def replies(question: Question) -> st.SearchStrategy[object]:
    """Return a strategy for one answer, with both ways of not giving one."""
    if not question.is_fact:
        return st.just(a_value(question))
    several = [NOT_KNOWN, WITHHELD, a_value(question), *question.choices[-2:]]
    if question.kind == "many":
        several[3:] = [(choice,) for choice in question.choices[-2:]]
    return st.sampled_from([*several, False] if question.kind == "yes_no" else several)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(data=st.data(), place=st.sampled_from(["DE-BE", "FR", "CH", "GB-ENG", "US-CA", "?"]))
def test_nothing_is_asked_twice_or_in_vain(data: st.DataObject, place: str) -> None:
    """Whatever is answered: each question once, only what law or letter needs, and an end."""
    case = Case().with_answer("residence", place)
    for name in data.draw(st.sets(st.sampled_from(sorted(CATALOGUE)), max_size=8)):
        case = put(case, question_of(case, name), data)
    asked: set[str] = set()
    while question := next_question(case, ON):
        allowed = {*assess(case, on=ON).missing, *FIRST, *DOCUMENT, *AUTHORITY_DOCUMENT}
        assert question.name in {*allowed, *IDENTITY, HISTORY, "purpose"}
        assert question.name not in asked
        asked.add(question.name)
        before = case
        case = put(case, question, data)
        assert case != before


def put(case: Case, question: Question, data: st.DataObject) -> Case:
    """Answer at random; where answers contradict each other, say 'not sure'."""
    if question.name == "residence" and case.answer("residence") is not UNANSWERED:
        return case
    try:
        return answer(case, question, data.draw(replies(question)))
    except ValueError:
        return answer(case, question, NOT_KNOWN)


def test_a_contradiction_is_refused_in_words() -> None:
    """An answer that cannot stand beside another is refused with the reason, not a traceback."""
    case = british(notice="before_start", practice_began=dt.date(2026, 1, 1))
    with pytest.raises(ValueError, match="does not fit another answer: notice says before start"):
        answer(case, question_of(case, "notice_date"), dt.date(2026, 2, 1))


def test_refusals_do_not_repeat_the_answer() -> None:
    """An error message holds nothing the person wrote."""
    with pytest.raises(ValueError, match="longer than") as caught:
        answer(Case(), question_of(Case(), "harm"), "secret " * 5000)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2026-03-05", "en_US", dt.date(2026, 3, 5)),
        ("today", "en_GB", ON),
        ("Yesterday", "de_DE", dt.date(2026, 11, 23)),
        ("5/3/2026", "en_GB", dt.date(2026, 3, 5)),
        ("5/3/2026", "en_US", dt.date(2026, 5, 3)),
        ("5.3.2026", "de_DE", dt.date(2026, 3, 5)),
        ("March 5, 2026", "de_DE", dt.date(2026, 3, 5)),
        ("5. März 2026", "de_DE", dt.date(2026, 3, 5)),
    ],
)
def test_dates_are_read_as_people_write_them(text: str, language: str, expected: dt.date) -> None:
    """ISO, words and the order of the person's country are understood."""
    assert parse_date(text, ON, language) == expected


@pytest.mark.parametrize("text", ["", "soon", "31/2/2026", "5 3", "1/1/1026", "March 2026"])
def test_what_is_no_date_is_refused_with_help(text: str) -> None:
    """The message says how to write a day."""
    with pytest.raises(ValueError, match="2026-03-05"):
        parse_date(text, ON, "en_GB")


def test_the_past_is_no_future() -> None:
    """A day that has not come is refused where only the past makes sense."""
    assert parse_date("2027-01-01", ON, "en_GB") == dt.date(2027, 1, 1)
    with pytest.raises(ValueError, match="has not come yet"):
        parse_date("2027-01-01", ON, "en_GB", past=True)


def test_locale_follows_residence() -> None:
    """The order of day and month is that of the country where the person lives."""
    assert locale_of(Case()) == "en_GB"
    assert locale_of(GERMAN) == "de_DE"
    assert locale_of(Case().with_answer("residence", "US-CA")) == "en_US"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("uk", {"GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR"}),
        ("ENGLAND", {"GB-ENG"}),
        ("suisse", {"CH"}),
        ("Schweiz", {"CH"}),
        ("osterreich", {"AT"}),
        ("Österreich", {"AT"}),
        ("bayern", {"DE-BY"}),
        ("thuringen", {"DE-TH"}),
        ("new y", {"US-NY"}),
        ("de-be", {"DE-BE"}),
        ("lodz", set()),
    ],
)
def test_places_are_found_by_any_name(text: str, codes: set[str]) -> None:
    """Accents, case and language do not matter."""
    assert {place.code for place in find_places(text)} == codes


def test_germany_is_found_with_all_its_laender() -> None:
    """'deutschland' lists every Land, and Germany itself for those who would not say."""
    found = {place.code for place in find_places("deutschland")}
    assert found == {place.code for place in regions("DE")} | {"DE"}
    assert len(found) == 17


@pytest.mark.parametrize("places", [residence_options(), countries(), regions()])
def test_places_have_one_short_label_each(places: tuple[object, ...]) -> None:
    """A label fits the screen, and typing it in full names exactly one place."""
    for place in places:
        assert len(place.label) <= 40
        assert find_places(place.label, places) == [place]


def test_long_choices_are_cut_to_different_labels() -> None:
    """No list has two entries that look the same, or one that is wider than the screen."""
    for info in CATALOGUE.values():
        short = [option.short for option in options(info.choices)]
        assert len(set(short)) == len(short), info.name
        assert max(map(len, short), default=0) <= 40
    assert Option("x", "Contract: it says it needs the data for the service").short == "Contract"


def test_every_question_has_a_prompt() -> None:
    """Each fact and each line of the letterhead can be asked, also with an answer before."""
    case = Case()
    for name in [*CATALOGUE, *IDENTITY]:
        question = question_of(case, name)
        assert question.prompt
        assert prompt_of(question, case, ON).default == ()
        filled = answer(Case(), question, a_value(question))
        prompt = prompt_of(question_of(filled, name), filled, ON)
        assert prompt.default
        if prompt.shape in ("line", "long", "place"):
            assert prompt.typed(prompt.default[0]) == a_value(question)


def test_only_what_concerns_the_practice_is_asked() -> None:
    """A leak is asked about in a case of a leak, and not in one of AI training."""
    breach = british(practice="breach")
    training = british()

    asked_of_breach = set(play(breach))
    asked_of_training = set(play(training))

    assert "breach_told" in asked_of_breach - asked_of_training
    assert "default_on" in asked_of_training - asked_of_breach
    for name in asked_of_breach & set(CATALOGUE):
        assert CATALOGUE[name].concerns(Practice.BREACH)
