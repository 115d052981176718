"""The annexes of a letter as one PDF: an index, then each annex, every page with its mark."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from complaintkit.contents import Pages, Picture, Writing
from complaintkit.errors import MissingLibraryError, OutputError, Problem
from complaintkit.i18n import mark, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from complaintkit.contents import Part
    from complaintkit.exhibits import Annex

PAPER = {"us": (215.9, 279.4)}
A4 = (210.0, 297.0)
SIDES, UPRIGHT = 30.5, 34.5
"""What the margins of a page take across and up, and a hair, in mm; as in layout/annexes.css."""
HEAD, CAPTION = 19.0, 8.5
"""The height of the line over an annex, and over an attachment, in mm."""
PIXEL, POINT = 25.4 / 96, 25.4 / 72
"""Millimetres."""
TALL, TALL_WIDTH, OVERLAP = 3.0, 100.0, 6.0
"""A picture more than so many times as high as wide goes over several pages, so wide; each page
repeats so much of the one before. The last two in mm."""
TITLE = 150
"""Characters of a title over its annex; the index has the whole."""
KINDS = {
    Pages: mark("PDF file"),
    Picture: mark("picture"),
    Writing: mark("text"),
}
MAIL = mark("e-mail")


class Sheet(NamedTuple):
    """One page with a picture or with a page of a PDF; sizes in mm."""

    src: str
    turned: bool
    """Whether the page lies on its side."""
    width: float
    height: float
    shown: float
    """The height that is shown of it on this page."""
    above: float
    """The height of it that was shown on pages before."""
    number: int
    among: int


class Drawn(NamedTuple):
    """A part of an annex as its template needs it."""

    kind: str
    writing: Writing | None
    sheets: tuple[Sheet, ...]
    name: str


@dataclass(frozen=True)
class Bundle:
    """All annexes of one letter, not yet a file."""

    annexes: tuple[Annex, ...]
    title: str
    """The title of the letter."""
    sender: str
    recipient: str
    date: str
    """The day of the letter in words."""
    layout: str
    """The paper: ``us`` for US Letter, else A4."""
    language: str
    territory: str = ""
    reference: str = ""
    """A reference of the letter, if it has one: it stands on every page instead of the title."""

    @cached_property
    def content(self) -> bytes:
        """The PDF; the same annexes give the same bytes.

        Raises:
            MissingLibraryError: Pango is not on this machine.
            OutputError: A text has a sign that no font can show.

        """
        try:
            return _render(self)
        except MissingLibraryError as error:
            found = error.problems[0]
            mend = f"{found.mend.partition(';')[0]}; or take 'file' out of the evidence"
            raise MissingLibraryError(Problem("annexes", found.what, mend)) from None
        except OutputError:
            # Little pictures in an e-mail need not be in any font: say them in words.
            return self._spelt()

    def _spelt(self) -> bytes:
        try:
            return _render(replace(self, annexes=tuple(map(_spelt, self.annexes))))
        except OutputError as error:
            found = error.problems[0]
            raise OutputError(Problem("annexes", found.what, found.mend)) from None


def _render(bundle: Bundle) -> bytes:
    from complaintkit.output import foreign, pdf  # noqa: PLC0415 - slow to import
    from complaintkit.rendering import render  # noqa: PLC0415 - it makes bundles

    said = words(bundle.language, bundle.territory)
    press = _Press(PAPER.get(bundle.layout, A4))
    drawn = [(annex, press.draw(annex)) for annex in bundle.annexes]
    documents = [
        render(
            said,
            "annexes/annex.html.j2",
            bundle=bundle,
            annex=annex,
            title=_short(annex.title),
            parts=parts,
            said=said,
        )
        for annex, parts in drawn
    ]

    def index(counts: Sequence[int]) -> str:
        rows = list(zip(bundle.annexes, counts, strict=True))
        return render(said, "annexes/index.html.j2", bundle=bundle, rows=rows, said=said)

    base = pdf.bind(
        index,
        documents,
        style="annexes.css",
        pictures=press.pictures,
        variant="" if press.foreign else "pdf/ua-1",
    )
    return foreign.place(base, press.foreign) if press.foreign else base


class _Press:
    """Numbers pictures and pages, and fits them into the frame."""

    def __init__(self, paper: tuple[float, float]) -> None:
        self.paper = paper
        self.pictures: dict[str, bytes] = {}
        self.foreign: dict[int, tuple[bytes, int]] = {}

    def draw(self, annex: Annex) -> tuple[Drawn, ...]:
        """Return the parts of an annex as its template needs them."""
        return tuple(
            self._part(part, CAPTION if number else HEAD) for number, part in enumerate(annex.parts)
        )

    def _part(self, part: Part, head: float) -> Drawn:
        if isinstance(part, Writing):
            return Drawn(MAIL if part.headers else KINDS[Writing], part, (), "")
        sheets = self._pages(part, head) if isinstance(part, Pages) else self._picture(part, head)
        return Drawn(KINDS[type(part)], None, tuple(sheets), part.name)

    def _frame(self, head: float, *, turned: bool) -> tuple[float, float]:
        """Return width and height of what a page has room for, in mm."""
        width, height = reversed(self.paper) if turned else self.paper
        return width - SIDES, height - UPRIGHT - head

    def _pages(self, part: Pages, head: float) -> Iterator[Sheet]:
        count = len(part.sizes)
        for page, (points_wide, points_high) in enumerate(part.sizes):
            number = len(self.pictures) + 1
            src = f"annex:{number}"
            self.pictures[src] = _placeholder(number)
            self.foreign[number] = (part.content, page)
            turned = points_wide > points_high * 1.05
            room = self._frame(0 if page else head, turned=turned)
            wide, high = points_wide * POINT, points_high * POINT
            scale = min(1, room[0] / wide, room[1] / high)
            fitted = (wide * scale, high * scale)
            yield Sheet(src, turned, *fitted, fitted[1], 0, page + 1, count)

    def _picture(self, part: Picture, head: float) -> Iterator[Sheet]:
        src = f"annex:{len(self.pictures) + 1}"
        self.pictures[src] = part.content
        wide, high = part.width * PIXEL, part.height * PIXEL
        turned = wide > high * 1.2
        room = self._frame(head, turned=turned)
        if high > wide * TALL and high > room[1]:
            width = min(wide, TALL_WIDTH, room[0])
            yield from self._slices(src, width, width * high / wide, head)
            return
        scale = min(1, room[0] / wide, room[1] / high)
        yield Sheet(src, turned, wide * scale, high * scale, high * scale, 0, 1, 1)

    def _slices(self, src: str, width: float, height: float, head: float) -> Iterator[Sheet]:
        """Return a long picture over several pages."""
        turned, starts, at = False, [0.0], 0.0
        room, whole = (self._frame(over, turned=turned)[1] for over in (head, 0))
        while at + room < height:
            at, room = at + room - OVERLAP, whole
            starts.append(at)
        for number, above in enumerate(starts, 1):
            room = self._frame(0 if above else head, turned=turned)[1]
            shown = min(room, height - above)
            yield Sheet(src, turned, width, height, shown, above, number, len(starts))


def _placeholder(number: int) -> bytes:
    """Return a picture one pixel high, as wide as its number, to be exchanged for a page."""
    from PIL import Image  # noqa: PLC0415 - slow to import

    target = io.BytesIO()
    Image.new("L", (number, 1), 255).save(target, format="PNG")
    return target.getvalue()


def _short(title: str) -> str:
    return title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…"


def _spelt(annex: Annex) -> Annex:
    """Return an annex in which little pictures and symbols are told by their names."""
    return replace(
        annex,
        parts=tuple(
            replace(part, text=_named(part.text), headers=_named_headers(part))
            if isinstance(part, Writing)
            else part
            for part in annex.parts
        ),
    )


def _named_headers(part: Writing) -> tuple[tuple[str, str], ...]:
    return tuple((name, _named(value)) for name, value in part.headers)


def _named(text: str) -> str:
    return "".join(map(_name, text))


def _name(sign: str) -> str:
    """Return a symbol as its name in brackets, and nothing for what only joins symbols."""
    kind = unicodedata.category(sign)
    if sign in "\u200d\ufe0e\ufe0f":
        return ""
    if kind in ("So", "Sk", "Co", "Cn") and ord(sign) > 0xFF:
        return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"
    return sign
