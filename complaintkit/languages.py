"""The language of a letter: that of its recipient, so far as there are words for it."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.files import data_dir
from complaintkit.i18n import SOURCE_LANGUAGE, languages, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.i18n import Words

TERRITORIES = {"us": "US", "ch": "CH"}
"""Whose words documents under a family of law have, elsewhere those of Britain."""


def words_under(family: str, language: str) -> Words:
    """Return the words of a language for documents under a family of law.

    Raises:
        InputError: There is no catalogue for the language.

    """
    return words(language, TERRITORIES.get(family, "GB"))


def offered(assessment: Assessment) -> tuple[str, ...]:
    """Return the languages in which there are words for every law of an assessment."""
    heads = [law.head for law in assessment.laws]
    return tuple(code for code in languages() if all(code in head.languages for head in heads))


def of(assessment: Assessment, found: RouteFinding, own: str = "") -> str:
    """Return the language of a letter.

    Args:
        assessment: What follows from the case.
        found: The route of the letter.
        own: The person's own language, which goes first where the recipient accepts it.

    """
    accepted = _accepted(assessment, found)
    there = offered(assessment)
    fitting = [code for code in sorted(accepted, key=lambda code: code != own) if code in there]
    return fitting[0] if fitting else SOURCE_LANGUAGE


def _accepted(assessment: Assessment, found: RouteFinding) -> Sequence[str]:
    """Return the recipient's languages: an authority's own, or those of the controller's place.

    The part of its country that is known, or that the person lives in, goes before the country.
    """
    if found.authority:
        return found.authority.languages
    controller, home = assessment.case.controller, assessment.case.facts.residence
    if isinstance(controller.country, Unknown):
        return (SOURCE_LANGUAGE,)
    parts = [place for place in (controller.region, home) if not isinstance(place, Unknown)]
    inside = [place for place in parts if place.startswith(f"{controller.country}-")]
    places = _places()
    known = (places[place] for place in (*inside[:1], controller.country) if place in places)
    return next(known, (SOURCE_LANGUAGE,))


@cache
def _places() -> Mapping[str, Sequence[str]]:
    path = data_dir("templates").joinpath("locale", "places.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
