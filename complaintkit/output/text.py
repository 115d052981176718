"""Plain text of a letter, for reading in a terminal and for e-mail bodies."""

from __future__ import annotations

import textwrap
from html.parser import HTMLParser
from typing import NamedTuple

WIDTH = 72
BLOCKS = {"p", "h1", "h2", "h3", "li", "div", "address", "section", "header", "table", "ul", "ol"}
HIDDEN = {"head", "style", "title", "thead"}
RULES = {"h1": "=", "h2": "-"}
TIGHT = ("li", "row")
"""Blocks that follow their like without an empty line."""


class Block(NamedTuple):
    """A paragraph, heading, item or table row."""

    kind: str
    mark: str
    text: str


class _Reader(HTMLParser):
    """Collects the blocks of a letter in reading order."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.words = ""
        self.lists: list[int | None] = []
        self.mark = ""
        self.cells: list[str] = []
        self.hidden = 0

    def flush(self, kind: str = "p") -> None:
        """End a block."""
        text = "\n".join(" ".join(line.split()) for line in self.words.split("\f")).strip()
        self.words = ""
        if text:
            self.blocks.append(Block("li" if self.mark else kind, self.mark, text))
            self.mark = " " * len(self.mark)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a list or a row."""
        if tag in HIDDEN or ("class", "running") in attrs:
            self.hidden += 1
        elif self.hidden:
            self.hidden += tag not in {"br", "meta", "link"}
        elif tag == "br":
            self.words += "\f"
        elif tag in BLOCKS:
            self.flush()
            if tag in ("ul", "ol"):
                self.lists.append(0 if tag == "ol" else None)
            elif tag == "li":
                self.mark = self.next_mark()
        elif tag == "tr":
            self.flush()
            self.cells = []

    def next_mark(self) -> str:
        """Return the number or dash of the next item."""
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
        """End a block, a list or a row."""
        if self.hidden:
            self.hidden -= 1
        elif tag in ("h1", "h2", "h3"):
            self.flush(tag)
        elif tag in BLOCKS:
            self.flush()
            if tag in ("ul", "ol"):
                self.lists.pop()
            if tag in ("li", "ul", "ol"):
                self.mark = ""
        elif tag in ("td", "th"):
            self.cells.append(" ".join(self.words.split()))
            self.words = ""
        elif tag == "tr":
            label, *rest = [cell for cell in self.cells if cell]
            notes = "".join(f" [{note}]" for note in rest[1:])
            self.blocks.append(Block("row", "", f"{label}: {''.join(rest[:1])}{notes}"))

    def handle_data(self, data: str) -> None:
        """Gather words."""
        if not self.hidden:
            self.words += data


def render(html: str) -> str:
    """Return the text of a letter at 72 columns; headings are underlined."""
    reader = _Reader()
    reader.feed(html)
    reader.flush()
    lines: list[str] = []
    before = ""
    for block in reader.blocks:
        if lines and not (block.kind in TIGHT and block.kind == before):
            lines.append("")
        lines += _lines(block)
        before = block.kind
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> list[str]:
    """Return a block as lines of text."""
    indent = "  " if block.kind == "row" else " " * len(block.mark)
    lines = [
        line
        for number, paragraph in enumerate(block.text.split("\n"))
        for line in textwrap.wrap(
            paragraph,
            WIDTH,
            initial_indent=indent if number else block.mark,
            subsequent_indent=indent,
        )
    ]
    if block.kind in RULES:
        lines.append(RULES[block.kind] * max(map(len, lines)))
    return lines
