"""Reading a day as people write it, and saying it back."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.dates import parse_date as babel_parse

from complaintkit.answers import Unknown
from complaintkit.interview.places import fold

if TYPE_CHECKING:
    from complaintkit.facts import Case

EARLIEST = 1970
HOW = "Write the day as 2026-03-05, 5 March 2026, today or yesterday."


def parse_date(text: str, today: dt.date, language: str, *, past: bool = False) -> dt.date:
    """Read a day.

    Args:
        text: An ISO date, ``today``, ``yesterday``, a day with the month's name, or numbers in
            the order of the language.
        today: The day on which it is typed.
        language: A locale such as ``en_GB``; it decides between day first and month first.
        past: Whether the day cannot lie in the future.

    Raises:
        ValueError: It is no day, or an impossible one; the message says what to type.

    """
    text = " ".join(text.split())
    relative = {"today": 0, "yesterday": 1}.get(text.casefold())
    day = _read(text, language) if relative is None else today - dt.timedelta(days=relative)
    if day.year < EARLIEST:
        message = f"The year {day.year} is too early. {HOW}"
        raise ValueError(message)
    if past and day > today:
        message = f"{in_words(day)} has not come yet: it must be today or earlier."
        raise ValueError(message)
    return day


def in_words(day: dt.date) -> str:
    """Return a day with its weekday, so that a wrong reading is seen."""
    return format_date(day, "EEEE, d MMMM y", locale="en")


def locale_of(case: Case) -> str:
    """Return the locale in which the person most likely writes dates."""
    residence = case.facts.residence
    if isinstance(residence, Unknown):
        return "en_GB"
    try:
        return str(Locale.parse(f"und_{residence.partition('-')[0]}"))
    except (ValueError, UnknownLocaleError):
        return "en_GB"


def _read(text: str, language: str) -> dt.date:
    try:
        if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
            year, month, number = (int(part) for part in text.split("-"))
            return dt.date(year, month, number)
        if re.search(r"[^\W\d_]", text):
            return _with_month_name(text, language)
        if len(re.findall(r"\d+", text)) == 3:  # day, month and year
            return babel_parse(text, locale=language, format="short")
    except (ValueError, IndexError):
        pass
    message = f"This is no day. {HOW}" if text else HOW
    raise ValueError(message)


def _with_month_name(text: str, language: str) -> dt.date:
    """Read such as '5 March 2026', 'March 5, 2026' or '5. März 2026'."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    day, year = sorted(numbers)
    (word,) = re.findall(r"[^\W\d_]{3,}", text)
    for locale in (language, "en"):
        for number, name in get_month_names("wide", locale=locale).items():
            if fold(name).startswith(fold(word)):
                return dt.date(year, number, day)
    raise ValueError(word)
