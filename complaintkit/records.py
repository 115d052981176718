"""The shapes that a case is made of: frozen tables, facts with four states, dates and codes."""

from __future__ import annotations

import datetime as dt
import re
from enum import Enum
from typing import TYPE_CHECKING, Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from complaintkit.answers import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TEXT = 20_000
MAX_LINE = 1_000
UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
    "|[" + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}"
                   for plane in range(1, 17)) + "]"
)  # fmt: skip
"""Signs that cannot be shown, or that show a text other than it is written."""
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


def unwritable(text: str) -> str:
    """Return why a text cannot stand in a letter, or nothing if it can."""
    found = UNWRITABLE.search(text)
    if not found:
        return ""
    code = ord(found[0])
    if code in (0x202D, 0x202E):
        return f"has an invisible sign that turns the order of the letters round (U+{code:04X})"
    if 0xD800 <= code < 0xE000:
        return f"has half of a sign, which is no text (U+{code:04X})"
    return f"has a control character, which cannot be shown (U+{code:04X})"


def _text(text: str) -> str:
    """Refuse what cannot be shown; a line ends in one way, wherever the text was typed."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if reason := unwritable(text):
        raise ValueError(reason)
    return text


def _line(text: str) -> str:
    """Refuse more than one line, and what cannot be shown."""
    if "\n" in text or "\r" in text:
        message = "must be one line, without a line break"
        raise ValueError(message)
    return _text(text)


Text = Annotated[str, Field(max_length=MAX_TEXT), AfterValidator(_text)]
Line = Annotated[str, Field(max_length=MAX_LINE), AfterValidator(_line)]
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


def texts(record: BaseModel, place: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text that a person wrote in a record, after its place such as ``person.name``."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        where = f"{place}.{name}" if place else name
        several = value if isinstance(value, tuple) else (value,)
        for number, item in enumerate(several, 1):
            here = f"{where}.{number}" if isinstance(value, tuple) else where
            if isinstance(item, BaseModel):
                yield from texts(item, here)
            elif isinstance(item, str) and not isinstance(item, Enum):
                yield here, item
