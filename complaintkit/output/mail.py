"""A letter as an e-mail draft with the PDF attached; nothing is ever sent."""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import NamedTuple

MAILBOX = re.compile(r"[^@\s,;:<>()\[\]\\\"]+@[^@\s,;:<>()\[\]\\\"]+\.[^@\s,;:<>()\[\]\\\"]+")
BOUNDARY = "=_complaintkit"
"""Neither quoted-printable nor Base64 can make this line."""
LONGEST_LINE = 998
"""A header in ASCII is not folded: Python begins a folded title with a space too many."""


class Draft(NamedTuple):
    """What a draft is made of; everything may be as a person typed it."""

    subject: str
    text: str
    pdf: bytes
    file_name: str
    sender_name: str = ""
    sender: str = ""
    recipient: str = ""


def render(draft: Draft) -> bytes:
    """Return an unsent message; the same draft gives the same bytes.

    It has no date, no Message-ID and a fixed boundary. A sender or recipient that is no e-mail
    address is left out.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if sender := mailbox(draft.sender):
        message["From"] = _named(one_line(draft.sender_name), sender)
    if recipient := mailbox(draft.recipient):
        message["To"] = Address(addr_spec=recipient)
    message["Subject"] = one_line(draft.subject)
    message.set_content(draft.text, charset="utf-8", cte="quoted-printable")
    message.add_attachment(
        draft.pdf, maintype="application", subtype="pdf", filename=one_line(draft.file_name)
    )
    message.set_boundary(BOUNDARY)
    plain = all(str(value).isascii() for value in message.values())
    return message.as_bytes(policy=SMTP.clone(max_line_length=LONGEST_LINE) if plain else SMTP)


def mailbox(text: str) -> str:
    """Return one e-mail address as a mail program takes it; empty if the text is none."""
    address = text.strip()
    if not MAILBOX.fullmatch(address):
        return ""
    name, _, domain = address.rpartition("@")
    try:
        ready = f"{name}@{domain if domain.isascii() else domain.encode('idna').decode()}"
        return ready if Address(addr_spec=ready) and ready.isascii() and ready.isprintable() else ""
    except (ValueError, IndexError):
        return ""


def _named(name: str, address: str) -> Address:
    local, _, domain = address.rpartition("@")
    return Address(name, local, domain)


def one_line(text: str) -> str:
    """Return a text without line breaks and other control characters, which end a header."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
