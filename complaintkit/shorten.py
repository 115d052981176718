"""Makes a text fit into a field of a form by leaving whole sentences out, never by cutting one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from complaintkit.errors import OutputError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LINE_BREAK = 2
"""Characters of a line break where a form's rule is not known: browsers send two."""


class TooLongError(OutputError):
    """What has to be said does not fit into the field, not even without the person's account."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or another piece that is left out only as a whole."""

    text: str
    rank: int = 0
    """What is left out last: 0 always stays; 1 decides; then what merely adds."""
    paragraph: int = 0
    """Sentences of one paragraph are joined by a space, those of different ones by a new line."""
    chain: str = ""
    """Pieces of one chain stay only from its beginning: a list, or a person's account. They stand
    together, and their ranks do not fall."""
    own: bool = False
    """Whether these are the person's own words."""


@dataclass(frozen=True, slots=True)
class Shortened:
    """A text that fits."""

    text: str
    kept: tuple[Sentence, ...]
    whole: bool
    """Whether nothing was left out."""


def length(text: str, line_break: int = LINE_BREAK) -> int:
    """Return the characters of a text as browsers count them, in UTF-16 units.

    Args:
        text: The text, with a line feed for a line break.
        line_break: The characters that a line break counts.

    """
    return len(text.encode("utf-16-le")) // 2 + text.count("\n") * (line_break - 1)


def join(sentences: Iterable[Sentence]) -> str:
    """Return sentences as a text, each paragraph on a line of its own."""
    text, before = "", 0
    for sentence in sentences:
        text += (" " if sentence.paragraph == before else "\n") if text else ""
        text += sentence.text
        before = sentence.paragraph
    return text


def shorten(
    sentences: Sequence[Sentence], limit: int, pointer: str = "", line_break: int = LINE_BREAK
) -> Shortened:
    """Return the longest text within a limit, in the given order, with every sentence of rank 0.

    The ranks are served one after the other: of rank 1 as much as fits beside rank 0, of rank 2
    as much as fits beside those, and so on. Where words of the person are left out, the pointer
    stands at the end, if it fits. If rank 0 alone does not fit, all words of the person are left
    out.

    Args:
        sentences: What there is to say, in the order in which it is said.
        limit: The characters that the field takes.
        pointer: A sentence that says where the person's whole account is.
        line_break: The characters that a line break counts.

    Raises:
        TooLongError: Rank 0 does not fit even without the words of the person.

    """
    chosen = _best(sentences, limit, line_break)
    if chosen is None and any(sentence.own for sentence in sentences):
        sentences = [sentence for sentence in sentences if not sentence.own]
        return _pointed(sentences, limit, pointer, line_break)
    if chosen is None:
        raise _too_long(sentences, limit, line_break)
    if len(chosen) == len(sentences):
        return Shortened(join(chosen), tuple(chosen), whole=True)
    kept = set(map(id, chosen))
    if any(sentence.own and id(sentence) not in kept for sentence in sentences):
        return _pointed(sentences, limit, pointer, line_break)
    return Shortened(join(chosen), tuple(chosen), whole=False)


def _pointed(sentences: Sequence[Sentence], limit: int, pointer: str, line_break: int) -> Shortened:
    """Return the longest text that ends with the pointer, or one without it if it has no room."""
    last = max((sentence.paragraph for sentence in sentences), default=0) + 1
    with_pointer = [*sentences, *([Sentence(pointer, 0, last)] if pointer else [])]
    for candidates in (with_pointer, sentences):
        chosen = _best(candidates, limit, line_break)
        if chosen is not None:
            return Shortened(join(chosen), tuple(chosen), whole=False)
    raise _too_long(sentences, limit, line_break)


def _too_long(sentences: Sequence[Sentence], limit: int, line_break: int) -> TooLongError:
    needed = length(join(item for item in sentences if item.rank == 0), line_break)
    what = f"takes {limit} characters, and what has to be said needs {needed}"
    return TooLongError(Problem("answers", what, "write this field in your own words"))


def _best(sentences: Sequence[Sentence], limit: int, line_break: int) -> list[Sentence] | None:
    """Return the longest selection, rank by rank, or None if rank 0 does not fit."""
    must = {number for number, item in enumerate(sentences) if item.rank == 0}
    chosen: list[int] | None = None
    for rank in sorted({0, *(item.rank for item in sentences)}):
        may = {number for number, item in enumerate(sentences) if item.rank == rank} - must
        chosen = _longest(sentences, must, may, limit, line_break)
        if chosen is None:
            return None
        must = set(chosen)
    return [sentences[number] for number in chosen or []]


@dataclass(frozen=True, slots=True)
class _State:
    """What the next sentence has to know of those before it."""

    paragraph: int | None = None
    """The paragraph of the last sentence that was kept."""
    broken: str = ""
    """The chain that has ended."""


def _longest(
    sentences: Sequence[Sentence], must: set[int], may: set[int], limit: int, line_break: int
) -> list[int] | None:
    """Return the numbers of the longest selection that has all of some and any of others.

    For each state the lengths that can be reached are the bits of a number.
    """
    within = (1 << (limit + 1)) - 1
    layers: list[dict[_State, int]] = [{_State(): 1}]
    for number, item in enumerate(sentences):
        after: dict[_State, int] = {}
        for state, lengths in layers[-1].items():
            if number in must or (
                number in may and not (item.chain and state.broken == item.chain)
            ):
                moved = lengths << _cost(item, state, line_break) & within
                if moved:
                    kept = _State(item.paragraph, state.broken)
                    after[kept] = after.get(kept, 0) | moved
            if number not in must:
                left = _State(state.paragraph, item.chain or state.broken)
                after[left] = after.get(left, 0) | lengths
        layers.append(after)
    ends = {state: lengths for state, lengths in layers[-1].items() if lengths}
    if not ends:
        return None
    state, lengths = max(ends.items(), key=lambda end: end[1].bit_length())
    return _back(sentences, layers, (state, lengths.bit_length() - 1), must, line_break)


def _cost(item: Sentence, state: _State, line_break: int) -> int:
    separator = 0
    if state.paragraph is not None:
        separator = 1 if state.paragraph == item.paragraph else line_break
    return length(item.text, line_break) + separator


def _back(
    sentences: Sequence[Sentence],
    layers: Sequence[dict[_State, int]],
    end: tuple[_State, int],
    must: set[int],
    line_break: int,
) -> list[int]:
    """Return how a length was reached; of two ways the one that keeps what is said earlier."""
    state, reached = end
    chosen: list[int] = []
    for number in range(len(sentences) - 1, -1, -1):
        item = sentences[number]
        state, reached, kept = _step(
            item, layers[number], (state, reached), number in must, line_break
        )
        if kept:
            chosen.append(number)
    return chosen[::-1]


def _step(
    item: Sentence,
    before: dict[_State, int],
    end: tuple[_State, int],
    must: bool,  # noqa: FBT001 - one of several values
    line_break: int,
) -> tuple[_State, int, bool]:
    """Return the state and length before a sentence, and whether it was kept."""
    state, reached = end
    if not must:
        for earlier, lengths in before.items():
            left = _State(earlier.paragraph, item.chain or earlier.broken)
            if left == state and lengths >> reached & 1:
                return earlier, reached, False
    for earlier, lengths in before.items():
        cost = _cost(item, earlier, line_break)
        free = must or not (item.chain and earlier.broken == item.chain)
        same = _State(item.paragraph, earlier.broken) == state
        if free and same and reached >= cost and lengths >> (reached - cost) & 1:
            return earlier, reached - cost, True
    message = "a length that was reached has a way to it"
    raise AssertionError(message)
