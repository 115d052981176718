"""Every word of a letter can be translated: nothing is written past the catalogue."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.support import Translations

from complaintkit import assess, letters
from complaintkit.errors import InputError
from complaintkit.facts import Case
from complaintkit.i18n import Words, languages, words
from complaintkit.letters import draft

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
CASES = sorted(path.stem for path in (Path(__file__).parent / "cases").glob("*.toml"))
ON = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """Extract every message of the project, as Babel does for translators."""
    with (ROOT / "complaintkit/babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = Catalog(locale="de")
    for _file, _line, message, _comments, context in extract_from_dir(ROOT, methods, options):
        found.add(message, context=context)
    return found


def mirrored(text: str) -> str:
    """Put a text into marks, as a translation that can be recognised."""
    return f"⟦{text}⟧"


@pytest.fixture(scope="module")
def pseudo(catalogue: Catalog) -> Words:
    """Return a language in which every translated text stands in marks."""
    translated = Catalog(locale="de")
    for message in catalogue:
        if message.id:
            translated.add(message.id, mirrored(str(message.id)))
    compiled = io.BytesIO()
    write_mo(compiled, translated)
    compiled.seek(0)
    return Words("de", "", Translations(compiled))


def own_words(case: Case) -> list[str]:
    """Return what is the person's, the company's or the authority's, and is not translated."""
    found = [event.text for event in case.events] + [event.source for event in case.events]
    found += [step.note for step in case.history] + [step.proof for step in case.history]
    found += [exhibit.title for exhibit in case.evidence]
    found += [str(value) for value in (*dict(case.facts).values(), *dict(case.person).values())]
    found += [str(value) for value in dict(case.controller).values()]
    return [text for text in found if text]


@pytest.mark.parametrize("name", CASES)
def test_no_word_escapes_the_catalogue(
    name: str,
    pseudo: Words,
    case_file: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In a letter in another language no English word stands outside a translated text.

    What a form itself says stays in the form's language, and is marked as such.
    """
    case = Case.load(case_file(name))
    monkeypatch.setattr(letters, "words", lambda *_args: pseudo)

    assessment = assess(case, on=ON)
    offices = [found.authority.name for found in assessment.routes if found.authority]

    for letter in draft(assessment, language="de"):
        body = letter.html.partition("<h1")[2]
        body = re.sub(r'<(\w+) lang="en">.*?</\1>', " ", body)
        text = re.sub(r"<[^>]+>", " ", body)
        for own in sorted([*own_words(case), *offices], key=len, reverse=True):
            text = text.replace(own.replace("'", "&#39;"), " ").replace(own, " ")
        while "⟦" in text:
            shorter = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
            assert shorter != text, "marks do not pair"
            text = shorter
        english = re.findall(
            r"\b(?:the|and|of|to|is|not|was|my|for|from|with|that|which|by)\b", text
        )
        assert english == [], (letter.route, " ".join(text.split())[:600])


def test_dates_and_lists_come_from_the_language() -> None:
    """British and American letters write dates their own way; lists have their *and*."""
    day = dt.date(2026, 3, 5)

    assert words("en").date(day) == "5 March 2026"
    assert words("en", "US").date(day) == "March 5, 2026"
    assert words("en").listing(["a", "b", "c"]) == "a, b and c"
    assert words("en").country("GB-SCT") == "United Kingdom"


def test_a_language_without_a_catalogue_is_refused() -> None:
    """There is no silent fall back to English."""
    assert languages() == ("en",)
    with pytest.raises(InputError, match="one of en"):
        words("de")


def test_everything_people_read_is_extracted(catalogue: Catalog) -> None:
    """Templates, law, facts and choices all reach the catalogue."""
    ids = {str(message.id) for message in catalogue}

    for text in (
        "Where do you live?",
        "Legitimate interests",
        "Page %(page)s of %(pages)s",
        "Withdrawal of consent",
        "Dear Sir or Madam,",
    ):
        assert text in ids
