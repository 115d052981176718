"""Reads the texts of a case, as the templates say them, into sentences that can be left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
    """A piece as it was marked: with its rank, and whose words it has."""

    rank: int
    chain: str
    own: bool
    item: bool


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
            self.paragraph += tag != "span"
            own = "data-own" in marks
            chain = marks.get("data-chain", "")
            self.piece = _Piece(int(marks["data-rank"]), chain, own, "data-item" in marks)
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
            for sentences in split(self.text):
                self.paragraph += 1
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
    marks the person's words, ``data-chain`` what stays only from its beginning and ``data-item``
    an item of a list.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return {name: tuple(sentences) for name, sentences in reader.blocks.items()}


def together(*blocks: tuple[Sentence, ...]) -> tuple[Sentence, ...]:
    """Return blocks one after the other, each beginning a paragraph of its own."""
    found: list[Sentence] = []
    for block in blocks:
        shift = max((item.paragraph for item in found), default=0)
        found += [replace(item, paragraph=item.paragraph + shift) for item in block]
    return tuple(found)
