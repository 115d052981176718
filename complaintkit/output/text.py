"""Plain text of a letter, for reading in a terminal and for e-mail bodies."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from complaintkit.output.tree import Element, groups, plain, read

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 72
RULES = {"h1": "=", "h2": "-"}
TIGHT = ("li", "row")
"""Blocks that follow their like without an empty line."""
UNSEEN = frozenset({"thead"})


class Block(NamedTuple):
    """A paragraph, heading, item or table row."""

    kind: str
    mark: str
    text: str


def render(html: str) -> str:
    """Return the text of a letter at 72 columns; headings are underlined.

    A word or an address that is longer than a line stays in one piece.
    """
    lines: list[str] = []
    before = ""
    for block in _blocks(read(html)):
        if lines and not (block.kind in TIGHT and block.kind == before):
            lines.append("")
        lines += _lines(block)
        before = block.kind
    return "\n".join(lines) + "\n"


def _blocks(element: Element, indent: str = "") -> Iterator[Block]:
    """Yield what an element holds, in reading order."""
    for item in groups(element):
        if not isinstance(item, Element):
            text = plain(item, keep="quote" in element.classes)
            kind = element.tag if element.tag in ("h1", "h2", "h3") else "p"
            if text:
                yield Block("li" if indent else kind, indent, text)
        elif item.tag in ("ul", "ol"):
            yield from _list(item, indent)
        elif item.tag == "tr":
            yield from _row(item)
        elif item.tag not in UNSEEN:
            yield from _blocks(item, indent)


def _list(element: Element, indent: str) -> Iterator[Block]:
    """Yield the items of a list, the first line of each with its number or dash."""
    items = [item for item in element.elements if item.tag == "li"]
    for number, item in enumerate(items, 1):
        mark = indent + (f"{number}. " if element.tag == "ol" else "- ")
        for block in _blocks(item, " " * len(mark)):
            yield block._replace(mark=mark + block.mark[len(mark) :])
            mark = " " * len(mark)


def _row(element: Element) -> Iterator[Block]:
    """Yield a row of a table: its label, what it says, and notes in brackets."""
    cells = [plain(cell.children).replace("\n", " ") for cell in element.elements]
    label, *rest = [cell for cell in cells if cell] or [""]
    notes = "".join(f" [{note}]" for note in rest[1:])
    if label:
        yield Block("row", "", f"{label}: {''.join(rest[:1])}{notes}")


def _lines(block: Block) -> list[str]:
    """Return a block as lines of text."""
    indent = "  " if block.kind == "row" else " " * len(block.mark)
    lines: list[str] = []
    for paragraph in block.text.split("\n"):
        lines += textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=indent if lines else block.mark,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    if block.kind in RULES:
        lines.append(RULES[block.kind] * min(WIDTH, max(map(len, lines))))
    return lines
