"""PDF: tagged, titled, reproducible, from the package's own files, and well set."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from page import ValidationProfile, validate_pdf_bytes
from pypdf import PdfReader

from complaintkit import assess, draft
from complaintkit.errors import MissingLibraryError, OutputError
from complaintkit.facts import Case, Exhibit, Step
from complaintkit.languages import offered
from complaintkit.output import pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaintkit.letters import Letter

ON = dt.date(2026, 11, 24)
CASES = sorted(path.stem for path in (Path(__file__).parent / "cases").glob("*.toml"))


def letters_of(case: Case) -> tuple[Letter, ...]:
    """Draft the letters of a case on the day of these tests."""
    return draft(assess(case, on=ON), language="en")


def opened(content: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(content))


@pytest.mark.parametrize("name", CASES)
def test_every_letter_is_accessible(name: str, case_file: Callable[[str], Path]) -> None:
    """Each PDF is tagged, has a language, a title that readers show, and embedded fonts."""
    for letter in letters_of(Case.load(case_file(name))):
        reader = opened(letter.pdf())
        root = reader.trailer["/Root"]

        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].startswith("en")
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata is not None
        assert " ".join(str(reader.metadata.title).split()) == letter.title
        assert "pdfuaid" in root["/Metadata"].get_data().decode()
        assert root["/Outlines"]["/Count"] or root["/Outlines"]["/First"]
        fonts = reader.pages[0]["/Resources"]["/Font"]
        assert all("Noto" in font.get_object()["/BaseFont"] for font in fonts.values())


@pytest.mark.parametrize("name", CASES)
def test_no_signature_stands_alone(name: str, case_file: Callable[[str], Path]) -> None:
    """The page with the signature has text of the letter above it, and page numbers are right."""
    case = Case.load(case_file(name))
    for letter in letters_of(case):
        pages = [page.extract_text() for page in opened(letter.pdf()).pages]

        assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
        if letter.route:
            signed = next(p for p in reversed(pages) if case.person.name in p)
            assert len(signed.partition(case.person.name)[0].split()) > 12 or len(pages) == 1


@pytest.mark.parametrize("name", CASES)
def test_the_sheet_of_next_steps_is_short(name: str, case_file: Callable[[str], Path]) -> None:
    """What the person keeps fits on one sheet of paper: two pages, with every warning on it."""
    assert len(opened(letters_of(Case.load(case_file(name)))[-1].pdf()).pages) <= 2


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("us-ca-linkedin", (612, 792)),
        ("uk-linkedin-first", (595, 842)),
        ("de-meta-religion", (595, 842)),
    ],
)
def test_paper_is_what_the_person_can_buy(
    name: str, size: tuple[int, int], case_file: Callable[[str], Path]
) -> None:
    """A letter within the USA is on US Letter; one that goes there from elsewhere is on A4."""
    box = opened(letters_of(Case.load(case_file(name)))[0].pdf()).pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


def test_same_input_same_bytes(case_file: Callable[[str], Path]) -> None:
    """The same case on the same day gives the same file, byte for byte."""
    case = Case.load(case_file("de-meta-religion"))

    assert letters_of(case)[0].pdf() == letters_of(case)[0].pdf()


def test_long_cases_are_well_set(case_file: Callable[[str], Path]) -> None:
    """Seven lines of address, forty steps, ten thousand characters: all there, page after page."""
    case = Case.load(case_file("fr-linkedin-ignored"))
    story = " ".join(f"Sentence number {n} of a long story." for n in range(270))[:10_000]
    steps = [
        Step.model_validate(
            {"what": "access", "event": "sent", "date": dt.date(2026, 1, 1) + dt.timedelta(days=n)}
        )
        for n in range(40)
    ]
    person = case.person.model_copy(
        update={
            "name": "Wolfeschlegelsteinhausenbergerdorff " * 3,
            "address": tuple(f"Line {n} of a long address" for n in range(7)),
        }
    )
    long = case.with_answer("situation", story).model_copy(
        update={
            "history": (*case.history, *steps),
            "person": person,
            "evidence": tuple(Exhibit(title=f"Exhibit {n}") for n in range(30)),
        }
    )

    text = " ".join(
        " ".join(page.extract_text() for page in opened(letters_of(long)[0].pdf()).pages).split()
    )

    for part in (
        "Line 6 of a long address",
        "Sentence number 201",
        "9 February 2026",
        "Exhibit 29",
    ):
        assert part in text


@pytest.mark.parametrize(
    "html",
    [
        '<html lang="en"><title>x</title><img alt="" src="file:///etc/passwd"></html>',
        '<html lang="en"><title>x</title><img alt="" src="http://example.org/x.png"></html>',
        '<html lang="en"><title>x</title><link rel="stylesheet" href="https://example.org/x"></html>',
        '<html lang="en"><title>x</title><img alt="" src="complaintkit:../pyproject.ttf"></html>',
        '<html lang="en"><title>x</title><img alt="" src="data:image/png;base64,AAAA"></html>',
    ],
)
def test_nothing_outside_the_package_is_fetched(html: str) -> None:
    """Any address but the package's own files is refused, and no PDF is made."""
    with pytest.raises(OutputError):
        pdf.render(html)


def test_a_sign_without_a_font_is_an_error() -> None:
    """A character that no font can show is never printed as an empty box."""
    private_use = "\U0010fffd"

    with pytest.raises(OutputError, match="no font on this machine can show"):
        pdf.render(f'<html lang="en"><title>x</title><p>{private_use}</p></html>')


def test_without_pango_one_clear_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Pango gets the command that installs it, and nothing on stdout."""
    import builtins  # noqa: PLC0415

    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name == "weasyprint":
            message = "cannot load library 'libgobject-2.0-0'"
            raise OSError(message)
        return real(name, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    pdf._weasyprint.cache_clear()
    try:
        with pytest.raises(MissingLibraryError, match="apt-get install libpango"):
            pdf.render("<p>")
    finally:
        pdf._weasyprint.cache_clear()


@pytest.mark.parametrize("name", CASES)
def test_the_pdf_says_what_the_text_says(name: str, case_file: Callable[[str], Path]) -> None:
    """Word by word, a PDF has the words of the plain text."""
    for letter in letters_of(Case.load(case_file(name))):
        if not letter.route:
            continue
        pages = " ".join(page.extract_text() for page in opened(letter.pdf()).pages)
        said = set(re.findall(r"\w{4,}", pages.replace("-\n", "-").replace("\n", " ")))
        written = set(re.findall(r"\w{4,}", letter.text()))

        assert written - said == {word for word in written - said if len(word) > 20}


@pytest.mark.parametrize("name", CASES)
def test_every_letter_meets_the_standard(name: str, case_file: Callable[[str], Path]) -> None:
    """Letters, answers and the sheet, in every language they are offered in, are PDF/UA-1."""
    assessment = assess(Case.load(case_file(name)), on=ON)
    for language in offered(assessment):
        for letter in draft(assessment, language=language):
            report = validate_pdf_bytes(letter.pdf(), profile=ValidationProfile.PDF_UA_1)
            assert report.is_compliant, (letter.stem, language, report.failures)
