"""The HTML of a letter as a tree of elements and words, for the formats that are no HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

VOID = frozenset({"br", "meta", "link", "hr", "img", "input"})
BLOCKS = frozenset({
    "address", "article", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "h1", "h2", "h3",
    "header", "html", "li", "main", "ol", "p", "section", "table", "tbody", "td", "th", "thead",
    "tr", "ul",
})  # fmt: skip
HIDDEN = frozenset({"head", "style", "title", "script"})
MARKS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic"}
CLASS_MARKS = {"cites": "cites", "page": "page", "pages": "pages", "name": "bold"}
SPACE = re.compile(r"[ \t\n\r\f]+")


class Run(NamedTuple):
    """Words that look the same; a class ``page`` or ``pages`` stands for a number."""

    text: str
    marks: frozenset[str] = frozenset()


@dataclass(slots=True)
class Element:
    """An element of the letter with what it holds, in order."""

    tag: str
    classes: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def elements(self) -> list[Element]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def block(self) -> bool:
        """Whether it stands on lines of its own."""
        return self.tag in BLOCKS

    @property
    def shown(self) -> bool:
        """Whether its words are read in their place; the running footer is not."""
        return self.tag not in HIDDEN and "running" not in self.classes

    def find(self, tag: str = "", class_: str = "") -> Iterator[Element]:
        """Yield the elements inside with a tag and a class, in order."""
        for child in self.elements:
            if tag in ("", child.tag) and (not class_ or class_ in child.classes):
                yield child
            yield from child.find(tag, class_)


class _Reader(HTMLParser):
    """Builds the tree; the HTML comes from the package's own templates."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        given = {name: value or "" for name, value in attrs}
        element = Element(tag, tuple(given.get("class", "").split()), given)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag == tag:
                del self.open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Add words."""
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """Return the tree of a document; its children are the elements at the top."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def groups(element: Element) -> Iterator[Element | list[Element | str]]:
    """Yield what a block holds: blocks inside it, and what stands between them as one group."""
    between: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element) and (child.block or not child.shown):
            if between:
                yield between
            between = []
            if child.shown:
                yield child
        else:
            between.append(child)
    if between:
        yield between


def lines(content: list[Element | str], *, keep: bool = False) -> list[list[Run]]:
    """Return words as lines of runs, white space as HTML has it.

    Args:
        content: Words and inline elements.
        keep: Whether a line break that was typed counts, as it does in a quotation.

    Returns:
        One list of runs a line; empty if there are no words at all.

    """
    found: list[list[Run]] = [[]]
    for run in _runs(content, frozenset()):
        if run is None:
            found.append([])
            continue
        first, *rest = run.text.split("\n") if keep else (run.text,)
        found[-1].append(run._replace(text=first))
        found += [[run._replace(text=text)] for text in rest]
    tidy = [_tidy(line) for line in found]
    while tidy and not tidy[0]:
        del tidy[0]
    while tidy and not tidy[-1]:
        del tidy[-1]
    return tidy


def _runs(content: list[Element | str], marks: frozenset[str]) -> Iterator[Run | None]:
    """Yield runs as they were written, and None for a line break."""
    for child in content:
        if isinstance(child, str):
            yield Run(child, marks)
        elif child.tag == "br":
            yield None
        elif child.shown:
            own = {CLASS_MARKS[name] for name in child.classes if name in CLASS_MARKS}
            own |= {MARKS[child.tag]} if child.tag in MARKS else set()
            inside: list[Element | str] = child.children
            yield from _runs(inside or [""], marks | own)


def _tidy(line: list[Run]) -> list[Run]:
    """Return a line with single spaces, and none at its ends."""
    found: list[Run] = []
    for run in line:
        text = SPACE.sub(" ", run.text)
        if text.startswith(" ") and (not found or found[-1].text.endswith(" ")):
            text = text[1:]
        if text or run.marks & {"page", "pages"}:
            found.append(run._replace(text=text))
    if found and found[-1].text.endswith(" "):
        found[-1] = found[-1]._replace(text=found[-1].text[:-1])
        if not found[-1].text:
            found.pop()
    return found


def plain(content: list[Element | str], *, keep: bool = False) -> str:
    """Return words without their look, one line a line."""
    return "\n".join("".join(run.text for run in line) for line in lines(content, keep=keep))


def title(root: Element) -> str:
    """Return the title of a document."""
    return " ".join(plain(found.children) for found in root.find("title"))


def language(root: Element) -> str:
    """Return the language of a document, such as en-GB; empty if it has none."""
    return next((found.attributes.get("lang", "") for found in root.find("html")), "")
