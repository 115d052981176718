"""A form as PDF with fields that programs can fill, and the values of a filled one."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from complaintkit.errors import CaseError, OutputError, Problem
from complaintkit.output import pdf

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "form.css"
MARKS = "form"
"""The fields whose names begin so are the program's own; nobody but ``form.date`` is to fill."""
OPEN_MARKS = ("form.date",)
READ_ONLY = 1
NO_TEXT = (b" <0000>", b" <feff>", b" <fffe>")
MAX_BYTES = 20_000_000
MAX_FIELDS = 500
SAVE = "save the filled form as PDF in the program in which you filled it in"


def render(html: str) -> bytes:
    """Return a form as PDF/UA-1 on one page; the same form gives the same bytes.

    Raises:
        MissingLibraryError: Pango is not on this machine.
        OutputError: It does not go on one page, or no font has one of its signs.

    """
    return pdf.render(html, SHEET, pdf_forms=True, finisher=_finish)


def _finish(document: Any, file: Any) -> None:
    """Make of WeasyPrint's flat fields the tree that their dotted names stand for."""
    if len(document.pages) != 1:
        what = "the form does not go on one page"
        raise OutputError(Problem("PDF output", what, "shorten names and addresses in the case"))
    form = file.catalog.get("AcroForm")
    if form is None:
        return
    import pydyf  # noqa: PLC0415 - comes with WeasyPrint, and is slow to import

    nodes: dict[str, Any] = {}
    roots = pydyf.Array()
    for reference in form["Fields"]:
        field = file.objects[int(reference.split()[0])]
        name = _text(field["T"])
        if name.split(".")[0] == MARKS and name not in OPEN_MARKS:
            field["Ff"] = READ_ONLY
        _place(file, roots, nodes, name, field)
    form["Fields"] = roots
    for item in file.objects:
        _clean(item)


def _clean(item: Any) -> None:
    """Take signs that are none out of the map from a whole font's glyphs to text.

    A font that fields are written in is embedded whole, and PDF/UA-1 (7.21.7) forbids to map a
    glyph to U+0000, U+FEFF or U+FFFE.
    """
    parts = getattr(item, "stream", None)
    if not isinstance(parts, list) or not parts or not _is_map(parts[0]):
        return
    cleaned: list[Any] = []
    for part in parts:
        if part == b"endbfchar":
            start = max(i for i, line in enumerate(cleaned) if line.endswith(b" beginbfchar"))
            cleaned[start] = b"%d beginbfchar" % (len(cleaned) - start - 1)
        if not (isinstance(part, bytes) and part.endswith(NO_TEXT)):
            cleaned.append(part)
    item.stream = cleaned


def _is_map(part: object) -> bool:
    return isinstance(part, bytes) and part.startswith(b"/CIDInit")


def _place(file: Any, roots: Any, nodes: dict[str, Any], name: str, field: Any) -> None:
    """Hang a field into the tree, with the nodes above it."""
    import pydyf  # noqa: PLC0415

    above, _, last = name.rpartition(".")
    field["T"] = pydyf.String(last)
    if not above:
        roots.append(field.reference)
        return
    if above not in nodes:
        nodes[above] = pydyf.Dictionary({"Kids": pydyf.Array()})
        file.add_object(nodes[above])
        _place(file, roots, nodes, above, nodes[above])
    field["Parent"] = nodes[above].reference
    nodes[above]["Kids"].append(field.reference)


def _text(string: Any) -> str:
    return string.string if isinstance(string.string, str) else string.string.decode()


def values(path: Path) -> dict[str, str]:
    """Return the values of the fields of a filled form, by their dotted names.

    Raises:
        CaseError: The file cannot be read, is no PDF, is encrypted, is an XFA form, is too large,
            or has no fields.

    """
    where = path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CaseError(Problem(where, "is larger than 20 MB", "is it the form?"))
        content = path.read_bytes()
    except OSError as error:
        raise CaseError(Problem(where, f"cannot be read: {error.strerror}")) from None
    if b"%PDF-" not in content[:1024]:
        raise CaseError(Problem(where, "is not a PDF", SAVE))
    return values_of(content, where)


def values_of(content: bytes, where: str = "form") -> dict[str, str]:
    """Return the values of the fields of a filled form, by their dotted names.

    Raises:
        CaseError: As for `values`.

    """
    logger = logging.getLogger("pypdf")
    disabled, logger.disabled = logger.disabled, True
    try:
        return _values(content, where)
    except CaseError:
        raise
    except Exception:  # a damaged PDF makes pypdf fail in every way there is
        raise CaseError(Problem(where, "is damaged, or not a PDF", SAVE)) from None
    finally:
        logger.disabled = disabled


def _values(content: bytes, where: str) -> dict[str, str]:
    from pypdf import PdfReader  # noqa: PLC0415 - slow to import

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        mend = "save it without a password, and without a signature that locks it"
        raise CaseError(Problem(where, "is encrypted", mend))
    root: Any = reader.trailer["/Root"].get_object()
    form = root.get("/AcroForm", {})
    form = form.get_object() if form else {}
    if "/XFA" in form:
        what = "is a form of another kind (XFA)"
        raise CaseError(Problem(where, what, "fill in the form as complaintkit made it"))
    fields = reader.get_fields() if form.get("/Fields") else None
    if not fields:
        what = "has no fields to read; perhaps it was printed, and not saved"
        raise CaseError(Problem(where, what, SAVE))
    if len(fields) > MAX_FIELDS:
        raise CaseError(Problem(where, "has more fields than any form of complaintkit"))
    return {name: _plain(field.get("/V")) for name, field in fields.items() if field.get("/FT")}


def _plain(value: Any) -> str:
    """Return the value of a field as text; a rich text or a list is no value of ours."""
    value = value.get_object() if value is not None else ""
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value if isinstance(value, str) else repr(value)[:200]
