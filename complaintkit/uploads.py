"""Whether an authority's online form takes the annexes, so far as its limits are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit.i18n import mark, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from complaintkit.assessment import Assessment
    from complaintkit.i18n import Words
    from complaintkit.lawfile import Authority, Upload
    from complaintkit.letters import Letter

MB = 1_000_000
FILES = 2
"""A letter and its annexes; the letter itself is always small."""
NONE = mark("Its online form takes no files. Keep the annexes ready for when they are asked for.")
MANY = mark("Its online form takes one file only, and the letter and its annexes are two.")
LARGE = mark(
    "The annexes are a file of %(size)s MB. "
    "The online form takes at most %(files)s files of %(mb)s MB each."
)
DATED = mark("That was so on %s and may have changed; the form will say.")
SMALLER = mark(
    "Save large pictures with a lower resolution, leave out what does not matter, "
    "or split the annexes into several files."
)
POST = mark("Or send them by post.")


def excess(letter: Letter, authority: Authority, said: Words) -> str:
    """Return what to do if an authority's form does not take a letter's annexes; else nothing.

    Args:
        letter: The letter, with its annexes.
        authority: To whom it goes.
        said: The language of the answer.

    Raises:
        MissingLibraryError: As for `Bundle.content`, which tells how large the annexes are.

    """
    upload = authority.upload
    problem = _problem(letter, upload, said) if upload and letter.bundle else ""
    if not problem or not upload:
        return ""
    lines = [problem]
    if upload.dated:
        lines.append(said(DATED) % said.date(upload.dated))
    if upload.files:
        lines.append(said(SMALLER))
    if authority.address and (not authority.channels or "post" in authority.channels):
        lines.append(said(POST))
    return " ".join(lines)


def _problem(letter: Letter, upload: Upload, said: Words) -> str:
    if upload.files < FILES:
        return said(MANY if upload.files else NONE)
    size = len(letter.bundle.content) if letter.bundle else 0
    if upload.mb is None or size <= upload.mb * MB:
        return ""
    values = {
        "size": said.number(size / MB, "0.0"),
        "files": upload.files,
        "mb": said.number(upload.mb),
    }
    return said(LARGE) % values


def warnings(assessment: Assessment, letters: Sequence[Letter]) -> Iterator[str]:
    """Yield a warning in English for each letter whose annexes its authority's form refuses."""
    for letter in letters:
        authority = assessment.route(letter.route).authority if letter.route else None
        problem = excess(letter, authority, words()) if authority else ""
        if authority and problem:
            yield f"{authority.name_en or authority.name}: {problem}"
