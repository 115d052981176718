"""How a prompt looks on a terminal: its words, its menu of places and the line below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app, get_app_session
from prompt_toolkit.completion import Completer, Completion

from complaintkit.interview.places import find_places
from complaintkit.interview.prompts import hang

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from complaintkit.interview.prompts import Prompt

ENTRY_MARGIN = 8
LONG_KEYS = "An empty line ends it. Ctrl-B: back. Ctrl-X Ctrl-E: your own editor. "


def message(prompt: Prompt) -> str:
    """Return the question with its help below, wrapped at words."""
    lines = ["", wrapped(prompt.message)]
    if prompt.help:
        lines.append(wrapped(f"  {prompt.help}"))
    if prompt.shape in ("line", "long", "place"):
        if prompt.unsure:
            lines.append("  (? not sure, - rather not say, why)")
        lines.append(">")
    else:
        lines.append(" ")
    return "\n".join(lines)


def wrapped(line: str) -> str:
    """Return a line broken at words so that it fits the screen."""
    width = min(_columns() - 1, 88)
    return hang(line, max(width, 20))


def _columns() -> int:
    """Return the width of the screen that is written to, which need not be standard output."""
    return get_app_session().output.get_size().columns


def fits(label: str) -> bool:
    """Return whether an entry of a list can be read whole: longer ones are cut at the edge."""
    return len(label) < _columns() - ENTRY_MARGIN


def checker(prompt: Prompt) -> Callable[[str], bool | str]:
    """Return what tells whether typed words can be taken, or why not."""

    def check(text: str) -> bool | str:
        try:
            prompt.typed(text)
        except ValueError as error:
            return str(error)
        return True

    return check


def toolbar(prompt: Prompt) -> Callable[[], str] | None:
    """Return what is shown below a field: the keys, or how a day is understood."""
    if prompt.shape == "long":
        return lambda: LONG_KEYS
    if prompt.echo is None:
        return None

    def reading() -> str:
        try:
            value = prompt.typed(get_app().current_buffer.text)
        except ValueError:
            return "For example 2026-03-05, 5 March 2026, today or yesterday"
        return f"-> {prompt.echo(value)}" if prompt.echo else ""

    return reading


class Places(Completer):
    """Offers the places that match what was typed so far."""

    def __init__(self, prompt: Prompt) -> None:
        self._places = prompt.places

    def get_completions(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002
    ) -> Iterator[Completion]:
        """Yield a completion for each place, in place of all the text."""
        for place in find_places(document.text, self._places):
            yield Completion(place.label, start_position=-len(document.text))
