"""How letters read: short sentences in every language, and a calm tone."""

from __future__ import annotations

import datetime as dt
import re
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from complaintkit import assess, draft
from complaintkit.facts import Case
from complaintkit.languages import offered

if TYPE_CHECKING:
    from collections.abc import Callable

ON = dt.date(2026, 11, 24)
CASES = sorted(path.stem for path in (Path(__file__).parent / "cases").glob("*.toml"))


class Measure(NamedTuple):
    """How many words a sentence has on average at most, and the longest one."""

    mean: float
    longest: int


PLAIN = {"en": Measure(19, 55), "de": Measure(18, 50), "fr": Measure(22, 60)}
HARSH = {
    "en": r"\b(lawyer|immediately|criminal complaint|legal action|sue|outrageous|scandal)\b|\(s\)",
    "de": r"\b(Anwalt|Anwältin|Strafanzeige|unverschämt|Skandal)\b|und/oder|[a-zäöü][*:]in",
    "fr": r"\b(avocat|avocate|scandale|honteux|poursuites)\b|et/ou|\w·e\b|\(s\)",
}


def sentences(html: str) -> list[str]:
    """Return the sentences of the paragraphs of a letter, without quotes of the person."""
    body = re.sub(r'<(p|div)[^>]*class="quote".*?</\1>', " ", html, flags=re.DOTALL)
    body = re.sub(r"[„“«»”].*?[“»”]", " ", body, flags=re.DOTALL)
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", body, re.DOTALL)
    plain = [" ".join(re.sub(r"<[^>]+>", " ", text).split()) for text in paragraphs]
    found = [
        s for text in plain for s in re.split(r"(?<=[a-zäöüéè»)0-9][.!?]) (?=[A-ZÄÖÜÉ])", text)
    ]
    return [sentence for sentence in found if len(sentence.split()) > 3]


@pytest.mark.parametrize("name", CASES)
def test_sentences_are_short(name: str, case_file: Callable[[str], Path]) -> None:
    """A letter of any kind can be read aloud: few words a sentence, and no very long one."""
    assessment = assess(Case.load(case_file(name)), on=ON)
    for language in offered(assessment):
        for letter in draft(assessment, language=language):
            if not letter.route:
                continue
            lengths = {s: len(s.split()) for s in sentences(letter.html)}
            plain = PLAIN[language]
            assert statistics.mean(lengths.values()) <= plain.mean, (letter.route, lengths)
            assert max(lengths.values()) <= plain.longest, max(lengths, key=lambda s: lengths[s])
            assert not re.search(HARSH[language], letter.text()), letter.route
