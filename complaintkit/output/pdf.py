"""PDF/UA-1, to keep also PDF/A-3a, by WeasyPrint, from the package's own files alone.

This is the only module that imports WeasyPrint. What it needs from the machine is Pango; what it
keeps between letters is built on first use, never before a fork.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import logging
import os
import re
import sys
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from complaintkit.errors import MissingLibraryError, OutputError, Problem
from complaintkit.files import data_dir
from complaintkit.output import scripts

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

SCHEME = "complaintkit:"
INSTALL = (
    "install it with: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "(macOS: brew install pango); until then use --format docx, txt or html"
)
MISSING = ".notdef"
UA_MARK = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""
"""The mark of PDF/UA-1 in the metadata, with the description that PDF/A asks for."""


class Attached(NamedTuple):
    """A file inside a PDF; ``relationship`` is one of ISO 32000-2, 7.11.3, such as Data."""

    name: str
    content: bytes
    description: str
    relationship: str


class Archive(NamedTuple):
    """What makes a PDF one to keep: the day of its files, and the files."""

    day: dt.date
    files: tuple[Attached, ...]


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    """Import WeasyPrint, which needs Pango.

    Raises:
        MissingLibraryError: Pango is not on this machine.

    """
    if sys.platform == "darwin":
        # Where Homebrew puts libraries; other Pythons do not look there (Kozea/WeasyPrint#1448).
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib")
    try:
        # Without Pango the import prints an advertisement on standard output before it fails.
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint  # noqa: PLC0415 - slow, and needs Pango
    except OSError:
        raise MissingLibraryError(
            Problem("PDF output", "the library Pango is missing on this machine", INSTALL)
        ) from None
    return weasyprint


@lru_cache(maxsize=1)
def _engine() -> tuple[Any, Any, Any]:
    """Return what all letters of a process share: fetcher, fonts and style sheet."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import (  # noqa: PLC0415
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class PackageFetcher(URLFetcher):  # type: ignore[misc]
        """Opens files of the package's templates and given pictures, wherever the URL came from."""

        def __init__(self, pictures: Mapping[str, bytes] | None = None) -> None:
            super().__init__()
            self.pictures = pictures or {}

        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002
            if url in self.pictures:
                return URLFetcherResponse(url, self.pictures[url])
            name = url.removeprefix(SCHEME)
            if not url.startswith(SCHEME) or not re.fullmatch(r"[\w/-]+\.(ttf|css)", name):
                message = f"not a file of complaintkit: {url[:80]}"
                raise FatalURLFetchingError(message)
            return URLFetcherResponse(url, data_dir("templates").joinpath(name).read_bytes())

    fetcher, fonts = PackageFetcher(), FontConfiguration()
    # Let go of the fonts before the interpreter takes the library away from under them.
    atexit.register(_engine.cache_clear)
    atexit.register(_sheet.cache_clear)
    sheet = weasyprint.CSS(
        string=data_dir("templates").joinpath("layout/letter.css").read_text(encoding="utf-8"),
        base_url=SCHEME,
        url_fetcher=fetcher,
        font_config=fonts,
    )
    return fetcher, fonts, sheet


class _Collector(logging.Handler):
    """Keeps what was logged."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)


@contextlib.contextmanager
def _no_complaints(texts: Iterable[tuple[str, str]] = ()) -> Iterator[None]:
    """Turn whatever WeasyPrint warns of into an error: a letter is right or it is not written."""
    handler = _Collector(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    messages = [record.getMessage() for record in handler.records]
    missing = [re.findall(r"\(U\+([0-9A-F]+)\)", text) for text in messages if MISSING in text]
    if signs := {chr(int(code, 16)) for codes in missing for code in codes}:
        raise OutputError(*scripts.unshown(sorted(signs), texts))
    for message in messages:
        if "harfbuzz" not in message.lower():
            raise OutputError(Problem("PDF output", f"the page could not be set: {message[:200]}"))


def bind(
    opening: Callable[[Sequence[int]], str],
    documents: Sequence[str],
    *,
    style: str,
    pictures: Mapping[str, bytes],
    variant: str = "pdf/ua-1",
) -> bytes:
    """Return several documents as one PDF, behind one that is told how long each of them is.

    Args:
        opening: Returns the first document from the numbers of pages of the others.
        documents: The others; each counts its own pages.
        style: A style sheet of ``templates/layout`` to use beside that of the letters.
        pictures: What the documents may show, by URL.
        variant: The standard that the file claims to follow; empty for none.

    Raises:
        MissingLibraryError: Pango is not on this machine.
        OutputError: As for `render`.

    """
    weasyprint = _weasyprint()
    fetcher, fonts, sheet = _engine()
    own, options = type(fetcher)(pictures), {"pdf_variant": variant or None, "pdf_tags": True}

    def laid_out(html: str) -> Any:
        document = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=own)
        return document.render(stylesheets=[sheet, extra], font_config=fonts, **options)

    with _no_complaints(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        extra = _sheet(style)
        others = [laid_out(html) for html in documents]
        first = laid_out(opening([len(other.pages) for other in others]))
        pages = [page for document in (first, *others) for page in document.pages]
        pdf: bytes = first.copy(pages).write_pdf(**options)
    return pdf


@lru_cache(maxsize=4)
def _sheet(name: str) -> Any:
    """Return a further style sheet of templates/layout, which uses the fonts of the letters."""
    fetcher, fonts, _ = _engine()
    text = data_dir("templates").joinpath("layout", name).read_text(encoding="utf-8")
    return _weasyprint().CSS(string=text, base_url=SCHEME, url_fetcher=fetcher, font_config=fonts)


def render(
    html: str,
    sheet: str = "",
    *,
    texts: Iterable[tuple[str, str]] = (),
    archive: Archive | None = None,
    finisher: Callable[[Any, Any], None] | None = None,
    **options: Any,
) -> bytes:
    """Return a document as PDF/UA-1; the same document gives the same bytes.

    Args:
        html: The document.
        sheet: A file of templates/layout that takes the place of ``letter.css``.
        options: Further options of WeasyPrint's ``write_pdf``.
        texts: What a person typed, each text after the name of its field, for error messages.
        archive: Make it PDF/A-3a as well, with these files inside.
        finisher: What else to do with the finished PDF, as WeasyPrint's ``write_pdf`` takes it.

    Raises:
        MissingLibraryError: Pango is not on this machine.
        OutputError: The document refers to something outside the package, or has a character
            that no font can show.

    """
    weasyprint = _weasyprint()
    fetcher, fonts, letters = _engine()
    style = _sheet(sheet) if sheet else letters
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    typed = tuple(texts)
    variant = _to_keep(archive) if archive else {"pdf_variant": "pdf/ua-1"}

    def finish(document: Any, pdf: Any) -> None:
        if any(font.png or font.svg or font.colr for font in document.fonts.values()):
            raise OutputError(scripts.pictures(typed))
        _mend_letters(pdf)
        if archive:
            _mark_ua(pdf)
        if finisher:
            finisher(document, pdf)

    try:
        with _no_complaints(typed), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
            pdf: bytes = document.write_pdf(
                stylesheets=[style], font_config=fonts, finisher=finish, **variant, **options
            )
    except FatalURLFetchingError as error:
        raise OutputError(Problem("PDF output", str(error))) from None
    return pdf


def _to_keep(archive: Archive) -> dict[str, Any]:
    """Return the options that make a PDF/A-3a with files inside, and PDF/UA-1 too."""
    import datetime as dt  # noqa: PLC0415 - for this output alone

    day = dt.datetime.combine(archive.day, dt.time())
    files = [
        _weasyprint().Attachment(
            file_obj=io.BytesIO(file.content), name=file.name, description=file.description,
            created=day, modified=day, relationship=file.relationship,
        )
        for file in archive.files
    ]  # fmt: skip
    return {"pdf_variant": "pdf/a-3a", "attachments": files}


def _mend_letters(pdf: Any) -> None:
    """Give the second sign of a syllable, as in Hindi, a meaning of its own: no room at all.

    WeasyPrint gives it none, which PDF/UA-1 forbids (ISO 14289-1, 7.21.7).
    """
    for item in pdf.objects:
        for number, line in enumerate(getattr(item, "stream", ())):
            if isinstance(line, bytes) and line.endswith(b"> <>"):
                item.stream[number] = line.replace(b"<>", b"<200b>")


def _mark_ua(pdf: Any) -> None:
    """Say in a PDF/A that it is PDF/UA-1 too: its metadata has room for one standard only."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", UA_MARK)]
    metadata.compress = False
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
    for item in pdf.objects:
        extra = getattr(item, "extra", {})
        if extra.get("Type") == "/EmbeddedFile" and "json" not in extra["Subtype"]:
            extra["Subtype"] = "/application#2ftoml"  # whatever this machine takes it for
        if getattr(item, "compress", False) and item.data.endswith(b"\r\nendstream"):
            # A checker would take the last byte for a part of the line end (ISO 19005-3, 6.1.7.1).
            item.compress = False
