"""What happened is added to a case, and refused where it cannot have been."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from complaintkit.answers import Choice
from complaintkit.casefile import MAX_BYTES, faults, load, parse
from complaintkit.casetext import with_steps
from complaintkit.errors import CaseError, InputError, OutputError, Problem, suggestion
from complaintkit.facts import Case, Step
from complaintkit.files import write_private
from complaintkit.history import DEMANDED_BY
from complaintkit.vocabulary import Channel, StepEvent, StepKind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

C = TypeVar("C", bound=Choice)
BEGINS = (StepEvent.SENT, StepEvent.RECEIVED)
"""The events with which a step may begin."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a person tells of one happening; ``what`` may be several kinds of step at once."""

    what: tuple[StepKind, ...]
    event: StepEvent
    date: dt.date
    channel: Channel | None = None
    proof: str = ""
    note: str = ""
    reference: str = ""

    def steps(self) -> tuple[Step, ...]:
        """Return one step of the history for each kind.

        Raises:
            InputError: A text is too long, or holds what no letter can show.

        """
        said = {name: getattr(self, name) for name in Step.model_fields if name != "what"}
        try:
            return tuple(Step.model_validate({**said, "what": kind}) for kind in self.what)
        except ValidationError as error:
            raise InputError(*faults("the new entry", "", error)) from None


def kinds(text: str) -> tuple[StepKind, ...]:
    """Read kinds of step with commas between them, such as ``objection,access``.

    Raises:
        InputError: One of them is none.

    """
    return tuple(choice(StepKind, part) for part in text.split(",") if part.strip())


def choice(choices: type[C], text: str) -> C:
    """Read one of the fixed answers by its word, such as ``id_demanded``.

    Raises:
        InputError: It is none of them; the message names the nearest.

    """
    word = text.strip().casefold().replace("-", "_").replace(" ", "_")
    known = {str(member): member for member in choices}
    if word in known:
        return known[word]
    near = suggestion(word, known) or f"one of {', '.join(known)}"
    raise InputError(Problem("", f"there is no '{word[:40]}' to note", near))


def added(case: Case, steps: Sequence[Step], on: dt.date) -> Case:
    """Return the case with more steps in its history.

    Args:
        case: The case so far.
        steps: What happened, in order.
        on: Today; nothing can have happened later.

    Raises:
        InputError: A step cannot have happened so: it lies ahead, comes before what it answers,
            answers what was never sent, or is noted already.

    """
    for step in steps:
        _check(case, step, on)
        case = case.model_copy(update={"history": (*case.history, step)})
    return case


def note(path: Path | str, steps: Sequence[Step], on: dt.date) -> Case:
    """Add steps to a case file and return the case; on an error the file stays as it was.

    Args:
        path: The case file; a link is followed.
        steps: What happened, in order.
        on: Today; nothing can have happened later.

    Raises:
        CaseError: The file cannot be read, or is no case.
        InputError: A step cannot have happened so.
        OutputError: The file cannot be written, or was changed at the same time.

    """
    path = Path(path)
    load(path)  # reports every fault with its line
    path = path.resolve()
    content = _content(path)
    text = content.removeprefix(codecs.BOM_UTF8).decode()
    added(parse(text, where=path.name), steps, on)
    changed = with_steps(text, steps)
    if len(changed.encode()) > MAX_BYTES:
        raise CaseError(Problem(path.name, "the file would grow larger than 2 MB"))
    if _content(path) != content:
        raise OutputError(Problem(path.name, "was changed at the same time", "log it again"))
    write_private(path, changed.encode(), overwrite=True)
    return parse(changed, where=path.name)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CaseError(Problem(path.name, f"cannot be read: {error.strerror}")) from None


def _check(case: Case, step: Step, on: dt.date) -> None:
    """Refuse a step that cannot have happened so."""
    name = f"{step.what} {step.event}"
    own = [other for other in case.history if other.what is step.what]
    if step.date > on:
        raise InputError(Problem(name, f"{step.date} has not come yet", "log it when it happens"))
    if any(other.event is step.event and other.date == step.date for other in own):
        mend = "to say more about it, change the entry in the file"
        raise InputError(Problem(name, f"is noted already for {step.date}", mend))
    if step.event not in BEGINS:
        _check_begun(name, step, own)
    demanded = [other.date for other in own if other.event is DEMANDED_BY.get(step.event)]
    if demanded and step.date < min(demanded):
        what = f"{step.date} is before they asked, on {min(demanded)}"
        raise InputError(Problem(name, what, "check the day"))
    if step.event is StepEvent.SENT:
        _check_answers(name, step, own)
    sent = [other.date for other in own if other.event is StepEvent.SENT]
    if step.event is StepEvent.RECEIVED and sent and step.date < min(sent):
        what = f"{step.date} is before it was sent, on {min(sent)}"
        raise InputError(Problem(name, what, "check the day"))


def _check_begun(name: str, step: Step, own: Sequence[Step]) -> None:
    """Refuse what came of a step that was not taken, or not yet."""
    begun = [other.date for other in own if other.event in BEGINS]
    if not begun:
        mend = f"log first on which day you sent it: {step.what} sent DAY"
        raise InputError(Problem(name, f"no {step.what} is noted as sent", mend))
    if step.date < min(begun):
        what = f"{step.date} is before it was sent, on {min(begun)}"
        raise InputError(Problem(name, what, "check the day"))


def _check_answers(name: str, step: Step, own: Sequence[Step]) -> None:
    """Refuse a day of sending that comes after all its answers, while no other is noted."""
    answers = [other for other in own if other.event not in BEGINS]
    begun = any(other.event is StepEvent.SENT for other in own)
    early = [other for other in answers if other.date < step.date]
    if early and not begun:
        what = f"{step.date} is after '{early[0].event}', which is noted for {early[0].date}"
        raise InputError(Problem(name, what, "log the day on which you sent it first"))
