"""Sheets of answers: every text fits its field, ends where a sentence ends, and is the person's."""

from __future__ import annotations

import datetime as dt
import html
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from complaintkit import assess, draft
from complaintkit.answersheet import AnswerView, TextView
from complaintkit.answertexts import read
from complaintkit.facts import Case, Exhibit
from complaintkit.i18n import words
from complaintkit.law import library
from complaintkit.rendering import render as _render
from complaintkit.shorten import join, length

if TYPE_CHECKING:
    from complaintkit.answersheet import Answer
    from complaintkit.assessment import Assessment
    from complaintkit.webforms import WebForm

ON = dt.date(2026, 11, 24)
FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.stem for path in FOLDER.glob("*.toml"))
FORMS = library().forms
LONG = "My account of it is long. " * 120
HOSTILE = '<b>Bold</b> & "so" {{ 7 * 7 }} {% trans %} </section>'


@cache
def assessed(name: str) -> Assessment:
    """Return a bundled case on the day of these tests."""
    return assess(Case.load(FOLDER / f"{name}.toml"), on=ON)


def sheet(web: WebForm, assessment: Assessment) -> AnswerView:
    """Return a form filled in for the first route of a case that it may be for."""
    kind = "controller" if {"request", "request-us"} & set(web.form.documents) else "authority"
    found = next(
        item for item in assessment.routes if item.route.to == kind and item.route.document
    )
    said = words()
    texts = read(
        _render(said, "letters/answer-texts.html.j2", letter=TextView(assessment, said, found))
    )
    return AnswerView(
        assessment, said, found, web=web, url=web.form.url, letter_stem="1-letter", texts=texts
    )


def answer(view: AnswerView, field: str) -> Answer:
    """Return what goes into a field."""
    return next(item for item in view.answers if item.field.id == field)


def changed(name: str, **answers: object) -> Assessment:
    """Return a bundled case with other answers."""
    case = Case.load(FOLDER / f"{name}.toml")
    for fact, value in answers.items():
        case = case.with_answer(fact, value)
    return assess(case, on=ON)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("form", FORMS)
class TestEveryForm:
    """Every form, filled in for every bundled case."""

    def test_texts(self, form: str, name: str) -> None:
        """Each text is within its limit and made of whole pieces of the case."""
        view = sheet(FORMS[form], assessed(name))
        pointers = {"The full account is in the attached letter."}
        pointers.add("I can send the full account on request.")

        for item in view.answers:
            limits = [item.field.limit] if item.field.limit else list(item.field.lengths)
            assert len(item.texts) <= max(1, len(limits))
            for text in item.texts:
                assert not limits or length(text.text) <= max(limits)
                left = text.text
                pieces = [sentence.text for sentence in view.texts.get(item.field.fill, ())]
                for piece in sorted([*pieces, *pointers], key=len, reverse=True):
                    left = left.replace(piece, "")
                assert not pieces or not left.strip(), (item.field.id, left)
            if item.field.fill in ("description", "what_happened", "request"):
                assert item.texts, item.field.id

    def test_choices(self, form: str, name: str) -> None:
        """What is to be chosen is among the form's choices, and one unless it takes more."""
        for item in sheet(FORMS[form], assessed(name)).answers:
            assert set(item.chosen) <= set(item.field.choices)
            assert len(item.chosen) <= 1 or item.field.kind == "choices"


@pytest.mark.parametrize("form", FORMS)
def test_a_long_account_is_never_cut(form: str) -> None:
    """Of a long account whole sentences stay from its beginning, and a pointer to the rest."""
    view = sheet(FORMS[form], changed("uk-linkedin-refused", story=LONG, harm=LONG, situation=LONG))

    for item in view.answers:
        for text in item.texts:
            assert length(text.text) <= (item.field.limit or max(item.field.lengths, default=9999))
            cut = text.text.replace(LONG.split(". ", maxsplit=1)[0] + ".", "")
            assert "My account" not in cut
    if form == "ico-personal-information":
        assert answer(view, "harm").texts[0].text.endswith("in the attached letter.")
    if form == "cppa-complaint":
        assert answer(view, "description").texts[0].text.endswith("account on request.")


@pytest.mark.parametrize(
    ("case", "field", "chosen"),
    [
        ({}, "about-whom", ("You",)),
        ({"acts_for": "child"}, "about-whom", ("Your child",)),
        ({"acts_for": "other_person"}, "about-whom", ("Someone else",)),
        ({}, "complained", ("Yes",)),
        ({}, "about-what", ()),
    ],
)
def test_choices_follow_the_facts(
    case: dict[str, str], field: str, chosen: tuple[str, ...]
) -> None:
    """The choice is the one that the facts give; where they give none the person chooses."""
    view = sheet(FORMS["ico-personal-information"], changed("uk-linkedin-refused", **case))

    assert answer(view, field).chosen == chosen


def test_fields_for_others_show_only_for_others() -> None:
    """The questions on another person stand there only where it is about one."""
    form = FORMS["ico-personal-information"]
    own = {item.field.id for item in sheet(form, changed("uk-linkedin-refused")).answers}
    child = changed("uk-linkedin-refused", acts_for="child")
    others = {item.field.id for item in sheet(form, child).answers}

    assert own - others == {"age"}
    assert others - own == {"their-name", "their-age", "parent", "permission"}


def test_the_ico_sheet_tells_lengths_files_and_doubts() -> None:
    """It says how long a text is against its limit, what to attach, and what is not certain."""
    letters = draft(assessed("uk-linkedin-refused"))
    text = " ".join(letters[-2].text().split())

    assert " of 2,000 characters" in text
    assert "Files it takes, at most: 4. Size of each file, at most: 3 MB." in text
    assert "1. the letter (2026-11-24-1-ico-linkedin.pdf)" in text
    assert "These are more than it takes" in text
    assert "Not certain: The limit was read in the versions of 2023 and 2024." in text
    assert "On 6 July 2026 I sent LinkedIn an objection. Answer of 29 July 2026" in text


def test_the_perjury_choice_is_left_to_the_person() -> None:
    """Whether a complaint in California is sworn is never chosen for anybody."""
    view = sheet(FORMS["cppa-complaint"], assessed("us-ca-linkedin"))

    assert answer(view, "sworn").chosen == ()
    assert answer(view, "resident").chosen == ("Yes",)
    assert answer(view, "subject").chosen == ()


def test_lengths_grow_until_the_text_is_whole() -> None:
    """Where no limit is known each length offers more, and none is offered twice."""
    view = sheet(FORMS["us-office"], assessed("us-ca-linkedin"))
    texts = [text.text for text in answer(view, "narrative").texts]

    assert 1 < len(texts) <= 4
    assert sorted(texts, key=len) == texts
    assert len(set(texts)) == len(texts)
    assert join(view.texts["description"]) == texts[-1]


def test_hostile_text_stays_text() -> None:
    """Marks and braces in the person's words are pasted as they were written."""
    letters = draft(changed("uk-linkedin-refused", harm=HOSTILE))

    assert html.escape(HOSTILE, quote=False) in letters[-2].html.replace("&#34;", '"')
    assert HOSTILE in " ".join(letters[-2].text().split())


def test_what_cannot_fit_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """If not even the shortest text fits, the sheet asks the person to write the field."""
    web = FORMS["cppa-complaint"]
    fields = tuple(
        field.model_copy(update={"limit": 20}) if field.id == "description" else field
        for field in web.form.fields
    )
    monkeypatch.setattr(web, "form", web.form.model_copy(update={"fields": fields}))
    found = answer(sheet(web, assessed("us-ca-linkedin")), "description")

    assert found.texts == ()
    assert "the field takes 20 characters" in found.notes[0]


def test_the_sheet_is_the_same_every_time() -> None:
    """The same case gives the same sheet, byte for byte, with as many exhibits as there are."""
    case = Case.load(FOLDER / "uk-linkedin-refused.toml")
    more = case.model_copy(update={"evidence": (Exhibit(title="One"),)})

    one, two = (draft(assess(more, on=ON))[-2] for _ in range(2))

    assert one.html == two.html
    assert "These are more than it takes" not in one.html
