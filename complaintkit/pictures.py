"""Pictures as evidence: measured by their headers before anything is unpacked, then cleaned."""

from __future__ import annotations

import io
import warnings
import zlib
from typing import TYPE_CHECKING, NamedTuple

from complaintkit.contents import PNG, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_PIXELS = 60_000_000
MIN_SIDE = 8
QUALITY = 95
"""Of a photograph that has to be turned upright; all others keep their bytes."""
KEPT_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The markers of a JPEG that say how large it is."""
SCAN, APP0, APP1, APP2, ADOBE, COMMENT = 0xDA, 0xE0, 0xE1, 0xE2, 0xEE, 0xFE
END = b"\xff\xd9"
AGAIN = "make the picture again, or save it once more as PNG"


class Segment(NamedTuple):
    """A piece of a PNG or JPEG: what it is, and where it begins and ends."""

    kind: bytes | int
    start: int
    end: int


def clean(content: bytes) -> tuple[bytes, int, int]:
    """Return a picture upright and without place, device and comments, and its size in pixels.

    A JPEG that is upright keeps its picture byte for byte. Transparent parts become white.

    Raises:
        RefusedError: It is broken, too large or too small.

    """
    png = content.startswith(PNG)
    pieces = list(_chunks(content) if png else _segments(content))
    _check_size(*(_png_size(content, pieces) if png else _jpeg_size(content, pieces)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _png(content, pieces) if png else _jpeg(content, pieces)
    except RefusedError:
        raise
    except Exception:  # a decoder fed with hostile bytes may fail in any way
        raise _broken() from None


def _broken() -> RefusedError:
    return RefusedError("is a broken picture", AGAIN)


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        what = f"is a picture of more than {MAX_PIXELS // 1_000_000} million pixels"
        raise RefusedError(what, "save it with a lower resolution")
    if min(width, height) < MIN_SIDE:
        raise RefusedError("is a picture too small to show anything", "is it the right file?")


def _chunks(content: bytes) -> Iterator[Segment]:
    """Yield the chunks of a PNG, each with its sum checked, up to its end."""
    at = len(PNG)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        end = at + 12 + length
        kind = content[at + 4 : at + 8]
        if zlib.crc32(content[at + 4 : end - 4]) != int.from_bytes(content[end - 4 : end]):
            raise _broken()
        yield Segment(kind, at, end)
        if kind == b"IEND":
            return
        at = end
    raise _broken()


def _png_size(content: bytes, chunks: list[Segment]) -> tuple[int, int]:
    first = chunks[0]
    if first.kind != b"IHDR" or first.end - first.start != 25:
        raise _broken()
    at = first.start + 8
    return int.from_bytes(content[at : at + 4]), int.from_bytes(content[at + 4 : at + 8])


def _segments(content: bytes) -> Iterator[Segment]:
    """Yield the segments of a JPEG up to the first scan."""
    at = 2
    while at + 4 <= len(content):
        marker = content[at + 1]
        if content[at] != 0xFF:
            raise _broken()
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4])
        yield Segment(marker, at, end)
        if marker == SCAN:
            return
        at = end
    raise _broken()


def _jpeg_size(content: bytes, segments: list[Segment]) -> tuple[int, int]:
    frame = next((item for item in segments if item.kind in FRAMES), None)
    if frame is None or frame.end - frame.start < 10:
        raise _broken()
    at = frame.start + 5
    return int.from_bytes(content[at + 2 : at + 4]), int.from_bytes(content[at : at + 2])


def _png(content: bytes, chunks: list[Segment]) -> tuple[bytes, int, int]:
    """Return a PNG in plain colours or greys on white."""
    from PIL import Image  # noqa: PLC0415 - slow to import

    kept = b"".join(content[c.start : c.end] for c in chunks if c.kind in KEPT_CHUNKS)
    image: Image.Image = Image.open(io.BytesIO(PNG + kept), formats=("PNG",))
    image.load()
    if image.mode.startswith("I"):
        # Sixteen bits of grey; the plain conversion would cut off instead of scale.
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    image = image.convert("L" if image.mode in ("1", "L") else "RGB")
    return _saved(image, "PNG"), image.width, image.height


def _jpeg(content: bytes, segments: list[Segment]) -> tuple[bytes, int, int]:
    """Return a JPEG with its own bytes, or turned upright if its maker left that to the reader."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - slow to import

    end = content.find(END, segments[-1].end)
    if end < 0:
        raise _broken()
    image: Image.Image = Image.open(io.BytesIO(content), formats=("JPEG",))
    image.load()
    if image.getexif().get(0x0112, 1) in range(2, 9):
        upright = ImageOps.exif_transpose(image).convert("L" if image.mode == "L" else "RGB")
        bare = Image.new(upright.mode, upright.size)
        bare.paste(upright)
        return _saved(bare, "JPEG"), bare.width, bare.height
    kept = [content[s.start : s.end] for s in segments if _kept(content, s)]
    scans = content[segments[-1].end : end + 2]
    return b"".join((b"\xff\xd8", *kept, scans)), image.width, image.height


def _kept(content: bytes, segment: Segment) -> bool:
    """Return whether a segment shows the picture; all others may tell about the person."""
    kind = int(segment.kind) if isinstance(segment.kind, int) else 0
    if kind == APP2:
        return content[segment.start + 4 :].startswith(b"ICC_PROFILE\0")
    return kind in (APP0, ADOBE) or not (APP1 <= kind < 0xF0 or kind == COMMENT)


def _saved(image: object, format_: str) -> bytes:
    target = io.BytesIO()
    options = {"quality": QUALITY} if format_ == "JPEG" else {"compress_level": 3}
    image.save(target, format=format_, **options)  # type: ignore[attr-defined]
    return target.getvalue()
