"""Evidence as files: what is taken, what is refused, and what is told about it."""

from __future__ import annotations

import hashlib
import io
import os
from typing import TYPE_CHECKING

import evidence
import pytest
from PIL import Image

from complaintkit import contents, exhibits, pictures
from complaintkit.contents import Pages, Picture, RefusedError, Writing
from complaintkit.errors import ExhibitError
from complaintkit.facts import Case, Exhibit
from complaintkit.output import foreign

if TYPE_CHECKING:
    from pathlib import Path


def case_of(*files: str) -> Case:
    """Return a case whose evidence names files."""
    return Case(evidence=tuple(Exhibit(title="PRIVATE TITLE", file=file) for file in files))


def read(folder: Path, **files: bytes) -> tuple[exhibits.Annex, ...]:
    """Put files into a folder and read them as evidence."""
    names = [name.replace("_", ".") for name in files]
    for name, content in zip(names, files.values(), strict=True):
        (folder / name).write_bytes(content)
    return exhibits.read(case_of(*names), folder)


@pytest.mark.parametrize(
    ("number", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA")],
)
def test_annexes_go_on_after_z(number: int, letters: str) -> None:
    """After Z comes AA."""
    assert exhibits.letters(number) == letters


def test_each_kind_is_taken(tmp_path: Path) -> None:
    """PDF, PNG, JPEG, text and e-mail are read, lettered in order and hashed as they are."""
    annexes = read(
        tmp_path,
        a_pdf=evidence.pdf((595, 842), (842, 595)),
        b_png=evidence.image(),
        c_jpg=evidence.image(kind="JPEG"),
        d_txt=b"line one\r\nline two",
        e_eml=evidence.mail(),
    )

    assert [annex.letter for annex in annexes] == ["A", "B", "C", "D", "E"]
    kinds = [type(annex.parts[0]) for annex in annexes]
    assert kinds == [Pages, Picture, Picture, Writing, Writing]
    whole = hashlib.sha256((tmp_path / "a.pdf").read_bytes()).hexdigest()
    assert annexes[0].sha256 == whole
    assert annexes[0].short == whole[:16]
    assert annexes[3].parts == (Writing("line one\nline two"),)


def test_exhibits_without_a_file_have_no_letter(tmp_path: Path) -> None:
    """Letters are given to files only; the number tells which exhibit it was."""
    (tmp_path / "a.txt").write_text("text")
    case = case_of("", "a.txt", "")

    (annex,) = exhibits.read(case, tmp_path)

    assert (annex.letter, annex.number) == ("A", 2)


def test_content_counts_and_not_the_name(tmp_path: Path) -> None:
    """A picture that is called a text, and a PDF that is called a picture, are what they are."""
    annexes = read(tmp_path, a_txt=evidence.image(), b_png=evidence.pdf())

    assert [type(annex.parts[0]) for annex in annexes] == [Picture, Pages]


@pytest.mark.parametrize(
    ("ending", "content", "what"),
    [
        ("pdf", b"", "is empty"),
        ("pdf", b"no PDF at all", "is no PDF, PNG, JPEG, text"),
        ("pdf", b"%PDF-1.7 and then nothing", "is a broken PDF"),
        ("pdf", evidence.pdf()[:-300], "is a broken PDF"),
        ("pdf", b"%PDF-1.4\n" + b"[" * 100_000, "is a broken PDF"),
        ("pdf", evidence.saved(evidence.PdfWriter()), "is a PDF without pages"),
        ("pdf", evidence.locked("secret", "secret"), "protected by a password"),
        ("pdf", evidence.locked("", "owner"), "protected by a password"),
        ("pdf", evidence.layered(), "has hidden layers"),
        ("pdf", evidence.swollen(), "too large once unpacked"),
        ("pdf", evidence.pdf((1, 1)), "a page of an impossible size"),
        ("pdf", evidence.pdf((595, 1e9)), "a page of an impossible size"),
        ("pdf", evidence.with_notes(evidence.field("Yes", None)), "only some readers show"),
        ("png", evidence.bomb(60_000, 60_000), "more than 60 million pixels"),
        ("png", evidence.bomb(4, 4), "too small to show anything"),
        ("png", evidence.bomb(0, 0), "too small to show anything"),
        ("png", evidence.image()[:-20], "is a broken picture"),
        ("png", evidence.image()[:60] + b"\0" + evidence.image()[61:], "is a broken picture"),
        ("jpg", evidence.image(kind="JPEG")[:-40], "is a broken picture"),
        ("jpg", b"\xff\xd8\xff\xe0", "is a broken picture"),
        ("docx", b"PK\x03\x04", "is an Office document"),
        ("msg", b"\xd0\xcf\x11\xe0", "an Outlook message"),
        ("gif", b"GIF89a", "(GIF)"),
        ("heic", b"\0\0\0\x18ftypheic", "(HEIC)"),
        ("exe", b"MZ\0\0", "is no PDF, PNG, JPEG, text"),
        ("txt", b"MZ\0\0", "is no text"),
        ("html", b"<script>", "is no PDF, PNG, JPEG, text"),
        ("eml", b"just some words", "is no e-mail"),
        ("txt", b"x" * 200_001, "has more than 200,000 characters"),
    ],
)
def test_what_cannot_be_an_annex_is_refused(
    ending: str, content: bytes, what: str, tmp_path: Path
) -> None:
    """The message names the exhibit, says what is wrong and how to mend it, and nothing private."""
    (tmp_path / "good.txt").write_text("good")
    (tmp_path / f"private.{ending}").write_bytes(content)

    with pytest.raises(ExhibitError) as caught:
        exhibits.read(case_of("good.txt", f"private.{ending}"), tmp_path)

    (problem,) = caught.value.problems
    assert problem.where == "exhibit 2"
    assert what in problem.what
    assert problem.mend
    assert "private" not in str(problem).lower()


def test_a_broken_file_is_not_quoted(caplog: pytest.LogCaptureFixture) -> None:
    """What the PDF reader says about a broken file, quoting from it, reaches nobody."""
    with pytest.raises(RefusedError):
        foreign.inspect(evidence.pdf(text="PRIVATE")[:-300])

    assert caplog.records == []


def test_the_headers_of_a_picture_are_read_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture that claims too many pixels is never unpacked."""
    monkeypatch.setattr(pictures, "_png", lambda *_: pytest.fail("unpacked"))

    with pytest.raises(RefusedError):
        pictures.clean(evidence.bomb(60_000, 60_000))


class TestPlaces:
    """A case file names files in its own folder, and no others of the machine."""

    @pytest.mark.parametrize("file", ["../secret.txt", "a/../../secret.txt", "{outside}"])
    def test_outside(self, file: str, tmp_path: Path) -> None:
        """Paths that lead out are refused, relative or absolute."""
        folder = tmp_path / "case"
        (folder / "a").mkdir(parents=True)
        (tmp_path / "secret.txt").write_text("secret")

        with pytest.raises(ExhibitError, match="lies outside the folder of the case file"):
            exhibits.read(case_of(file.format(outside=tmp_path / "secret.txt")), folder)

    def test_links(self, tmp_path: Path) -> None:
        """A link that leads out is refused, and one that stays inside is followed."""
        folder = tmp_path / "case"
        folder.mkdir()
        (tmp_path / "secret.txt").write_text("secret")
        (folder / "good.txt").write_text("good")
        (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
        (folder / "in.txt").symlink_to(folder / "good.txt")
        (folder / "round.txt").symlink_to(folder / "round.txt")

        assert len(exhibits.read(case_of("in.txt"), folder)) == 1
        with pytest.raises(ExhibitError, match="lies outside"):
            exhibits.read(case_of("out.txt"), folder)
        with pytest.raises(ExhibitError, match="exhibit 1: its file"):
            exhibits.read(case_of("round.txt"), folder)

    def test_an_absolute_path_inside_is_taken(self, tmp_path: Path) -> None:
        """What counts is where the file lies, not how that is written."""
        (tmp_path / "a.txt").write_text("text")

        assert len(exhibits.read(case_of(str(tmp_path / "a.txt")), tmp_path)) == 1

    @pytest.mark.parametrize(
        ("file", "what"),
        [
            ("missing.pdf", "is not there"),
            ("folder", "is no ordinary file"),
            ("pipe", "is no ordinary file"),
            ("a" * 300, "cannot be read"),
            ("file.txt/below", "cannot be read"),
        ],
    )
    def test_no_file(self, file: str, what: str, tmp_path: Path) -> None:
        """What is missing or no file is named by its number, and a pipe is not waited for."""
        (tmp_path / "folder").mkdir()
        (tmp_path / "file.txt").write_text("x")
        os.mkfifo(tmp_path / "pipe")

        with pytest.raises(ExhibitError, match=f"exhibit 1: its file {what}"):
            exhibits.read(case_of(file), tmp_path)

    def test_all_faults_are_told_at_once(self, tmp_path: Path) -> None:
        """Two missing files are two problems."""
        with pytest.raises(ExhibitError) as caught:
            exhibits.read(case_of("a.pdf", "b.pdf"), tmp_path)

        assert [problem.where for problem in caught.value.problems] == ["exhibit 1", "exhibit 2"]


class TestLimits:
    """Huge files are not even read."""

    def test_one_file(self, tmp_path: Path) -> None:
        """A file of more than 25 MB is refused by its size alone."""
        with (tmp_path / "huge.pdf").open("wb") as stream:
            stream.truncate(exhibits.MAX_FILE + 1)

        with pytest.raises(ExhibitError, match="is larger than 25 MB"):
            exhibits.read(case_of("huge.pdf"), tmp_path)

    def test_all_files(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """All files together have a limit of size and of pages."""
        monkeypatch.setattr(exhibits, "MAX_PAGES", 2)
        with pytest.raises(ExhibitError, match=r"exhibit 2: .* longer than 2 pages"):
            read(tmp_path, a_pdf=evidence.pdf(), b_pdf=evidence.pdf((595, 842), (595, 842)))

        monkeypatch.setattr(exhibits, "MAX_ALL", 30)
        with pytest.raises(ExhibitError, match=r"exhibit 2: .* larger than"):
            read(tmp_path, a_txt=b"x" * 20, b_txt=b"x" * 20)

    def test_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One PDF has a limit of pages."""
        monkeypatch.setattr(foreign, "MAX_PAGES", 1)

        with pytest.raises(RefusedError, match="has more than 1 pages"):
            foreign.inspect(evidence.pdf((595, 842), (595, 842)))


class TestPictures:
    """Pictures keep what they show and lose what they tell."""

    def test_a_photograph_tells_nothing(self) -> None:
        """It is turned upright, and its device and comment are gone."""
        (part,) = contents.parts(evidence.photograph(), ".jpg")

        assert isinstance(part, Picture)
        assert (part.width, part.height) == (40, 60)
        assert b"SECRET" in evidence.photograph()
        assert b"SECRET" not in part.content
        assert not Image.open(io.BytesIO(part.content)).getexif()

    def test_an_upright_photograph_keeps_its_bytes(self) -> None:
        """Nothing is compressed a second time: only the comment is cut out, and what follows."""
        plain = evidence.image(kind="JPEG")
        comment = b"\xff\xfe\x00\x08SECRET"

        content, _, _ = pictures.clean(plain[:2] + comment + plain[2:] + b"trailing SECRET")

        assert content == plain

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_png(self, mode: str) -> None:
        """Each kind of PNG becomes plain colour or grey, with its left half black."""
        content, width, height = pictures.clean(evidence.image(mode=mode))

        image = Image.open(io.BytesIO(content))
        assert (image.size, width, height) == ((60, 40), 60, 40)
        assert image.mode in ("L", "RGB")

    def test_what_is_transparent_becomes_white(self) -> None:
        """A transparent picture does not turn black."""
        target = io.BytesIO()
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(target, format="PNG")

        content, _, _ = pictures.clean(target.getvalue())

        assert Image.open(io.BytesIO(content)).getpixel((5, 5)) == (255, 255, 255)

    def test_sixteen_bits_of_grey_are_scaled(self) -> None:
        """Middle grey stays middle grey."""
        target = io.BytesIO()
        Image.new("I;16", (20, 20), 0x8000).save(target, format="PNG")

        content, _, _ = pictures.clean(target.getvalue())

        assert Image.open(io.BytesIO(content)).getpixel((5, 5)) in (127, 128)


class TestWriting:
    """Text is text, whatever is in it."""

    @pytest.mark.parametrize(
        ("content", "text"),
        [
            ("Grüße".encode(), "Grüße"),
            ("\ufeffGrüße".encode(), "Grüße"),
            ("Grüße".encode("utf-16"), "Grüße"),
            ("Grüße".encode("cp1252"), "Grüße"),
            (b"a\x1b[31mb\x07", "a\\x1b[31mb\\x07"),
            ("not\u202egnp.exe".encode(), "not\\u202egnp.exe"),
            ("one\u2028two\x0cthree".encode(), "one\ntwo\nthree"),
        ],
    )
    def test_text(self, content: bytes, text: str) -> None:
        """Letters are read as they were meant, and unseen signs are shown."""
        assert contents.parts(content, ".txt") == (Writing(text),)

    def test_mail(self) -> None:
        """An e-mail has its headers and its plain text; what can be printed follows it."""
        letter, answer, screen = contents.parts(
            evidence.mail(
                html="<p>We refuse.</p>",
                answer_pdf=(evidence.pdf(), "application", "pdf"),
                locked_pdf=(evidence.locked("x", "x"), "application", "pdf"),
                data_zip=(b"PK\x03\x04", "application", "zip"),
                screen_png=(evidence.image(), "application", "octet-stream"),
            ),
            ".eml",
        )

        assert letter == Writing(
            "We refuse.",
            (
                ("From", "Support <support@example.com>"),
                ("To", "Maya <maya@example.org>"),
                ("Date", "Mon, 02 Nov 2026 10:12:00 +0000"),
                ("Subject", "Your objection"),
            ),
            ("answer.pdf", "screen.png"),
            ("locked.pdf", "data.zip"),
        )
        assert isinstance(answer, Pages)
        assert isinstance(screen, Picture)

    def test_mail_in_html_only(self) -> None:
        """The words of a page are read, its scripts and styles are not."""
        page = "<style>p{}</style><p>Dear&nbsp;Maya,<br>no.</p><script>alert(1)</script></b></ul>"
        content = f"Subject: x\nContent-Type: text/html; charset=utf-8\n\n{page}".encode()

        (part,) = contents.parts(content, ".eml")

        assert isinstance(part, Writing)
        assert part.text == "Dear Maya,\nno."

    @pytest.mark.parametrize(
        "content",
        [
            b"From: =?unknown?q?x?=\nContent-Type: text/plain; charset=nonsense\n\n\xff\xfe text",
            b"From: <<<>>>,,,;;\nTo: =?utf-8?b?!!!?=\n\ntext",
            b"From: x\nContent-Type: multipart/mixed\n\nno boundary, still text",
            b"From: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext",
            b"From: x\nContent-Transfer-Encoding: base64\n\n!!!!",
        ],
    )
    def test_broken_mail(self, content: bytes) -> None:
        """What is not written by the rules is read as far as it can be."""
        part = contents.parts(content, ".eml")[0]

        assert isinstance(part, Writing)
        assert part.headers

    def test_mail_with_many_layers(self) -> None:
        """Layers without end are refused, and do not bring the program down."""
        layers = b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3000)
        )

        with pytest.raises(RefusedError, match="too many layers"):
            contents.parts(b"From: x\n" + layers + b"\ntext", ".eml")
