"""What the sheet of answers for a web form may see: each field, with the text to paste into it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from complaintkit.concerns import SENT
from complaintkit.correspondence import REPLIES
from complaintkit.history import ANSWERS, REQUESTS, threads
from complaintkit.i18n import mark
from complaintkit.letterview import LetterView
from complaintkit.shorten import Sentence, TooLongError, length, shorten
from complaintkit.view import EVENTS
from complaintkit.vocabulary import StepKind
from complaintkit.webforms import spoken_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from complaintkit.webforms import Form, FormField, WebForm
    from complaintkit.world import CaseWorld

ATTACHED = mark("The full account is in the attached letter.")
ON_REQUEST = mark("I can send the full account on request.")
COMPLAINT = mark("a complaint")
NO_TEXT = mark(
    "No text fits here: the field takes %(limit)s characters, and what has to be said is longer. "
    "Write it in your own words."
)

MAY_BREAK = 900
"""Characters from which a field may be divided between two pages."""


class Contact(NamedTuple):
    """Requests or complaints that went out together, and what became of them, in words."""

    what: str
    day: str
    answered: str
    met: str
    due: str
    note: str
    """What was answered, as the person has written it down."""


class Dated(NamedTuple):
    """A day of the story; ``published`` for an event that others have reported."""

    date: str
    text: str
    published: bool


class Text(NamedTuple):
    """A text to paste, and its length in words."""

    text: str
    counted: str


class Answer(NamedTuple):
    """A field of the form with what goes into it."""

    number: int
    field: FormField
    texts: tuple[Text, ...]
    chosen: tuple[str, ...]
    attached: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether the person has to fill it in without a text of the case."""
        return not (self.texts or self.chosen or self.attached)

    @property
    def long(self) -> bool:
        """Whether it may go on on the next page."""
        return sum(len(text.text) for text in self.texts) > MAY_BREAK


@dataclass(frozen=True)
class TextView(LetterView):
    """What the texts for the fields may see."""

    @property
    def contacts(self) -> list[Contact]:
        """What was sent to the company, and its latest answer; what went alike stands together."""
        taken = threads(self.case)
        due = {item.step: item.due.day for item in self.requests if self.overdue(item)}
        groups: dict[tuple[object, ...], list[StepKind]] = {}
        for kind in (*REQUESTS, StepKind.COMPANY_COMPLAINT):
            sent, met = taken[kind].sent, taken[kind].last(*ANSWERS, *REPLIES)
            if sent:
                key = (sent.date, met and met.date, met and met.event, due.get(kind))
                groups.setdefault(key, []).append(kind)
        return [self._contact(kinds, due) for kinds in groups.values()]

    def _contact(self, kinds: list[StepKind], due: Mapping[StepKind, dt.date]) -> Contact:
        thread = threads(self.case)[kinds[0]]
        met, late = thread.last(*ANSWERS, *REPLIES), due.get(kinds[0])
        return Contact(
            what=self.words.listing(self.words(SENT.get(kind, COMPLAINT)) for kind in kinds),
            day=self.words.date(thread.sent.date) if thread.sent else "",
            answered=self.words.date(met.date) if met else "",
            met=self.words(EVENTS[met.event]) if met else "",
            due=self.words.date(late) if late else "",
            note=met.note if met else "",
        )

    @property
    def dated(self) -> list[Dated]:
        """Everything with a date, in order."""
        published = {event.text for event in self.case.events if event.source}
        return [Dated(row.date, row.text, row.text in published) for row in self.chronology]

    def items(self, listed: Markup) -> list[Markup]:
        """Return the items of a list that a macro gave."""
        found = re.findall(r"<li[^>]*>(.*?)</li>", listed, re.DOTALL)
        return [Markup(item) for item in found]  # noqa: S704 - the macro has escaped it


@dataclass(frozen=True)
class AnswerView(LetterView):
    """The sheet: for the person, beside the letter."""

    web: WebForm | None = None
    url: str = ""
    letter_stem: str = ""
    """The letter that the sheet lies beside."""
    texts: Mapping[str, tuple[Sentence, ...]] = field(default_factory=dict)
    """What `answertexts.read` gave."""

    @property
    def form(self) -> Form:
        """The form."""
        assert self.web  # noqa: S101 - a sheet is never made without one
        return self.web.form

    @property
    def owner(self) -> str:
        """Whose form it is."""
        if self.authority:
            return self.authority.name_en or self.authority.name
        return self.facts.controller

    @property
    def notes(self) -> list[str]:
        """What to know before one begins."""
        notes = [self.words(note) for note in self.form.notes]
        if self.authority and self.words.language not in self.authority.languages:
            names = self.words.locale.languages
            known = self.words.listing(names.get(code, code) for code in self.authority.languages)
            notes.append(self.words("It accepts only: %s. Have these texts translated.") % known)
        return notes

    @property
    def checked(self) -> str:
        """The day on which the form was last looked up, in words."""
        return self.words.date(self.form.checked)

    @cached_property
    def answers(self) -> list[Answer]:
        """The fields that are to be filled in, in the order of the form."""
        world = spoken_of(self.case, self.assessment.on)
        asked = [item for item in self.form.fields if self.web and self.web.asks(item, world)]
        return [self._answer(number, item, world) for number, item in enumerate(asked, 1)]

    def _answer(self, number: int, item: FormField, world: CaseWorld) -> Answer:
        chosen = self.web.picked(item, world) if self.web else ()
        attached = self._attached if item.kind == "file" and item.fill == "evidence" else ()
        notes = [self.words(item.note)] if item.note else []
        texts: tuple[Text, ...] = ()
        if item.kind == "file":
            notes += self._file_notes(item, len(attached))
        elif item.fill:
            try:
                texts = self._texts(item)
            except TooLongError:
                notes.append(self.words(NO_TEXT) % {"limit": self.words.number(item.limit or 0)})
        return Answer(number, item, texts, chosen, attached, tuple(notes))

    def _texts(self, item: FormField) -> tuple[Text, ...]:
        """Return the texts for a field: one within its limit, or one for each length offered."""
        sentences = self._sentences(item)
        if not sentences:
            return ()
        if item.limit:
            return (self._text(sentences, item.limit, item),)
        found: dict[str, Text] = {}
        for size in item.lengths or (sum(map(self._length, sentences)) * 2,):
            try:
                text = self._text(sentences, size, item)
            except TooLongError:
                if size == item.lengths[-1]:
                    raise
                continue
            found.setdefault(text.text, text)
        return tuple(found.values())

    def _text(self, sentences: tuple[Sentence, ...], limit: int, item: FormField) -> Text:
        pointer = self.words(ATTACHED if self._takes_files else ON_REQUEST)
        short = shorten(sentences, limit, pointer, self.form.line_break)
        used = self.words.number(length(short.text, self.form.line_break))
        if item.limit:
            counted = self.words("%(used)s of %(limit)s characters")
            return Text(short.text, counted % {"used": used, "limit": self.words.number(limit)})
        if not item.lengths or item.fill in self.particulars():
            return Text(short.text, "")
        counted = self.words("%s characters; the limit of the field is not known")
        if not short.whole:
            counted = self.words("%s characters, shortened; the limit of the field is not known")
        return Text(short.text, counted % used)

    def _sentences(self, item: FormField) -> tuple[Sentence, ...]:
        if item.fill in self.texts:
            return self.texts[item.fill]
        if item.fill == "evidence":
            return tuple(
                Sentence(text, 1, number, "evidence") for number, text in enumerate(self.exhibits)
            )
        value = self.particulars()[item.fill]
        return (Sentence(value),) if value else ()

    def particulars(self) -> dict[str, str]:
        """Return what fills the fields for names, addresses and days."""
        person, company = self.case.person, self.case.controller
        website = next((url for url in (company.privacy_notice, company.form) if url), "")
        address = "\n".join(self.respondent[1:] if company.name else self.respondent)
        day = next(
            (
                self.facts.date(name)
                for name in ("practice_began", "learned_on")
                if self.facts.date(name)
            ),
            "",
        )
        home = self.words.country(person.country or self._home)
        return {
            "person.name": person.name,
            "person.email": person.email,
            "person.phone": person.phone,
            "person.address": "\n".join((*person.address, home)) if person.address else "",
            "person.country": home,
            "account": person.account,
            "company_name": company.name or company.service,
            "company_contact": company.attention,
            "company_email": company.email,
            "company_address": address if company.address else "",
            "company_website": website,
            "company_address_or_website": "\n".join(
                filter(None, (address, company.email, website))
            ),
            "day_of_event": day,
        }

    @property
    def _takes_files(self) -> bool:
        return any(item.kind == "file" for item in self.form.fields)

    @property
    def _attached(self) -> tuple[str, ...]:
        letter = self.words("the letter (%s.pdf)") % self.letter_stem
        return (letter, *self.exhibits)

    def _file_notes(self, item: FormField, count: int) -> list[str]:
        """Return the limits of a field for files, in words."""
        notes = []
        if item.max_files:
            said = self.words("Files it takes, at most: %s.")
            notes.append(said % self.words.number(item.max_files))
        if item.max_mb:
            said = self.words("Size of each file, at most: %s MB.")
            notes.append(said % self.words.number(item.max_mb))
        if item.max_files and count > item.max_files:
            notes.append(
                self.words(
                    "These are more than it takes: join them into one PDF, or take the first."
                )
            )
        return notes

    def _length(self, sentence: Sentence) -> int:
        return length(sentence.text) + 2

    @property
    def reserve(self) -> str:
        """How certain the form as a whole is, in words; empty if it was read itself."""
        if self.form.read == "primary" or not self.form.fields_known:
            return ""
        return self.words("It was read in accounts of the form, not on the form itself.")

    @property
    def own_titles(self) -> bool:
        """Whether fields are called as we call them, among others called as the form does."""
        return self.form.fields_known and any(answer.field.title for answer in self.answers)

    def doubt(self, item: FormField) -> str:
        """Return what is not certain about a field, in words."""
        if item.doubt or item.read in (None, "primary"):
            return self.words(item.doubt)
        return self.words("Read in an account of the form, not on the form itself.")
