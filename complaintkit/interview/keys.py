"""The keys that work at every prompt of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.filters import Condition, has_completions
from prompt_toolkit.key_binding import KeyBindings

from complaintkit.interview.prompts import Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent


def _back(event: KeyPressEvent) -> None:
    event.app.exit(result=Turn.BACK)


def line_keys() -> KeyBindings:
    """Return the keys of lists and one-line fields."""
    keys = KeyBindings()
    keys.add("c-b", eager=True)(_back)
    keys.add("escape", eager=True, filter=~has_completions)(_back)

    @keys.add("escape", eager=True, filter=has_completions)
    def _close_menu(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()

    return keys


def long_keys() -> KeyBindings:
    """Return the keys of a long text: Enter on an empty last line ends it."""
    keys = KeyBindings()
    keys.add("c-b", eager=True)(_back)

    @Condition
    def finished() -> bool:
        document = get_app().current_buffer.document
        command = document.text.strip() in ("?", "-", "<", "back", "why")
        return command or (document.is_cursor_at_the_end and not document.current_line.strip())

    @keys.add("enter", eager=True, filter=finished)
    def _done(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    return keys


def list_keys(pointed_at: Callable[[], object]) -> KeyBindings:
    """Return the further keys of a list: Ctrl-D ends it all, Enter may choose at once.

    Args:
        pointed_at: Returns the list of replies that Enter gives for the entry under the pointer,
            or None if Enter is to do what it does elsewhere.

    """
    keys = KeyBindings()

    @keys.add("c-d", eager=True)
    def _end(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError())

    @keys.add("enter", eager=True, filter=Condition(lambda: pointed_at() is not None))
    def _choose(event: KeyPressEvent) -> None:
        event.app.exit(result=pointed_at())

    return keys
