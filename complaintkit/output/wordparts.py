"""What Word needs around the words of a letter: styles, lists, fields, paper and fixed bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

FONT = "Cambria"
LINE = 12.0
"""The height of a line of an address, in points."""
ZIP_DAY = (1980, 1, 1, 0, 0, 0)
LEVELS = 6
BULLETS = "•◦•◦•◦"


class Paper(NamedTuple):
    """Paper, margins and the window of the envelope, in millimetres from the top and left edge."""

    size: tuple[float, float]
    margins: tuple[float, float, float, float]
    """Top, right, bottom, left."""
    sender_indent: float = 0
    window: tuple[float, float] = (0, 0)
    """Where the recipient stands: below the upper edge, and right of the left margin."""
    body: float = 0
    """Where the date line stands, below the upper edge."""

    @property
    def width(self) -> float:
        """The width of the text."""
        return self.size[0] - self.margins[1] - self.margins[3]


A4, LETTER = (210.0, 297.0), (215.9, 279.4)
PAPERS = {
    "din": Paper(A4, (22, 22, 24, 25), 101, (49, 0), 98.5),
    "ch": Paper(A4, (22, 22, 24, 25), 0, (52, 93), 98.5),
    "uk": Paper(A4, (22, 22, 24, 25), 101, (57, 0), 98.5),
    "fr": Paper(A4, (22, 22, 24, 25), 0, (56.5, 87), 98.5),
    "us": Paper(LETTER, (22.9, 22.9, 25.4, 25.4), 0, (52, 0), 82.5),
    "sheet": Paper(A4, (16, 18, 18, 18)),
    "sheet us": Paper(LETTER, (16.5, 17.8, 19, 17.8)),
}


def paper(classes: tuple[str, ...]) -> Paper:
    """Return the paper of a page by the classes of the document's body."""
    if "sheet" in classes:
        return PAPERS["sheet us" if "us" in classes else "sheet"]
    return next((PAPERS[name] for name in classes if name in PAPERS), PAPERS["din"])


def set_paper(document: Document, kind: Paper) -> None:
    """Set size and margins of every page."""
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(kind.size[0]), Mm(kind.size[1])
    top, right, bottom, left = kind.margins
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.footer_distance = Mm(10)


def set_styles(document: Document, size: float) -> None:
    """Give the styles of the template the sober look of a letter.

    Args:
        document: The document.
        size: The size of the text, in points.

    """
    _style(document, "Normal", size, after=6)
    _style(document, "Title", size + 2.5, bold=True, after=10)
    _style(document, "Heading 1", size + 1, bold=True, before=14, after=4)
    _style(document, "Heading 2", size, bold=True, before=9, after=2)
    _style(document, "Quote", size, after=6).paragraph_format.left_indent = Mm(8)
    for name in ("List Bullet", "List Number", "List Continue"):
        _style(document, name, size, after=3)
    _style(document, "Footer", size - 2).paragraph_format.tab_stops.clear_all()
    for name in ("Sender", "Recipient", "Reference", "Date Line"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style = _style(document, name, size)
        style.paragraph_format.line_spacing = Pt(LINE)
    _style(document, "Date Line", size, after=14)
    cites = document.styles.add_style("Citation", WD_STYLE_TYPE.CHARACTER)
    cites.font.size, cites.font.bold = Pt(size - 1), False
    title = document.styles["Title"].element
    for border in title.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _style(
    document: Document,
    name: str,
    size: float,
    *,
    bold: bool = False,
    before: float = 0,
    after: float = 0,
) -> ParagraphStyle:
    style: ParagraphStyle = document.styles[name]
    properties = style.element.get_or_add_rPr()
    for fonts in properties.findall(qn("w:rFonts")):
        properties.remove(fonts)
    style.font.name, style.font.size = FONT, Pt(size)
    properties.rFonts.set(qn("w:cs"), FONT)
    style.font.bold, style.font.italic = bold, False
    style.font.color.rgb = RGBColor(0, 0, 0)
    for name_ in ("w:spacing", "w:kern"):
        for element in properties.findall(qn(name_)):
            properties.remove(element)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = 1.15
    return style


def set_language(document: Document, language: str) -> None:
    """Set the language of the text, which decides spelling and the voice of a screen reader."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for element in (
        defaults.find(qn("w:lang")),
        document.settings.element.find(qn("w:themeFontLang")),
    ):
        if element is not None and language:
            element.set(qn("w:val"), language)


def add_list(document: Document, *, ordered: bool) -> int:
    """Add a list of its own, that begins at one, and return its number."""
    numbering = document.part.numbering_part.element
    taken = [int(item.get(qn("w:abstractNumId"))) for item in numbering.iter(qn("w:abstractNum"))]
    abstract = element("w:abstractNum", abstractNumId=max(taken, default=-1) + 1)
    abstract.append(element("w:multiLevelType", val="hybridMultilevel"))
    for level in range(LEVELS):
        abstract.append(_level(level, ordered=ordered))
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    number: int = numbering.add_num(int(abstract.get(qn("w:abstractNumId")))).numId
    return number


def _level(level: int, *, ordered: bool) -> BaseOxmlElement:
    item = element("w:lvl", ilvl=level)
    item.append(element("w:start", val=1))
    item.append(element("w:numFmt", val="decimal" if ordered else "bullet"))
    item.append(element("w:lvlText", val=f"%{level + 1}." if ordered else BULLETS[level]))
    item.append(element("w:lvlJc", val="left"))
    indent = element("w:pPr")
    indent.append(element("w:ind", left=(level + 1) * 360, hanging=360))
    item.append(indent)
    return item


def number(paragraph: Paragraph, list_: int, level: int) -> None:
    """Make a paragraph an item of a list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 - no other way
    properties.get_or_add_ilvl().val = min(level, LEVELS - 1)
    properties.get_or_add_numId().val = list_


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """Add a number that Word counts itself: ``PAGE`` or ``NUMPAGES``."""
    field = element("w:fldSimple", instr=f" {instruction} ")
    shown, text = element("w:r"), element("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)
    paragraph._p.append(field)  # noqa: SLF001 - python-docx knows no fields


def rules() -> BaseOxmlElement:
    """Return the lines of a table: above, below and between its rows."""
    borders = element("w:tblBorders")
    for side, colour in (("top", "222222"), ("bottom", "222222"), ("insideH", "BBBBBB")):
        borders.append(element(f"w:{side}", val="single", sz=4, space=0, color=colour))
    return borders


def element(tag: str, **attributes: object) -> BaseOxmlElement:
    """Return an element of WordprocessingML with attributes of its own name space."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def fixed(document: Document) -> bytes:
    """Return the file, with the same bytes whenever and wherever it is made."""
    package = document.part.package
    for id_, rel in list(package.rels.items()):
        if rel.reltype.endswith("/thumbnail"):
            del package.rels[id_]
    made, out = io.BytesIO(), io.BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, ZIP_DAY)
            info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 0
            target.writestr(info, source.read(name))
    return out.getvalue()
