"""Where people live and companies sit: codes, names and a search blind to accents and case."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Sequence

EEA = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "GR", "HU", "IS", "IE", "IT",
    "LV", "LI", "LT", "LU", "MT", "NL", "NO", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
]  # fmt: skip
"""The countries of the European Economic Area without Germany, which is listed by Land."""

NATIONS = {
    "GB-ENG": "England",
    "GB-SCT": "Scotland",
    "GB-WLS": "Wales",
    "GB-NIR": "Northern Ireland",
}
LAENDER = {
    "DE-BW": "Baden-Württemberg",
    "DE-BY": "Bavaria",
    "DE-BE": "Berlin",
    "DE-BB": "Brandenburg",
    "DE-HB": "Bremen",
    "DE-HH": "Hamburg",
    "DE-HE": "Hesse",
    "DE-MV": "Mecklenburg-Western Pomerania",
    "DE-NI": "Lower Saxony",
    "DE-NW": "North Rhine-Westphalia",
    "DE-RP": "Rhineland-Palatinate",
    "DE-SL": "Saarland",
    "DE-SN": "Saxony",
    "DE-ST": "Saxony-Anhalt",
    "DE-SH": "Schleswig-Holstein",
    "DE-TH": "Thuringia",
}
STATES = {
    "US-AL": "Alabama", "US-AK": "Alaska", "US-AZ": "Arizona", "US-AR": "Arkansas",
    "US-CA": "California", "US-CO": "Colorado", "US-CT": "Connecticut", "US-DE": "Delaware",
    "US-DC": "District of Columbia", "US-FL": "Florida", "US-GA": "Georgia", "US-HI": "Hawaii",
    "US-ID": "Idaho", "US-IL": "Illinois", "US-IN": "Indiana", "US-IA": "Iowa",
    "US-KS": "Kansas", "US-KY": "Kentucky", "US-LA": "Louisiana", "US-ME": "Maine",
    "US-MD": "Maryland", "US-MA": "Massachusetts", "US-MI": "Michigan", "US-MN": "Minnesota",
    "US-MS": "Mississippi", "US-MO": "Missouri", "US-MT": "Montana", "US-NE": "Nebraska",
    "US-NV": "Nevada", "US-NH": "New Hampshire", "US-NJ": "New Jersey", "US-NM": "New Mexico",
    "US-NY": "New York", "US-NC": "North Carolina", "US-ND": "North Dakota", "US-OH": "Ohio",
    "US-OK": "Oklahoma", "US-OR": "Oregon", "US-PA": "Pennsylvania", "US-RI": "Rhode Island",
    "US-SC": "South Carolina", "US-SD": "South Dakota", "US-TN": "Tennessee", "US-TX": "Texas",
    "US-UT": "Utah", "US-VT": "Vermont", "US-VA": "Virginia", "US-WA": "Washington",
    "US-WV": "West Virginia", "US-WI": "Wisconsin", "US-WY": "Wyoming",
}  # fmt: skip
OTHER_NAMES = {
    "GB": "UK, Great Britain, Britain",
    "US": "USA, America",
    "GR": "EL, Hellas",
    "NL": "Holland",
    "DE-BY": "Bayern",
    "DE-HE": "Hessen",
    "DE-MV": "Mecklenburg-Vorpommern",
    "DE-NI": "Niedersachsen",
    "DE-NW": "Nordrhein-Westfalen NRW",
    "DE-RP": "Rheinland-Pfalz",
    "DE-SN": "Sachsen",
    "DE-ST": "Sachsen-Anhalt",
    "DE-TH": "Thüringen",
    "US-DC": "Washington DC",
}
LANGUAGES = ("de", "fr", "it", "es", "pl", "nl", "pt")
"""Languages whose names of countries are understood everywhere, beside a country's own."""

LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True, slots=True)
class Place:
    """A country or a part of one: what is written to files, what is read, what finds it."""

    code: str
    label: str
    search: str
    """Everything it may be called, folded, with blanks around each name's words."""


def fold(text: str) -> str:
    """Return a text without accents, case and punctuation."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return " ".join(re.findall(r"\w+", "".join(c for c in bare if not unicodedata.combining(c))))


@lru_cache(maxsize=1)
def residence_options() -> tuple[Place, ...]:
    """Return where a person can live so that this version knows a law."""
    return (
        *(_part(code, name, "UK") for code, name in NATIONS.items()),
        *(_country(code) for code in sorted([*EEA, "CH"], key=_sorted_by)),
        *(_part(code, name, "Germany") for code, name in LAENDER.items()),
        Place("DE", "Land not named, Germany", _search("DE")),
        *(_part(code, name, "USA") for code, name in STATES.items()),
    )


@lru_cache(maxsize=1)
def countries() -> tuple[Place, ...]:
    """Return every country of the world."""
    codes = [str(c) for c in Locale("en").territories if re.fullmatch("[A-Z]{2}", str(c))]
    real = [code for code in codes if code not in ("EU", "EZ", "UN", "XA", "XB", "QO", "ZZ")]
    return tuple(_country(code) for code in sorted(real, key=_sorted_by))


def regions(country: str = "") -> tuple[Place, ...]:
    """Return the German Laender and the states of the USA, or those of one of the two."""
    names = {**LAENDER, **STATES}
    chosen = [code for code in names if code.startswith(f"{country}-")] or list(names)
    return tuple(
        _part(code, names[code], "Germany" if code in LAENDER else "USA") for code in chosen
    )


def find_places(text: str, options: Sequence[Place] | None = None) -> list[Place]:
    """Return the places a person may mean, the likeliest first.

    Each typed word must begin a word of one of the place's names. An exact name, as in the
    choice of a label from the list, gives that place alone.
    """
    options = residence_options() if options is None else options
    wanted = fold(text)
    if not wanted:
        return list(options)
    exact = [p for p in options if wanted in (fold(p.label), fold(p.code))]
    if exact:
        return exact[:1]
    parts = wanted.split()
    found = [p for p in options if all(f" {part}" in p.search for part in parts)]
    return sorted(found, key=lambda p: not fold(p.label).startswith(wanted))


def label_of(code: str, options: Sequence[Place] | None = None) -> str:
    """Return the name of a place by its code, or the code if it has none."""
    for place in residence_options() if options is None else options:
        if place.code == code:
            return place.label
    return _name(code)


def _name(code: str) -> str:
    return str(Locale("en").territories.get(code, code))


def _sorted_by(code: str) -> str:
    return fold(_name(code))


def _country(code: str) -> Place:
    return Place(code, _name(code), _search(code))


def _part(code: str, name: str, country: str) -> Place:
    found = _search(code.partition("-")[0])
    own = f" {fold(name)} {fold(OTHER_NAMES.get(code, ''))} {fold(code)}"
    return Place(code, f"{name}, {country}", f"{own} {found}")


@lru_cache(maxsize=300)
def _search(code: str) -> str:
    """Return all names of a country: English, those of its neighbours, and its own."""
    names = {_name(code), code, OTHER_NAMES.get(code, "")}
    names |= {str(Locale(language).territories.get(code, "")) for language in LANGUAGES}
    with suppress(ValueError, UnknownLocaleError):  # Antarctica has no language of its own
        names.add(str(Locale.parse(f"und_{code}").territories.get(code, "")))
    return "".join(f" {fold(name)}" for name in sorted(names))
