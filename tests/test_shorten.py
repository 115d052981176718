"""Texts that fit: whole sentences go, the least needed first, and nobody's words are cut."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaintkit.sentences import split
from complaintkit.shorten import Sentence, TooLongError, join, length, shorten

POINTER = "See the letter."
PIECES = st.lists(
    st.builds(
        Sentence,
        text=st.text("abc \U0001f600", min_size=1, max_size=12),
        rank=st.integers(0, 2),
        paragraph=st.integers(0, 2),
    ),
    max_size=7,
).map(lambda items: sorted(items, key=lambda item: item.paragraph))
LIMITS = st.integers(1, 60)


def subsets(items: list[Sentence]) -> list[list[Sentence]]:
    """Return every selection in the given order."""
    return [list(some) for n in range(len(items) + 1) for some in combinations(items, n)]


def best(items: list[Sentence], limit: int) -> int | None:
    """Return the length of the longest selection, rank by rank, by trying them all."""
    kept = [item for item in items if item.rank == 0]
    for rank in (0, 1, 2):
        fits = [
            some
            for some in subsets(items)
            if all(any(item is other for other in some) for item in kept)
            and all(any(i is k for k in kept) or i.rank == rank for i in some)
            and length(join(some)) <= limit
        ]
        if not fits:
            return None
        kept = max(fits, key=lambda some: length(join(some)))
    return length(join(kept))


@given(PIECES, LIMITS)
def test_the_text_is_the_longest_that_fits(items: list[Sentence], limit: int) -> None:
    """Rank by rank as much is kept as fits, in the given order, and all of rank 0."""
    fits = length(join(item for item in items if item.rank == 0)) <= limit
    if not fits:
        with pytest.raises(TooLongError):
            shorten(items, limit)
        return

    short = shorten(items, limit)

    assert length(short.text) <= limit
    assert short.text == join(short.kept)
    assert list(short.kept) in subsets(items)
    assert [i for i in short.kept if i.rank == 0] == [i for i in items if i.rank == 0]
    assert short.whole == (len(short.kept) == len(items))
    first_rank = [item for item in items if item.rank < 2]
    assert length(join(shorten(first_rank, limit).kept)) == best(first_rank, limit)


@given(
    st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=6),
    st.integers(20, 70),
)
def test_a_persons_account_stays_from_its_beginning(texts: list[str], limit: int) -> None:
    """Of a chain nothing stands without what comes before it, and the pointer says where it is."""
    account = [Sentence(text, 1, 1, "story", own=True) for text in texts]

    short = shorten([Sentence("What was.", 0, 0), *account], limit, POINTER)

    kept = [item for item in short.kept if item.own]
    assert kept == account[: len(kept)]
    assert length(short.text) <= limit
    assert short.whole or POINTER in short.text or limit < 27


def test_without_room_the_account_is_left_out_as_a_whole() -> None:
    """If rank 0 does not fit with the person's words, none of them stays and the pointer does."""
    items = [Sentence("It is so."), Sentence("I say. " * 9, 0, 1, "story", own=True)]

    assert shorten(items, 30, POINTER).text == f"It is so.\n{POINTER}"


def test_what_cannot_fit_is_refused() -> None:
    """If rank 0 is too long by itself the error says by how much, without any word of it."""
    with pytest.raises(TooLongError) as caught:
        shorten([Sentence("Secret matter of mine.")], 10)

    assert "takes 10 characters" in str(caught.value)
    assert "needs 22" in str(caught.value)
    assert "Secret" not in str(caught.value)


def test_ranks_go_before_lengths() -> None:
    """A short sentence that decides is kept rather than a long one that adds."""
    items = [Sentence("Decides.", 1, 0), Sentence("Adds a good deal more.", 2, 0)]

    assert shorten(items, 24).text == "Decides."


@pytest.mark.parametrize(
    ("text", "line_break", "expected"),
    [("abc", 2, 3), ("a\nb", 2, 4), ("a\nb", 1, 3), ("\U0001f600", 2, 2), ("é", 2, 1)],
)
def test_lengths_are_counted_as_browsers_do(text: str, line_break: int, expected: int) -> None:
    """A line break counts two where nothing else is known, and a sign beyond 16 bits two."""
    assert length(text, line_break) == expected


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("I left. They stayed! Why? So.", ["I left.", "They stayed!", "Why?", "So."]),
        (
            "I met Mr. Smith and Dr. Roe. Then I left.",
            ["I met Mr. Smith and Dr. Roe.", "Then I left."],
        ),
        ("Am 3. Mai 2024 kam er. Ich ging.", ["Am 3. Mai 2024 kam er.", "Ich ging."]),
        ("Das ist z.B. Unsinn. Ärger blieb.", ["Das ist z.B. Unsinn.", "Ärger blieb."]),
        (
            "See Art. 6 and No. 7. J. R. Roe wrote it.",
            ["See Art. 6 and No. 7. J. R. Roe wrote it."],
        ),
        ('He said "No. Never." I left.', ['He said "No. Never."', "I left."]),
        ("It (so. He said) ended. I left.", ["It (so. He said) ended.", "I left."]),
        ("An open (bracket. It stays. Whole.", ["An open (bracket. It stays. Whole."]),
        ("Er sagte: „Nein. Nie.“ Ich ging.", ["Er sagte: „Nein. Nie.“ Ich ging."]),
        ("Version 2.5 runs. see below", ["Version 2.5 runs. see below"]),
        ("Il a dit « Non. Jamais. » Je pars.", ["Il a dit « Non. Jamais. » Je pars."]),
        ("Wait... What? Yes", ["Wait...", "What?", "Yes"]),
    ],
)
def test_sentences_end_only_where_it_is_sure(text: str, sentences: list[str]) -> None:
    """Abbreviations, numbers, initials, brackets and quotations do not end a sentence."""
    assert split(text) == [sentences]


@given(st.text('ab. A!?()"“”„«»\n\r1Dr', max_size=80))
def test_splitting_changes_nothing(text: str) -> None:
    """The pieces are the text itself, less the spaces between them."""
    pieces = [piece for paragraph in split(text) for piece in paragraph]

    assert "".join("".join(pieces).split()) == "".join(text.split())
    assert all(piece in text for piece in pieces)
