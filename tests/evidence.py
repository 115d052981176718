"""Small files of evidence, good and evil, made for the tests."""

from __future__ import annotations

import io
import struct
import zlib
from email.message import EmailMessage

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)


def name(text: str) -> NameObject:
    """Return a PDF name."""
    return NameObject(text)


def table(**items: object) -> DictionaryObject:
    """Return a PDF dictionary."""
    return DictionaryObject({name(f"/{key}"): value for key, value in items.items()})


def stream(text: str, **items: object) -> DecodedStreamObject:
    """Return a PDF stream."""
    found = DecodedStreamObject()
    found.set_data(text.encode())
    found.update(table(**items))
    return found


def writer(*sizes: tuple[float, float], text: str = "Page") -> PdfWriter:
    """Return a PDF to be: pages of some sizes in points, each with a line of text."""
    made = PdfWriter()
    font = table(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))
    reference = made._add_object(font)
    for number, (width, height) in enumerate(sizes or ((595, 842),), 1):
        page = made.add_blank_page(width, height)
        page[name("/Resources")] = table(Font=table(F1=reference))
        paint = stream(f"BT /F1 24 Tf 40 {height - 60} Td ({text} {number}) Tj ET")
        page[name("/Contents")] = made._add_object(paint)
    return made


def saved(made: PdfWriter) -> bytes:
    """Return a PDF as bytes."""
    target = io.BytesIO()
    made.write(target)
    return target.getvalue()


def pdf(*sizes: tuple[float, float], text: str = "Page") -> bytes:
    """Return a plain PDF."""
    return saved(writer(*sizes, text=text))


def field(value: str, look: str | None) -> DictionaryObject:
    """Return a form field with a value, and the look of it if it has one."""
    made = table(
        Type=name("/Annot"),
        Subtype=name("/Widget"),
        FT=name("/Tx"),
        V=TextStringObject(value),
        Rect=ArrayObject(FloatObject(n) for n in (40, 40, 240, 60)),
    )
    if look is not None:
        font = table(Type=name("/Font"), Subtype=name("/Type1"), BaseFont=name("/Helvetica"))
        box = ArrayObject(FloatObject(n) for n in (0, 0, 200, 20))
        resources = table(Font=table(F1=font))
        paint = f"BT /F1 12 Tf 2 5 Td ({look}) Tj ET"
        made[name("/AP")] = table(
            N=stream(paint, Subtype=name("/Form"), BBox=box, Resources=resources)
        )
    return made


def with_notes(*notes: DictionaryObject) -> bytes:
    """Return a PDF whose only page has notes or form fields."""
    made = writer()
    references = []
    for note in notes:
        if "/AP" in note:
            look = note["/AP"]
            look[name("/N")] = made._add_object(look["/N"])
        references.append(made._add_object(note))
    made.pages[0][name("/Annots")] = ArrayObject(references)
    return saved(made)


def armed() -> bytes:
    """Return a PDF that runs, opens, fetches and carries whatever a PDF can."""
    made = writer()
    script = table(S=name("/JavaScript"), JS=TextStringObject("app.alert('armed')"))
    launch = table(S=name("/Launch"), F=TextStringObject("calc.exe"))
    page = made.pages[0]
    page[name("/AA")] = table(O=made._add_object(script))
    link = table(
        Type=name("/Annot"),
        Subtype=name("/Link"),
        Rect=ArrayObject(NumberObject(n) for n in (0, 0, 500, 500)),
        A=launch,
    )
    page[name("/Annots")] = ArrayObject([made._add_object(link)])
    root = made.root_object
    root[name("/OpenAction")] = made._add_object(script)
    made.add_attachment("carried.exe", b"MZ carried")
    # A picture with a file specification for its paint, and a way back to the page.
    picture = stream(
        "0",
        Type=name("/XObject"),
        Subtype=name("/Image"),
        Width=NumberObject(1),
        Height=NumberObject(1),
        ColorSpace=name("/DeviceGray"),
        BitsPerComponent=NumberObject(8),
        F=TextStringObject("/etc/passwd"),
        Parent=page.indirect_reference,
        AF=ArrayObject([made._add_object(script)]),
    )
    page["/Resources"][name("/XObject")] = table(Im0=made._add_object(picture))
    return saved(made)


def layered() -> bytes:
    """Return a PDF with a layer that is hidden."""
    made = writer()
    layer = made._add_object(table(Type=name("/OCG"), Name=TextStringObject("secret")))
    made.root_object[name("/OCProperties")] = table(
        OCGs=ArrayObject([layer]), D=table(OFF=ArrayObject([layer]))
    )
    return saved(made)


def swollen() -> bytes:
    """Return a small PDF whose paint is very large once unpacked."""
    made = writer()
    paint = stream(" " * 30_000_000).flate_encode()
    made.pages[0][name("/Contents")] = made._add_object(paint)
    return saved(made)


def locked(user: str, owner: str) -> bytes:
    """Return a PDF with passwords."""
    made = writer()
    made.encrypt(user, owner, algorithm="RC4-128")
    return saved(made)


def image(width: int = 60, height: int = 40, kind: str = "PNG", mode: str = "RGB") -> bytes:
    """Return a picture with a black left half."""
    made = Image.new(mode, (width, height), "white" if mode in ("RGB", "L") else None)
    made.paste(0, (0, 0, width // 2, height))
    target = io.BytesIO()
    made.save(target, format=kind)
    return target.getvalue()


def photograph() -> bytes:
    """Return a JPEG that lies on its side and tells its place, device and comment."""
    made = Image.new("RGB", (60, 40), "white")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET DEVICE"
    target = io.BytesIO()
    made.save(target, format="JPEG", exif=exif, comment=b"SECRET COMMENT")
    return target.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG."""
    total = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", total)


def bomb(width: int, height: int) -> bytes:
    """Return a PNG that claims a size, with almost nothing in it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 10)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def mail(text: str = "We refuse.", html: str = "", **attachments: tuple[bytes, str, str]) -> bytes:
    """Return an e-mail; attachments are content, main type and sub type by name."""
    made = EmailMessage()
    made["From"] = "Support <support@example.com>"
    made["To"] = "Maya <maya@example.org>"
    made["Date"] = "Mon, 02 Nov 2026 10:12:00 +0000"
    made["Subject"] = "Your objection"
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    for key, (content, main, sub) in attachments.items():
        made.add_attachment(content, maintype=main, subtype=sub, filename=key.replace("_", "."))
    return made.as_bytes()
