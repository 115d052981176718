"""Forms as PDF: one page, fields with names and tips, PDF/UA-1; and what comes back from one."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from complaintkit import assess, campaigns, cli, draft, forms
from complaintkit.errors import CaseError
from complaintkit.facts import Case, Controller, Person
from complaintkit.output import form as output
from complaintkit.vocabulary import DataKind, Wish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ON = dt.date(2026, 11, 24)
BLANKS = [
    ("uk-gdpr", "linkedin-ai-training"), ("uk-gdpr", ""), ("eu-gdpr", "meta-ai-training"),
    ("eu-gdpr", ""), ("ch-fadp", ""), ("ch-fadp-federal", ""), ("us-ca", ""), ("us-mn", ""),
    ("us-hipaa", ""),
]  # fmt: skip
FILLED = ["uk-linkedin-first", "de-meta-religion", "ch-linkedin", "us-ca-linkedin"]


def blank(law: str = "uk-gdpr", campaign: str = "linkedin-ai-training") -> bytes:
    """Make a blank form on the day of these tests."""
    story = campaigns.load(campaign) if campaign else None
    return forms.blank(law, on=ON, campaign=story).pdf()


def fill(content: bytes, **more: str) -> bytes:
    """Fill a form in as a program does."""
    values = {
        "person.name": "Łucja Müller",
        "person.address": "1 Larch Road\nLeeds",
        "facts.residence": "GB-ENG",
        "facts.situation": "I am a nurse.\nI wrote about my illness.",
        "facts.wishes.stop": "/on",
        "facts.wishes.erase": "/on",
        "facts.data_kinds.posts": "/on",
    } | {name.replace("__", "."): value for name, value in more.items()}
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.update_page_form_field_values(writer.pages[0], values, auto_regenerate=False)
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    """Return the bytes that a writer writes."""
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def faults(content: bytes) -> list[str]:
    """Return what stands against PDF/UA-1."""
    report = validate_pdf_bytes(content, profile=ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


@pytest.mark.parametrize(("law", "campaign"), BLANKS)
def test_a_blank_form_is_one_accessible_page(law: str, campaign: str) -> None:
    """It is PDF/UA-1 on one page: tagged, titled, with a language, and tabs in reading order."""
    content = blank(law, campaign)
    reader = PdfReader(io.BytesIO(content))
    root: Any = reader.trailer["/Root"]

    assert faults(content) == []
    assert len(reader.pages) == 1
    assert reader.pages[0]["/Tabs"] == "/S"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title


def test_every_field_has_a_name_a_tip_and_a_place_in_the_tree() -> None:
    """Names are those of facts, in parts without dots; each widget says what it is for."""
    reader = PdfReader(io.BytesIO(blank("eu-gdpr", "")))
    fields = reader.get_fields() or {}

    assert {
        "person.name", "person.address", "controller.name", "controller.country",
        "facts.residence", "facts.practice", "facts.stated_basis", "facts.learned_on",
        "facts.situation", "facts.wishes.stop", "facts.data_kinds.posts", "form.law",
    } <= set(fields)  # fmt: skip
    for annotation in reader.pages[0]["/Annots"]:  # type: ignore[attr-defined]
        widget = annotation.get_object()
        assert widget["/TU"].strip()
        assert "." not in widget["/T"]
        assert "/StructParent" in widget
        assert widget["/Parent"]


def test_fields_are_of_the_right_kind() -> None:
    """Lines, boxes to tick, lists and texts of many lines; the marks cannot be changed."""
    fields = PdfReader(io.BytesIO(blank("eu-gdpr", ""))).get_fields() or {}
    multiline, combo, read_only = 1 << 12, 1 << 17, 1

    assert fields["facts.wishes.stop"]["/FT"] == "/Btn"
    assert fields["facts.practice"]["/FT"] == "/Ch"
    assert fields["facts.practice"]["/Ff"] & combo
    assert fields["facts.situation"]["/Ff"] & multiline
    assert not fields["person.name"].get("/Ff", 0)
    assert fields["facts.stated_basis"]["/V"] == "?"
    for mark in ("form.law", "form.version", "form.made", "form.campaign"):
        assert fields[mark]["/Ff"] & read_only


def test_tabs_follow_the_page() -> None:
    """The fields stand in the tree of the document in the order in which one reads them."""
    reader = PdfReader(io.BytesIO(blank()))
    order = [annotation.get_object() for annotation in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]

    assert [w["/StructParent"] for w in order] == sorted(w["/StructParent"] for w in order)
    assert order[0]["/T"] == "name"


@pytest.mark.parametrize("name", FILLED)
def test_a_form_filled_from_a_case_is_one_flat_page(
    name: str, case_file: Callable[[str], Path]
) -> None:
    """It is PDF/UA-1 on one page of the recipient's paper, without fields."""
    case = Case.load(case_file(name))
    content = forms.filled(assess(case, on=ON)).pdf()
    reader = PdfReader(io.BytesIO(content))

    assert faults(content) == []
    assert len(reader.pages) == 1
    assert reader.get_fields() is None
    width = 612 if case.person.country == "US" else 595
    assert round(reader.pages[0].mediabox.width) == width


LONG = "Wolfgang-Maximilian Übermäßig-Öttingen von und zu Wallerstein-Weißenburg"
STRESS = {
    "long name": Person(name=LONG, address=("1 Road",)),
    "endless word": Person(name="W" * 300, address=("M" * 300,) * 3),
    "seven lines": Person(
        name=LONG,
        address=tuple(f"Line {n} of a postal address of the long kind" for n in range(7)),
        email="wolfgang-maximilian.uebermaessig-oettingen@example.org",
        phone="+44 20 7946 0000",
        account="https://www.example.org/in/" + "a-very-long-account-name-" * 3,
        place="Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    ),
}
SITUATIONS = {
    "short": "I am a nurse.",
    "full": "I wrote about my illness. " * 38,
    "long": "I wrote about my illness. " * 700,
    "capitals": "WWWWWWWW MMMMMMMM " * 30,
    "lines": "a\n" * 11 + "b",
}


@pytest.mark.parametrize("country", ["US", "IE"])
@pytest.mark.parametrize(
    ("person", "situation"),
    [
        ("long name", "short"), ("endless word", "capitals"), ("seven lines", "full"),
        ("seven lines", "long"), ("seven lines", "lines"),
    ],
)  # fmt: skip
def test_long_texts_stay_on_one_page(
    country: str, person: str, situation: str, case_file: Callable[[str], Path]
) -> None:
    """Whatever the case holds, the form is one page of A4 or Letter, and nothing is cut off."""
    case = Case.load(case_file("uk-linkedin-first"))
    everything = case.model_copy(update={"person": STRESS[person]})
    company = dict(case.controller) | {
        "name": LONG, "service": LONG, "attention": LONG, "country": country,
        "address": tuple(f"Line {n} of the company's address" for n in range(7)),
    }  # fmt: skip
    everything = everything.model_copy(update={"controller": Controller.model_validate(company)})
    text = SITUATIONS[situation]
    everything = everything.with_answer("situation", text)
    kinds = [kind.value for kind in DataKind]
    everything = everything.with_answer("data_kinds", kinds)
    everything = everything.with_answer("wishes", [wish.value for wish in Wish])
    everything = everything.with_answer("practice_began", ON)

    reader = PdfReader(io.BytesIO(forms.filled(assess(everything, on=ON)).pdf()))

    assert len(reader.pages) == 1
    said = " ".join(reader.pages[0].extract_text().split())
    assert " ".join(text.split()) in said or "See the attached letter." in said


def test_the_same_form_is_the_same_bytes(case_file: Callable[[str], Path]) -> None:
    """The same law, campaign and day give the same file, and so does the same case."""
    assessment = assess(Case.load(case_file("ch-linkedin")), on=ON)

    assert blank() == blank()
    assert forms.filled(assessment).pdf() == forms.filled(assessment).pdf()


def test_from_a_blank_form_to_the_letter() -> None:
    """A blank form that a program filled in becomes a case, and the case the letter."""
    case = forms.read(output.values_of(fill(blank())))

    letters = draft(assess(case, on=ON))

    assert letters[0].route == "request"
    assert "Łucja Müller" in letters[0].html
    assert "Art. 21(1) UK GDPR" in " ".join(letters[0].text().split())
    assert "I am a nurse." in letters[0].html
    assert "Art. 21(1) UK GDPR" in " ".join(forms.filled(assess(case, on=ON)).text().split())


def test_filled_fields_can_be_seen() -> None:
    """What a program writes into a field shows on the page in the font of the form."""
    page = PdfReader(io.BytesIO(fill(blank()))).pages[0]
    named = [a.get_object() for a in page["/Annots"]]  # type: ignore[attr-defined]
    (name,) = [widget for widget in named if widget.get("/V") == "Łucja Müller"]

    assert name["/AP"]["/N"]


def not_a_form() -> bytes:
    """Make a PDF without fields."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return written(writer)


def encrypted() -> bytes:
    """Make a form that wants a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank())))
    writer.encrypt("secret", algorithm="RC4-128")
    return written(writer)


def xfa() -> bytes:
    """Make a form of the kind that only one program fills."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank())))
    writer._root_object["/AcroForm"][NameObject("/XFA")] = ArrayObject()  # type: ignore[index]
    return written(writer)


def crowded() -> bytes:
    """Make a form with more fields than one could fill in."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank())))
    many = ArrayObject()
    for number in range(600):
        field = DictionaryObject({NameObject("/FT"): NameObject("/Tx")})
        field[NameObject("/T")] = TextStringObject(f"f{number}")
        many.append(writer._add_object(field))
    writer._root_object["/AcroForm"][NameObject("/Fields")] = many  # type: ignore[index]
    return written(writer)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: b"PK\x03\x04 a letter in another format", "is not a PDF"),
        (lambda: b"", "is not a PDF"),
        (lambda: b"%PDF-1.7\nno more than that", "is damaged"),
        (lambda: blank()[: len(blank()) // 2], "is damaged|has no fields"),
        (not_a_form, "has no fields"),
        (encrypted, "is encrypted"),
        (xfa, "XFA"),
        (crowded, "more fields than any form"),
        (lambda: b"%PDF-1.7" + bytes(output.MAX_BYTES), "larger than 20 MB"),
    ],
    ids=["zip", "empty", "stub", "cut", "plain", "encrypted", "xfa", "crowded", "huge"],
)
def test_what_is_no_filled_form_is_refused(
    make: Callable[[], bytes], says: str, tmp_path: Path
) -> None:
    """Each kind of wrong file gets one message that says what it is, and no case is written."""
    path = tmp_path / "filled.pdf"
    path.write_bytes(make())

    result = CliRunner().invoke(
        cli.main, ["form", "--read", str(path), "-o", str(tmp_path / "case.toml")]
    )

    assert result.exit_code == 4, result.output
    with pytest.raises(CaseError, match=says):
        output.values(path)
    assert len(result.output.splitlines()) == 1
    assert not (tmp_path / "case.toml").exists()


def test_the_command_makes_reads_and_keeps(tmp_path: Path) -> None:
    """A blank form is made, filled, read into a private case file, and never over another."""
    run = CliRunner().invoke
    form, case = tmp_path / "form.pdf", tmp_path / "case.toml"
    made = run(cli.main, [
        "form", "--blank", "--law", "uk-gdpr", "--campaign", "linkedin-ai-training",
        "-o", str(form), "--on", "2026-11-24",
    ])  # fmt: skip
    assert made.exit_code == 0, made.output
    form.write_bytes(fill(form.read_bytes()))

    first = run(cli.main, ["form", "--read", str(form), "-o", str(case)])
    second = run(cli.main, ["form", "--read", str(form), "-o", str(case)])
    printed = run(cli.main, ["form", "--read", str(form), "-o", "-"])

    assert first.exit_code == 0, first.output
    assert second.exit_code == 1
    assert case.stat().st_mode & 0o777 == 0o600
    assert Case.load(case).person.name == "Łucja Müller"
    assert printed.stdout == case.read_text(encoding="utf-8")
    flat = run(
        cli.main, ["form", str(case), "-o", str(tmp_path / "flat.pdf"), "--on", "2026-11-24"]
    )
    assert flat.exit_code == 0, flat.output
    assert PdfReader(tmp_path / "flat.pdf").get_fields() is None
