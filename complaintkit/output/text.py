"""Plain text of a letter, for reading in a terminal and for e-mail bodies."""

from __future__ import annotations

import textwrap
from html.parser import HTMLParser

WIDTH = 72
BLOCKS = {"p", "h1", "h2", "h3", "li", "div", "address", "section", "header", "table", "ul", "ol"}
HIDDEN = {"head", "style", "title"}


class _Reader(HTMLParser):
    """Collects the blocks of a letter in reading order."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        self.words = ""
        self.lists: list[int | None] = []
        self.mark = ""
        self.cells: list[str] = []
        self.hidden = 0

    def flush(self, kind: str = "") -> None:
        text = "\n".join(" ".join(line.split()) for line in self.words.split("\f")).strip()
        self.words = ""
        if text:
            self.blocks.append((kind + self.mark, text))
            self.mark = " " * len(self.mark)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
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
        number = self.lists[-1] if self.lists else None
        if number is None:
            return "- "
        self.lists[-1] = number + 1
        return f"{number + 1}. "

    def handle_endtag(self, tag: str) -> None:
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
            self.blocks.append(("", ": ".join(cell for cell in self.cells if cell)))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.words += data


def render(html: str) -> str:
    """Return the text of a letter at 72 columns; headings are underlined."""
    reader = _Reader()
    reader.feed(html)
    reader.flush()
    parts = [_block(kind, text) for kind, text in reader.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(kind: str, text: str) -> str:
    if kind[:2] in ("h1", "h2", "h3"):
        lines = textwrap.wrap(text, WIDTH)
        return "\n".join([*lines, ("=" if kind[:2] == "h1" else "-") * max(map(len, lines))])
    paragraphs = [
        textwrap.fill(line, WIDTH, initial_indent=kind, subsequent_indent=" " * len(kind))
        for line in text.split("\n")
    ]
    return "\n".join(paragraphs)
