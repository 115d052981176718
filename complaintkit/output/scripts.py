"""Which script a sign belongs to, which font package shows it, and which field it was typed in."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from complaintkit.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CJK = {"CJK": "Han", "KANGXI": "Han", "HIRAGANA": "Hiragana", "KATAKANA": "Katakana",
       "HANGUL": "Hangul", "BOPOMOFO": "Bopomofo", "YI": "Yi"}  # fmt: skip
EMOJI_FROM = 0x1F000
EMOJI = "Emoji"
WIDE = ("FULLWIDTH", "HALFWIDTH", "IDEOGRAPHIC")
ANOTHER = "write the text without them, or use --format docx or txt"


def script(sign: str) -> str:
    """Return the name of the script of a sign, such as Arabic, Han or Emoji; empty if unknown."""
    first, *rest = unicodedata.name(sign, "").replace("-", " ").split()[:2] or [""]
    if first in WIDE:
        return CJK.get(next(iter(rest), ""), "Han")
    if ord(sign) >= EMOJI_FROM and unicodedata.category(sign) in ("So", "Sk"):
        return EMOJI
    if first in CJK:
        return CJK[first]
    lettered = unicodedata.category(sign)[0] in "LMN"
    return first.capitalize() if lettered else ""


def package(name: str) -> str:
    """Return the package of Debian and Ubuntu that has a font for a script."""
    if name == EMOJI:
        return "fonts-symbola"
    return "fonts-noto-cjk" if name in set(CJK.values()) - {"Yi"} else "fonts-noto-core"


def unshown(signs: Iterable[str], texts: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a problem for each script that no font of this machine shows.

    Args:
        signs: The signs without a font.
        texts: What was typed, each text after the name of its field.

    """
    typed = list(texts)
    by_script: dict[str, set[str]] = {}
    for sign in signs:
        by_script.setdefault(script(sign), set()).add(sign)
    for name, found in sorted(by_script.items()):
        fields = [where for where, text in typed if found & set(text)]
        yield Problem(", ".join(fields) or "PDF output", _what(name, found), _mend(name, found))


def pictures(texts: Iterable[tuple[str, str]]) -> Problem:
    """Return the problem that emoji would become pictures, which no letter has room for."""
    fields = [where for where, text in texts if any(script(sign) == EMOJI for sign in text)]
    what = "has emoji, for which this machine has pictures only, and a PDF needs letters"
    return Problem(", ".join(fields) or "PDF output", what, ANOTHER)


def _what(name: str, found: set[str]) -> str:
    """Name a script, but not the letters: they may be those of a name."""
    codes = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(found)[:3])
    kind = {"": f"signs ({codes})", EMOJI: "emoji"}.get(name, f"{name} letters")
    return f"has {kind} that no font on this machine can show"


def _mend(name: str, found: set[str]) -> str:
    """Say which package to install; for a sign that no font has, to do without it."""
    if all(unicodedata.category(sign) in ("Co", "Cn") for sign in found):
        return ANOTHER
    return f"install a font for it: sudo apt-get install {package(name)}; or {ANOTHER}"
