"""The conversation itself, whichever face it has: ask, keep, go back, review."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from complaintkit.answers import UNANSWERED
from complaintkit.assessor import assess
from complaintkit.interview import companies, review
from complaintkit.interview.opening import moved
from complaintkit.interview.prompts import Option, Prompt, Turn, prompt_of, value_of
from complaintkit.interview.questions import (
    HISTORY,
    SERVICE,
    Question,
    answer,
    next_question,
    question_of,
    remaining,
)
from complaintkit.interview.steps import tell

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from complaintkit.campaigns import Campaign
    from complaintkit.facts import Case
    from complaintkit.interview.prompts import Face
    from complaintkit.law import Library


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a conversation ended: the case, and whether to write the letters now."""

    case: Case
    write: bool


@dataclass
class Session:
    """One conversation about one case."""

    face: Face
    case: Case
    path: Path
    on: dt.date
    campaign: Campaign | None = None
    library: Library | None = None
    asked: list[str] = field(default_factory=list)
    """The questions answered so far, in the order in which 'back' goes through them."""
    skipped: set[str] = field(default_factory=set)
    headings: set[str] = field(default_factory=set)
    again: str = ""
    """The question to put next whatever its answer, after 'back' or 'change'."""

    def run(self) -> Outcome:
        """Ask until everything is answered and the person is content, or wants to stop."""
        self.asked = review.given(self.case)
        while True:
            question = self._next()
            if question is not None:
                self._ask(question)
            elif (outcome := self._review()) is not None:
                return outcome

    def _next(self) -> Question | None:
        if self.again:
            name, self.again = self.again, ""
            return question_of(self.case, name)
        skipped = frozenset(self.skipped)
        return next_question(self.case, self.on, skipped, library=self.library)

    def _ask(self, question: Question) -> None:
        self._heading(question)
        if question.name == HISTORY:
            self._history(question)
            return
        while True:
            reply = self.face.ask(prompt_of(question, self.case, self.on))
            if reply is Turn.WHY:
                self.face.say(review.why(self.case, self.on, question, self.library))
            elif reply is Turn.BACK:
                self._back(question.name)
                return
            elif self._take(question, () if reply is Turn.EMPTY else value_of(question, reply)):
                return

    def _take(self, question: Question, value: object) -> bool:
        """Keep an answer; return whether it was possible."""
        if not question.is_fact:
            self._skip(question.name, empty=value == ())
            value = "" if value == () and question.kind != "lines" else value
        try:
            case = answer(self.case, question, value)
        except ValueError as error:
            self.face.say(f"{error} Answer differently, or go back and change the other one.")
            return False
        if question.name == "residence" and self.campaign:
            case = moved(self.campaign, self.case, case)
            self.face.say("What the campaign knows is filled in; you can check it at the end.")
        elif question.name == "residence" and case.facts.residence != self.case.facts.residence:
            case = self._moved(case)
        self._keep(case)
        self._answered(question)
        if question.name == SERVICE:
            self._company()
        if question.name == "earlier_steps" and value is False and case.history:
            self.again = HISTORY  # the steps noted before contradict this: show them
        return True

    def _moved(self, case: Case) -> Case:
        """Forget the company that answered to people of the earlier residence, and ask again."""
        left = companies.forget(case, self.library)
        if left != case:
            self.face.say("Another company may answer to people who live there.")
            self.again = SERVICE
        return left

    def _company(self) -> None:
        """Offer the companies that the service may mean, and keep the one chosen."""
        chosen = companies.choose(self.face, self.case, self.library)
        if isinstance(chosen, Turn):
            self.again = SERVICE
        elif chosen != self.case:
            self._keep(chosen)

    def _skip(self, name: str, *, empty: bool) -> None:
        """Note that an optional line was left empty, so that it is not asked for again."""
        if empty:
            self.skipped.add(name)
        else:
            self.skipped.discard(name)

    def _answered(self, question: Question) -> None:
        if question.name not in self.asked:
            self.asked.append(question.name)
        value = question_of(self.case, question.name).default
        said = " ".join(review.value_in_words(question.name, value).split())
        self.face.say(f"  {question.label}: {said}")

    def _keep(self, case: Case) -> None:
        self.case = case
        case.save(self.path)

    def _history(self, question: Question) -> None:
        self.face.say(f"{question.prompt}\n{question.help}")
        told = tell(self.face, self.case, self.on, self._keep)
        if told is Turn.BACK:
            self._back(question.name)
            return
        if not self.case.history:
            self.skipped.add(HISTORY)
        self._answered(question)

    def _back(self, name: str) -> None:
        place = self.asked.index(name) if name in self.asked else len(self.asked)
        if place == 0:
            self.face.say("This is the first question.")
        self.again = self.asked[place - 1] if place else name

    def _heading(self, question: Question) -> None:
        if question.group in self.headings:
            return
        self.headings.add(question.group)
        skipped = frozenset(self.skipped)
        left = remaining(self.case, self.on, skipped, library=self.library)
        known = self.case.facts.residence is not UNANSWERED
        count = f" (about {left} question{'s'[: left != 1]} left)" if known else ""
        self.face.say(f"\n{question.group}{count}", strong=True)

    def _review(self) -> Outcome | None:
        """Show what was said and what follows; return the outcome if the person is content."""
        assessment = assess(self.case, on=self.on, library=self.library)
        self.face.say("\nPlease check", strong=True)
        self.face.say(review.answers(self.case))
        self.face.say("\nWhat follows", strong=True)
        self.face.say(review.outcome(assessment) + "\n")
        listed = (
            *((Option("write", "Yes: write the letters now"),) if assessment.laws else ()),
            Option("change", "No: change an answer"),
            Option("stop", "Stop here: the answers are kept"),
        )
        reply = self.face.ask(Prompt("Is everything right?", "one", options=listed))
        if reply is Turn.BACK and self.asked:
            self.again = self.asked[-1]
        elif reply == "change":
            self._change()
        elif reply in ("write", "stop"):
            return Outcome(self.case, write=reply == "write")
        return None

    def _change(self) -> None:
        """Let the person choose the answer to change by its label."""
        names = list(dict.fromkeys([*review.given(self.case), *sorted(self.skipped)]))
        labels = [(name, question_of(self.case, name).label) for name in names]
        listed = tuple(Option(name, label) for name, label in labels)
        reply = self.face.ask(Prompt("Which answer?", "one", options=listed))
        if isinstance(reply, str):
            self.again = reply
