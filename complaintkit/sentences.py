"""Splits a person's own text where a sentence surely ends, and nowhere else."""

from __future__ import annotations

import re

CLOSING = r"[\"'”\u2019»)\]]"
ENDING = re.compile(rf"[.!?…]+{CLOSING}*(?=\s+[\"'“\u2018„«(\[¿¡]?[^\W\d_a-z])")
"""A possible end: a mark, then space and something that begins like a sentence."""

ABBREVIATIONS = frozenset(
    """
    abs al anm approx apr art arts aug av avv bd betr bl bspw bzgl bzw ca cal cap cf ch chap cie co
    corp dec dept dez dipl doz dr ds etc ev evtl feb ff fig figs gem ges ggf hon hr hrsg ibid inc
    ing inkl jan jr jul jun kap lit ltd m mag mar max me messrs min mio mlle mme mr mrs ms mt nr no
    nos nov num obs oct okt par para paras pp prof rd reg rev rn rs rue sch sec sen sep sept sog sr
    ss st str tel usw vgl vol vs z zb zit ziff
    """.split()  # noqa: SIM905 - a list to be read
)
PAIRS = {"(": ")", "[": "]", "“": "”", "«": "»"}


def split(text: str) -> list[list[str]]:
    """Return the paragraphs of a text, each as its sentences; nothing in them is changed.

    A paragraph in which a bracket or a quotation is not closed stays whole, and a full stop after
    an abbreviation, an initial or a number ends nothing.
    """
    paragraphs = (line.strip() for line in text.splitlines())
    return [_sentences(paragraph) for paragraph in paragraphs if paragraph]


def _sentences(paragraph: str) -> list[str]:
    if not _closed(paragraph):
        return [paragraph]
    sentences, start = [], 0
    for match in ENDING.finditer(paragraph):
        if _ends(paragraph[start : match.end()]):
            sentences.append(paragraph[start : match.end()].strip())
            start = match.end()
    return [*sentences, paragraph[start:].strip()]


def _ends(piece: str) -> bool:
    """Return whether a piece that ends with a mark is a whole sentence."""
    if not _closed(piece):
        return False
    bare = re.sub(rf"{CLOSING}+$", "", piece)
    if not bare.endswith(".") or bare.endswith(".."):
        return True
    word = re.split(r"[\s(\[“„«\"'-]", bare[:-1])[-1]
    last = word.rpartition(".")[2]
    return not (len(last) < 2 or last.isdigit() or last.casefold() in ABBREVIATIONS)


def _closed(text: str) -> bool:
    """Return whether every bracket and quotation that is opened is closed."""
    if text.count('"') % 2:
        return False
    german = text.count("„")
    if german:
        return german == text.count("“") + text.count("”") and text.count("(") == text.count(")")
    return all(text.count(opened) == text.count(closed) for opened, closed in PAIRS.items())
