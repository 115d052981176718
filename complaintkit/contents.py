"""What a piece of evidence is made of: pages, pictures or writing, told by its first bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_TEXT = 200_000
"""Characters of one text; about sixty pages."""
TEXT_ENDINGS = ("", ".txt", ".text", ".log", ".md", ".csv")
MAIL_ENDING = ".eml"
SAVE_AS = "open it and save it as PDF, or take a picture of it (PNG or JPEG)"
FOREIGN = (
    (b"PK\x03\x04", "is an Office document or an archive", SAVE_AS),
    (b"\xd0\xcf\x11\xe0", "is an old Office document or an Outlook message", SAVE_AS),
    (b"{\\rtf", "is a text document (RTF)", SAVE_AS),
    (b"GIF8", "is a picture of a kind that is not taken (GIF)", SAVE_AS),
    (b"RIFF", "is a picture or sound of a kind that is not taken", SAVE_AS),
    (b"II*\x00", "is a picture of a kind that is not taken (TIFF)", SAVE_AS),
    (b"MM\x00*", "is a picture of a kind that is not taken (TIFF)", SAVE_AS),
)
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
PDF = b"%PDF-"
HEADER_WITHIN = 1024
"""How far into a file its PDF header may stand, as readers allow it."""
LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
TURNERS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn the reading order; they could make a text look like another."""
UNSEEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{TURNERS}]")


class RefusedError(Exception):
    """A file cannot be an annex: ``what`` is wrong with it and how to ``mend`` that."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(what)


@dataclass(frozen=True)
class Pages:
    """A PDF file."""

    content: bytes
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page as it is shown, in points."""
    name: str = ""
    """Its name, if it came with an e-mail."""


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG picture, upright, without what was written into it about place and device."""

    content: bytes
    width: int
    """In pixels, as the height."""
    height: int
    name: str = ""


@dataclass(frozen=True)
class Writing:
    """A text, or the text of an e-mail."""

    text: str
    headers: tuple[tuple[str, str], ...] = ()
    """Name and value of the headers of an e-mail."""
    attached: tuple[str, ...] = ()
    """Names of the attachments that follow as parts of their own."""
    left_out: tuple[str, ...] = ()
    """Names of the attachments that cannot be printed."""


Part = Pages | Picture | Writing


def parts(content: bytes, ending: str) -> tuple[Part, ...]:
    """Return what a file consists of; what it is decides, not how it is called.

    Args:
        content: The file.
        ending: The end of its name, such as ``.eml``; only told from a text by it.

    Raises:
        RefusedError: It is broken, dangerous, or of a kind that is not taken.

    """
    if not content.strip():
        raise RefusedError("is empty", "is it the right file?")
    found = printed(content)
    if found:
        return (found,)
    ending = ending.lower()
    for magic, what, mend in FOREIGN:
        if content.startswith(magic):
            raise RefusedError(what, mend)
    if content[4:8] == b"ftyp":
        raise RefusedError("is a film, or a picture of a kind that is not taken (HEIC)", SAVE_AS)
    if ending == MAIL_ENDING:
        from complaintkit.messages import read  # noqa: PLC0415 - it needs this module

        return read(content)
    if ending in TEXT_ENDINGS:
        return (Writing(decode(content)),)
    raise RefusedError("is no PDF, PNG, JPEG, text (.txt) or e-mail (.eml)", SAVE_AS)


def printed(content: bytes, name: str = "") -> Pages | Picture | None:
    """Return a PDF or a picture; nothing if the content is neither.

    Raises:
        RefusedError: It is one, but broken, dangerous or too large.

    """
    if content.startswith((PNG, JPEG)):
        from complaintkit.pictures import clean  # noqa: PLC0415 - it needs this module

        picture, width, height = clean(content)
        return Picture(picture, width, height, name)
    if PDF in content[:HEADER_WITHIN] and not content.startswith(tuple(m for m, _, _ in FOREIGN)):
        from complaintkit.output.foreign import inspect  # noqa: PLC0415 - slow to import

        return Pages(content, inspect(content), name)
    return None


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or Windows-1252.

    Raises:
        RefusedError: It is no text, or too long to be printed.

    """
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = content.decode("utf-16")
        else:
            text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise RefusedError("is no text", SAVE_AS)
    return readable(text)


def readable(text: str) -> str:
    """Return a text with one kind of line end, and with every unseen sign made visible.

    Raises:
        RefusedError: It is too long to be printed.

    """
    if len(text) > MAX_TEXT:
        mend = "cut it down to the part that matters"
        raise RefusedError(f"has more than {MAX_TEXT:,} characters", mend)
    lines = LINE_END.sub("\n", text).expandtabs(4)
    return UNSEEN.sub(_shown, lines).strip("\n")


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
