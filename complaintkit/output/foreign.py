"""Pages of other people's PDF files: checked, stripped to what paints, and set into our own.

This is the only module that imports pypdf, which is pure Python and so needs nothing from the
machine. Of a foreign page nothing is taken over but its paint and what that paint uses; it is
drawn as a picture inside a page that WeasyPrint has made, and cannot paint outside of its frame.
"""

from __future__ import annotations

import contextlib
import io
import logging
import math
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from complaintkit.contents import RefusedError
from complaintkit.errors import OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_PAGES = 200
MAX_PAINT = 20_000_000
"""Bytes of what paints a page, once unpacked."""
MAX_NOTES = 2_000
"""Notes and form fields on a page."""
SIDES = (4, 20_000)
"""The least and the greatest side of a page, in points."""
LEFT_OUT = (
    "/AA", "/AF", "/Annots", "/EF", "/FDecodeParms", "/FFilter", "/JS", "/Metadata", "/Names",
    "/OC", "/OPI", "/OpenAction", "/Parent", "/Pg", "/PieceInfo", "/Ref", "/StructParent",
    "/StructParents", "/StructTreeRoot",
)  # fmt: skip
"""What may hang on an object that paints, and paints nothing itself."""
ACTIONS = {
    "/GoToE", "/GoToR", "/Hide", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition",
    "/ResetForm", "/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/URI",
    "/Action", "/EmbeddedFile", "/Filespec",
}  # fmt: skip
"""What runs, fetches or carries something, by its kind."""
HIDDEN = 0x02 | 0x20
"""The flags of a note that is not shown."""
PRINT = "open it and print it to a new PDF"
BOX = "[0 0 1 1]"


class Form(NamedTuple):
    """A foreign page as an object of ours that fills the unit square."""

    reference: Any
    width: float
    """As the page is shown, in points; the height alike."""
    height: float


def inspect(content: bytes) -> tuple[tuple[float, float], ...]:
    """Return the sizes of all pages of a PDF, each of which can be set.

    Raises:
        RefusedError: It is locked, broken, too long, or shows what cannot be set as it is.

    """
    from pypdf import PdfWriter  # noqa: PLC0415 - slow to import

    try:
        with _quiet():
            reader = _opened(content)
            if len(reader.pages) > MAX_PAGES:
                raise RefusedError(f"has more than {MAX_PAGES} pages", "keep those that matter")
            writer = PdfWriter()
            forms = [_form(page, writer) for page in reader.pages]
            if not forms:
                raise RefusedError("is a PDF without pages", "is it the right file?")
            _check_stripped(writer)
            writer.write(io.BytesIO())
    except RefusedError:
        raise
    except Exception:  # a reader fed with hostile bytes may fail in any way, RecursionError too
        raise RefusedError("is a broken PDF", PRINT) from None
    return tuple((form.width, form.height) for form in forms)


def place(base: bytes, sheets: Mapping[int, tuple[bytes, int]]) -> bytes:
    """Return a PDF with pages of other PDFs in the place of its placeholders.

    Args:
        base: The PDF. A placeholder is a picture one pixel high; its width is its number.
        sheets: For each number the other PDF, and which of its pages, from 0.

    Raises:
        OutputError: A placeholder is missing, or something dangerous is left.

    """
    try:
        return _placed(base, sheets)
    except RefusedError as refused:
        raise OutputError(Problem("annexes", f"a PDF {refused.what}", refused.mend)) from None


def _placed(base: bytes, sheets: Mapping[int, tuple[bytes, int]]) -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415
    from pypdf.generic import NameObject  # noqa: PLC0415

    with _quiet():
        reader = PdfReader(io.BytesIO(base))
        writer = PdfWriter(clone_from=reader)
        writer.pdf_header = reader.pdf_header
        sources = {id(content): _opened(content) for content, _ in sheets.values()}
        placed = 0
        for drawn in _drawn(writer):
            for name, item in drawn.items():
                picture = item.get_object()
                number = picture.get("/Width")
                if picture.get("/Height") == 1 and number in sheets:
                    content, page = sheets[number]
                    form = _form(sources[id(content)].pages[page], writer)
                    drawn[NameObject(name)] = form.reference
                    placed += 1
        if placed != len(sheets):
            raise OutputError(Problem("annexes", "a page of a PDF could not be set", PRINT))
        _check_stripped(writer)
        _show_title(writer)
        target = io.BytesIO()
        writer.write(target)
    return target.getvalue()


def _drawn(writer: Any) -> Iterator[Any]:
    """Yield each table of pictures once."""
    seen: set[int] = set()
    for page in writer.pages:
        table = page["/Resources"].get("/XObject")
        table = table.get_object() if table is not None else None
        if table is not None and id(table) not in seen:
            seen.add(id(table))
            yield table


def _show_title(writer: Any) -> None:
    from pypdf.generic import BooleanObject, NameObject  # noqa: PLC0415

    view = writer.create_viewer_preferences()
    view[NameObject("/DisplayDocTitle")] = BooleanObject(value=True)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what pypdf says about broken files off the terminal: it quotes from them."""
    logger, nowhere = logging.getLogger("pypdf"), logging.NullHandler()
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(nowhere)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.removeHandler(nowhere)
        logger.propagate = propagate


def _opened(content: bytes) -> Any:
    """Open a PDF that anybody may open and that shows all it has."""
    from pypdf import PdfReader  # noqa: PLC0415

    reader: Any = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        mend = "open it with its password and print it to a new PDF without one"
        raise RefusedError("is a PDF protected by a password", mend)
    root = reader.trailer["/Root"]
    if root.get("/NeedsRendering"):
        raise RefusedError("is a form that only Adobe's reader shows", PRINT)
    if "/Collection" in root:
        raise RefusedError("is a PDF folder of other files", "take the files out, one exhibit each")
    layers = root.get("/OCProperties", {}).get("/D", {})
    if layers.get("/OFF") or layers.get("/BaseState", "/ON") != "/ON":
        raise RefusedError("has hidden layers, which others could make visible", PRINT)
    return reader


def _form(page: Any, writer: Any) -> Form:
    """Return a page as an object that fills the unit square: its paint, then its notes."""
    left, bottom, right, top = _box(page)
    paint = _paint(page, writer, (left, bottom, right, top))
    steps: list[tuple[str, Any, tuple[float, ...]]] = [
        ("Page", paint, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0))
    ]
    for number, (look, matrix) in enumerate(_notes(page)):
        steps.append((f"Note{number}", _copy(look, writer), matrix))
    width, height = right - left, top - bottom
    turned = _turned(page.rotation % 360, left, bottom, right, top)
    lines = [f"{_numbers(turned)} cm"]
    lines += [f"q {_numbers(matrix)} cm /{name} Do Q" for name, _, matrix in steps]
    drawn = {name: reference for name, reference, _ in steps}
    unit = float(page.user_unit or 1)
    shown = (height, width) if page.rotation % 180 else (width, height)
    whole = _object("\n".join(lines).encode(), writer, BOX, {"/XObject": drawn})
    return Form(whole, shown[0] * unit, shown[1] * unit)


def _box(page: Any) -> tuple[float, float, float, float]:
    """Return the part of a page that is shown: left, bottom, right and top."""
    media, crop = page.mediabox, page.cropbox
    left, bottom = max(media.left, crop.left), max(media.bottom, crop.bottom)
    right, top = min(media.right, crop.right), min(media.top, crop.top)
    box = (float(left), float(bottom), float(right), float(top))
    sides = (box[2] - box[0], box[3] - box[1])
    if not all(map(math.isfinite, box)) or not all(SIDES[0] <= s <= SIDES[1] for s in sides):
        raise RefusedError("has a page of an impossible size", PRINT)
    return box


def _turned(
    rotation: int, left: float, bottom: float, right: float, top: float
) -> tuple[float, ...]:
    """Return the matrix that turns a page as it is shown and fits it into the unit square."""
    width, height = right - left, top - bottom
    return {
        90: (0, -1 / width, 1 / height, 0, -bottom / height, right / width),
        180: (-1 / width, 0, 0, -1 / height, right / width, top / height),
        270: (0, 1 / width, -1 / height, 0, top / height, -left / width),
    }.get(rotation, (1 / width, 0, 0, 1 / height, -left / width, -bottom / height))


def _numbers(values: tuple[float, ...]) -> str:
    return " ".join(f"{value:.9f}".rstrip("0").rstrip(".") for value in values)


def _paint(page: Any, writer: Any, box: tuple[float, ...]) -> Any:
    """Return what paints a page, with the fonts and pictures it uses and nothing else."""
    from pypdf.generic import DictionaryObject  # noqa: PLC0415

    contents = page.get_contents()
    data = contents.get_data() if contents is not None else b""
    if len(data) > MAX_PAINT:
        raise RefusedError("has a page that is too large once unpacked", PRINT)
    resources = page.get_inherited("/Resources", DictionaryObject()).get_object()
    extra = {"/Resources": _copy(resources, writer)}
    if page.get("/Group") is not None:
        extra["/Group"] = _copy(page["/Group"], writer)
    return _object(data, writer, f"[{_numbers(box)}]", {}, extra)


def _copy(item: Any, writer: Any) -> Any:
    """Add what an object paints to a PDF, once however often it is used."""
    made = item.clone(writer, ignore_fields=LEFT_OUT)
    reference = getattr(made, "indirect_reference", None)
    return reference or writer._add_object(made)  # noqa: SLF001 - what pypdf's own guide uses


def _object(
    data: bytes,
    writer: Any,
    box: str,
    resources: dict[str, Any],
    extra: dict[str, Any] | None = None,
) -> Any:
    """Add a form to a PDF: paint in a box that it cannot leave."""
    from pypdf.generic import (  # noqa: PLC0415
        ArrayObject,
        DecodedStreamObject,
        DictionaryObject,
        FloatObject,
        NameObject,
    )

    stream = DecodedStreamObject()
    stream.set_data(data)
    form = stream.flate_encode()
    corners = box.strip("[]").split()
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(corner) for corner in corners)
    form[NameObject("/Resources")] = DictionaryObject(
        {
            NameObject(kind): DictionaryObject({NameObject(f"/{n}"): v for n, v in table.items()})
            for kind, table in resources.items()
        }
    )
    for key, value in (extra or {}).items():
        form[NameObject(key)] = value
    return writer._add_object(form)  # noqa: SLF001


def _notes(page: Any) -> Iterator[tuple[Any, tuple[float, ...]]]:
    """Yield the look of each note, stamp and filled-in field, and the matrix that puts it there."""
    listed = page.get("/Annots")
    listed = listed.get_object() if listed is not None else []
    if len(listed) > MAX_NOTES:
        raise RefusedError("has too many notes or fields on a page", PRINT)
    for note in (item.get_object() for item in listed):
        if int(note.get("/F", 0)) & HIDDEN or note.get("/Subtype") in ("/Popup", "/Link"):
            continue
        look = note.get("/AP", {}).get("/N")
        look = look.get_object() if look is not None else None
        if look is not None and not hasattr(look, "get_data"):
            look = look.get(note.get("/AS", "/Off"))
            look = look.get_object() if look is not None else None
        elif look is None and _filled(note):
            raise RefusedError("has filled-in fields that only some readers show", PRINT)
        matrix = _put(note, look) if look is not None else None
        if matrix:
            yield look, matrix


def _filled(note: Any) -> bool:
    """Return whether a field holds text that is not drawn anywhere."""
    parent = note.get("/Parent", {})
    kind = note.get("/FT") or parent.get("/FT")
    value = note.get("/V") or parent.get("/V")
    return kind in ("/Tx", "/Ch") and bool(str(value or "").strip())


def _put(note: Any, look: Any) -> tuple[float, ...] | None:
    """Return the matrix that fits the look of a note to its place (ISO 32000-1, 12.5.5)."""
    rect, box = ([float(v) for v in table] for table in (note["/Rect"], look["/BBox"]))
    a, b, c, d, e, f = (float(value) for value in look.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    wide, high = max(across) - min(across), max(up) - min(up)
    if not wide or not high:
        return None
    scale_x, scale_y = abs(rect[2] - rect[0]) / wide, abs(rect[3] - rect[1]) / high
    left, bottom = min(rect[0], rect[2]), min(rect[1], rect[3])
    return (scale_x, 0, 0, scale_y, left - min(across) * scale_x, bottom - min(up) * scale_y)


def _check_stripped(writer: Any) -> None:
    """Refuse what could run, fetch or carry something; and cut streams off from outside files.

    Nothing of the kind should be left at this point: this is the lock behind the door.
    """
    for item in writer._objects:  # noqa: SLF001 - there is no public way to all objects
        for table in _tables(item) if isinstance(item, dict | list) else ():
            if hasattr(table, "get_data") and "/F" in table:
                del table["/F"]
            kinds = {str(table.raw_get(key)) for key in ("/S", "/Type") if key in table}
            if kinds & ACTIONS or {"/JS", "/EF", "/AA"} & set(table):
                raise RefusedError(
                    "has programs or files inside that could not be taken out", PRINT
                )


def _tables(item: Any, depth: int = 0) -> Iterator[Any]:
    """Yield a dictionary and all that lie in it directly."""
    if depth > 50:
        raise RefusedError("is a broken PDF", PRINT)
    if isinstance(item, dict):
        yield item
    for value in item.values() if isinstance(item, dict) else item:
        if isinstance(value, dict | list):
            yield from _tables(value, depth + 1)
