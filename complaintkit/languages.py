"""The language of a letter: that of its recipient, so far as there are words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.i18n import SOURCE_LANGUAGE, languages, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.i18n import Words

SPOKEN = {
    "AT": ("de",), "BE": ("fr",), "DE": ("de",), "FR": ("fr",), "LI": ("de",), "LU": ("fr", "de"),
    "MC": ("fr",),
}  # fmt: skip
"""The languages in which a controller of a country is written to, elsewhere English."""
FRENCH_CANTONS = ("CH-FR", "CH-GE", "CH-JU", "CH-NE", "CH-VD", "CH-VS")


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
    accepted = list(_accepted(assessment, found))
    there = offered(assessment)
    fitting = [code for code in sorted(accepted, key=lambda code: code != own) if code in there]
    return fitting[0] if fitting else SOURCE_LANGUAGE


def _accepted(assessment: Assessment, found: RouteFinding) -> Iterable[str]:
    if found.authority:
        return found.authority.languages
    controller, home = assessment.case.controller, assessment.case.facts.residence
    country = "" if isinstance(controller.country, Unknown) else controller.country
    if country == "CH":
        places = [p for p in (controller.region, home) if not isinstance(p, Unknown)]
        canton = next((place for place in places if place.startswith("CH-")), "")
        return ("fr", "de") if canton in FRENCH_CANTONS else ("de", "fr")
    return SPOKEN.get(country, (SOURCE_LANGUAGE,))
