"""Answers to a question: the four states of a fact, and the words to choose from."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import TYPE_CHECKING, Any, Self, TypeVar, Union

from pydantic import Field

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic.config import JsonDict

T = TypeVar("T")


class Unknown(Enum):
    """A fact without a value: not asked yet, not known to the person, or not to be told."""

    UNANSWERED = ""
    NOT_KNOWN = "?"
    WITHHELD = "-"

    def __bool__(self) -> bool:
        """Never silently count as no."""
        message = f"{self.name} is neither yes nor no: compare it, or ask `known()`"
        raise TypeError(message)


Answer = Union[T, Unknown]  # noqa: UP007 - a generic alias needs the subscriptable form
UNANSWERED = Unknown.UNANSWERED
NOT_KNOWN = Unknown.NOT_KNOWN
WITHHELD = Unknown.WITHHELD


def known(answer: object) -> bool:
    """Return whether the person gave a value (an empty text or list is none)."""
    return not isinstance(answer, Unknown) and answer not in ("", (), None)


class Choice(StrEnum):
    """One of a fixed set of answers: ``value`` is written to files, ``label`` is read by people."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        """Make the member from its value and its label."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """Return the member with a value.

        Raises:
            KeyError: There is none.

        """
        return cls._value2member_map_[value]  # type: ignore[return-value]


class Group(Choice):
    """The parts of the conversation, in the order in which they are asked."""

    STORY = "story", "What happened"
    PLACE = "place", "Where you live"
    COMPANY = "company", "The company"
    DATA = "data", "Your data"
    TOLD = "told", "What you were told"
    OPT_OUT = "opt_out", "Consent and opting out"
    DONE = "done", "What you did so far"
    SITUATION = "situation", "Your own situation"
    WISHES = "wishes", "What you want"


def fact(
    question: str,
    group: Group,
    *,
    help: str = "",  # noqa: A002
    label: str = "",
    only_for: tuple[str, ...] = (),
) -> Any:
    """Declare one fact of a case.

    Args:
        question: The question in plain words, as the wizard asks it.
        group: The part of the conversation it belongs to.
        help: Where a person finds the answer, in one or two sentences.
        label: The short name used in reviews; by default made from the field's name.
        only_for: The practices for which an interview asks it; by default it does for all.

    """
    extra: JsonDict = {
        "question": question,
        "group": group.value,
        "help": help,
        "label": label,
        "only_for": list(only_for),
    }
    return Field(default=Unknown.UNANSWERED, description=question, json_schema_extra=extra)


def labels(choices: Iterable[Choice]) -> list[str]:
    """Return the labels of some choices, in their order."""
    return [choice.label for choice in choices]
