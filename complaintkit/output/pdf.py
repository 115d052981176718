"""PDF/UA-1 by WeasyPrint, from the package's own files alone.

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
from typing import TYPE_CHECKING, Any

from complaintkit.errors import MissingLibraryError, OutputError, Problem
from complaintkit.files import data_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

SCHEME = "complaintkit:"
INSTALL = (
    "install it with: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 "
    "(macOS: brew install pango); until then use --format txt or html"
)


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
def _no_complaints() -> Iterator[None]:
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
    for record in handler.records:
        message = record.getMessage()
        if "harfbuzz" in message.lower():
            continue
        if ".notdef" in message:
            raise OutputError(
                Problem(
                    "PDF output",
                    "the text has a letter or sign that no font on this machine can show",
                    "install a font for it, such as fonts-noto-core or fonts-noto-cjk",
                )
            )
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
    text = data_dir("templates").joinpath("layout", style).read_text(encoding="utf-8")

    def laid_out(html: str) -> Any:
        document = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=own)
        return document.render(stylesheets=[sheet, extra], font_config=fonts, **options)

    with _no_complaints(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        extra = weasyprint.CSS(string=text, base_url=SCHEME, url_fetcher=own, font_config=fonts)
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


def render(html: str, sheet: str = "", **options: Any) -> bytes:
    """Return a document as PDF/UA-1; the same document gives the same bytes.

    Args:
        html: The document.
        sheet: A file of templates/layout that takes the place of ``letter.css``.
        options: Further options of WeasyPrint's ``write_pdf``.

    Raises:
        MissingLibraryError: Pango is not on this machine.
        OutputError: The document refers to something outside the package, or has a character
            that no font can show.

    """
    weasyprint = _weasyprint()
    fetcher, fonts, letters = _engine()
    style = _sheet(sheet) if sheet else letters
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415

    try:
        with _no_complaints(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = weasyprint.HTML(string=html, base_url=SCHEME, url_fetcher=fetcher)
            pdf: bytes = document.write_pdf(
                stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", **options
            )
    except FatalURLFetchingError as error:
        raise OutputError(Problem("PDF output", str(error))) from None
    return pdf
