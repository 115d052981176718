"""What the template of a form may see: boxes with their text, or with a field to fill in."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.citations import cite
from complaintkit.concerns import BEGAN, USE_BEGAN, concern
from complaintkit.i18n import mark
from complaintkit.view import BASES
from complaintkit.vocabulary import DataKind, StepKind

if TYPE_CHECKING:
    from complaintkit.assessment import Assessment, Deadline
    from complaintkit.facts import Case
    from complaintkit.formfields import Field
    from complaintkit.formrights import Choice
    from complaintkit.i18n import Words
    from complaintkit.law import Law
    from complaintkit.letterview import LetterView

TEMPLATE = "forms/objection.html.j2"
TITLES = {
    "eu": mark("Objection and requests under the %s"),
    "uk": mark("Objection and requests under the %s"),
    "ch": mark("Objection and requests under the %s"),
    "us": mark("Privacy request under the %s"),
}
SEE_LETTER = mark("See the attached letter.")
ROOM = 12
"""The number of lines that the page has for the situation, whatever else is on it."""
FIRST = (StepKind.OBJECTION, StepKind.ACCESS, StepKind.REQUEST)
"""Steps for which a blank form names the time to answer; the longest of them, to be safe."""
WIDE = 1.5
"""How much wider than others a capital letter is set, or a letter of East Asian writing."""


def fits(text: str, columns: int, lines: int) -> bool:
    """Return whether a text goes into a box of so many lines, each of so many common signs."""
    return _lines([text], columns) <= lines


def _lines(texts: list[str], columns: int) -> int:
    """Return how many lines some texts take, each of so many common signs."""
    lines = [line for text in texts if text for line in text.split("\n")]
    return sum(max(1, math.ceil(_width(line) / columns)) for line in lines)


def _width(text: str) -> float:
    return sum(2.0 if unicodedata.east_asian_width(c) in "WF" else _of(c) for c in text)


def _of(sign: str) -> float:
    return WIDE if sign.isupper() or sign in "mwMW@%…—" else 1.0


@dataclass(frozen=True)
class FormView:
    """One form: of a law alone while it is blank, or of a case whose letter it goes with."""

    law: Law
    case: Case
    words: Words
    choices: tuple[Choice, ...]
    assessment: Assessment
    fields: tuple[Field, ...] = ()
    """What can be filled in; empty for a form filled from a case."""
    letter: LetterView | None = field(default=None)
    """The letter the form goes with, if it is filled from a case."""

    @property
    def blank(self) -> bool:
        """Whether it is to be filled in."""
        return self.letter is None

    @property
    def language(self) -> str:
        """The language of the form, for the document's own mark."""
        return str(self.words.locale).replace("_", "-")

    @property
    def family(self) -> str:
        """The family of law: eu, uk, ch or us."""
        return self.law.head.family

    @property
    def layout(self) -> str:
        """The class of the page: the paper that is sold where the person lives."""
        american = self.letter.layout == "us" if self.letter else self.family == "us"
        return "letter" if american else "a4"

    @property
    def title(self) -> str:
        """The title, with the law."""
        return self.words(TITLES[self.family]) % self.words(self.law.head.title)

    @cached_property
    def asked(self) -> dict[str, Field]:
        """The fields by name."""
        return {item.name: item for item in self.fields}

    def of(self, table: str) -> list[Field]:
        """Return the fields of a table of the case that are no boxes to tick."""
        return [f for f in self.fields if f.name.startswith(f"{table}.") and f.kind != "tick"]

    @property
    def marks(self) -> list[Field]:
        """The fields that tell the program what the form is."""
        return [item for item in self.fields if item.kind == "mark"]

    @property
    def reasons(self) -> str:
        """The person's own situation, or that it stands in the letter."""
        return "\n".join(self.lines([self.situation], 84, ROOM))

    def lines(self, parts: list[str], columns: int, lines: int) -> list[str]:
        """Return the lines of a box, or that they stand in the letter if there is no room."""
        text = "\n".join(part for part in parts if part)
        if self.letter and not fits(text, columns, lines):
            return [self.words(SEE_LETTER)]
        return text.split("\n") if text else []

    @property
    def sender(self) -> list[str]:
        """Name and address of the person."""
        return self.letter.complainant if self.letter else []

    @property
    def reached_at(self) -> list[str]:
        """How the person can be reached."""
        return self.letter.reached_at if self.letter else []

    @property
    def signed(self) -> str:
        """Place and day of a filled form, in words."""
        day = self.words.date(self.assessment.on)
        place = self.case.person.place
        return f"{place}, {day}" if place and fits(place, 30, 1) else day

    @property
    def recipient(self) -> list[str]:
        """Name and address of the controller."""
        company = self.case.controller
        country = (
            "" if isinstance(company.country, Unknown) else self.words.country(company.country)
        )
        return [
            company.name or company.service,
            company.attention,
            *company.address,
            country,
        ]

    @property
    def service(self) -> str:
        """The service by its own name, if that is not the company's."""
        company = self.case.controller
        return company.service if company.name and company.service != company.name else ""

    @property
    def concern(self) -> str:
        """What the form is about, as far as it is known."""
        if self.blank and isinstance(self.case.facts.practice, Unknown):
            return ""
        return concern(self.case, self.words)

    @property
    def basis(self) -> str:
        """The legal basis that the company states, if it is known."""
        stated = self.case.facts.stated_basis
        if isinstance(stated, Unknown) or not self.law.head.asks_basis:
            return ""
        return self.words(BASES.get(stated, stated.label))

    @property
    def days(self) -> list[tuple[str, str]]:
        """The days of the story that are known: fact and label."""
        began = self.words(BEGAN.get(self.case.facts.practice, USE_BEGAN))
        labels = {"practice_began": began, "learned_on": self.words("I learned of it")}
        return [(name, label) for name, label in labels.items() if self.day(name)]

    def day(self, name: str) -> str:
        """Return the day of a fact in words."""
        answer = self.case.answer(name)
        return "" if isinstance(answer, Unknown) else self.words.date(answer)  # type: ignore[arg-type]

    @property
    def data(self) -> str:
        """The data concerned, in words."""
        kinds = self.case.facts.data_kinds
        known = () if isinstance(kinds, Unknown) else kinds
        return "; ".join(self.words(kind.label) for kind in known)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds of data to tick: field and words."""
        return [(f"facts.data_kinds.{kind}", self.words(kind.label)) for kind in DataKind]

    @property
    def situation(self) -> str:
        """The person's own reasons."""
        text = self.case.facts.situation
        return "" if isinstance(text, Unknown) else text

    @property
    def crowded(self) -> bool:
        """Whether a filled form has so many lines that it is set smaller."""
        heads = max(_lines([*self.sender, *self.reached_at], 46), _lines(self.recipient, 46))
        texts = min(_lines([self.situation], 84), ROOM) + _lines([self.concern], 74)
        kinds = min(_lines([self.data], 84), 7)
        return min(heads, 14) + texts + kinds + len(self.choices) + len(self.days) > 27

    @property
    def _clock(self) -> Deadline | None:
        """The time that begins with the form."""
        if self.letter:
            return self.letter.reply("answer")
        own = [d for d in self.assessment.deadlines if d.law is self.law and d.step in FIRST]
        answers = [d for d in own if d.clock.for_ == "answer"]
        return max(answers, key=lambda deadline: deadline.due.day, default=None)

    @property
    def due(self) -> str:
        """The last day of the answer, or on a blank form the time for it, in words."""
        clock = self._clock
        if clock is None:
            return self.letter.within("1 month") if self.letter else ""
        return self.letter.last_day(clock) if self.letter else self.words.period(clock.due.period)

    @property
    def rule(self) -> str:
        """The provisions that set the time for the answer."""
        clock = self._clock
        language = self.words.language
        return cite(clock.law, clock.clock.provisions, language) if clock else ""
