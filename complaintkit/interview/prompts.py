"""One prompt as both faces show it: a question made ready, and the words typed in reply."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal, Protocol

from complaintkit.answers import NOT_KNOWN, WITHHELD, Choice, Unknown, known
from complaintkit.interview import places
from complaintkit.interview.dates import in_words, locale_of, parse_date
from complaintkit.interview.letterhead import check_email
from complaintkit.interview.questions import PAST_DATES, Question

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from complaintkit.facts import Case

LABEL_WIDTH = 40
WORDS = {"back": "BACK", "<": "BACK", "why": "WHY", "why?": "WHY"}


class Turn(Enum):
    """A reply that is no answer."""

    BACK = "back"
    WHY = "why"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a list."""

    key: str
    label: str

    @property
    def short(self) -> str:
        """The label, cut so that it is never longer than the screen."""
        if len(self.label) <= LABEL_WIDTH:
            return self.label
        head, colon, _ = self.label.partition(": ")
        if colon and len(head) <= LABEL_WIDTH:
            return head
        return textwrap.shorten(self.label, LABEL_WIDTH, placeholder=" ...")


def _same(text: str) -> object:
    return " ".join(text.split())


@dataclass(frozen=True)
class Prompt:
    """Something to reply to; ``shape`` says how a face shows it."""

    message: str
    shape: Literal["one", "many", "line", "long", "place"]
    help: str = ""
    options: tuple[Option, ...] = ()
    default: tuple[str, ...] = ()
    """The keys of the options chosen before, or the text."""
    read: Callable[[str], object] = _same
    """Makes an answer of what is typed; raises ValueError with a sentence that helps."""
    echo: Callable[[object], str] | None = None
    """Says back what was read, while it is typed."""
    places: tuple[places.Place, ...] = ()
    unsure: bool = False
    """Whether 'not sure' and 'rather not say' are answers."""
    why: bool = False
    optional: bool = False

    def typed(self, text: str) -> object:
        """Return the reply that typed words mean: an answer, an `Unknown` or a `Turn`.

        Raises:
            ValueError: They mean nothing here.

        """
        word = text.strip()
        if word.casefold() in WORDS:
            return Turn[WORDS[word.casefold()]]
        if word in ("?", "-") and self.unsure:
            return Unknown(word)
        if word in ("", "-") and self.optional:
            return Turn.EMPTY
        if word == "?":
            return Turn.WHY
        if not word and self.shape != "place":
            hint = " Or type ? if you are not sure, - if you would rather not say."
            message = f"Please write something.{hint if self.unsure else ''}"
            raise ValueError(message)
        return self.read(text)


class Face(Protocol):
    """How a person is spoken to."""

    keys: str
    """The keys that work everywhere, in a sentence."""

    def say(self, text: str, *, strong: bool = False) -> None:
        """Show a text."""

    def ask(self, prompt: Prompt) -> object:
        """Return the reply: keys for options, what ``read`` gave, an `Unknown` or a `Turn`."""


def hang(line: str, width: int) -> str:
    """Return a line broken at words; what follows an indented beginning hangs below it."""
    bare = line.lstrip()
    indent = len(line) - len(bare) + (2 if bare.startswith("- ") else 0)
    return textwrap.fill(line, width, subsequent_indent=" " * indent)


def options(choices: Sequence[Choice]) -> tuple[Option, ...]:
    """Return fixed answers as entries of a list."""
    return tuple(Option(str(choice), choice.label) for choice in choices)


def date_reader(today: dt.date, locale: str, *, past: bool) -> Callable[[str], object]:
    """Return what reads a day."""
    return lambda text: parse_date(text, today, locale, past=past)


def echo_date(value: object) -> str:
    """Return how a day was understood."""
    return in_words(value) if hasattr(value, "weekday") else ""  # type: ignore[arg-type]


def prompt_of(question: Question, case: Case, today: dt.date) -> Prompt:
    """Return the prompt for a question; a default that is no longer possible is dropped."""
    listed = _options(question)
    shape, read = _shape(question, case, today)
    found = _places(question, case)
    return Prompt(
        message=question.prompt,
        shape=shape,
        help=_help(question),
        options=listed,
        default=_default(question, listed, found),
        read=_place_reader(found) if shape == "place" else read,
        echo=echo_date if question.kind == "date" else None,
        places=found,
        unsure=question.is_fact,
        why=True,
        optional=question.optional,
    )


def value_of(question: Question, reply: object) -> object:
    """Return the answer that a reply to a question's prompt stands for."""
    return reply == "yes" if question.kind == "yes_no" and isinstance(reply, str) else reply


def _options(question: Question) -> tuple[Option, ...]:
    if question.kind == "yes_no":
        return (Option("yes", "Yes"), Option("no", "No"))
    return options(question.choices)


def _shape(
    question: Question, case: Case, today: dt.date
) -> tuple[Literal["one", "many", "line", "long", "place"], Callable[[str], object]]:
    kind = question.kind
    if kind in ("yes_no", "choice"):
        return "one", _same
    if kind == "many":
        return "many", _same
    if kind in ("residence", "country", "region"):
        return "place", _same
    if kind in ("long", "lines"):
        return "long", _lines if kind == "lines" else str.strip
    if kind == "date":
        past = question.name in PAST_DATES
        return "line", _date_or_none(question, date_reader(today, locale_of(case), past=past))
    return "line", _email if kind == "email" else _same


def _email(text: str) -> object:
    return check_email(text.strip())


def _date_or_none(question: Question, read: Callable[[str], object]) -> Callable[[str], object]:
    """Let a practice that goes on have no last day."""
    if question.name != "practice_ended":
        return read
    return lambda text: NOT_KNOWN if text.strip().casefold() in ("no", "goes on") else read(text)


def _help(question: Question) -> str:
    if question.name == "practice_ended":
        return "If it goes on, type no."
    if question.optional and question.kind != "history":
        return f"{question.help} You may leave it empty.".strip()
    return question.help


def _lines(text: str) -> object:
    return tuple(line for line in (_collapse(line) for line in text.splitlines()) if line)


def _collapse(text: str) -> str:
    return " ".join(text.split())


def _places(question: Question, case: Case) -> tuple[places.Place, ...]:
    if question.kind == "residence":
        return places.residence_options()
    if question.kind == "country":
        return places.countries()
    if question.kind == "region":
        country = case.controller.country
        return places.regions("" if isinstance(country, Unknown) else country)
    return ()


def _place_reader(known_places: tuple[places.Place, ...]) -> Callable[[str], object]:
    def read(text: str) -> object:
        found = places.find_places(text, known_places) if text.strip() else []
        if len(found) == 1:
            return found[0].code
        if found:
            names = "; ".join(place.label for place in found[:4])
            message = f"Which one? {names}{' ...' if len(found) > 4 else ''}"
        elif text.strip():
            message = "No place of that name is known here. Try another spelling, or ? or -."
        else:
            message = "Type the beginning of its name."
        raise ValueError(message)

    return read


def _default(
    question: Question, listed: tuple[Option, ...], found: tuple[places.Place, ...]
) -> tuple[str, ...]:
    """Return the answer given before, as the face needs it."""
    value = question.default
    if value in (NOT_KNOWN, WITHHELD):
        return (str(value.value),) if isinstance(value, Unknown) else ()
    if not known(value):
        return ()
    if question.kind == "yes_no":
        return ("yes" if value else "no",)
    keys = tuple(str(item) for item in value) if isinstance(value, tuple) else (str(value),)
    if listed:
        return tuple(key for key in keys if key in {option.key for option in listed})
    if found:
        return (places.label_of(keys[0], found),)
    return ("\n".join(keys),)
