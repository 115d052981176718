"""Reads the texts of a case, as the templates say them, into sentences that can be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from complaintkit.sentences import split
from complaintkit.shorten import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

LINES = {"p", "li", "div", "ul", "ol", "br"}
"""Elements that begin a line inside of a piece."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A piece as it was marked: with its rank, whose words it has, and where it stands."""

    rank: int
    chain: str
    own: bool
    item: bool
    join: bool


class _Reader(HTMLParser):
    """Collects the marked pieces of each block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: dict[str, list[Sentence]] = {}
        self.block = ""
        self.paragraph = 0
        self.piece: _Piece | None = None
        self.depth = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a paragraph or a piece."""
        marks = {name: value or "" for name, value in attrs}
        if self.piece:
            if tag in LINES:
                self.text += "\n"
            self.depth += tag != "br"
        elif "data-block" in marks:
            self.block, self.paragraph = marks["data-block"], 0
            self.blocks.setdefault(self.block, [])
        elif "data-rank" in marks:
            self.paragraph += tag != "span" and "data-own" not in marks
            own = "data-own" in marks
            chain = marks.get("data-chain", "")
            item, joined = "data-item" in marks, "data-join" in marks
            self.piece = _Piece(int(marks["data-rank"]), chain, own, item, joined)
            self.depth, self.text = 1, ""
        elif tag == "p":
            self.paragraph += 1

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's signature
        """End a piece."""
        if self.piece:
            self.depth -= 1
            if not self.depth:
                self.keep(self.piece)
                self.piece = None

    def handle_data(self, data: str) -> None:
        """Gather words."""
        if self.piece:
            self.text += data if self.piece.own else re.sub(r"\s+", " ", data)

    def keep(self, piece: _Piece) -> None:
        """Add what a piece says to its block."""
        found = self.blocks[self.block]
        if piece.own:
            for number, sentences in enumerate(split(self.text)):
                self.paragraph += not piece.join or number > 0
                found += [
                    Sentence(text, piece.rank, self.paragraph, piece.chain, own=True)
                    for text in sentences
                ]
            return
        lines = (" ".join(line.split()) for line in self.text.split("\n"))
        text = "\n".join(line for line in lines if line)
        if piece.item:
            text = _ended(text)
        if text:
            found.append(Sentence(text, piece.rank, self.paragraph, piece.chain))


def _ended(text: str) -> str:
    """Return an item of a list with a full stop in the place of what joins it to the next."""
    bare = text.rstrip(" ;,")
    return bare if bare.endswith((".", "!", "?")) else f"{bare}."


def read(html: str) -> Mapping[str, tuple[Sentence, ...]]:
    """Return the blocks of a page of texts, each as its sentences.

    In the page ``data-block`` names a block and ``data-rank`` ranks a piece of it; ``data-own``
    marks the person's words (with ``data-join`` they go on in the paragraph before),
    ``data-chain`` what stays only from its beginning and ``data-item`` an item of a list.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return {name: tuple(sentences) for name, sentences in reader.blocks.items()}
