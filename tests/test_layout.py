"""Where things stand on the page: the address in the window, everything inside the margins."""

from __future__ import annotations

import datetime as dt
import io
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from pypdf import PdfReader

from complaintkit import assess, draft
from complaintkit.facts import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from pypdf import PageObject

    from complaintkit.letters import Letter

ON = dt.date(2026, 11, 24)
CASES = sorted(path.stem for path in (Path(__file__).parent / "cases").glob("*.toml"))
MM = 72 / 25.4

WINDOWS = {
    "DE": (20, 45, 105, 90),  # DIN 5008 form B, address field of 85 x 45 mm
    "CH": (115, 45, 205, 88),  # C5/6 with the right window of SN 010130
    "FR": (110, 55, 195, 88),  # 85 x 33 mm, 110 mm from the left and 55 mm from the top
    "GB": (20, 57, 100, 81),  # DL: what of the window 35 x 90 mm shows wherever the sheet lies
    "US": (22, 51, 136, 81),  # No. 10 with the left window, in millimetres
}
"""Left, top, right and bottom of the window on the sheet, in millimetres."""


class Piece(NamedTuple):
    """Some text, and where it begins: from the left and from the top, in millimetres."""

    text: str
    left: float
    top: float


def pieces(page: PageObject) -> list[Piece]:
    """Return the text of a page with its places."""
    found: list[Piece] = []
    height = float(page.mediabox.height)

    def visit(text: str, cm: list[float], tm: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            left = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            up = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.append(Piece(text.strip(), left / MM, (height - up) / MM))

    page.extract_text(visitor_text=visit)
    return found


def addressed(case: Case, country: str, lines: int) -> Letter:
    """Return a letter to a controller in a country, whose address has some lines."""
    controller = case.controller.model_copy(
        update={
            "name": "Window Test",
            "attention": "",
            "country": country,
            "address": tuple(f"Window line {n}" for n in range(lines)),
        }
    )
    person = case.person.model_copy(update={"country": country})
    return draft(
        assess(case.model_copy(update={"controller": controller, "person": person}), on=ON),
        language="en",
    )[0]


@pytest.mark.parametrize("country", sorted(WINDOWS))
@pytest.mark.parametrize("lines", [2, 5])
def test_the_address_stands_in_the_window(
    country: str, lines: int, case_file: Callable[[str], Path]
) -> None:
    """A folded letter shows the whole address and nothing else through its country's window."""
    letter = addressed(Case.load(case_file("de-meta-religion")), country, lines)
    left, top, right, bottom = WINDOWS[country]
    page = PdfReader(io.BytesIO(letter.pdf())).pages[0]
    found = pieces(page)

    shown = [p for p in found if left <= p.left <= right and top <= p.top <= bottom]
    assert [p.text for p in shown if "Window" not in p.text] == []
    assert sum("Window" in p.text for p in shown) == lines + 1


@pytest.mark.parametrize("name", CASES)
def test_nothing_stands_outside_the_margins(name: str, case_file: Callable[[str], Path]) -> None:
    """No text begins outside of the page's margins, on any page of any letter."""
    for letter in draft(assess(Case.load(case_file(name)), on=ON), language="en"):
        for page in PdfReader(io.BytesIO(letter.pdf())).pages:
            width, height = float(page.mediabox.width) / MM, float(page.mediabox.height) / MM
            for piece in pieces(page):
                assert 15 < piece.left < width - 15, piece
                assert 10 < piece.top < height - 8, piece


@pytest.mark.parametrize("name", CASES)
def test_headings_are_in_order(name: str, case_file: Callable[[str], Path]) -> None:
    """One heading of the first level, and none that skips a level."""
    import re  # noqa: PLC0415

    for letter in draft(assess(Case.load(case_file(name)), on=ON), language="en"):
        levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", letter.html)]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), levels
