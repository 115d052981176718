"""Every error says what is wrong, where, and how to mend it, and has its place in one tree."""

from __future__ import annotations

import inspect
import re

import pytest

from complaintkit import errors
from complaintkit.errors import (
    CampaignError,
    CaseError,
    ComplaintkitError,
    ExhibitError,
    InputError,
    LawError,
    MissingLibraryError,
    NoLawError,
    OutputError,
    Problem,
    TemplateError,
    suggestion,
)

CODES = {
    ComplaintkitError: 1,
    InputError: 4,
    CaseError: 4,
    CampaignError: 4,
    ExhibitError: 4,
    NoLawError: 4,
    LawError: 1,
    TemplateError: 1,
    OutputError: 1,
    MissingLibraryError: 3,
}


def classes() -> set[type]:
    """Return every error class of the module."""
    return {
        value
        for _, value in inspect.getmembers(errors, inspect.isclass)
        if issubclass(value, Exception)
    }


class TestTree:
    """The tree in the docstring is the tree in the code."""

    def test_one_root(self) -> None:
        """Whatever complaintkit raises on purpose can be caught as one."""
        assert all(issubclass(error, ComplaintkitError) for error in classes())

    def test_drawn(self) -> None:
        """Every class is drawn below its parent, and nothing else is."""
        drawn: dict[str, str] = {}
        above: dict[int, str] = {}
        for line in str(errors.__doc__).splitlines():
            if match := re.match(r"([ │├└─]*)(\w+Error)\b", line):
                depth = len(match[1])
                parents = [name for place, name in above.items() if place < depth]
                drawn[match[2]] = parents[-1] if parents else "Exception"
                above = {p: n for p, n in above.items() if p < depth} | {depth: match[2]}

        assert {error.__name__: error.__base__.__name__ for error in classes()} == drawn

    def test_all_are_tested(self) -> None:
        """Each class has its exit code in the table of these tests."""
        assert set(CODES) == classes()

    @pytest.mark.parametrize(("error", "code"), CODES.items())
    def test_exit_code(self, error: type[ComplaintkitError], code: int) -> None:
        """Input errors are 4, a missing library 3, everything else 1; the docstring agrees."""
        drawn = re.search(rf"{error.__name__}\b.*\(exit code (\d)\)", str(errors.__doc__))

        assert code == error.exit_code
        assert drawn is None or code == int(drawn[1])

    @pytest.mark.parametrize("error", CODES)
    def test_documented(self, error: type[ComplaintkitError]) -> None:
        """Each class says when it occurs."""
        assert error.__doc__
        assert error.__doc__ != (error.__base__.__doc__ if error.__base__ else None)


class TestMessages:
    """What a message looks like."""

    @pytest.mark.parametrize(
        ("problem", "expected"),
        [
            (
                Problem("my.toml, line 3", "is wrong", "do this"),
                "my.toml, line 3: is wrong (do this)",
            ),
            (Problem("my.toml", "is wrong"), "my.toml: is wrong"),
            (Problem("", "is wrong", "do this"), "is wrong (do this)"),
            (Problem("", "is wrong"), "is wrong"),
        ],
    )
    def test_problem(self, problem: Problem, expected: str) -> None:
        """Where, what, and how to mend it, as far as there is something to say."""
        assert expected == str(problem)

    def test_one_line_each(self) -> None:
        """An error carries its problems and shows one on each line."""
        problems = Problem("a", "first"), Problem("b", "second", "mend")

        error = LawError(*problems)

        assert problems == error.problems
        assert str(error) == "a: first\nb: second (mend)"

    @pytest.mark.parametrize("error", CODES)
    def test_one(self, error: type[ComplaintkitError]) -> None:
        """An error with a single problem is made in one call, of its own class."""
        made = error.one("here", "is wrong", "do this")

        assert type(made) is error
        assert (Problem("here", "is wrong", "do this"),) == made.problems


class TestSuggestion:
    """A misspelt word gets the nearest known one."""

    @pytest.mark.parametrize(
        ("word", "expected"),
        [
            ("practise", "did you mean 'practice'?"),
            ("residense", "did you mean 'residence'?"),
            ("practice", "did you mean 'practice'?"),
            ("qqqq", ""),
            ("", ""),
        ],
    )
    def test_near(self, word: str, expected: str) -> None:
        """One that is near enough, or none."""
        assert expected == suggestion(word, ["practice", "residence", "purpose"])

    def test_nothing_known(self) -> None:
        """Among no words there is none, and any iterable will do."""
        assert suggestion("practice", []) == ""
        assert suggestion("a1", (word for word in ("a1", "b2"))) == "did you mean 'a1'?"
