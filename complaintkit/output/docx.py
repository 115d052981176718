"""A letter as a Word document, made from the same HTML as the PDF, for whoever has to edit it."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from complaintkit.output import wordparts
from complaintkit.output.tree import Element, Run, groups, language, lines, read, title

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run as WordRun

STYLES = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2"}
CLASS_STYLES = {"quote": "Quote", "place": "Date Line", "ref": "Reference"}
FIELDS = {"page": "PAGE", "pages": "NUMPAGES"}
WIDTHS = {"day": 0.24, "proof": 0.24}
KEY_WIDTH = 0.27
MAX_PROPERTY = 255
FOOT = 75
"""How many signs of a title leave room for the number of the page beside it."""
RIGHT_TO_LEFT = ("R", "AL")


def render(html: str, *, author: str = "", day: dt.date | None = None) -> bytes:
    """Return a document as DOCX; the same document gives the same bytes.

    Args:
        html: The letter.
        author: Who writes, for the properties of the file.
        day: The day of the letter, which is the day of the file too.

    """
    root = read(html)
    body = next(root.find("body"), root)
    small = "sheet" in body.classes
    word = Document()
    wordparts.set_styles(word, 9.5 if small else 10.5)
    wordparts.set_language(word, language(root))
    wordparts.set_paper(word, wordparts.paper(body.classes))
    _Writer(word, wordparts.paper(body.classes)).write(body)
    _properties(word, title(root), author, language(root), day or dt.date(1980, 1, 1))
    return wordparts.fixed(word)


def _properties(word: Word, name: str, author: str, language_: str, day: dt.date) -> None:
    """Set what the file says about itself: nothing that is not in the letter."""
    own = word.core_properties
    plain = " ".join(name.split())
    own.title, own.author = plain[:MAX_PROPERTY], author[:MAX_PROPERTY]
    own.language, own.comments, own.last_modified_by = language_, "", ""
    own.created = own.modified = dt.datetime.combine(day, dt.time())
    own.revision = 1


@dataclass
class _Writer:
    """Writes the tree of a letter into a Word document, block by block."""

    word: Word
    paper: wordparts.Paper
    cell: _Cell | None = None
    lists: list[int] = field(default_factory=list)
    """The lists that are open, the outermost first."""
    ordered: set[int] = field(default_factory=set)
    """The lists that count."""
    unnumbered: bool = False
    """Whether the next paragraph is the first of an item, which carries its number."""
    gap: float = 0
    """Room above the next paragraph, in millimetres."""

    def write(self, body: Element) -> None:
        """Write the document and its footer."""
        self.blocks(body)
        for running in body.find(class_="running"):
            self.footer(running)

    def blocks(self, element: Element) -> None:
        """Write what an element holds."""
        for item in groups(element):
            if not isinstance(item, Element):
                self.paragraph(element, lines(item, keep="quote" in element.classes))
            elif item.tag in ("ul", "ol"):
                self.items(item)
            elif item.tag == "table":
                self.table(item)
            elif item.tag == "address":
                self.address(item)
            elif "signature" in item.classes:
                self.gap = 15
            elif "closing" in item.classes:
                self.together(item)
            else:
                self.blocks(item)

    def paragraph(self, element: Element, content: list[list[Run]]) -> None:
        """Write one paragraph, its lines broken where they were."""
        if not content:
            return
        paragraph = self.new(self.style(element))
        if self.lists and self.unnumbered:
            wordparts.number(paragraph, self.lists[-1], len(self.lists) - 1)
            self.unnumbered = False
        elif self.lists:
            paragraph.paragraph_format.left_indent = Pt(18 * len(self.lists))
        if "place" in element.classes and self.paper.sender_indent:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for number, line in enumerate(content):
            if number:
                paragraph.add_run().add_break()
            for run in line:
                _add(paragraph, run)

    def style(self, element: Element) -> str:
        """Return the name of the style for what an element holds."""
        if self.lists and self.cell is None:
            ordered = "List Number" if self.lists[-1] in self.ordered else "List Bullet"
            return ordered if self.unnumbered else "List Continue"
        named = [CLASS_STYLES[name] for name in element.classes if name in CLASS_STYLES]
        return next(iter(named), STYLES.get(element.tag, "Normal"))

    def new(self, style: str) -> Paragraph:
        """Return a new paragraph at the end of the document or of the cell."""
        if self.cell is None:
            paragraph = self.word.add_paragraph(style=style)
        elif len(self.cell.paragraphs) == 1 and not self.cell.paragraphs[0].runs:
            paragraph = self.cell.paragraphs[0]
        else:
            paragraph = self.cell.add_paragraph()
        if self.gap:
            paragraph.paragraph_format.space_before = Mm(self.gap)
            self.gap = 0
        return paragraph

    def items(self, element: Element) -> None:
        """Write a list; one inside another is its next level."""
        number = wordparts.add_list(self.word, ordered=element.tag == "ol")
        if element.tag == "ol":
            self.ordered.add(number)
        self.lists.append(number)
        for item in element.elements:
            self.unnumbered = True
            self.blocks(item)
        self.lists.pop()
        self.unnumbered = False

    def address(self, element: Element) -> None:
        """Write an address, each line a paragraph; the recipient's stands in the window."""
        sender = "from" in element.classes
        down, right = self.paper.window
        shown = lines(element.children)
        if not sender:
            used = sum(
                p.style is not None and p.style.name == "Sender" for p in self.word.paragraphs
            )
            self.gap = max(2, down - self.paper.margins[0] - used * wordparts.LINE * 0.3528)
        for line in shown:
            paragraph = self.new("Sender" if sender else "Recipient")
            paragraph.paragraph_format.left_indent = Mm(
                self.paper.sender_indent if sender else right
            )
            for run in line:
                _add(paragraph, run)
        if not sender:
            height = len(shown) * wordparts.LINE * 0.3528
            self.gap = max(4, self.paper.body - down - height)

    def together(self, element: Element) -> None:
        """Write the end of a letter, which stays on one page."""
        before = len(self.word.paragraphs)
        self.blocks(element)
        for paragraph in self.word.paragraphs[before:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def table(self, element: Element) -> None:
        """Write a table; the rows of its head are repeated on every page."""
        rows = list(element.find("tr"))
        columns = max((len(row.elements) for row in rows), default=0)
        if not columns:
            return
        made = self.word.add_table(0, columns)
        made.autofit = False
        heads = {id(row) for head in element.find("thead") for row in head.find("tr")}
        _look(made, head=bool(heads), first=any(r.elements[0].tag == "th" for r in rows))
        widths = _widths(rows[0], columns, key="key" in element.classes)
        for column, share in zip(made.columns, widths, strict=False):
            column.width = Mm(self.paper.width * share)
        for row in rows:
            self.row(made, row, widths, head=id(row) in heads)
        self.gap = 3

    def row(self, table: Table, row: Element, widths: list[float], *, head: bool) -> None:
        """Write a row of a table, which no page end divides."""
        made: _Row = table.add_row()  # type: ignore[no-untyped-call]
        properties = made._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx knows neither
        properties.append(wordparts.element("w:cantSplit"))
        if head:
            properties.append(wordparts.element("w:tblHeader"))
        outer = self.cell, self.lists, self.gap
        for cell, source, share in zip(made.cells, row.elements, widths, strict=False):
            cell.width = Mm(self.paper.width * share)
            self.cell, self.lists, self.gap = cell, [], 0
            self.blocks(source)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_after = Pt(1)
                for run in paragraph.runs if head else ():
                    run.bold = True
        self.cell, self.lists, self.gap = outer

    def footer(self, running: Element) -> None:
        """Write the foot of every page: the title, and the number of the page."""
        paragraph = self.word.sections[0].footer.paragraphs[0]
        paragraph.style = self.word.styles["Footer"]
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(self.paper.width), 2)  # right
        for number, part in enumerate(running.elements):
            if number and len(paragraph.text) <= FOOT:
                paragraph.add_run("\t")
            elif number:
                paragraph = self.word.sections[0].footer.add_paragraph(style="Footer")
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in (run for line in lines(part.children) for run in line):
                _add(paragraph, run)


def _widths(row: Element, columns: int, *, key: bool) -> list[float]:
    """Return the share of each column in the width of a table."""
    shares: list[float] = [
        next((WIDTHS[c] for c in cell.classes if c in WIDTHS), 0.0) for cell in row.elements
    ]
    if key:
        shares[0] = KEY_WIDTH
    left = 1 - sum(shares)
    return [share or left / max(1, shares.count(0.0)) for share in shares][:columns]


def _look(table: Table, *, head: bool, first: bool) -> None:
    """Rule a table, and say which row and column name the others, as screen readers need it."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx does not know it
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    properties.append(wordparts.rules())
    properties.append(
        wordparts.element(
            "w:tblLook", val="0000", firstRow=int(head), lastRow=0, firstColumn=int(first),
            lastColumn=0, noHBand=1, noVBand=1,
        )
    )  # fmt: skip


def _add(paragraph: Paragraph, run: Run) -> None:
    """Add words to a paragraph, each script in its direction."""
    for name in FIELDS.keys() & run.marks:
        wordparts.add_field(paragraph, FIELDS[name])
        return
    for right_to_left, text in _directions(run.text):
        made = paragraph.add_run(text)
        _mark(made, run.marks)
        if right_to_left:
            made.font.rtl = made.font.complex_script = True


def _mark(made: WordRun, marks: frozenset[str]) -> None:
    if "bold" in marks:
        made.bold = True
    if "italic" in marks:
        made.italic = True
    if "cites" in marks:
        made.style = "Citation"


def _directions(text: str) -> list[tuple[bool, str]]:
    """Return a text in parts of one direction; what has none goes with what stands before it."""
    side, parts = False, []
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        side = kind in RIGHT_TO_LEFT or (side and kind not in ("L", "EN", "WS", "ON", "CS", "ES"))
        parts.append((side, sign))
    return [(s, "".join(c for _, c in run)) for s, run in groupby(parts, key=lambda part: part[0])]
