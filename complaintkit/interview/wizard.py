"""The face for a terminal, and the beginning and end of every conversation."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit import print_formatted_text
from prompt_toolkit.application import create_app_session
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import merge_key_bindings
from prompt_toolkit.output import create_output
from questionary.prompts.common import InquirerControl

from complaintkit.answers import Unknown
from complaintkit.errors import ComplaintkitError, Problem
from complaintkit.interview.keys import line_keys, list_keys, long_keys
from complaintkit.interview.opening import begin
from complaintkit.interview.plain import Plain
from complaintkit.interview.prompts import Prompt, Turn
from complaintkit.interview.screen import Places, checker, fits, message, toolbar, wrapped
from complaintkit.interview.session import Outcome, Session

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from pathlib import Path

    from prompt_toolkit.application import Application

    from complaintkit.interview.prompts import Face
    from complaintkit.law import Library

KEYS = "Esc or Ctrl-B goes back, Ctrl-C stops."
LIST_KEYS = "(arrow keys, then Enter)"
MANY_KEYS = "(arrow keys; space marks; then Enter)"
ESCAPE_WAIT = 0.15
"""Seconds after which Esc is a key of its own; arrow keys on slow lines still arrive whole."""


class NoTerminalError(ComplaintkitError):
    """Questions cannot be asked: there is nobody at a terminal."""

    exit_code = 2


class Interrupted(ComplaintkitError):  # noqa: N818 - the person's own wish is no error
    """The person stopped; the answers are kept."""

    exit_code = 130

    def __init__(self, path: Path) -> None:
        if path.exists():
            what = f"stopped; your answers are in {path}"
            super().__init__(
                Problem("", what, f"go on with: complaintkit new {shlex.quote(str(path))}")
            )
        else:
            super().__init__(Problem("", "stopped before the first answer; nothing was saved"))


def run(
    path: Path,
    *,
    on: dt.date,
    campaign: str = "",
    plain: bool = False,
    face: Face | None = None,
    library: Library | None = None,
) -> Outcome:
    """Ask what a case needs, keep every answer at once, and return how it ended.

    Args:
        path: The case file; if it is there, the conversation goes on where it stopped.
        on: The day of filing.
        campaign: A campaign of the package, or a file, to fill the case in from.
        plain: Whether to ask in numbered lines without escape codes.
        face: Who asks; by default a terminal, or lines if ``plain`` or the terminal is dumb.
        library: The law; by default the package's own.

    Raises:
        Interrupted: The person stopped; the answers are kept.
        NoTerminalError: There is no terminal, and lines were not asked for.
        CaseError: The file is there but no case.
        CampaignError: There is no such campaign.

    """
    if face is not None:
        return _converse(face, path, on, campaign, library)
    face = choose_face(plain=plain)
    if isinstance(face, Plain):
        return _converse(face, path, on, campaign, library)
    with create_app_session(output=create_output(stdout=sys.stderr)):
        return _converse(face, path, on, campaign, library)


def choose_face(*, plain: bool) -> Face:
    """Return the face that suits the terminal.

    Raises:
        NoTerminalError: There is no terminal, and lines were not asked for.

    """
    dumb = os.environ.get("TERM") == "dumb"
    if plain or dumb or os.environ.get("COMPLAINTKIT_PLAIN", "") not in ("", "0"):
        return Plain()
    streams = (sys.stdin, sys.stderr)
    if not all(stream is not None and stream.isatty() for stream in streams):
        what = "the questions need a terminal to be asked in"
        mend = "use --plain to read answers line by line, or write the case file by hand"
        raise NoTerminalError(Problem("", what, mend))
    return Terminal()


def _converse(
    face: Face, path: Path, on: dt.date, campaign: str, library: Library | None
) -> Outcome:
    resumed = path.exists()
    case, found = begin(path, campaign)
    session = Session(face, case, path, on, found, library)
    try:
        _welcome(session, resumed=resumed)
        return session.run()
    except (KeyboardInterrupt, EOFError):
        raise Interrupted(path) from None


def _welcome(session: Session, *, resumed: bool) -> None:
    say = session.face.say
    if resumed:
        say(f"Going on with {session.path}: what is answered there is not asked again.")
    else:
        say("A few questions, then the letters. Nothing is sent anywhere: you decide.")
    if session.campaign:
        say(f"\n{session.campaign.title}", strong=True)
        say(" ".join(session.campaign.summary.split()))
    say(f"{session.face.keys} Every answer is saved at once in {session.path}.")


class Terminal:
    """Asks with lists, menus and fields on a terminal that can move its cursor."""

    keys = KEYS

    def say(self, text: str, *, strong: bool = False) -> None:
        """Show a text, wrapped line by line."""
        for line in text.split("\n"):
            print_formatted_text(FormattedText([("bold" if strong else "", wrapped(line))]))

    def ask(self, prompt: Prompt) -> object:
        """Return the reply to a prompt."""
        if prompt.shape == "one":
            return self._one(prompt)
        return self._many(prompt) if prompt.shape == "many" else self._typed(prompt)

    def _one(self, prompt: Prompt) -> object:
        choices = _choices(prompt)
        keys = [choice.value for choice in choices]
        default = prompt.default[0] if prompt.default and prompt.default[0] in keys else None
        question = questionary.select(
            message(prompt), choices=choices, default=default, qmark="", instruction=LIST_KEYS
        )
        return _reply(_ask(question, "one"))

    def _many(self, prompt: Prompt) -> object:
        question = questionary.checkbox(
            message(prompt),
            choices=_choices(prompt),
            validate=_marked,
            qmark="",
            instruction=MANY_KEYS,
        )
        replies = _ask(question, "many")
        if isinstance(replies, Turn):
            return replies
        extra = [reply for reply in replies if reply in EXTRAS]
        return _reply(extra[0]) if extra else tuple(replies)

    def _typed(self, prompt: Prompt) -> object:
        settings: dict[str, Any] = {
            "default": "\n".join(prompt.default),
            "validate": checker(prompt),
            "validate_while_typing": False,
            "bottom_toolbar": toolbar(prompt),
            "qmark": "",
        }
        if prompt.shape == "place":
            question = questionary.autocomplete(
                message(prompt), choices=[], completer=Places(prompt), **settings
            )
        else:
            long = prompt.shape == "long"
            question = questionary.text(
                message(prompt),
                multiline=long,
                instruction="",
                enable_open_in_editor=long,
                tempfile_suffix=".txt",
                **settings,
            )
        text = _ask(question, prompt.shape)
        return text if isinstance(text, Turn) else prompt.typed(text)


EXTRAS: dict[str, tuple[str, object]] = {
    "?": ("Not sure", Unknown.NOT_KNOWN),
    "-": ("Rather not say", Unknown.WITHHELD),
    "why": ("Why do you ask?", Turn.WHY),
}
"""Entries below the answers of a list, by the text that stands for each."""


def _choices(prompt: Prompt) -> list[questionary.Choice]:
    listed = []
    for option in prompt.options:
        label = option.label if fits(option.label) else option.short
        choice = questionary.Choice(
            label,
            value=option.key,
            checked=option.key in prompt.default and prompt.shape == "many",
            description=option.label if label != option.label else None,
        )
        listed.append(choice)
    offered = [*(("?", "-") if prompt.unsure else ()), *(("why",) if prompt.why else ())]
    return listed + [questionary.Choice(EXTRAS[key][0], value=key) for key in offered]


def _reply(key: object) -> object:
    return EXTRAS[key][1] if isinstance(key, str) and key in EXTRAS else key


def _marked(keys: list[str]) -> bool | str:
    """Refuse an empty list, and 'not sure' together with an answer."""
    if not keys:
        return "Mark what fits with the space bar, then press Enter."
    alone = len(keys) == 1 or not any(key in EXTRAS for key in keys)
    return alone or "Mark either answers or one of the last entries."


def _ask(question: questionary.Question, shape: str) -> Any:
    """Run a prompt with the keys that every prompt has, and wipe it when it is done."""
    app = question.application
    own = [long_keys() if shape == "long" else line_keys()]
    if shape in ("one", "many"):
        own.append(list_keys(_pointed_at(app, shape)))
    theirs = [app.key_bindings] if app.key_bindings else []
    app.key_bindings = merge_key_bindings([*theirs, *own])
    app.erase_when_done = True
    app.ttimeoutlen = ESCAPE_WAIT
    return question.unsafe_ask()


def _pointed_at(app: Application[Any], shape: str) -> Callable[[], list[str] | None]:
    """Return what tells whether Enter chooses an entry such as 'Not sure' without a mark."""
    windows = app.layout.find_all_windows()
    entries = next(w.content for w in windows if isinstance(w.content, InquirerControl))

    def replies() -> list[str] | None:
        key = entries.get_pointed_at().value
        unmarked = shape == "many" and not entries.selected_options
        return [key] if unmarked and key in EXTRAS else None

    return replies
