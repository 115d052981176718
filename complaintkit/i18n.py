"""Words in a language: gettext catalogues, and dates, lists and countries from Babel."""

from __future__ import annotations

import ast
import io
import tomllib
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from babel.units import format_unit

from complaintkit.errors import InputError, Problem
from complaintkit.files import data_dir

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from complaintkit.lawparts import Phrases
    from complaintkit.periods import Period

SOURCE_LANGUAGE = "en"
DOMAIN = "complaintkit"
PROSE = {
    "title", "text", "says", "reply", "how", "expect", "because", "closed_because", "wait_reason",
    "argument", "requires", "right", "instead", "note", "strength_note", "filing_note",
    "prior_contact_note", "competence_note", "address_note", "signature", "identity", "notes",
    "answer_time", "refers_to", "reason", "standing_note", "required_content", "statements",
    "requests", "fill_in", "enclose", "doubt",
}  # fmt: skip
"""The keys of jurisdiction files whose values people read."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages letters can be written in."""
    folder = data_dir("templates").joinpath("locale")
    folders = [item for item in folder.iterdir() if item.is_dir()]
    found = [item.name for item in folders if item.joinpath(f"{DOMAIN}.po").is_file()]
    return (SOURCE_LANGUAGE, *sorted(found))


def mark(text: str) -> str:
    """Mark a text for translation."""
    return text


_BUSINESS_DAYS = mark("%s business days")
_SEMICOLON = mark(";")
_PAIR = mark("%(label)s: %(text)s")


class Words:
    """Everything that depends on a language."""

    def __init__(
        self, language: str, territory: str = "", translations: NullTranslations | None = None
    ) -> None:
        self.language = language
        self.locale = Locale.parse(f"{language}_{territory}" if territory else language)
        self.translations = _catalogue(language) if translations is None else translations

    def __call__(self, text: str) -> str:
        """Return a text of the program or the law in this language."""
        if not text:
            return ""
        template, values = phrases().get(text, (text, {}))
        said = str(self.translations.gettext(template))
        return said.format_map(values) if values else said

    def date(self, day: dt.date) -> str:
        """Return a day in the long form, such as 5 March 2026."""
        said = format_date(day, format="long", locale=self.locale)
        # The first of a month is an ordinal in French, which CLDR's patterns cannot say.
        return said.replace("1 ", "1er ", 1) if (self.language, day.day) == ("fr", 1) else said

    def series(self, items: Iterable[str]) -> str:
        """Return items that have commas of their own, with the language's semicolon between."""
        return f"{self(_SEMICOLON)} ".join(items)

    def pair(self, label: str, text: str) -> str:
        """Return a label and what it stands for, with the language's colon."""
        return self(_PAIR) % {"label": label, "text": text}

    def period(self, period: Period) -> str:
        """Return a length of time, such as 1 month or 15 business days."""
        if period.unit == "business days":
            return self(_BUSINESS_DAYS) % period.count
        unit = {"months": "duration-month", "days": "duration-day"}[period.unit]
        return str(format_unit(period.count, unit, locale=self.locale))

    def number(self, number: float, pattern: str | None = None) -> str:
        """Return a number with the language's own signs; the pattern, if any, is one of CLDR's."""
        return str(format_decimal(number, format=pattern, locale=self.locale))

    def listing(self, items: Iterable[str]) -> str:
        """Return items joined with commas and the language's word for *and*."""
        return format_list(list(items), locale=self.locale)

    def country(self, code: str) -> str:
        """Return the name of a country, or of the country of a subdivision, by its code."""
        country = code.partition("-")[0]
        return str(self.locale.territories.get(country, country))


class Regional(NullTranslations):
    """A catalogue some of whose words a territory has otherwise."""

    def __init__(self, catalogue: NullTranslations, pairs: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._pairs = tuple(pairs)

    def gettext(self, message: str) -> str:
        """Return a message in the words of the territory; English as it stands."""
        said = str(self._catalogue.gettext(message))
        if said != message:
            for word, own in self._pairs:
                said = said.replace(word, own)
        return said


@lru_cache(maxsize=16)
def words(language: str = SOURCE_LANGUAGE, territory: str = "") -> Words:
    """Return the words of a language, as a territory has them.

    English dates follow it, GB or US; other languages have ``locale/<language>/<territory>.toml``.

    Raises:
        InputError: There is no catalogue for it.

    """
    if language not in languages():
        known = ", ".join(languages())
        raise InputError(
            Problem("language", f"there are no letters in '{language}' yet", f"one of {known}")
        )
    if language == SOURCE_LANGUAGE:
        return Words(language, "US" if territory == "US" else "GB")
    path = data_dir("templates").joinpath("locale", language, f"{territory}.toml")
    if not territory or not path.is_file():
        return Words(language)
    pairs = tomllib.loads(path.read_text(encoding="utf-8"))["words"]
    return Words(language, territory, Regional(_catalogue(language), pairs))


@lru_cache(maxsize=1)
def phrases() -> Phrases:
    """Return the texts of the law that were made from a model, with the text of the model."""
    from complaintkit.law import library  # noqa: PLC0415 - slow to load, and not always needed

    return library().phrases


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    path = data_dir("templates").joinpath("locale", language, f"{DOMAIN}.po")
    with path.open("rb") as stream:
        catalogue = read_po(stream, locale=language, abort_invalid=True)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)


def extract_python(
    stream: io.BufferedReader,
    _keywords: object,
    _tags: object,
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the words of a Python file that people read, for Babel's message extraction.

    These are the first arguments of ``mark``, ``words`` and ``fact``, the ``help`` and ``label``
    of a fact, and the labels of the choices.
    """
    for node in ast.walk(ast.parse(stream.read())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            spoken = node.args[:1] if name in ("mark", "words", "fact") else []
            if name == "fact":
                spoken += [item.value for item in node.keywords]
        elif isinstance(node, ast.ClassDef):
            values = [item.value for item in node.body if isinstance(item, ast.Assign)]
            spoken = [item.elts[1] for item in values if isinstance(item, ast.Tuple)]
        else:
            continue
        for item in spoken:
            if isinstance(item, ast.Constant) and isinstance(item.value, str) and item.value:
                yield item.lineno, None, item.value, []


def extract_law(
    stream: io.BufferedReader,
    _keywords: object,
    _tags: object,
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the prose of a jurisdiction or campaign file, for Babel's message extraction."""
    text = stream.read().decode()
    for key, value in _prose(tomllib.loads(text)):
        line = text[: text.find(value.split("\n")[0])].count("\n") + 1
        yield line, None, value, [key]


def _prose(table: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(table, dict):
        for name, value in table.items():
            yield from _prose(value, name)
    elif isinstance(table, list):
        for value in table:
            yield from _prose(value, key)
    elif isinstance(table, str) and key in PROSE and table:
        yield key, table
