"""Every error complaintkit raises on purpose.

::

    ComplaintkitError
    ├── InputError               a file or value the user gave (exit code 4)
    │   ├── CaseError            a case file is unreadable or wrong
    │   ├── CampaignError        a campaign file is unreadable or wrong
    │   ├── ExhibitError         a file of evidence is missing, or cannot be taken as an annex
    │   └── NoLawError           no law in the package covers the case, or a fact is missing to tell
    ├── LawError                 a jurisdiction file is wrong (exit code 1)
    ├── TemplateError            a template is wrong (exit code 1)
    ├── OutputError              a file cannot be written, or is already there (exit code 1)
    └── MissingLibraryError      the machine lacks a library (exit code 3)

Each error carries ``problems``: what is wrong, where, and how to mend it. Messages never hold
personal data.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: ``where`` it is, ``what`` it is and how to ``mend`` it."""

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        text = f"{self.where}: {self.what}" if self.where else self.what
        return f"{text} ({self.mend})" if self.mend else text


class ComplaintkitError(Exception):
    """Base of all errors; ``exit_code`` is what the command line returns for it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    @classmethod
    def one(cls, where: str, what: str, mend: str = "") -> ComplaintkitError:
        """Return the error for a single problem."""
        return cls(Problem(where, what, mend))


class InputError(ComplaintkitError):
    """Something the user gave is wrong."""

    exit_code = 4


class CaseError(InputError):
    """A case file is unreadable or wrong."""


class CampaignError(InputError):
    """A campaign file is unreadable or wrong."""


class ExhibitError(InputError):
    """A file of evidence is missing, or cannot be taken as an annex."""


class NoLawError(InputError):
    """No law in the package covers the case, or a fact is missing to tell."""


class LawError(ComplaintkitError):
    """A jurisdiction file is wrong."""


class TemplateError(ComplaintkitError):
    """A template is wrong."""


class OutputError(ComplaintkitError):
    """A file cannot be written."""


class MissingLibraryError(ComplaintkitError):
    """The machine lacks a library that this output needs."""

    exit_code = 3


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` for the nearest known word, else an empty string."""
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
