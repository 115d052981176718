"""E-mails as evidence: headers, text, and what was attached."""

from __future__ import annotations

import email
from email import policy
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from complaintkit.contents import (
    SAVE_AS,
    Pages,
    Part,
    Picture,
    RefusedError,
    Writing,
    printed,
    readable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADERS = ("From", "To", "Cc", "Date", "Subject")
TEXTS = ("text/plain", "text/html")
MAX_PARTS = 100
SMALL = 40_000
"""Pixels below which a picture inside the text is a logo and no evidence."""
BREAKS = {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "blockquote"}
SILENT = {"script", "style", "title", "template"}


def read(content: bytes) -> tuple[Part, ...]:
    """Return an e-mail as its text and the PDF files and pictures attached to it.

    Raises:
        RefusedError: It is no e-mail, or broken.

    """
    try:
        message = email.message_from_bytes(content, policy=policy.default)
        headers = tuple((name, text) for name in HEADERS if (text := _header(message, name)))
        if not headers:
            raise RefusedError("is no e-mail", "save the message as .eml, or as PDF")
        leaves = list(_leaves(message))
    except RecursionError:
        raise RefusedError("is an e-mail with too many layers", SAVE_AS) from None
    if len(leaves) > MAX_PARTS:
        raise RefusedError(f"is an e-mail with more than {MAX_PARTS} parts", SAVE_AS)
    texts = [leaf for leaf in leaves if _is_text(leaf)]
    others = [leaf for leaf in leaves if not _is_text(leaf)]
    names = [_name(leaf, number) for number, leaf in enumerate(others, 1)]
    tried = [_attachment(leaf, name) for leaf, name in zip(others, names, strict=True)]
    found = [part for part in tried if part]
    left_out = [name for name, part in zip(names, tried, strict=True) if not part]
    text = "\n\n".join(filter(None, (_text(leaf).strip() for leaf in texts)))
    attached = tuple(part.name for part in found)
    return (Writing(readable(text), headers, attached, tuple(left_out)), *found)


def _header(message: EmailMessage, name: str) -> str:
    try:
        value = message[name]
    except Exception:  # the parser of the standard library stumbles over some broken headers
        raw = {key.lower(): text for key, text in message.raw_items()}
        value = raw.get(name.lower(), "")
    return readable(" ".join(str(value or "").split()))[:2000]


def _leaves(message: EmailMessage, *, plain: bool = False) -> Iterator[EmailMessage]:
    """Yield the parts of an e-mail; where it says the same twice, the plain text only."""
    if message.get_content_maintype() != "multipart" or not message.is_multipart():
        if not (plain and message.get_content_type() == "text/html" and _is_text(message)):
            yield message
        return
    below = [part for part in message.get_payload() if isinstance(part, EmailMessage)]
    twice = message.get_content_subtype() == "alternative" and any(
        part.get_content_type() == "text/plain" for part in below
    )
    for part in below:
        yield from _leaves(part, plain=plain or twice)


def _is_text(leaf: EmailMessage) -> bool:
    """Return whether a part is text to be read and no attachment."""
    return leaf.get_content_type() in TEXTS and not _attached(leaf) and not _filename(leaf)


def _attached(leaf: EmailMessage) -> bool:
    try:
        return leaf.get_content_disposition() == "attachment"
    except Exception:  # as for headers
        return True


def _filename(leaf: EmailMessage) -> str:
    try:
        return str(leaf.get_filename() or "")
    except Exception:  # as for headers
        return ""


def _name(leaf: EmailMessage, number: int) -> str:
    """Return the name of an attachment on one line."""
    name = " ".join(_filename(leaf).split()) or f"{number} ({leaf.get_content_type()})"
    return readable(name[:120])


def _attachment(leaf: EmailMessage, name: str) -> Pages | Picture | None:
    """Return an attachment as a part; nothing if it cannot be printed or is only a logo."""
    content = leaf.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    try:
        part = printed(content, name)
    except RefusedError:
        return None
    if isinstance(part, Picture) and not _attached(leaf) and part.width * part.height < SMALL:
        return None
    return part


def _text(leaf: EmailMessage) -> str:
    """Return the text of a part, whatever it says about its letters."""
    content = leaf.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    try:
        text = raw.decode(leaf.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError, ValueError):
        text = raw.decode("cp1252", errors="replace")
    if leaf.get_content_type() == "text/plain":
        return text
    reader = _Plain()
    reader.feed(text)
    reader.close()
    return reader.text()


class _Plain(HTMLParser):
    """Gathers the words of a page; nothing in it is run or fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line, or fall silent."""
        if tag in SILENT and not self.silent:
            self.silent = tag
        elif tag in BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line, or speak again."""
        if tag == self.silent:
            self.silent = ""
        elif tag in BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep words."""
        if not self.silent:
            self.pieces.append(" ".join(data.split("\n")) if data.strip() else " ")

    def text(self) -> str:
        """Return the words in lines, with no more than one empty line between them."""
        lines = [" ".join(line.split()) for line in "".join(self.pieces).split("\n")]
        kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
        return "\n".join(kept)
