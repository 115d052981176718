"""A finished document in each format, and the files it is written to."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from complaintkit.errors import InputError, OutputError, Problem
from complaintkit.files import write_private
from complaintkit.mailing import recipient
from complaintkit.records import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.output.bundle import Bundle

FORMATS = ("pdf", "docx", "txt", "eml", "html")
ANNEXES = "-annexes.pdf"
"""The end of the name of the file with a letter's annexes."""


@dataclass(frozen=True)
class Letter:
    """One finished document, not yet in a file."""

    document: str
    """Its template, such as ``objection`` or ``next-steps``."""
    route: str
    """The route it serves; empty for the sheets that are not for sending."""
    title: str
    language: str
    html: str
    stem: str
    """The file name without ending; it holds no personal data."""
    beside: str = ""
    """For a sheet of answers: the route beside whose letter it lies."""
    bundle: Bundle | None = None
    """The annexes that it names, to be sent with it."""
    assessment: Assessment | None = field(default=None, repr=False, compare=False)
    """What it rests on."""
    found: RouteFinding | None = field(default=None, repr=False, compare=False)
    """The route it serves."""

    def text(self) -> str:
        """Return the letter as plain text at 72 columns."""
        from complaintkit.output import text  # noqa: PLC0415 - only where it is asked for

        return text.render(self.html)

    def pdf(self) -> bytes:
        """Return the letter as PDF/UA-1.

        Raises:
            MissingLibraryError: Pango is not on this machine.
            OutputError: A character cannot be shown by any font.

        """
        return self._laid_out

    @cached_property
    def _laid_out(self) -> bytes:
        """The PDF, which goes out by itself and in an e-mail draft, set once."""
        from complaintkit.output import pdf  # noqa: PLC0415 - slow to import

        return pdf.render(self.html, texts=self._typed)

    def docx(self) -> bytes:
        """Return the letter as a Word document."""
        from complaintkit.output import docx  # noqa: PLC0415 - slow to import

        if self.assessment is None:
            return docx.render(self.html)
        author, day = self.assessment.case.person.name, self.assessment.on
        return docx.render(self.html, author=author, day=day)

    def eml(self) -> bytes:
        """Return the letter as an e-mail draft with the PDF attached; it is not sent.

        Raises:
            InputError: It is the sheet of next steps, which is not for sending.
            MissingLibraryError: Pango is not on this machine.
            OutputError: A character cannot be shown by any font.

        """
        from complaintkit.output import mail  # noqa: PLC0415 - only where it is asked for

        if not self.found or not self.assessment:
            raise InputError(Problem(self.stem, "is not for sending", "choose another format"))
        person = self.assessment.case.person
        return mail.render(
            mail.Draft(
                subject=self.title,
                text=self.text(),
                pdf=self.pdf(),
                file_name=f"{self.stem}.pdf",
                sender_name=person.name,
                sender=person.email,
                recipient=recipient(self.assessment.case, self.found).address,
            )
        )

    def archive(self, *, identity: bool = False) -> bytes:
        """Return the letter as a PDF to keep: PDF/A-3a and PDF/UA-1, with facts and law inside.

        Args:
            identity: Put the case file as a whole inside as well.

        Raises:
            InputError: The letter was not made from an assessment.
            MissingLibraryError: Pango is not on this machine.
            OutputError: A character cannot be shown by any font.

        """
        from complaintkit.output import archive  # noqa: PLC0415 - slow to import

        if self.assessment is None:
            raise InputError(Problem(self.stem, "has no assessment to put into an archive"))
        return archive.render(self.html, self.assessment, identity=identity)

    @property
    def _typed(self) -> Iterable[tuple[str, str]]:
        """What the person typed, to name the field that a font is missing for."""
        return texts(self.assessment.case) if self.assessment else ()

    def content(self, format_: str) -> bytes:
        """Return the letter in one of `FORMATS`.

        Raises:
            InputError: There is no such format, or the letter is not for sending by e-mail.
            MissingLibraryError: The format needs Pango, and it is missing.
            OutputError: A character cannot be shown by any font.

        """
        made: dict[str, Callable[[], bytes]] = {
            "pdf": self.pdf,
            "docx": self.docx,
            "txt": lambda: self.text().encode(),
            "eml": self.eml,
            "html": self.html.encode,
        }
        if format_ not in made:
            what = f"there is no format '{format_}'"
            raise InputError(Problem("format", what, ", ".join(FORMATS)))
        return made[format_]()

    def write(
        self, folder: Path | str, formats: Sequence[str] = ("pdf",), *, overwrite: bool = False
    ) -> list[Path]:
        """Write the letter into a folder, one file a format, readable by the owner alone.

        Its annexes, if it has any, are one PDF beside it, whatever the format.

        Raises:
            InputError: There is no such format.
            MissingLibraryError: PDF is asked for and Pango is missing.
            OutputError: A file is there already, or cannot be written.

        """
        return write_all((self,), folder, formats, overwrite=overwrite)


def write_all(
    letters: Sequence[Letter],
    folder: Path | str,
    formats: Sequence[str] = ("pdf",),
    *,
    overwrite: bool = False,
    archive: Literal["", "facts", "case"] = "",
) -> list[Path]:
    """Write letters into a folder; none is written unless all could be made.

    Args:
        letters: The letters.
        folder: Where to; it is made if it is not there.
        formats: Some of `FORMATS`. The sheet of next steps, which is not for sending, becomes a
            PDF where the letters become e-mail drafts.
        overwrite: Replace files that are there.
        archive: Write a PDF to keep beside each letter, with the facts or with the whole case.

    Raises:
        InputError: There is no such format.
        MissingLibraryError: PDF is asked for and Pango is missing.
        OutputError: A file is there already, or cannot be written.

    """
    contents = {
        Path(folder, f"{letter.stem}.{format_}"): letter.content(format_)
        for letter in letters
        for format_ in dict.fromkeys(formats if letter.found else map(_kept, formats))
    }
    contents |= {
        Path(folder, f"{letter.stem}{ANNEXES}"): letter.bundle.content
        for letter in letters
        if letter.bundle
    }
    if archive:
        contents |= {
            Path(folder, f"{letter.stem}-archive.pdf"): letter.archive(identity=archive == "case")
            for letter in letters
            if not letter.beside
        }
    there = [path for path in contents if path.exists()]
    if there and not overwrite:
        raise OutputError(
            *(Problem(str(path), "is there already", "use --force to replace it") for path in there)
        )
    for path, content in contents.items():
        write_private(path, content, overwrite=overwrite)
    return list(contents)


def _kept(format_: str) -> str:
    """Return the format of what is kept where others are sent."""
    return "pdf" if format_ == "eml" else format_
