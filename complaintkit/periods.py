"""Counting time: calendar months, days and working days, and the roll-over of the last day.

Sources: Regulation (EEC, Euratom) 1182/71, Art. 3 (https://eur-lex.europa.eu/eli/reg/1971/1182/oj);
for the United Kingdom UK GDPR Art. 4A and DPA 2018 s. 205(2), which apply the same article.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from complaintkit.errors import ComplaintkitError, LawError, Problem

if TYPE_CHECKING:
    import holidays

Unit = Literal["months", "days", "business days"]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time, such as one calendar month or 45 days."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read ``"1 month"``, ``"30 days"`` or ``"15 business days"``.

        Raises:
            LawError: The text is none of these.

        """
        match = re.fullmatch(r"([1-9]\d{0,3}) (business day|day|month|year)s?", text)
        if not match:
            raise LawError(
                Problem("", f"'{text}' is not a period", "write '1 month' or '15 business days'")
            )
        count = int(match[1]) * (12 if match[2] == "year" else 1)
        units: dict[str, Unit] = {
            "business day": "business days",
            "day": "days",
            "month": "months",
            "year": "months",
        }
        return cls(count, units[match[2]])

    def __str__(self) -> str:
        return f"{self.count} {self.unit if self.count > 1 else self.unit[:-1]}"


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period, and how it was found."""

    day: dt.date
    event: dt.date
    period: Period
    rolled_from: dt.date | None = None
    place: str = ""


def add_months(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year > dt.MAXYEAR:
        return dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def _holidays(place: str, year: int) -> holidays.HolidayBase:
    import holidays as library  # noqa: PLC0415 - slow to import

    country, _, region = place.partition("-")
    try:
        return library.country_holidays(country, subdiv=region or None, years=year)
    except NotImplementedError:
        if not region:
            raise ComplaintkitError(
                Problem("", f"no calendar of holidays is known for '{place}'")
            ) from None
        return library.country_holidays(country, years=year)


def is_working_day(day: dt.date, place: str) -> bool:
    """Return whether a day is neither Saturday, Sunday nor a public holiday in a place.

    ``place`` is a country or subdivision code, such as ``IE`` or ``GB-SCT``.
    """
    return day.weekday() < calendar.SATURDAY and day not in _holidays(place, day.year)


def due(event: dt.date, period: Period, place: str, *, roll: bool, paused: int = 0) -> Due:
    """Return the last day of a period.

    The day of the event does not count. Months end on the same date, or on the last day of the
    month. With ``roll``, a last day that is no working day in ``place`` moves to the next one, and
    a period of two days or more contains two working days (Regulation 1182/71, Art. 3).

    Args:
        event: The day from which the period runs.
        period: Its length.
        place: The country or subdivision whose holidays count.
        roll: Whether the law has a roll-over rule.
        paused: The days on which the period stood still.

    """
    if period.unit == "business days":
        return Due(_business_days(event, period.count, place), event, period, None, place)
    if period.unit == "months":
        last = add_months(event, period.count)
    else:
        last = _plus(event, period.count)
    last = _plus(last, paused)
    if not roll:
        return Due(last, event, period)
    day = last
    if period.unit == "days" and period.count >= 2:
        day = max(day, _business_days(event, 2, place))
    while day < dt.date.max and not is_working_day(day, place):
        day = _plus(day, 1)
    return Due(day, event, period, last if day != last else None, place)


def _plus(day: dt.date, days: int) -> dt.date:
    """Return a later day, at most the last of the calendar."""
    return day + dt.timedelta(days=min(days, (dt.date.max - day).days))


def _business_days(event: dt.date, count: int, place: str) -> dt.date:
    day = event
    while count and day < dt.date.max:
        day = _plus(day, 1)
        count -= is_working_day(day, place)
    return day
