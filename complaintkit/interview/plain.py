"""The plain face: numbered lines on standard input, for screen readers, old terminals and pipes."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, TextIO

from complaintkit.answers import Unknown
from complaintkit.interview.places import find_places, fold
from complaintkit.interview.prompts import Option, Prompt, Turn, hang

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 78
KEYS = "At every question you can type < to go back and 'why' to hear why it is asked."


class Plain:
    """Asks in lines and reads lines; it sends no escape codes."""

    keys = KEYS

    def __init__(self, source: TextIO | None = None, sink: TextIO | None = None) -> None:
        """Read from ``source`` and write to ``sink``; by default standard input and error."""
        self._source = source or sys.stdin
        self._sink = sink or sys.stderr

    def say(self, text: str, *, strong: bool = False) -> None:
        """Show a text, wrapped line by line."""
        if strong:
            text = f"{text}\n{'-' * len(text.strip())}"
        for line in text.split("\n"):
            self._write(hang(line, _width()) + "\n")

    def ask(self, prompt: Prompt) -> object:
        """Return the reply to a prompt."""
        self.say(f"\n{prompt.message}")
        if prompt.help:
            self.say(f"  {prompt.help}")
        for number, option in enumerate(prompt.options, 1):
            self.say(f"  {number}. {option.label}")
        if hint := _hint(prompt):
            self.say(f"  ({hint})")
        while True:
            text = self._read(prompt)
            if not text.strip() and prompt.default:
                text = _kept(prompt)
            try:
                return _reply(prompt, text)
            except ValueError as error:
                self.say(str(error))

    def _read(self, prompt: Prompt) -> str:
        """Read a line, or for a long text the lines up to an empty one."""
        lines: list[str] = []
        while True:
            self._write("> ")
            line = self._source.readline()
            if not line:
                raise EOFError
            text = line.rstrip("\r\n")
            lines.append(text)
            alone = len(lines) == 1 and text.strip() in ("", "?", "-", "<", "back", "why")
            if prompt.shape != "long" or alone or not text.strip():
                return "\n".join(lines).rstrip()

    def _write(self, text: str) -> None:
        encoding = getattr(self._sink, "encoding", None) or "utf-8"
        self._sink.write(text.encode(encoding, "replace").decode(encoding))
        self._sink.flush()


def _width() -> int:
    return max(20, min(WIDTH, shutil.get_terminal_size().columns - 1))


def _hint(prompt: Prompt) -> str:
    parts = {"many": "Type the numbers of all that fit", "long": "An empty line ends it"}
    hints = [parts[prompt.shape]] if prompt.shape in parts else []
    if prompt.unsure:
        hints.append("? if you are not sure, - if you would rather not say")
    if prompt.default:
        hints.append(f"Enter keeps: {_default_in_words(prompt)}")
    return "; ".join(hints)


def _default_in_words(prompt: Prompt) -> str:
    marks = {"?": "not sure", "-": "rather not say"}
    named = {option.key: option.label for option in prompt.options} | marks
    return ", ".join(named.get(key, key) for key in prompt.default).replace("\n", ", ")


def _kept(prompt: Prompt) -> str:
    """Return what would have to be typed for the default."""
    if not prompt.options or prompt.default[0] in ("?", "-"):
        return prompt.default[0]
    keys = [option.key for option in prompt.options]
    return " ".join(str(keys.index(key) + 1) for key in prompt.default)


def _reply(prompt: Prompt, text: str) -> object:
    if prompt.shape == "place":
        return _place(prompt, text)
    reply = prompt.typed(text)
    if not prompt.options or isinstance(reply, Turn | Unknown):
        return reply
    if prompt.shape == "many":
        words = text.replace(",", " ").split()
        return tuple(dict.fromkeys(_option(prompt.options, word).key for word in words))
    return _option(prompt.options, text).key


def _place(prompt: Prompt, text: str) -> object:
    """Return a place; a single name that several begin with is no answer."""
    found = find_places(text, prompt.places) if text.strip() else []
    own = [place for place in found if fold(place.label.partition(",")[0]) == fold(text)]
    return prompt.typed(own[0].label if len(own) == 1 else text)


def _option(options: Sequence[Option], text: str) -> Option:
    """Return the entry that a number or the beginning of its words names."""
    word = text.strip().casefold()
    if word.isdecimal() and 1 <= int(word) <= len(options):
        return options[int(word) - 1]
    exact = [o for o in options if word in (o.key.casefold(), o.label.casefold())]
    found = exact or [o for o in options if word and o.label.casefold().startswith(word)]
    if len(found) == 1:
        return found[0]
    message = f"Please type a number from 1 to {len(options)}."
    raise ValueError(message)
