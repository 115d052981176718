"""Conditions have three truth values, a full trace, and refuse everything they do not know."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD, Unknown
from complaintkit.conditions import ALWAYS, Condition, Name, Reading, Step, Truth, parse
from complaintkit.errors import LawError

if TYPE_CHECKING:
    from collections.abc import Mapping

YES, NO, OPEN = Truth.YES, Truth.NO, Truth.OPEN

WORDS = frozenset({"x", "y", "z"})
NAMES = {
    "a": Name("yes_no"),
    "b": Name("yes_no"),
    "c": Name("yes_no"),
    "step.sent": Name("yes_no"),
    "word": Name("choice", WORDS),
    "words": Name("many", WORDS),
    "home": Name("code"),
    "day": Name("date"),
    "until": Name("date"),
    "text": Name("text"),
}
SETS = {"first_two": ("x", "y"), "odd": ("x", "q")}

PROFILE = settings(derandomize=True, max_examples=250, deadline=None)


@dataclass
class Facts:
    """A world in which every fact is answered, unanswered, not known or withheld."""

    answers: Mapping[str, object]

    def read(self, name: str) -> Reading:
        """Return the answer, or what is missing."""
        value = self.answers.get(name, UNANSWERED)
        if value is UNANSWERED:
            return Reading(missing=frozenset({name}))
        return Reading() if isinstance(value, Unknown) else Reading(value, is_known=True)


def condition(text: str) -> Condition:
    """Return a checked condition on the facts of these tests."""
    return parse(text, NAMES, SETS, "made-up.toml, ground test")


def evaluate(text: str, /, **answers: object) -> Step:
    """Return the trace of a condition."""
    return condition(text).evaluate(Facts(answers))


def refused(text: str) -> LawError:
    """Return the error that a text is refused with."""
    with pytest.raises(LawError) as caught:
        condition(text)
    return caught.value


VALUES: dict[str, object] = {"yes": True, "no": False, "open": UNANSWERED}
KLEENE_AND = [
    ("yes", "yes", YES), ("yes", "no", NO), ("yes", "open", OPEN),
    ("no", "yes", NO), ("no", "no", NO), ("no", "open", NO),
    ("open", "yes", OPEN), ("open", "no", NO), ("open", "open", OPEN),
]  # fmt: skip
KLEENE_OR = [
    ("yes", "yes", YES), ("yes", "no", YES), ("yes", "open", YES),
    ("no", "yes", YES), ("no", "no", NO), ("no", "open", OPEN),
    ("open", "yes", YES), ("open", "no", OPEN), ("open", "open", OPEN),
]  # fmt: skip


class TestConnectives:
    """And, or, and not follow Kleene's strong logic."""

    @pytest.mark.parametrize(("left", "right", "expected"), KLEENE_AND)
    def test_and(self, left: str, right: str, expected: Truth) -> None:
        """No decides *and*; an open part leaves the rest open."""
        step = evaluate("a and b", a=VALUES[left], b=VALUES[right])

        assert expected is step.truth

    @pytest.mark.parametrize(("left", "right", "expected"), KLEENE_OR)
    def test_or(self, left: str, right: str, expected: Truth) -> None:
        """Yes decides *or*; an open part leaves the rest open."""
        step = evaluate("a or b", a=VALUES[left], b=VALUES[right])

        assert expected is step.truth

    @pytest.mark.parametrize(("value", "expected"), [("yes", NO), ("no", YES), ("open", OPEN)])
    def test_not(self, value: str, expected: Truth) -> None:
        """Not turns yes and no, and leaves open open."""
        assert expected is evaluate("not a", a=VALUES[value]).truth

    def test_always(self) -> None:
        """``True`` is always yes and reads nothing."""
        step = evaluate("True")

        assert YES is step.truth
        assert frozenset() == condition("True").names
        assert YES is ALWAYS.evaluate(Facts({})).truth


class TestNeverTwoValued:
    """Nothing that may be unknown counts silently as yes or no."""

    @pytest.mark.parametrize("truth", list(Truth))
    def test_truth_refuses_bool(self, truth: Truth) -> None:
        """A truth value has no bool, not even yes."""
        with pytest.raises(TypeError, match="three values"):
            bool(truth)

    @pytest.mark.parametrize("unknown", list(Unknown))
    def test_unknown_refuses_bool(self, unknown: Unknown) -> None:
        """An unknown answer has no bool."""
        with pytest.raises(TypeError, match="neither yes nor no"):
            bool(unknown)


D1, D2 = dt.date(2025, 6, 1), dt.date(2025, 6, 2)
OPERATORS: list[tuple[str, dict[str, Any], Truth]] = [
    ("a", {"a": True}, YES),
    ("a", {"a": False}, NO),
    ("step.sent", {"step.sent": True}, YES),
    ("word == 'x'", {"word": "x"}, YES),
    ("word == 'x'", {"word": "y"}, NO),
    ("word != 'x'", {"word": "y"}, YES),
    ("word != 'x'", {"word": "x"}, NO),
    ("word in ('x', 'y')", {"word": "y"}, YES),
    ("word in ['x', 'y']", {"word": "z"}, NO),
    ("word in first_two", {"word": "y"}, YES),
    ("word in first_two", {"word": "z"}, NO),
    ("word not in ('x', 'y')", {"word": "z"}, YES),
    ("word not in first_two", {"word": "x"}, NO),
    ("home == 'DE-HH'", {"home": "DE-HH"}, YES),
    ("home == 'DE-HH'", {"home": "DE"}, NO),
    ("day < '2025-06-02'", {"day": D1}, YES),
    ("day < '2025-06-01'", {"day": D1}, NO),
    ("day <= '2025-06-01'", {"day": D1}, YES),
    ("day <= '2025-06-01'", {"day": D2}, NO),
    ("day > '2025-06-01'", {"day": D2}, YES),
    ("day > '2025-06-01'", {"day": D1}, NO),
    ("day >= '2025-06-01'", {"day": D1}, YES),
    ("day >= '2025-06-02'", {"day": D1}, NO),
    ("day < until", {"day": D1, "until": D2}, YES),
    ("day < until", {"day": D1, "until": D1}, NO),
    ("any_of(words, 'x', 'y')", {"words": ("z", "y")}, YES),
    ("any_of(words, 'x', 'y')", {"words": ("z",)}, NO),
    ("any_of(words, 'x', 'y')", {"words": ()}, NO),
    ("any_of(words, first_two)", {"words": ("y",)}, YES),
    ("any_of(words, first_two, 'z')", {"words": ("z",)}, YES),
    ("given(text)", {"text": "words"}, YES),
    ("given(text)", {"text": ""}, NO),
    ("given(step.sent)", {"step.sent": False}, NO),
]
STATED = ["a", "word == 'x'", "word != 'x'", "word in ('x', 'y')", "word not in ('x', 'y')",
          "home == 'DE'", "day < '2025-06-01'", "day >= '2025-06-01'",
          "any_of(words, 'x')"]  # fmt: skip


class TestOperators:
    """Every operator in each of the four states of its fact."""

    @pytest.mark.parametrize(("text", "answers", "expected"), OPERATORS)
    def test_known(self, text: str, answers: dict[str, Any], expected: Truth) -> None:
        """A condition on answered facts is yes or no and misses nothing."""
        step = evaluate(text, **answers)

        assert expected is step.truth
        assert frozenset() == step.missing

    @pytest.mark.parametrize("text", STATED)
    def test_unanswered(self, text: str) -> None:
        """A fact that was not asked leaves the condition open and is missing."""
        step = evaluate(text)

        assert OPEN is step.truth
        assert condition(text).names == step.missing

    @pytest.mark.parametrize("state", [NOT_KNOWN, WITHHELD])
    @pytest.mark.parametrize("text", STATED)
    def test_asked_in_vain(self, text: str, state: Unknown) -> None:
        """A fact that is not known or withheld leaves the condition open, and nothing to ask."""
        (name,) = condition(text).names

        step = evaluate(text, **{name: state})

        assert OPEN is step.truth
        assert frozenset() == step.missing

    def test_two_dates(self) -> None:
        """Two compared dates miss each that was not asked."""
        assert {"day", "until"} == evaluate("day < until").missing
        assert {"until"} == evaluate("day < until", day=D1).missing
        assert {"until"} == evaluate("day < until", day=NOT_KNOWN).missing
        assert OPEN is evaluate("day < until", day=D1, until=WITHHELD).truth

    def test_given_waits_for_the_question(self) -> None:
        """``given`` is open as long as its fact was not asked."""
        step = evaluate("given(text)")

        assert OPEN is step.truth
        assert {"text"} == step.missing

    @pytest.mark.parametrize("state", [NOT_KNOWN, WITHHELD])
    def test_given_is_no_after_the_question(self, state: Unknown) -> None:
        """``given`` is no if the person was asked and gave nothing."""
        step = evaluate("given(text)", text=state)

        assert NO is step.truth
        assert frozenset() == step.missing


class TestTrace:
    """The trace shows every part and says what is missing."""

    def test_no_short_cut(self) -> None:
        """All parts are in the trace even after one has decided."""
        step = evaluate("a and b or (c and word == 'x')", a=True, b=True)

        assert YES is step.truth
        assert [leaf.text for leaf in step.leaves()] == ["a", "b", "c", "word == 'x'"]
        assert [leaf.truth for leaf in step.leaves()] == [YES, YES, OPEN, OPEN]

    def test_decided_misses_nothing(self) -> None:
        """A decided part misses nothing, though a part below it is open."""
        step = evaluate("a and b", a=False)

        assert NO is step.truth
        assert frozenset() == step.missing
        assert {"b"} == step.children[1].missing

    def test_missing_comes_from_open_parts_only(self) -> None:
        """An open condition misses only what its open parts miss."""
        step = evaluate("(a and b) or c", a=False)

        assert OPEN is step.truth
        assert {"c"} == step.missing

    def test_not_keeps_what_is_missing(self) -> None:
        """A negated part misses what the part misses."""
        assert {"a", "b"} == evaluate("not (a and b)").missing

    def test_names(self) -> None:
        """A condition names every fact it reads."""
        assert {"a", "day", "until", "text"} == condition(
            "a or not (day < until and given(text))"
        ).names

    def test_text(self) -> None:
        """Each part shows its own words."""
        step = evaluate("not a and word in ('x', 'y')", a=False, word="y")

        assert step.text == "not a and word in ('x', 'y')"
        assert [child.text for child in step.children] == ["not a", "word in ('x', 'y')"]


LEAVES = [
    "a", "b", "c", "word == 'x'", "word != 'y'", "word in ('x', 'y')", "word not in ('y', 'z')",
    "day < '2025-06-02'", "day >= '2025-06-01'", "day <= until", "day > until",
    "any_of(words, 'x', 'y')", "any_of(words, 'z')",
]  # fmt: skip
TREES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.tuples(inner, inner).map(lambda two: "({}) and ({})".format(*two)),
        st.tuples(inner, inner, inner).map(lambda three: "({}) or ({}) or ({})".format(*three)),
    ),
    max_leaves=8,
)
DAYS = st.sampled_from([D1, D2, dt.date(2025, 6, 3)])
FULL = st.fixed_dictionaries(
    {
        "a": st.booleans(),
        "b": st.booleans(),
        "c": st.booleans(),
        "word": st.sampled_from(sorted(WORDS)),
        "words": st.lists(st.sampled_from(sorted(WORDS)), unique=True).map(tuple),
        "day": DAYS,
        "until": DAYS,
    }
)
STATES = st.sampled_from([None, None, UNANSWERED, NOT_KNOWN, WITHHELD])
MASKS = st.fixed_dictionaries(
    dict.fromkeys(["a", "b", "c", "word", "words", "day", "until"], STATES)
)


def masked(world: dict[str, Any], mask: dict[str, Unknown | None]) -> dict[str, object]:
    """Return a world in which some facts are hidden."""
    return {name: value if mask[name] is None else mask[name] for name, value in world.items()}


def python_says(text: str, world: dict[str, Any]) -> bool:
    """Return what Python itself makes of a condition in which nothing is open."""
    plain = {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in world.items()}
    plain["any_of"] = lambda items, *wanted: any(item in wanted for item in items)
    return bool(eval(text, {"__builtins__": {}}, plain))  # noqa: S307 - our own text, as an oracle


class TestSoundness:
    """An answer of yes or no can be relied on, and the facts asked for are enough."""

    @PROFILE
    @given(TREES, FULL)
    def test_full_worlds(self, text: str, world: dict[str, Any]) -> None:
        """Where everything is known, a condition means what it means in Python."""
        step = condition(text).evaluate(Facts(world))

        assert (YES if python_says(text, world) else NO) is step.truth

    @PROFILE
    @given(TREES, FULL, MASKS)
    def test_decided_stays(
        self, text: str, world: dict[str, Any], mask: dict[str, Unknown | None]
    ) -> None:
        """A decided condition stays as it is, whatever the unknown facts turn out to be."""
        before = condition(text).evaluate(Facts(masked(world, mask)))

        after = condition(text).evaluate(Facts(world))

        if before.truth is not OPEN:
            assert before.truth is after.truth
            assert frozenset() == before.missing

    @PROFILE
    @given(TREES, FULL, MASKS)
    def test_missing_is_enough(
        self, text: str, world: dict[str, Any], mask: dict[str, Unknown | None]
    ) -> None:
        """Answering exactly what is missing decides, but for facts that nobody knows."""
        partial = masked(world, mask)
        before = condition(text).evaluate(Facts(partial))

        answered = partial | {name: world[name] for name in before.missing}
        after = condition(text).evaluate(Facts(answered))

        assert all(partial[name] is UNANSWERED for name in before.missing)
        assert frozenset() == after.missing
        if after.truth is OPEN:
            states = {answered[name] for name in condition(text).names if name != "words"}
            states |= {WITHHELD} if isinstance(answered["words"], Unknown) else set()
            assert states & {NOT_KNOWN, WITHHELD}

    @PROFILE
    @given(TREES, FULL, MASKS)
    def test_open_means_something_is_unknown(
        self, text: str, world: dict[str, Any], mask: dict[str, Unknown | None]
    ) -> None:
        """Each part with nothing missing and nothing unknown is decided; the trace adds up."""
        partial = masked(world, mask)

        step = condition(text).evaluate(Facts(partial))

        for leaf in step.leaves():
            unknown = [name for name in leaf.names if isinstance(partial[name], Unknown)]
            assert bool(unknown) is (leaf.truth is OPEN)
        assert step.missing <= condition(text).names


REFUSED = [
    ("defualt", "there is no fact 'defualt'"),
    ("wrod == 'x'", "did you mean 'word'?"),
    ("step.snet", "did you mean 'step.sent'?"),
    ("word == 'q'", "'word' can never be 'q'"),
    ("word in ('x', 'q')", "'word' can never be 'q'"),
    ("word in odd", "'word' can never be 'q'"),
    ("word in frist_two", "did you mean 'first_two'?"),
    ("any_of(words, 'xx')", "'words' can never be 'xx'"),
    ("word", "'word' is no yes-or-no fact"),
    ("day", "'day' is no yes-or-no fact"),
    ("a == 'x'", "'a' cannot be compared with a word"),
    ("text == 'x'", "'text' cannot be compared with a word"),
    ("words == 'x'", "'words' cannot be compared with a word"),
    ("day == '2025-06-01'", "'day' cannot be compared with a word"),
    ("word < '2025-06-01'", "'word' is no date"),
    ("day < word", "'word' is no date"),
    ("day < '1 June 2025'", "'1 June 2025' is not a date"),
    ("day < '2025-02-30'", "write YYYY-MM-DD"),
    ("day < 5", "'5' stands where the name of a fact must stand"),
    ("word == ('x', 'y')", "needs one value"),
    ("word == x", "there is no set 'x'"),
    ("word in (x, 'y')", "'x' must be a word in quotation marks"),
    ("word == 5", "must be a word in quotation marks"),
    ("word is 'x'", "is not allowed"),
    ("'x' == word", "stands where the name of a fact must stand"),
    ("day < until < day", "is not allowed"),
    ("any_of(word, 'x')", "'word' has one value only"),
    ("any_of()", "is not allowed"),
    ("given('text')", "stands where the name of a fact must stand"),
    ("given(text=a)", "is not allowed"),
    ("open('/etc/passwd')", "only given() and any_of()"),
    ("__import__('os').system('id')", "only given() and any_of()"),
    ("given.__call__(text)", "only given() and any_of()"),
    ("a.__class__", "there is no fact"),
    ("a.__class__.__bases__[0]", "is not allowed"),
    ("(lambda: a)()", "is not allowed"),
    ("lambda: a", "is not allowed"),
    ("a + b", "is not allowed"),
    ("-a", "is not allowed"),
    ("~a", "is not allowed"),
    ("a if b else c", "is not allowed"),
    ("[a for a in b]", "is not allowed"),
    ("f'{a}'", "is not allowed"),
    ("(a := b)", "is not allowed"),
    ("a, b", "is not allowed"),
    ("a[0]", "is not allowed"),
    ("1", "is not allowed"),
    ("1 == 1", "stands where the name of a fact must stand"),
    ("None", "is not allowed"),
    ("...", "is not allowed"),
    ("await a", "is not allowed"),
    ("", "is not a condition"),
    ("   ", "is not a condition"),
    ("# a", "is not a condition"),
    ("a and", "is not a condition"),
    ("a = b", "is not a condition"),
    ("a; b", "is not a condition"),
    ("import os", "is not a condition"),
    ("a\x00", "is not a condition"),
    ("'\ud800'", "is not a condition"),
    ("9" * 5000, "is not a condition"),
    ("(" * 5000 + "a" + ")" * 5000, "is not a condition"),
]
HUGE = {
    "not": "not " * 900 + "a",
    "attributes": "a" + ".b" * 2500,
    "arithmetic": " + ".join(["a"] * 2500),
    "calls": "a" + "()" * 2500,
    "number": "0x" + "f" * 5000,
    "number compared": "word == 0x" + "f" * 5000,
}


class TestLoadErrors:
    """Whatever is no condition is a LawError with the place, and never another exception."""

    @pytest.mark.parametrize(("text", "says"), REFUSED, ids=range(len(REFUSED)))
    def test_refused(self, text: str, says: str) -> None:
        """The error names the file and entry, and says what is wrong or how to mend it."""
        (problem,) = refused(text).problems

        assert problem.where == "made-up.toml, ground test"
        assert says in str(problem)

    @pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
    def test_huge(self, text: str) -> None:
        """A text too deep or too large to be read is refused like any other."""
        refused(text)

    def test_impossible_code(self) -> None:
        """A code is compared only with what can be a code."""
        assert "germany" in str(refused("home == 'germany'"))

    @pytest.mark.parametrize("text", ["given(text, word)", "any_of(words)", "word in ()"])
    def test_nothing_is_ignored(self, text: str) -> None:
        """A second fact in ``given`` and a comparison with no value at all are mistakes."""
        refused(text)

    @PROFILE
    @given(st.text(max_size=60))
    def test_any_text(self, text: str) -> None:
        """Any text at all is a condition or a LawError."""
        try:
            found = condition(text)
        except LawError as error:
            assert error.problems[0].where  # noqa: PT017 - both outcomes are right
        else:
            assert found.names <= set(NAMES)

    @PROFILE
    @given(
        st.lists(
            st.sampled_from(
                ["a", "word", "day", "'x'", "and", "or", "not", "(", ")", "==", "in", "<", ",",
                 "given", "any_of", ".", "[", "]", "lambda", ":", "5", "*", "**", "if", "else"]
            ),
            max_size=12,
        )
    )  # fmt: skip
    def test_any_words(self, parts: list[str]) -> None:
        """Any order of the words of the language is a condition or a LawError."""
        text = " ".join(parts)

        try:
            found = condition(text)
        except LawError:
            return

        assert found.evaluate(Facts({})).truth in (YES, NO, OPEN)
