"""Word, e-mail draft, text and the copy to keep: one letter, the same bytes, the right marks."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import page
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from pypdf import PdfReader

from complaintkit import Case, assess, draft
from complaintkit.answers import Unknown
from complaintkit.cli import main
from complaintkit.errors import InputError
from complaintkit.letters import FORMATS, Letter, write_all
from complaintkit.output import archive, mail, text
from complaintkit.output import docx as word_output
from complaintkit.records import texts

ON = dt.date(2026, 11, 24)
FOLDER = Path(__file__).parent / "cases"
CASES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def letters_of(name: str) -> tuple[Letter, ...]:
    """Draft the letters of a bundled case."""
    return draft(assess(Case.load(FOLDER / f"{name}.toml"), on=ON), language="en")


def word_of(letter: Letter) -> docx.document.Document:
    """Open the Word document of a letter."""
    return docx.Document(io.BytesIO(letter.docx()))


def said(word: docx.document.Document) -> str:
    """Return all words of a Word document in order."""
    return "".join(item.text or "" for item in word.element.iter(qn("w:t")))


class TestWord:
    """A document that somebody can edit."""

    @pytest.mark.parametrize("name", CASES)
    def test_it_says_what_the_letter_says(self, name: str) -> None:
        """Every word of the text is in the Word document, in the same order, and no other."""
        for letter in letters_of(name):
            lines = [line for line in letter.text().splitlines() if line.strip("=- ")]
            mine = "".join(" ".join(lines).split())
            theirs = "".join(said(word_of(letter)).split())

            for sign in "0123456789.-:[]":  # numbers of lists and marks of table rows
                mine, theirs = mine.replace(sign, ""), theirs.replace(sign, "")
            head = "DateWhathappened" + "Sourceorproof"
            assert theirs.replace(head, "").replace("DateWhathappened", "") == mine

    def test_structure(self) -> None:
        """Headings, lists and tables are Word's own, so that its navigation knows them."""
        word = word_of(letters_of("uk-linkedin-refused")[0])
        styles = [p.style.name for p in word.paragraphs if p.style]
        numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p._p.pPr.numPr is not None]
        dates = word.tables[1]

        assert styles.count("Title") == 1
        assert styles.count("Heading 1") > 3
        assert "Heading 2" in styles
        assert "List Number" in styles
        assert "List Bullet" in styles
        assert len(set(numbers)) >= 3, "each list counts from one"
        assert dates.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert dates.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
        assert dates.cell(0, 0).paragraphs[0].runs[0].bold

    def test_first_page(self) -> None:
        """Sender, recipient and date line stand before the title, each line a paragraph."""
        word = word_of(letters_of("uk-linkedin-refused")[0])
        lines = [(p.style.name, p.text) for p in word.paragraphs[:13] if p.style]

        assert lines[0] == ("Sender", "Maya Okafor")
        assert ("Recipient", "Cheshire SK9 5AF") in lines
        assert ("Date Line", "Leeds, 24 November 2026") in lines
        assert lines[-1][0] == "Title"

    @pytest.mark.parametrize(
        ("name", "size"), [("us-ca-linkedin", (612, 792)), ("de-meta-religion", (595, 842))]
    )
    def test_paper(self, name: str, size: tuple[int, int]) -> None:
        """A letter to the USA is on US Letter, a letter to Ireland on A4."""
        section = word_of(letters_of(name)[0]).sections[0]

        assert (round(section.page_width.pt), round(section.page_height.pt)) == size

    def test_properties(self) -> None:
        """The file names title, writer, language and the day of the letter, and nothing else."""
        letter = letters_of("uk-linkedin-refused")[0]
        word = word_of(letter)
        own = word.core_properties
        language = word.styles.element.find(f".//{qn('w:lang')}")

        assert (own.title, own.author) == (letter.title, "Maya Okafor")
        assert own.created == own.modified == dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
        assert (own.comments, own.last_modified_by, own.keywords) == ("", "", "")
        assert language is not None
        assert language.get(qn("w:val")) == own.language == "en-GB"

    def test_page_numbers(self) -> None:
        """The foot has the title and two numbers that Word counts."""
        word = word_of(letters_of("uk-linkedin-refused")[0])
        foot = word.sections[0].footer._element
        fields = [item.get(qn("w:instr")).strip() for item in foot.iter(qn("w:fldSimple"))]

        assert fields == ["PAGE", "NUMPAGES"]
        assert len(word.sections[0].footer.paragraphs[0].paragraph_format.tab_stops) == 1
        assert len(word.styles["Footer"].paragraph_format.tab_stops) == 0
        assert "Complaint against LinkedIn" in "".join(t.text or "" for t in foot.iter(qn("w:t")))

    def test_look_of_words(self) -> None:
        """Bold and italic, a list inside a list, and right-to-left letters keep their look."""
        word = docx.Document(
            io.BytesIO(
                word_output.render(
                    '<html lang="de"><body><p>a <strong>b</strong> <em>c</em></p>'
                    "<ol><li>one<ul><li>in</li></ul></li><li>two<p>more</p></li></ol>"
                    "<p>x שלום y</p></body></html>"
                )
            )
        )
        first, one, inner, two, more, mixed = word.paragraphs

        assert [(r.text, r.bold, r.italic) for r in first.runs if r.text.strip()] == [
            ("a ", None, None),
            ("b", True, None),
            ("c", None, True),
        ]
        assert inner._p.pPr.numPr.ilvl.val == 1
        assert one._p.pPr.numPr.numId.val == two._p.pPr.numPr.numId.val
        assert more._p.pPr.numPr is None
        assert [run.text.strip() for run in mixed.runs if run.font.rtl] == ["שלום"]


class TestDraft:
    """A draft that a mail program opens."""

    def test_to_an_authority_that_takes_mail(self) -> None:
        """The recipient is the authority's address where a PDF by e-mail counts as filing."""
        letters = [letter for name in CASES for letter in letters_of(name) if letter.found]
        drafts = [(letter, message(letter)) for letter in letters]
        to = {
            letter.found.authority.email_filing: str(made["To"])
            for letter, made in drafts
            if letter.found and letter.found.authority
        }

        assert to["unclear"] == "None"
        assert "@" in to["yes"]
        for letter, made in drafts:
            assert made["X-Unsent"] == "1"
            assert made["Subject"] == letter.title
            assert made["Date"] is made["Message-ID"] is None

    def test_to_a_company(self) -> None:
        """The recipient is the company's address in the case, else nobody and a reason."""
        case = Case.load(FOLDER / "de-meta-religion.toml")
        known = case.controller.model_copy(update={"email": "dpo@example.com"})
        letter = draft(assess(case.model_copy(update={"controller": known}), on=ON))[0]

        assert message(letter)["To"] == "dpo@example.com"
        assert message(letter)["From"] == "Jonas Albrecht <jonas.albrecht@example.org>"
        assert message(letters_of("de-meta-religion")[0])["To"] is None

    @pytest.mark.parametrize(
        "title", ["Beschwerde über die Verarbeitung ", "Complaint about data "]
    )
    @pytest.mark.parametrize("length", [1, 2, 3, 5, 40])
    def test_long_titles(self, title: str, length: int) -> None:
        """A title of any length and script is one subject, and no line of the file is too long."""
        subject = (title * length).strip()
        content = mail.render(
            mail.Draft(subject, "text", b"%PDF", "a.pdf", "Zoë Ö", "z@example.org")
        )

        assert email.message_from_bytes(content, policy=email.policy.default)["Subject"] == subject
        assert max(map(len, content.split(b"\r\n"))) < 998

    def test_body_and_attachment(self) -> None:
        """The body is the text of the letter, and the PDF is the PDF."""
        letter = letters_of("de-meta-religion")[0]
        body = message(letter).get_body()
        [attached] = message(letter).iter_attachments()

        assert body is not None
        assert body.get_content().splitlines() == letter.text().splitlines()
        assert attached.get_content() == letter.pdf()
        assert attached.get_filename() == f"{letter.stem}.pdf"

    def test_the_sheet_is_not_for_sending(self, tmp_path: Path) -> None:
        """No draft is made of the sheet of next steps; it is written as a PDF."""
        letters = letters_of("de-meta-religion")

        with pytest.raises(InputError, match="not for sending"):
            letters[-1].content("eml")
        written = write_all(letters, tmp_path, ["eml"])
        assert [path.suffix for path in written] == [".eml", *[".pdf"] * (len(letters) - 1)]


def message(letter: Letter) -> email.message.EmailMessage:
    """Open the draft of a letter."""
    opened = email.message_from_bytes(letter.eml(), policy=email.policy.default)
    assert isinstance(opened, email.message.EmailMessage)
    return opened


class TestArchive:
    """A PDF to keep."""

    @pytest.mark.parametrize("name", CASES)
    def test_both_standards(self, name: str) -> None:
        """The file is PDF/A-3a and PDF/UA-1, as a checker that is not ours finds."""
        for letter in letters_of(name):
            content = letter.archive(identity=True)
            for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
                report = page.validate_pdf_bytes(content, profile=profile)
                assert report.is_compliant, [str(failure) for failure in report.failures]

    @pytest.mark.parametrize("name", CASES)
    def test_facts_without_the_person(self, name: str) -> None:
        """Facts, laws, grounds and routes are inside; no name, address or word of the person."""
        letter = letters_of(name)[0]
        assert letter.assessment is not None
        case = letter.assessment.case
        files = attachments(letter.archive())
        told = json.loads(files[archive.FACTS])

        assert list(files) == [archive.FACTS]
        assert told["on"] == "2026-11-24"
        assert told["laws"] == [law.head.id for law in letter.assessment.laws]
        assert {"holds"} <= {ground["status"] for ground in told["grounds"]}
        assert told["routes"]
        practice = case.facts.practice
        assert not isinstance(practice, Unknown)
        assert told["facts"]["practice"] == practice.value
        for where, typed in texts(case):
            if where.startswith(("facts.residence", "controller.country", "controller.region")):
                continue
            if typed != case.campaign and len(typed) > 3:
                assert typed not in files[archive.FACTS].decode(), where

    def test_the_case_as_a_whole(self) -> None:
        """On request the case file itself is inside, and can be loaded again."""
        letter = letters_of("de-meta-religion")[0]
        assert letter.assessment is not None
        files = attachments(letter.archive(identity=True))

        from complaintkit.casefile import parse  # noqa: PLC0415

        assert parse(files[archive.CASE].decode()) == letter.assessment.case

    def test_on_the_command_line(self, tmp_path: Path) -> None:
        """The copy lies beside the letter, and it is said that it is not for sending."""
        case = str(FOLDER / "de-meta-religion.toml")
        options = ["--on", "2026-11-24", "-o", str(tmp_path), "-f", "txt", "--archive-identity"]

        result = CliRunner().invoke(main, ["letter", case, *options])

        assert result.exit_code == 0, result.output
        assert "Do not send them" in result.stderr
        kept = tmp_path / "2026-11-24-1-request-meta-archive.pdf"
        assert list(attachments(kept.read_bytes())) == [archive.CASE, archive.FACTS]
        assert kept.stat().st_mode & 0o777 == 0o600


def attachments(content: bytes) -> dict[str, bytes]:
    """Return the files inside a PDF by their names."""
    found = PdfReader(io.BytesIO(content)).attachments
    return {name: files[0] for name, files in sorted(found.items())}


class TestText:
    """Text for a terminal, a form and the body of an e-mail."""

    @pytest.mark.parametrize("name", CASES)
    def test_width(self, name: str) -> None:
        """No line is longer than 72 signs unless it is one word, such as an address."""
        for letter in letters_of(name):
            for line in letter.text().splitlines():
                assert len(line) <= 72 or " " not in line.strip()

    def test_typed_lines_stay(self) -> None:
        """Line breaks in a quotation stay; white space that cannot be broken stays too."""
        html = '<p class="quote">one\n\ntwo  three</p><p>§\u00a01\nnext<br>last</p>'

        assert text.render(html) == "one\n\ntwo three\n\n§\u00a01 next\nlast\n"

    def test_lists(self) -> None:
        """Items carry their number or dash, inner lists stand further in, and rows their label."""
        html = (
            "<ol><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ol>"
            "<table><thead><tr><th>no</th></tr></thead><tr><th>k</th><td>v</td><td>n</td></tr></table>"
        )

        assert text.render(html) == "1. a\n   - b\n2. c\n   d\n\nk: v [n]\n"


WRITE = """
import sys, datetime, hashlib
from complaintkit import Case, assess, draft
for name in sys.argv[1:]:
    for letter in draft(assess(Case.load(name), on=datetime.date(2026, 11, 24))):
        for kind in ("pdf", "docx", "txt", "eml", "html"):
            if letter.route or kind != "eml":
                print(letter.stem, kind, hashlib.sha256(letter.content(kind)).hexdigest())
        kept = letter.archive(identity=True)
        print(letter.stem, "archive", hashlib.sha256(kept).hexdigest())
"""


class TestSameBytes:
    """What is written today is what was written yesterday."""

    def test_in_two_processes(self) -> None:
        """Two processes with other hash seeds, time zones and years write the same files."""
        names = [
            str(FOLDER / f"{name}.toml") for name in ("de-meta-religion", "uk-linkedin-refused")
        ]
        written = [
            subprocess.run(
                [sys.executable, "-c", WRITE, *names],
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
        ]

        assert written[0] == written[1]
        assert written[0].count("archive") == 6

    @pytest.mark.parametrize("format_", FORMATS)
    def test_in_one_process(self, format_: str) -> None:
        """Asked twice, the answer is the same."""
        one, two = (
            hashlib.sha256(letters_of("de-meta-religion")[0].content(format_)).digest()
            for _ in range(2)
        )

        assert one == two

    def test_no_time_in_a_word_document(self) -> None:
        """The files inside a Word document have a day that never changes."""
        with zipfile.ZipFile(io.BytesIO(letters_of("de-meta-religion")[0].docx())) as file:
            assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert file.testzip() is None


def test_formats_with_commas(tmp_path: Path) -> None:
    """Formats may be given one by one or with commas; the drafts without recipient are named."""
    case = str(FOLDER / "de-meta-religion.toml")
    options = ["--on", "2026-11-24", "-o", str(tmp_path), "-f", "txt, docx", "-f", "eml,txt"]

    result = CliRunner().invoke(main, ["letter", case, *options])

    assert result.exit_code == 0, result.output
    assert {path.suffix for path in tmp_path.iterdir()} == {".txt", ".docx", ".eml", ".pdf"}
    assert "has no recipient: the case has no e-mail address of the company" in result.stderr


def test_a_wrong_format_is_named() -> None:
    """One wrong format among several stops everything, and the right ones are listed."""
    case = str(FOLDER / "de-meta-religion.toml")

    result = CliRunner().invoke(main, ["letter", case, "-f", "pdf,doc"])

    assert result.exit_code == 4
    assert "there is no format 'doc' (pdf, docx, txt, eml, html)" in result.stderr
