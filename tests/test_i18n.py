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
from babel.messages.pofile import read_po
from babel.support import Translations

from complaintkit import assess, forms, letters
from complaintkit.errors import InputError
from complaintkit.facts import Case
from complaintkit.i18n import Words, languages, words
from complaintkit.law import library
from complaintkit.letters import draft
from complaintkit.vocabulary import Practice, Wish

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
    monkeypatch.setattr(letters.languages, "words", lambda *_args: pseudo)
    monkeypatch.setattr(letters.languages, "offered", lambda _assessment: ("en", "de"))

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


@pytest.mark.parametrize("name", ["uk-linkedin-first", "ch-linkedin", "us-ca-linkedin"])
def test_no_word_of_a_form_escapes_the_catalogue(
    name: str,
    pseudo: Words,
    case_file: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On a form in another language, blank or filled, all but names of places is translated."""
    case = Case.load(case_file(name))
    monkeypatch.setattr(letters.languages, "words", lambda *_args: pseudo)
    assessment = assess(case, on=ON)
    law = assessment.laws[0].head.id

    for form in (forms.filled(assessment), forms.blank(law, on=ON)):
        body = re.sub(r"(?s)<(script|option)[^>]*>.*?</\1>", " ", form.html.partition("<h1")[2])
        text = re.sub(r"<[^>]+>", " ", body)
        for own in sorted(own_words(case), key=len, reverse=True):
            text = text.replace(own.replace("'", "&#39;"), " ").replace(own, " ")
        while "⟦" in text:
            text = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
        assert (
            re.findall(r"\b(?:the|and|of|to|is|not|was|my|me|for|from|with|by|data)\b", text) == []
        )


def test_dates_and_lists_come_from_the_language() -> None:
    """British and American letters write dates their own way; lists have their *and*."""
    day = dt.date(2026, 3, 5)

    assert words("en").date(day) == "5 March 2026"
    assert words("en", "US").date(day) == "March 5, 2026"
    assert words("en").listing(["a", "b", "c"]) == "a, b and c"
    assert words("en").country("GB-SCT") == "United Kingdom"


def test_a_language_without_a_catalogue_is_refused(case_file: Callable[[str], Path]) -> None:
    """There is no silent fall back to English, neither for a language nor for a law in it."""
    with pytest.raises(InputError, match="one of en, de, fr"):
        words("xx")
    american = assess(Case.load(case_file("us-ca-linkedin")), on=ON)
    with pytest.raises(InputError, match="no letters in 'de' for the law of this case"):
        draft(american, language="de")


def laws_of(place: str) -> set[str]:
    """Return the family of law that a file's words belong to; none if all letters share them."""
    found = re.match(r"(?:jurisdictions/(?:forms/)?|templates/grounds/)(eu|uk|ch|us)\b", place)
    return {found[1]} if found else set()


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_a_catalogue_is_complete(language: str) -> None:
    """Every word of the laws that offer a language is translated, none doubtfully or in part."""
    families = {
        law.head.family for law in library().laws.values() if language in law.head.languages
    }
    with (ROOT / "complaintkit/babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    with (ROOT / f"templates/locale/{language}/complaintkit.po").open("rb") as stream:
        translated = read_po(stream, locale=language, abort_invalid=True)

    wrong = []
    for file, _line, message, _comments, _context in extract_from_dir(ROOT, methods, options):
        needed = laws_of(file) <= families
        known = translated.get(message)
        if known is None or not known.string:
            wrong += [(file, message)] if needed else []
        elif known.fuzzy or places(message) != places(known.string):
            wrong.append((file, message))
    assert wrong == []


def places(text: object) -> set[str]:
    """Return the placeholders and the marks of a message."""
    return set(re.findall(r"%\(\w+\)s|%s|\{\w+\}|</?\w[^>]*>", str(text)))


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
@pytest.mark.parametrize("name", [name for name in CASES if name[:2] in ("de", "fr", "ch")])
def test_no_english_sentence_in_another_language(
    name: str, language: str, case_file: Callable[[str], Path]
) -> None:
    """A letter in German or French has no English word but those of the person's own."""
    case = Case.load(case_file(name))
    assessment = assess(case, on=ON)
    offices = [found.authority for found in assessment.routes if found.authority]
    names = [name for office in offices for name in (office.name, office.name_en, *office.address)]
    sources = [event.source for event in case.events] + [
        source.title for law in assessment.laws for source in law.sources.values()
    ]

    for letter in draft(assessment, language=language):
        body = re.sub(r'<span lang="en">.*?</span>', " ", letter.html.partition("<h1")[2])
        text = " ".join(re.sub(r"<[^>]+>", " ", body).split())
        for own in sorted([*own_words(case), *names, *sources], key=len, reverse=True):
            said = " ".join(own.split())
            text = text.replace(said.replace("'", "&#39;"), " ").replace(said, " ")
        english = re.findall(r"\b(?:the|and|of|is|not|my|for|from|with|that|which|by)\b", text)
        assert english == [], (letter.route, text)


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


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [
        ("en", "uk-linkedin-first", "Art. 21(1) UK GDPR"),
        ("de", "de-meta-religion", "Art. 17 Abs. 1 lit. c, Art. 19 DSGVO"),
        ("de", "ch-linkedin", "Art. 30 Abs. 2 lit. b, Art. 30 Abs. 3 DSG"),
        ("fr", "de-meta-religion", "art. 17, par. 1, point c) ; art. 19, du RGPD"),
        ("fr", "ch-linkedin", "art. 30 al. 2 let. b ; art. 30 al. 3 LPD"),
    ],
)
def test_provisions_are_cited_as_the_language_does(
    language: str, name: str, written: str, case_file: Callable[[str], Path]
) -> None:
    """Each language has its own form of a citation and its own names of the acts."""
    letter = draft(assess(Case.load(case_file(name)), on=ON), language=language)[0]

    assert written in " ".join(letter.text().split())


PLACES = {"DE-BE": "DE", "CH-ZH": "CH"}


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
@pytest.mark.parametrize("place", sorted(PLACES))
@pytest.mark.parametrize("practice", list(Practice))
def test_every_practice_in_every_language(practice: Practice, place: str, language: str) -> None:
    """Whatever the practice and the wishes: no word of English, no sign too many."""
    for wishes in (("stop", "erase", "copy"), ("correct", "restrict", "damages", "explain")):
        known = [wish for wish in wishes if wish in {str(item) for item in Wish}]
        facts = {"residence": place, "practice": practice, "wishes": known, "default_on": True}
        case = Case.model_validate(
            {
                "person": {"name": "X", "address": ["1", "2"]},
                "controller": {"name": "Zz", "country": PLACES[place], "kind": "company"},
                "facts": {**facts, "earlier_steps": False, "notice": "after_start"},
            }
        )
        for letter in draft(assess(case, on=ON), language=language, routes=["request"])[:1]:
            text = " ".join(letter.text().split())
            assert not re.search(r"\b(?:the|and|of|is|not|my|for|from|with|that|by)\b", text), text
            assert not re.search(r"\.\.|\?\.|:\.|,,|;\.| [.,]", text), text
            assert not re.search(r"%\(|\{", text), text


def test_a_territory_has_its_own_words(case_file: Callable[[str], Path]) -> None:
    """A Swiss letter has the words of the Swiss Act, and no letter that is not used there."""
    case = Case.load(case_file("ch-linkedin"))
    german = draft(assess(case, on=ON), language="de")[0].text()
    french = draft(assess(case, on=ON), language="fr")[0].text()

    assert "ß" not in german
    assert "personenbezogen" not in german
    assert "meiner Personendaten" in german
    assert "caractère personnel" not in french


@pytest.mark.parametrize(
    ("country", "region", "home", "language"),
    [
        ("DE", "?", "DE-BE", "de"),
        ("LU", "?", "FR", "fr"),
        ("IE", "?", "DE-BE", "en"),
        ("CH", "?", "CH", "de"),
        ("CH", "?", "CH-GE", "fr"),
        ("CH", "CH-ZH", "CH-GE", "de"),
        ("CH", "CH-VD", "CH-ZH", "fr"),
        ("?", "?", "FR", "en"),
    ],
)
def test_a_controller_is_written_to_in_the_language_of_its_place(
    country: str, region: str, home: str, language: str
) -> None:
    """The place decides, a part of a country before the country; what is not known is English."""
    case = Case.model_validate(
        {
            "person": {"name": "X"},
            "controller": {"name": "Y", "country": country, "region": region},
            "facts": {"residence": home, "practice": "new_use", "wishes": ["copy"]},
        }
    )

    assert draft(assess(case, on=ON), routes=["request"])[0].language == language
