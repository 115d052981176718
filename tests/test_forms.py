"""Forms: one page with boxes, blank or filled, and a filled one read back as the case it tells."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from complaintkit import assess, campaigns, cli, draft, forms
from complaintkit.answers import NOT_KNOWN, UNANSWERED
from complaintkit.errors import CaseError, InputError, NoLawError
from complaintkit.facts import Case
from complaintkit.formrights import wishes_of
from complaintkit.formview import SEE_LETTER, fits
from complaintkit.law import library
from complaintkit.vocabulary import Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaintkit.forms import Form

ON = dt.date(2026, 11, 24)
LINKEDIN = "linkedin-ai-training"
FIRST = (
    "uk-linkedin-first", "uk-breach", "de-meta-religion", "ch-linkedin", "us-ca-linkedin",
    "us-tx-linkedin", "us-ga-linkedin",
)  # fmt: skip
LATER = ("uk-linkedin-refused", "fr-linkedin-ignored")
LAWS = ("eu-gdpr", "uk-gdpr", "ch-fadp", "us-ca", "us-tx", "us-co")


def blank(law: str, campaign: str = "") -> Form:
    """Make a blank form on the day of these tests."""
    return forms.blank(law, on=ON, campaign=campaigns.load(campaign) if campaign else None)


def names(form: Form) -> dict[str, str]:
    """Return the fields of a blank form as a program leaves them that fills in nothing."""
    found = dict.fromkeys(re.findall(r'<textarea name="([^"]+)"', form.html), "")
    for name, rest in re.findall(r'<input(?: type="checkbox")? name="([^"]+)"([^>]*)>', form.html):
        value = re.search(r'value="([^"]*)"', rest)
        found[name] = value[1] if value else "/Off"
    for name, inside in re.findall(r'(?s)<select name="([^"]+)".*?>(.*?)</select>', form.html):
        chosen = re.search(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[1] if chosen else ""
    return found


def answers(law: str = "uk-gdpr", campaign: str = LINKEDIN, **more: str) -> dict[str, str]:
    """Return the values of a form that somebody filled in."""
    own = {
        "person.name": "Łucja Müller",
        "person.address": "1 Larch Road\rLeeds\r",
        "facts.situation": "I am a nurse.\r\nI wrote about my illness.",
        "facts.wishes.stop": "/on",
        "facts.data_kinds.posts": "/on",
        "facts.data_kinds.health": "/on",
        "form.date": "2026-11-24",
    }
    if law == "uk-gdpr":
        own["facts.residence"] = "GB-ENG"
    return names(blank(law, campaign)) | own | {k.replace("__", "."): v for k, v in more.items()}


def text(html: str) -> str:
    """Return what a page says, on one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<body")[2]).split())


@pytest.mark.parametrize("law", LAWS)
def test_every_box_of_a_blank_form_names_the_right_it_uses(law: str) -> None:
    """Each right has a box with its provisions, and they are the law's own."""
    html = blank(law).html
    own = library().laws[law]
    roots = {id_.partition("(")[0] for id_ in own.provisions}

    for rule in re.findall(r'<span class="cites">\(([^<]*)\)</span>', html):
        assert any(root in rule.replace("\u00a0", " ") for root in roots), rule
    for ground in own.file.grounds:
        if ground.kind == "right" and ground.in_force(ON) and wishes_of(ground) != (Wish.DAMAGES,):
            ticks = [f"facts.wishes.{wish}" for wish in wishes_of(ground)]
            assert any(f'name="{tick}"' in html for tick in ticks), ground.id


def test_each_family_speaks_its_own_law() -> None:
    """The EU and UK object, Switzerland prohibits, the USA has nothing to object to."""
    assert "I object to this use." in blank("eu-gdpr").html
    assert "I object to this use." in blank("uk-gdpr").html
    assert "I expressly prohibit this use of my data. (Art. 30(2)(b)" in " ".join(
        text(blank("ch-fadp").html).split()
    )
    american = blank("us-ca").html
    assert "I object" not in american
    assert "legal basis" not in american
    assert "1798.105" in american


def test_a_known_basis_leaves_one_declaration() -> None:
    """Where the company names legitimate interests, no consent is withdrawn on the form."""
    assert "withdraw" not in blank("uk-gdpr", LINKEDIN).html
    assert "withdraw" in blank("uk-gdpr").html


def test_a_campaign_is_printed_and_not_asked() -> None:
    """Company, practice and facts of a campaign are text; the rest can be filled in."""
    form = blank("uk-gdpr", LINKEDIN)

    assert "LinkedIn Corporation" in form.html
    assert "legitimate interests" in form.html
    assert "training artificial intelligence" in form.html
    for known in ("controller.name", "facts.practice", "facts.stated_basis"):
        assert f'name="{known}"' not in form.html
    assert 'name="person.name"' in form.html


def test_what_differs_between_countries_is_left_open() -> None:
    """A form for all of the EEA prints only what a campaign says of every country."""
    form = blank("eu-gdpr", LINKEDIN)

    assert "LinkedIn Ireland Unlimited Company" in form.html
    assert "3 November 2025" in form.html


@pytest.mark.parametrize("name", FIRST)
def test_a_filled_form_ticks_what_the_letter_uses(
    name: str, case_file: Callable[[str], Path]
) -> None:
    """What the letter uses is ticked and nothing else, and the day is the letter's."""
    assessment = assess(Case.load(case_file(name)), on=ON)
    form = forms.filled(assessment)
    said = text(form.html)

    ticked = re.findall(r'<span class="box">X</span>\s*<span class="says">', form.html)
    rights = [f for f in assessment.live if f.ground.kind == "right"]
    wished = assessment.case.facts.wishes
    assert isinstance(wished, tuple)
    used: set[Wish] = set()
    for finding in rights:
        used |= set(wishes_of(finding.ground)) & set(wished) or {wishes_of(finding.ground)[0]}
    asked = {Wish.STOP} if "exclude my personal information" in draft(assessment)[0].html else set()
    assert len(ticked) == len(used | asked)
    assert ticked
    assert assessment.case.person.name in said
    assert assessment.case.controller.name in said
    assert "<input" not in form.html
    letter = draft(assessment)[0]
    (day,) = re.findall(r"Please answer in writing by (.*?)\.", said)
    assert day in letter.html


@pytest.mark.parametrize("name", LATER)
def test_a_form_is_for_the_first_letter(name: str, case_file: Callable[[str], Path]) -> None:
    """Once rights were used there is no form, and the message says where to look."""
    with pytest.raises(InputError, match="beyond it"):
        forms.filled(assess(Case.load(case_file(name)), on=ON))


def test_a_form_needs_a_name_and_a_law(case_file: Callable[[str], Path]) -> None:
    """A form from nobody or to nobody, or of no law, is not written."""
    case = Case.load(case_file("uk-linkedin-first"))
    nobody = case.model_copy(update={"person": case.person.model_copy(update={"name": ""})})

    with pytest.raises(InputError, match=r"person\.name"):
        forms.filled(assess(nobody, on=ON))
    with pytest.raises(NoLawError):
        forms.filled(assess(Case(), on=ON))


@pytest.mark.parametrize(
    ("law", "says"),
    [("uk", "uk-gdpr"), ("uk-gdrp", "did you mean 'uk-gdpr'"), ("us-ny", "gives no right")],
)
def test_only_a_law_with_rights_has_a_form(law: str, says: str) -> None:
    """A name that is no law, or a law without rights, gives a message with a way out."""
    with pytest.raises(InputError, match=says):
        blank(law)


def test_a_text_without_room_stands_in_the_letter(case_file: Callable[[str], Path]) -> None:
    """A text is printed whole or not at all: then the box says where it is."""
    case = Case.load(case_file("uk-linkedin-first"))
    long = case.with_answer("situation", "I wrote about it for years. " * 60)

    form = forms.filled(assess(long, on=ON))

    assert SEE_LETTER in form.html
    assert "I wrote about it" not in form.html
    assert "I am a nurse" in forms.filled(assess(case, on=ON)).html


def test_room_is_measured_by_the_width_of_signs() -> None:
    """Capitals and East Asian letters need more room than others, and lines count."""
    assert fits("i" * 80, 80, 1)
    assert not fits("W" * 80, 80, 1)
    assert not fits("字" * 41, 80, 1)
    assert not fits("a\nb", 80, 1)


def test_hostile_text_stays_text(case_file: Callable[[str], Path]) -> None:
    """Markup in a name is printed as it is typed."""
    case = Case.load(case_file("uk-linkedin-first"))
    person = case.person.model_copy(update={"name": "<b>{{ 1 }}</b> & Co"})

    html = forms.filled(assess(case.model_copy(update={"person": person}), on=ON)).html

    assert "&lt;b&gt;{{ 1 }}&lt;/b&gt; &amp; Co" in html


def test_a_filled_form_is_a_case() -> None:
    """What was typed, ticked and chosen is in the case, with what the campaign knows."""
    case = forms.read(answers())

    assert case.person.name == "Łucja Müller"
    assert case.person.address == ("1 Larch Road", "Leeds")
    assert case.facts.situation == "I am a nurse.\nI wrote about my illness."
    assert case.facts.wishes == ("stop",)
    assert case.facts.data_kinds == ("posts", "health")
    assert case.facts.residence == "GB-ENG"
    assert case.facts.data_source is NOT_KNOWN
    assert case.facts.learned_on is UNANSWERED
    assert case.campaign == LINKEDIN
    assert case.controller.name == "LinkedIn Corporation"
    assert case.facts.stated_basis == "legitimate_interests"
    assert case.events


@pytest.mark.parametrize("law", LAWS)
def test_a_form_left_blank_says_nothing(law: str) -> None:
    """Nothing is guessed: no tick is no wish, no text is no answer."""
    case = forms.read(names(blank(law)))

    assert case.facts.wishes is UNANSWERED
    assert case.facts.data_kinds is UNANSWERED
    assert case.facts.practice is UNANSWERED
    assert case.person == Case().person
    assert case.controller == Case().controller


def test_a_law_of_one_place_knows_where_its_people_live() -> None:
    """A form of a state's law needs no question where one lives."""
    assert forms.read(names(blank("us-ca"))).facts.residence == "US-CA"
    assert forms.read(names(blank("ch-fadp"))).facts.residence == "CH"
    assert forms.read(names(blank("eu-gdpr"))).facts.residence is UNANSWERED


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("person.name", "Maya\x00Okafor", "control character"),
        ("person.name", "Maya\x1b[31m", "control character"),
        ("person.name", "Maya\nOkafor", "more than one line"),
        ("facts.situation", "x" * 20_001, "longer than 20000"),
        ("facts.residence", "FR", "not in its list"),
        ("facts.learned_on", "last week", "YYYY-MM-DD"),
        ("facts.learned_on", "2026-02-31", "YYYY-MM-DD"),
        ("form.date", "today", "not a day"),
        ("facts.wishes.stop", "/Yes", "neither ticked nor empty"),
        ("facts.relationship", "friend", "not in its list"),
        ("form.version", "2", "another version"),
        ("form.made", "soon", "not a day"),
        ("form.law", "xx-law", "no law"),
        ("form.law", "us-ny", "gives no right"),
        ("form.campaign", "meta", "not in the package"),
        ("facts.evil", "1", "does not belong to this form"),
        ("person.nmae", "1", "did you mean 'person.name'"),
    ],
)
def test_a_wrong_value_names_its_field_and_not_itself(field: str, value: str, says: str) -> None:
    """A fault is told with the field and the way to mend it; no personal text is repeated."""
    with pytest.raises(CaseError) as caught:
        forms.read(answers() | {field: value}, where="filled.pdf")

    message = str(caught.value)
    assert says in message
    assert "filled.pdf" in message
    assert field.rpartition(".")[2] in message or field.startswith("form.v")
    assert "Okafor" not in message
    assert "Müller" not in message


def test_the_form_of_another_law_is_refused() -> None:
    """A form that says it is of another law than its fields is not read."""
    with pytest.raises(CaseError, match=r"field '.*' is missing|does not belong"):
        forms.read(answers() | {"form.law": "us-ca"})
    with pytest.raises(CaseError, match=r"facts\.residence"):
        forms.read(answers(campaign="") | {"form.law": "eu-gdpr", "facts.residence": "GB-ENG"})


@pytest.mark.parametrize("field", ["person.name", "facts.wishes.stop", "facts.situation"])
def test_a_lost_field_is_missed(field: str) -> None:
    """A field that a program dropped is not taken for an empty one."""
    values = answers()
    del values[field]

    with pytest.raises(CaseError, match=f"'{field}' is missing"):
        forms.read(values)


def test_another_form_is_no_form_of_ours() -> None:
    """A PDF form from elsewhere is told apart by its lack of marks."""
    with pytest.raises(CaseError, match="no form of complaintkit"):
        forms.read({"Name": "x"})


def test_a_campaign_of_ones_own_travels_by_its_id(tmp_path: Path) -> None:
    """A campaign file of a group has to be given again when its form is read."""
    source = Path(__file__).parent.parent / "templates/campaigns" / f"{LINKEDIN}.toml"
    own = source.read_text(encoding="utf-8").replace(f'"{LINKEDIN}"', '"our-story"', 1)
    (tmp_path / "our.toml").write_text(own, encoding="utf-8")
    story = campaigns.load(str(tmp_path / "our.toml"))
    values = answers() | {"form.campaign": "our-story"}

    assert forms.read(values, campaign=story).campaign == "our-story"
    with pytest.raises(CaseError, match="give its file with --campaign"):
        forms.read(values)
    with pytest.raises(CaseError, match="not the campaign that was given"):
        forms.read(answers(), campaign=story)


@pytest.mark.parametrize(
    "arguments",
    [
        ["form"],
        ["form", "--blank"],
        ["form", "--law", "uk-gdpr"],
        ["form", "case.toml", "--read", "x"],
    ],
)
def test_the_command_wants_one_thing(arguments: list[str]) -> None:
    """A command without a clear task is wrong usage, and says what to give."""
    result = CliRunner().invoke(cli.main, arguments)

    assert result.exit_code == 2
    assert "--blank" in result.output
