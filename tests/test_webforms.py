"""Web forms as data: checked like the law, and chosen for the route that goes through one."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, get_args

import pytest

from complaintkit import assess, draft
from complaintkit.errors import LawError
from complaintkit.facts import Case
from complaintkit.law import library, load
from complaintkit.webforms import Filler, Form, form_for, form_only

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ON = dt.date(2026, 11, 24)
FORM = """
[[form]]
id = "test"
of = ["{of}"]
documents = ["{document}"]
when = "{when}"
title = "Test"
url = "https://example.org/form"
sources = ["https://example.org/form"]
read = "{read}"
checked = 2026-11-24

[[form.field]]
id = "one"
label = "One"
kind = "choice"
choices = ["Yes", "No"]
pick = [{{ when = "{pick}", choose = "{choose}" }}]

[[form.field]]
id = "two"
label = "Two"
kind = "long_text"
{limit}
fill = "{fill}"
"""
GOOD = {
    "of": "agora",
    "document": "objection",
    "when": "True",
    "read": "primary",
    "pick": "default_on",
    "choose": "Yes",
    "limit": "limit = 10",
    "fill": "harm",
}
LAW = """
[[controller]]
id = "agora"
service = "Agora"
[[controller.entity]]
for = ["*"]
sources = ["https://agora.example"]
checked = 2026-11-24
controller = {name = "Agora Ltd", country = "GB"}
"""


def loaded(folder: Path, case_file: Callable[[str], Path], **changes: str) -> None:
    """Load a folder with one law, one company and one form."""
    act = case_file("uk-breach").parent.parent / "interview" / "test-act.toml"
    (folder / "act.toml").write_bytes(act.read_bytes())
    (folder / "controllers.toml").write_text(LAW, encoding="utf-8")
    text = FORM.format(**{**GOOD, **changes})
    (folder / "forms.toml").write_text(text, encoding="utf-8")
    load(folder)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"of": "agorra"}, "is of unknown 'agorra' (did you mean 'agora'?)"),
        ({"document": "objecton"}, "takes unknown document 'objecton'"),
        ({"when": "practise == 'ai_training'"}, "practise"),
        ({"when": "objection.overdue"}, "objection.overdue"),
        ({"pick": "default_one"}, "default_one"),
        ({"choose": "Yess"}, "picks 'Yess', which is none of its choices (did you mean 'Yes'?)"),
        ({"limit": ""}, "has no limit (give the lengths at which a text is offered)"),
        ({"limit": "limit = 9\nlengths = [9]"}, "has a limit and other lengths"),
        ({"read": "memory"}, "has a limit that is not certain (say so in 'doubt')"),
        ({"fill": "harms"}, "'form.0.field.1.fill'"),
        ({"limit": "limit = 9\ntitle = 'Also'"}, "give one"),
    ],
)
def test_a_faulty_form_is_refused(
    changes: dict[str, str], message: str, tmp_path: Path, case_file: Callable[[str], Path]
) -> None:
    """A form of nobody, an unknown fact, a wrong choice or a limit out of the blue do not load."""
    loaded(tmp_path, case_file)

    with pytest.raises(LawError) as caught:
        loaded(tmp_path, case_file, **changes)

    assert message in str(caught.value)
    assert "form" in str(caught.value)


@pytest.mark.parametrize(
    "form", [item.form for item in library().forms.values()], ids=lambda f: f.id
)
def test_a_form_says_where_it_was_read(form: Form) -> None:
    """Every form has sources and a day, and every doubtful limit carries its doubt."""
    assert dt.date(2026, 11, 1) <= form.checked <= dt.date(2100, 1, 1)
    assert form.generic or form.sources
    for field in form.fields:
        if (field.limit or field.max_files) and form.reading(field) != "primary":
            assert field.doubt, field.id


def test_the_known_limits() -> None:
    """The limits are those that were read: 2,000 for the ICO with a doubt, 4,000 for California."""
    forms = {id_: item.form for id_, item in library().forms.items()}
    limits = {
        (id_, field.id): field.limit
        for id_, form in forms.items()
        for field in form.fields
        if field.limit
    }

    assert limits == {
        ("ico-personal-information", "description"): 2000,
        ("cppa-complaint", "description"): 4000,
        ("cppa-complaint", "materials"): 1000,
    }


def test_every_filler_is_used() -> None:
    """There is no filler that no form asks for, but those that stand ready for the next form."""
    used = {field.fill for item in library().forms.values() for field in item.form.fields}

    assert used <= set(get_args(Filler))
    assert set(get_args(Filler)) - used == {"summary", "pages", "company_address"}


@pytest.mark.parametrize(
    ("name", "route", "expected"),
    [
        ("uk-linkedin-refused", "ico", "ico-personal-information"),
        ("us-ca-linkedin", "cppa", "cppa-complaint"),
        ("us-ca-linkedin", "ftc", "ftc-report"),
        ("us-ca-linkedin", "request", "linkedin-objection"),
        ("uk-linkedin-first", "request", "linkedin-objection"),
        ("de-meta-religion", "request", "meta-ai-objection"),
        ("de-access-incomplete", "complaint", None),
        ("de-access-incomplete", "reply", None),
        ("uk-breach", "request", None),
        ("fr-linkedin-ignored", "complaint", None),
    ],
)
def test_a_route_has_its_form(
    name: str, route: str, expected: str | None, case_file: Callable[[str], Path]
) -> None:
    """The form of the authority or company is taken; where a letter will do, there is none."""
    assessment = assess(Case.load(case_file(name)), on=ON)

    found = form_for(assessment.route(route), assessment, library())

    assert (found[0].form.id if found else None) == expected


@pytest.mark.parametrize(
    ("residence", "expected"),
    [("ES-MD", "any-authority"), ("DE-BE", None), ("IE", "ie-dpc-contact"), ("US-NY", "us-office")],
)
def test_a_form_alone_gets_a_sheet_of_safe_lengths(
    residence: str, expected: str | None, case_file: Callable[[str], Path]
) -> None:
    """Where only the address of a mandatory form is known, a sheet with the usual texts is made."""
    case = Case.load(case_file("fr-linkedin-ignored")).with_answer("residence", residence)
    assessment = assess(case, on=ON)
    found = [
        form_for(item, assessment, library())
        for item in assessment.routes
        if item.authority and item.authority.country == residence[:2] and item.authority.id != "ftc"
    ]

    assert {chosen[0].form.id for chosen in found if chosen} == ({expected} if expected else set())


def test_a_company_without_an_address_has_only_its_form(case_file: Callable[[str], Path]) -> None:
    """A company of which only a form is known gets the sheet for unknown forms."""
    case = Case.load(case_file("uk-breach"))
    changes = {"address": (), "email": "", "form": "https://example.org/privacy"}
    company = case.controller.model_copy(update=changes)
    assessment = assess(case.model_copy(update={"controller": company}), on=ON)

    found = form_for(assessment.route("request"), assessment, library())

    assert found is not None
    assert (found[0].form.id, found[1]) == ("any-company", "https://example.org/privacy")


def test_which_authorities_take_a_form_alone() -> None:
    """Authorities that demand their form, and those without post and e-mail."""
    known = library().authorities

    assert form_only(known["es-aepd"])
    assert form_only(known["ftc"])
    assert not form_only(known["at-dsb"])
    assert not form_only(known["uk-ico"])


def test_the_next_steps_name_the_sheet(case_file: Callable[[str], Path]) -> None:
    """The sheet of answers lies beside its letter and the sheet of next steps points to it."""
    *sent, sheet, steps = draft(assess(Case.load(case_file("uk-linkedin-refused")), on=ON))

    assert [letter.route for letter in sent] == ["ico"]
    assert (sheet.document, sheet.route, sheet.beside) == ("answers", "", "ico")
    assert sheet.stem == "2026-11-24-1-ico-answers-linkedin"
    assert sheet.stem in steps.html
    assert sent[0].stem in sheet.html
