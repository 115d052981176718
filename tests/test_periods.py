"""Periods are counted as Regulation 1182/71 and the laws of each country say."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.errors import ComplaintkitError, LawError
from complaintkit.periods import Due, Period, add_months, due, is_working_day

PROFILE = settings(derandomize=True, max_examples=250, deadline=None)


def day(text: str) -> dt.date:
    """Return a date."""
    return dt.date.fromisoformat(text)


ROLLING = [
    # law/eu-ch.md, section 3
    ("2027-03-05", "1 month", "IE", "2027-04-05"),
    ("2027-01-31", "1 month", "IE", "2027-03-01"),
    ("2026-08-31", "1 month", "DE", "2026-09-30"),
    ("2026-11-30", "1 month", "FR", "2026-12-30"),
    # law/uk.md, 1.3
    ("2026-11-25", "1 month", "GB-ENG", "2026-12-29"),
    ("2026-11-23", "30 days", "GB-ENG", "2026-12-23"),
    ("2027-01-31", "1 month", "GB-ENG", "2027-03-01"),
    ("2026-10-30", "1 month", "GB-ENG", "2026-11-30"),
    ("2026-10-30", "1 month", "GB-SCT", "2026-12-01"),
    ("2026-10-31", "30 days", "GB-ENG", "2026-11-30"),
    ("2026-10-31", "30 days", "GB-SCT", "2026-12-01"),
    ("2026-11-25", "3 months", "GB-ENG", "2027-02-25"),
    # the last day of the month, leap years, the turn of the year
    ("2027-12-31", "2 months", "DE", "2028-02-29"),
    ("2026-12-31", "1 month", "DE", "2027-02-01"),
    ("2026-12-01", "1 month", "DE", "2027-01-04"),
    ("2025-11-03", "1 year", "DE", "2026-11-03"),
    # Article 3(4): Epiphany is a holiday in Bavaria and not in Hamburg
    ("2026-12-06", "1 month", "DE-HH", "2027-01-06"),
    ("2026-12-06", "1 month", "DE-BY", "2027-01-07"),
    # Article 3(5): two days or more contain two working days
    ("2026-11-20", "2 days", "DE", "2026-11-24"),
    ("2026-11-20", "3 days", "DE", "2026-11-24"),
    ("2026-12-24", "2 days", "GB-ENG", "2026-12-30"),
    ("2026-11-20", "1 day", "DE", "2026-11-23"),
    ("2026-11-23", "2 days", "DE", "2026-11-25"),
]
PLAIN = [
    ("2027-03-05", "1 month", "2027-04-05"),
    ("2027-01-31", "1 month", "2027-02-28"),
    ("2026-08-31", "1 month", "2026-09-30"),
    ("2026-11-30", "1 month", "2026-12-30"),
    ("2026-11-23", "30 days", "2026-12-23"),
    ("2026-11-23", "45 days", "2027-01-07"),
    ("2026-11-25", "30 days", "2026-12-25"),
    ("2024-02-29", "1 year", "2025-02-28"),
    ("2026-11-20", "2 days", "2026-11-22"),
]
WORKING = [
    # Thanksgiving, Thursday 26 November 2026; Friday 27 is a state holiday in California
    ("2026-11-23", "15 business days", "US-CA", "2026-12-16"),
    ("2026-11-23", "15 business days", "US-TX", "2026-12-16"),
    ("2026-11-23", "15 business days", "US-NY", "2026-12-15"),
    ("2026-11-25", "1 business day", "US-CA", "2026-11-30"),
    ("2026-11-25", "1 business day", "US-NY", "2026-11-27"),
    ("2026-11-21", "1 business day", "DE", "2026-11-23"),
    ("2026-11-23", "10 business days", "GB-ENG", "2026-12-07"),
    ("2026-11-23", "10 business days", "GB-SCT", "2026-12-08"),
]


class TestDue:
    """The last day of a period."""

    @pytest.mark.parametrize(("event", "period", "place", "expected"), ROLLING)
    def test_with_roll(self, event: str, period: str, place: str, expected: str) -> None:
        """Where the law rolls over, the last day is a working day of the place."""
        found = due(day(event), Period.parse(period), place, roll=True)

        assert expected == str(found.day)

    @pytest.mark.parametrize(("event", "period", "expected"), PLAIN)
    def test_without_roll(self, event: str, period: str, expected: str) -> None:
        """Where it does not, weekends and holidays change nothing, and no place is needed."""
        found = due(day(event), Period.parse(period), "", roll=False)

        assert Due(day(expected), day(event), Period.parse(period)) == found

    @pytest.mark.parametrize("roll", [True, False])
    @pytest.mark.parametrize(("event", "period", "place", "expected"), WORKING)
    def test_business_days(
        self, event: str, period: str, place: str, expected: str, *, roll: bool
    ) -> None:
        """Business days leave out weekends and the holidays of the state, roll or not."""
        found = due(day(event), Period.parse(period), place, roll=roll)

        assert expected == str(found.day)
        assert found.rolled_from is None

    def test_roll_is_shown(self) -> None:
        """A rolled day says from where and by whose calendar."""
        found = due(day("2026-11-25"), Period.parse("1 month"), "GB-ENG", roll=True)

        assert day("2026-12-25") == found.rolled_from
        assert found.place == "GB-ENG"
        assert day("2026-11-25") == found.event

    def test_no_roll_is_shown_too(self) -> None:
        """A day that did not move says so."""
        found = due(day("2026-11-23"), Period.parse("30 days"), "GB-ENG", roll=True)

        assert found.rolled_from is None

    def test_extension_counts_from_receipt(self) -> None:
        """Three months from receipt are not two months from the rolled last day."""
        receipt = day("2026-11-25")
        first = due(receipt, Period.parse("1 month"), "GB-ENG", roll=True)

        extended = due(receipt, Period.parse("3 months"), "GB-ENG", roll=True)
        wrong = due(first.day, Period.parse("2 months"), "GB-ENG", roll=True)

        assert day("2027-02-25") == extended.day
        assert extended.day < wrong.day

    def test_unknown_region_takes_the_country(self) -> None:
        """A region without a calendar of its own takes that of its country."""
        assert not is_working_day(day("2026-07-14"), "FR-XYZ")

    def test_unknown_country(self) -> None:
        """A country without a calendar is one clear error, not a guess."""
        with pytest.raises(ComplaintkitError, match="no calendar of holidays is known for 'XX'"):
            due(day("2026-11-25"), Period.parse("1 month"), "XX", roll=True)


PLACES = st.sampled_from(["IE", "DE-BY", "GB-ENG", "GB-SCT", "US-CA", "CH-ZH", "FR"])
EVENTS = st.dates(dt.date(2020, 1, 1), dt.date(2032, 12, 31))
PERIODS = st.builds(
    Period, st.integers(1, 60), st.sampled_from(["days", "business days", "months"])
)


class TestProperties:
    """What is true of every period."""

    @PROFILE
    @given(EVENTS, PERIODS, PLACES, st.booleans())
    def test_after_the_event(self, event: dt.date, period: Period, place: str, roll: bool) -> None:  # noqa: FBT001
        """The last day is after the event, which does not count."""
        assert due(event, period, place, roll=roll).day > event

    @PROFILE
    @given(EVENTS, PERIODS, PLACES)
    def test_rolled_day_is_a_working_day(self, event: dt.date, period: Period, place: str) -> None:
        """With roll-over the last day is a working day, and no working day was jumped over."""
        found = due(event, period, place, roll=True)

        assert is_working_day(found.day, place)
        if period.unit == "months" and found.rolled_from:
            between = (found.day - found.rolled_from).days
            jumped = [found.rolled_from + dt.timedelta(days=n) for n in range(between)]
            assert not any(is_working_day(one, place) for one in jumped)

    @PROFILE
    @given(EVENTS, PERIODS, PLACES)
    def test_two_working_days(self, event: dt.date, period: Period, place: str) -> None:
        """A rolling period of two days or more has two working days in it."""
        found = due(event, period, place, roll=True)

        days = [event + dt.timedelta(days=n + 1) for n in range((found.day - event).days)]
        wanted = 1 if period.count == 1 and period.unit != "months" else 2
        assert sum(is_working_day(one, place) for one in days) >= wanted

    @PROFILE
    @given(EVENTS, st.integers(0, 40), PERIODS, PLACES, st.booleans())
    def test_monotone(
        self,
        event: dt.date,
        later: int,
        period: Period,
        place: str,
        roll: bool,  # noqa: FBT001
    ) -> None:
        """A later event never has an earlier last day."""
        early = due(event, period, place, roll=roll)

        late = due(event + dt.timedelta(days=later), period, place, roll=roll)

        assert early.day <= late.day

    @PROFILE
    @given(EVENTS, st.integers(0, 240))
    def test_months(self, event: dt.date, months: int) -> None:
        """A month ends on the same date, or on the last day of a shorter month."""
        found = add_months(event, months)

        assert (event.year * 12 + event.month + months) == found.year * 12 + found.month
        assert found.day == event.day or (found + dt.timedelta(days=1)).day == 1
        assert found.day <= event.day


class TestText:
    """Periods are written as people write them."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("1 month", Period(1, "months")),
            ("3 months", Period(3, "months")),
            ("2 years", Period(24, "months")),
            ("30 days", Period(30, "days")),
            ("1 day", Period(1, "days")),
            ("15 business days", Period(15, "business days")),
        ],
    )
    def test_parse(self, text: str, expected: Period) -> None:
        """A number and a unit, singular or plural."""
        assert expected == Period.parse(text)

    @pytest.mark.parametrize(
        "text",
        ["", "month", "0 days", "-1 days", "1.5 months", "one month", "30", "4 weeks", "30 Days",
         "30 days ", "1 month\n", "99999 days", "٣ days"],
    )  # fmt: skip
    def test_refused(self, text: str) -> None:
        """Anything else is refused with an example of what is right."""
        with pytest.raises(LawError, match=r"is not a period .*write '1 month'"):
            Period.parse(text)

    @pytest.mark.parametrize("text", ["1 month", "3 months", "1 day", "45 days", "1 business day"])
    def test_shown(self, text: str) -> None:
        """A period is shown as it was written."""
        assert text == str(Period.parse(text))
