"""The shapes that a case is made of: frozen tables, facts with four states, dates and codes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from complaintkit.answers import Unknown

MAX_TEXT = 20_000
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso_date(value: object) -> object:
    """Accept a date or an ISO text, and nothing that merely looks like a number."""
    if isinstance(value, str | dt.datetime) or not isinstance(value, dt.date):
        text = value.strip() if isinstance(value, str) else ""
        try:
            if ISO_DATE.fullmatch(text):
                return dt.date.fromisoformat(text)
        except ValueError:
            pass
        message = "write the date as YYYY-MM-DD"
        raise ValueError(message)
    return value


Date = Annotated[dt.date, BeforeValidator(_iso_date, json_schema_input_type=dt.date)]
Text = Annotated[str, Field(max_length=MAX_TEXT)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
RegionCode = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{2,3})?$")]


class Record(BaseModel):
    """A frozen table of a case file; unknown keys are refused here and kept by the reader."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True
    )


class FactTable(Record):
    """A table of which some fields are facts with four states."""

    @field_validator("*", mode="before")
    @classmethod
    def _states(cls, value: object, info: ValidationInfo) -> object:
        """Read ``?`` as not known, ``-`` as rather not say and nothing as unanswered."""
        is_fact = cls.model_fields[str(info.field_name)].json_schema_extra is not None
        mark = value.strip() if isinstance(value, str) else value
        return Unknown(mark) if is_fact and mark in ("", "?", "-") else value
