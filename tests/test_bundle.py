"""The bundle of annexes: index, marks, bookmarks, foreign pages stripped, limits of authorities."""

from __future__ import annotations

import datetime as dt
import io
import stat
from typing import TYPE_CHECKING

import evidence
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from complaintkit import assess, cli, draft, uploads
from complaintkit.errors import MissingLibraryError, OutputError, Problem
from complaintkit.exhibits import read
from complaintkit.facts import Case, Exhibit
from complaintkit.i18n import words
from complaintkit.law import library
from complaintkit.lawfile import Upload
from complaintkit.output import foreign, pdf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from complaintkit.letters import Letter

ON = dt.date(2026, 11, 24)
DAY = dt.date(2026, 11, 2)


def letters_of(path: Path, folder: Path, **files: bytes) -> tuple[Letter, ...]:
    """Draft the letters of a bundled case with files as its evidence."""
    shown = []
    for name, content in files.items():
        file = name.replace("_", ".")
        (folder / file).write_bytes(content)
        shown.append(Exhibit(title=f"Exhibit {file}", date=DAY, file=file))
    case = Case.load(path).model_copy(update={"evidence": tuple(shown)})
    return draft(assess(case, on=ON), language="en", annexes=read(case, folder))


def bundle_of(letter: Letter) -> PdfReader:
    """Open the annexes of a letter."""
    assert letter.bundle is not None
    return PdfReader(io.BytesIO(letter.bundle.content))


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


@pytest.fixture
def first(case_file: Callable[[str], Path]) -> Path:
    """Return the path of a case whose letter goes to the USA."""
    return case_file("uk-linkedin-first")


@pytest.fixture
def german(case_file: Callable[[str], Path]) -> Path:
    """Return the path of a case whose letter is on A4."""
    return case_file("de-meta-religion")


def test_the_letter_names_its_annexes(first: Path, tmp_path: Path) -> None:
    """Each annex has letter, title, date and the beginning of its hash; others have a title."""
    (tmp_path / "a.txt").write_text("text")
    evidence_ = (Exhibit(title="A witness"), Exhibit(title="The chat", date=DAY, file="a.txt"))
    case = Case.load(first).model_copy(update={"evidence": evidence_})
    annexes = read(case, tmp_path)

    letter = draft(assess(case, on=ON), language="en", annexes=annexes)[0]

    text = flat(letter.text())
    assert f"- Annex A: The chat, 2 November 2026 (SHA-256 {annexes[0].short}…)" in text
    assert "- A witness" in text
    assert f"Annex A: The chat, 2 November 2026 (SHA-256 {annexes[0].short}…)" in flat(
        " ".join(page.extract_text() for page in PdfReader(io.BytesIO(letter.pdf())).pages)
    )


def test_without_reading_files_a_letter_lists_titles(first: Path) -> None:
    """A draft touches no file: what was not read is listed by its title, and there is no bundle."""
    case = Case.load(first).model_copy(
        update={"evidence": (Exhibit(title="The chat", file="missing.txt"),)}
    )

    letters = draft(assess(case, on=ON))

    assert "1. The chat" in letters[0].text()
    assert "Annex" not in letters[0].text()
    assert all(letter.bundle is None for letter in letters)


def test_every_kind_is_bound(german: Path, tmp_path: Path) -> None:
    """Index, annexes in order, a mark on every page, bookmarks, title, language, structure."""
    letter = letters_of(
        german,
        tmp_path,
        a_pdf=evidence.pdf((595, 842), (842, 595), text="Foreign"),
        b_png=evidence.image(600, 400),
        c_jpg=evidence.photograph(),
        d_txt=b"The words of the chat",
        e_eml=evidence.mail(answer_pdf=(evidence.pdf(text="Answer"), "application", "pdf")),
    )[0]

    reader = bundle_of(letter)
    pages = [flat(page.extract_text()) for page in reader.pages]
    marks = ["A - page 1 of 2", "A - page 2 of 2", "B - page 1 of 1", "C - page 1 of 1"]
    marks += ["D - page 1 of 1", "E - page 1 of 2", "E - page 2 of 2"]
    assert len(pages) == 1 + len(marks)
    assert [f"Annex {mark}" in page for mark, page in zip(marks, pages[1:], strict=True)] == [
        True
    ] * len(marks)
    assert all(letter.title in page for page in pages)
    assert "Foreign 1" in pages[1]
    assert "Foreign 2" in pages[2]
    assert "The words of the chat" in pages[5]
    assert "Support <support@example.com>" in pages[6]
    assert "Attached to the e-mail: answer.pdf" in pages[7]
    assert "Answer 1" in pages[7]
    titles = [item.title for item in reader.outline if not isinstance(item, list)]
    assert titles == ["Annexes"] + [
        f"Annex {letter}: Exhibit {file}"
        for letter, file in zip("ABCDE", ("a.pdf", "b.png", "c.jpg", "d.txt", "e.eml"), strict=True)
    ]
    assert reader.outline[-1][0].title == "Attached to the e-mail: answer.pdf"
    root = reader.trailer["/Root"]
    assert reader.metadata is not None
    assert reader.metadata.title == f"Annexes: {letter.title}"
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_the_index_tells_each_file(german: Path, tmp_path: Path) -> None:
    """The index gives letter, title, date, number of pages and the whole hash of each file."""
    letter = letters_of(
        german, tmp_path, a_txt=b"one", b_pdf=evidence.pdf((595, 842), (595, 842), (595, 842))
    )[0]
    assert letter.bundle is not None

    text = bundle_of(letter).pages[0].extract_text()

    for annex, pages in zip(letter.bundle.annexes, (1, 3), strict=True):
        row = flat(text).partition(f"{annex.letter} {annex.title} ")[2]
        assert row.startswith(f"2 November 2026 {pages} {annex.sha256[:32]} {annex.sha256[32:]}")


def test_a_bundle_of_our_own_pages_is_pdf_ua(german: Path, tmp_path: Path) -> None:
    """Without foreign pages the standard for accessible files is kept, and only then claimed."""
    own, mixed = (
        letters_of(german, tmp_path, **files)[0]
        for files in ({"a_png": evidence.image()}, {"a_pdf": evidence.pdf()})
    )

    root = bundle_of(own).trailer["/Root"]
    assert "pdfuaid" in root["/Metadata"].get_data().decode()
    assert "/Metadata" not in bundle_of(mixed).trailer["/Root"]


def test_pictures_have_words(german: Path, tmp_path: Path) -> None:
    """Pictures and foreign pages say what they are to those who do not see them."""
    letter = letters_of(german, tmp_path, a_png=evidence.image(), b_pdf=evidence.pdf())[0]
    found: list[str] = []

    def walk(item: object) -> None:
        item = item.get_object() if hasattr(item, "get_object") else item
        if isinstance(item, list):
            for below in item:
                walk(below)
        elif isinstance(item, dict):
            if "/Alt" in item:
                found.append(str(item["/Alt"]))
            walk(item.get("/K", []))

    walk(bundle_of(letter).trailer["/Root"]["/StructTreeRoot"]["/K"])

    assert found == ["Exhibit a.png, as a picture", "Exhibit b.pdf, as a picture"]


@pytest.mark.parametrize(
    ("case", "size"), [("us-ca-linkedin", (612, 792)), ("de-meta-religion", (595, 842))]
)
def test_paper_and_side(
    case: str, size: tuple[int, int], case_file: Callable[[str], Path], tmp_path: Path
) -> None:
    """Annexes are on the paper of the letter; what is wide lies on its side."""
    letter = letters_of(
        case_file(case),
        tmp_path,
        a_pdf=evidence.pdf((595, 842), (842, 595)),
        b_png=evidence.image(),
    )[0]

    boxes = [page.mediabox for page in bundle_of(letter).pages]

    sizes = [(round(box.width), round(box.height)) for box in boxes]
    assert sizes == [size, size, size[::-1], size[::-1]]


def drawn(content: bytes) -> list[tuple[float, float]]:
    """Return where the upper left and upper right corner of a page stand in the unit square."""
    made = evidence.PdfWriter()
    form = foreign._form(PdfReader(io.BytesIO(content)).pages[0], made).reference.get_object()
    a, b, c, d, e, f = (float(n) for n in form.get_data().split(b" cm")[0].split())
    box = [float(n) for n in form["/Resources"]["/XObject"]["/Page"].get_object()["/BBox"]]
    corners = [(box[0], box[3]), (box[2], box[3])]
    return [(round(a * x + c * y + e, 5), round(b * x + d * y + f, 5)) for x, y in corners]


@pytest.mark.parametrize(
    ("rotation", "corners"),
    [
        (0, [(0, 1), (1, 1)]),
        (90, [(1, 1), (1, 0)]),
        (180, [(1, 0), (0, 0)]),
        (270, [(0, 0), (0, 1)]),
    ],
)
def test_a_page_is_shown_as_readers_turn_it(rotation: int, corners: list[tuple[int, int]]) -> None:
    """The upper corners of a page go where its rotation puts them, and its size turns too."""
    made = evidence.writer((595, 842))
    made.pages[0].rotate(rotation)
    content = evidence.saved(made)

    assert drawn(content) == corners
    turned = rotation in (90, 270)
    assert foreign.inspect(content) == ((842.0, 595.0) if turned else (595.0, 842.0),)


def test_a_cropped_page_is_shown_cropped() -> None:
    """Only the part that readers show is shown; what lies beyond is cut off."""
    made = evidence.writer((595, 842))
    made.pages[0].cropbox.lower_left = (100, 200)
    content = evidence.saved(made)

    assert foreign.inspect(content) == ((495.0, 642.0),)
    assert drawn(content) == [(0, 1), (1, 1)]


def test_nothing_foreign_runs_or_is_carried(german: Path, tmp_path: Path) -> None:
    """Of a PDF with scripts, launches, links, files inside and outside, only the paint is left."""
    content = evidence.armed()
    assert all(word in content for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFiles"))
    letter = letters_of(german, tmp_path, a_pdf=content)[0]

    reader = bundle_of(letter)

    assert "Page 1" in reader.pages[1].extract_text()
    assert all("/Annots" not in page and "/AA" not in page for page in reader.pages)
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/Names", "/AcroForm", "/AF"} & set(root)
    kept = [reader.get_object(number) for number in range(1, reader.trailer["/Size"])]
    whole = " ".join(map(repr, kept))
    for word in ("JavaScript", "Launch", "armed", "calc", "carried", "passwd", "EmbeddedFile"):
        assert word not in whole


def test_filled_in_fields_are_printed(german: Path, tmp_path: Path) -> None:
    """What somebody wrote into a form, or stamped on a page, is shown; hidden notes are not."""
    hidden = evidence.field("hidden", "HIDDEN NOTE")
    hidden[evidence.name("/F")] = evidence.NumberObject(2)
    content = evidence.with_notes(evidence.field("yes", "FILLED IN"), hidden)
    letter = letters_of(german, tmp_path, a_pdf=content)[0]

    text = bundle_of(letter).pages[1].extract_text()

    assert "FILLED IN" in text
    assert "HIDDEN NOTE" not in text


def test_many_pages_share_their_fonts() -> None:
    """A font that all pages use is taken over once."""
    content = evidence.pdf(*[(595, 842)] * 5)
    made = evidence.PdfWriter()
    reader = foreign._opened(content)

    for page in reader.pages:
        foreign._form(page, made)

    assert sum("/BaseFont" in item for item in made._objects if isinstance(item, dict)) == 1


def test_a_long_picture_goes_over_pages(german: Path, tmp_path: Path) -> None:
    """A picture of a whole conversation stays readable; it is stored once however many pages."""
    letter = letters_of(german, tmp_path, a_png=evidence.image(800, 8000, mode="L"))[0]

    reader = bundle_of(letter)

    assert len(reader.pages) > 3
    images = {
        item.idnum
        for page in reader.pages
        for item in page["/Resources"].get("/XObject", {}).values()
    }
    assert len(images) == 1


def test_hostile_words_stay_words(german: Path, tmp_path: Path) -> None:
    """Markup in texts, names and titles is printed and not obeyed."""
    evil = '<img src="file:///etc/passwd"><script>alert(1)</script>{{ 7*7 }}'
    letter = letters_of(german, tmp_path, a_txt=evil.encode(), b_eml=evidence.mail(evil))[0]

    pages = [flat(page.extract_text()) for page in bundle_of(letter).pages]

    assert all(evil in page for page in pages[1:])


def test_little_pictures_in_mails_are_named(german: Path, tmp_path: Path) -> None:
    """A symbol that no font can show is told by its name, and does not stop the bundle."""
    letter = letters_of(german, tmp_path, a_txt="Fine \U0001fae0\ufe0f".encode())[0]

    text = bundle_of(letter).pages[1].extract_text()

    assert "Fine" in text
    assert "[melting face]" in text or "\U0001fae0" in text


def test_letters_without_a_font_are_an_error(german: Path, tmp_path: Path) -> None:
    """What cannot be shown is never left out in silence."""
    letter = letters_of(german, tmp_path, a_txt="\u302a\U0001b170".encode())[0]
    assert letter.bundle is not None

    with pytest.raises(OutputError, match=r"annexes: .* no font"):
        _ = letter.bundle.content


def test_same_input_same_bytes(german: Path, tmp_path: Path) -> None:
    """The same files give the same bundle, byte for byte."""
    files = {"a_pdf": evidence.armed(), "b_png": evidence.image(), "c_eml": evidence.mail()}
    one, two = (letters_of(german, tmp_path, **files)[0] for _ in range(2))
    assert one.bundle is not None
    assert two.bundle is not None

    assert one.bundle == two.bundle
    assert one.bundle.content == two.bundle.content


class TestLimits:
    """What an authority's online form takes is data, and is told before somebody tries."""

    def warning(self, upload: Upload | None, letter: Letter) -> str:
        """Return the warning for the ICO with other limits."""
        office = library().authorities["uk-ico"].model_copy(update={"upload": upload})
        return uploads.excess(letter, office, words())

    def limit(self, files: int, mb: float | None = None) -> Upload:
        """Return a limit."""
        return Upload(files=files, mb=mb, source="https://example.org/", checked=ON)

    @pytest.fixture
    def letter(self, case_file: Callable[[str], Path], tmp_path: Path) -> Letter:
        """Return a complaint with a small annex."""
        return letters_of(case_file("uk-linkedin-refused"), tmp_path, a_txt=b"text")[0]

    def test_within(self, letter: Letter) -> None:
        """Nothing is said where the form takes the annexes, or where no limit is known."""
        assert self.warning(self.limit(4, 3), letter) == ""
        assert self.warning(self.limit(2), letter) == ""
        assert self.warning(None, letter) == ""

    @pytest.mark.parametrize(
        ("files", "mb", "said"),
        [(4, 0.001, "at most 4 files of 0.001 MB each"), (1, 3, "one file"), (0, None, "no files")],
    )
    def test_beyond(self, files: int, mb: float | None, said: str, letter: Letter) -> None:
        """The warning gives the limit and what to do about it."""
        warning = self.warning(self.limit(files, mb), letter)

        assert said in warning
        assert warning.endswith("Or send them by post.")
        assert ("lower resolution" in warning) == bool(files)

    def test_on_the_sheet_and_on_standard_error(
        self, case_file: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The ICO's limit stands on the sheet of next steps with its day, and is said at once."""
        monkeypatch.setattr(uploads, "MB", 1_000)
        (tmp_path / "a.txt").write_text("text")
        text = case_file("uk-linkedin-refused").read_text(encoding="utf-8")
        case = tmp_path / "case.toml"
        case.write_text(f'{text}\n[[evidence]]\ntitle = "Chat"\nfile = "a.txt"\n')

        result = CliRunner().invoke(
            cli.main, ["letter", str(case), "-o", str(tmp_path), "-f", "txt", "--on", str(ON)]
        )

        assert result.exit_code == 0, result.output
        sheet = flat((tmp_path / f"{ON}-0-next-steps-linkedin.txt").read_text())
        for said in (sheet, flat(result.stderr)):
            assert "at most 4 files of 3 MB each. That was so on 13 March 2024" in said
        assert f"Send its annexes with it: {ON}-1-ico-linkedin-annexes.pdf" in sheet

    def test_every_limit_is_dated(self) -> None:
        """Each limit in the data says where it was read and when."""
        known = {a.id: a.upload for a in library().authorities.values() if a.upload}

        assert {"uk-ico", "uk-ico-commissioner", "cppa"} <= set(known)
        assert all(upload.source and upload.checked for upload in known.values())


class TestCommandLine:
    """The command reads evidence by itself, and writes all or nothing."""

    def run(self, case_file: Callable[[str], Path], folder: Path, *options: str) -> tuple[int, str]:
        """Write the letters of a case with one file as evidence."""
        text = case_file("de-meta-religion").read_text(encoding="utf-8")
        case = folder / "case.toml"
        case.write_text(f'{text}\n[[evidence]]\ntitle = "Chat"\nfile = "a.txt"\n')
        arguments = ["letter", str(case), "-o", str(folder / "out"), "--on", str(ON), *options]
        result = CliRunner().invoke(cli.main, arguments)
        return result.exit_code, result.output

    def test_beside_the_letter(self, case_file: Callable[[str], Path], tmp_path: Path) -> None:
        """One file of annexes lies beside the letter, for the owner's eyes only."""
        (tmp_path / "a.txt").write_text("text")

        code, _ = self.run(case_file, tmp_path, "-f", "txt")

        assert code == 0
        (made,) = (tmp_path / "out").glob("*-annexes.pdf")
        assert made.name == f"{ON}-1-request-meta-annexes.pdf"
        assert stat.S_IMODE(made.stat().st_mode) == 0o600

    def test_nothing_half_written(self, case_file: Callable[[str], Path], tmp_path: Path) -> None:
        """A missing file ends with exit code 4 and one clear message, and no letter is there."""
        code, output = self.run(case_file, tmp_path)

        assert code == 4
        assert "exhibit" in output
        assert "its file is not there" in output
        assert "Traceback" not in output
        assert not (tmp_path / "out").exists()

    def test_without_pango(
        self, case_file: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Annexes need Pango whatever the format; the message says both ways out."""

        def missing() -> object:
            raise MissingLibraryError(Problem("PDF output", "Pango is missing", pdf.INSTALL))

        monkeypatch.setattr(pdf, "_weasyprint", missing)
        (tmp_path / "a.txt").write_text("text")

        code, output = self.run(case_file, tmp_path, "-f", "txt")

        assert code == 3
        assert "take 'file' out of the evidence" in output
        assert not (tmp_path / "out").exists()


def test_the_title_has_the_signs_that_were_typed(german: Path, tmp_path: Path) -> None:
    """A name that looks like a sign of HTML stands in the bundle's title as it was typed."""
    case = Case.load(german)
    (tmp_path / "a.txt").write_text("text")
    named = case.model_copy(
        update={
            "controller": case.controller.model_copy(update={"name": "A &amp;lt; B"}),
            "evidence": (Exhibit(title="Note", file="a.txt"),),
        }
    )
    annexes = read(named, tmp_path)

    letter = draft(assess(named, on=ON), language="en", routes=["complaint"], annexes=annexes)[0]
    assert letter.bundle is not None
    assert letter.bundle.title == "Complaint against A &amp;lt; B under Art. 77(1) GDPR"
