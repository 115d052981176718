"""Conditions of the law: one line of plain expression, three truth values, and a trace.

A condition is written in a small part of Python's own syntax: ``and``, ``or``, ``not``, ``==``,
``!=``, ``in``, ``not in``, ``<``, ``<=``, ``>``, ``>=``, and two functions: ``given(fact)`` (the
person gave a text) and ``any_of(fact, 'a', 'b')`` (one of several was marked). The connectives
follow Kleene's strong logic: no decides *and*, yes decides *or*, and an open part leaves the rest
open. Nothing is short-cut, so the trace shows every part.
"""

from __future__ import annotations

import ast
import datetime as dt
import operator
import re
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from complaintkit.errors import LawError, Problem, suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class Truth(Enum):
    """Yes, no, or open: an open condition may still become either."""

    YES = "yes"
    NO = "no"
    OPEN = "open"

    def __bool__(self) -> bool:
        """Refuse to be two-valued."""
        message = "a Truth has three values: compare it with Truth.YES, Truth.NO or Truth.OPEN"
        raise TypeError(message)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a world says of one name: a value, or none and the facts that would give it."""

    value: object = None
    is_known: bool = False
    missing: frozenset[str] = frozenset()


class World(Protocol):
    """What conditions are evaluated against."""

    def read(self, name: str) -> Reading:
        """Return the value of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Name:
    """A name that conditions may use, and the values it can have."""

    kind: str
    values: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One evaluated part of a condition."""

    text: str
    truth: Truth
    children: tuple[Step, ...] = ()
    names: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()

    def leaves(self) -> Iterator[Step]:
        """Yield the parts that read facts, from left to right."""
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked condition."""

    text: str
    _run: Callable[[World], Step] = field(repr=False, compare=False)
    names: frozenset[str] = frozenset()

    def evaluate(self, world: World) -> Step:
        """Return the trace of the condition in a world."""
        return self._run(world)


ALWAYS = Condition("True", lambda _world: Step("always", Truth.YES))

MAX_LENGTH = 4_000
CODE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{2,3})?")
_ORDER = {ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge}


def parse(
    text: str, names: Mapping[str, Name], sets: Mapping[str, tuple[str, ...]], where: str
) -> Condition:
    """Read a condition and check every name and value in it.

    Args:
        text: The condition, such as ``"basis.consent and not default_on"``.
        names: The names it may use.
        sets: Named lists of values, for ``in`` and ``any_of``.
        where: File and ground, for error messages.

    Raises:
        LawError: The text is no condition, or names an unknown fact, or compares a fact with a
            value that it cannot have.

    """
    text = " ".join(text.split())
    try:
        if len(text) > MAX_LENGTH:
            raise ValueError
        tree = ast.parse(text, mode="eval").body
        return _Reader(names, sets, where).read(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        shown = text if len(text) < 200 else f"{text[:200]}..."
        raise LawError(
            Problem(where, f"'{shown}' is not a condition", "see jurisdictions/README.md")
        ) from None


class _Reader:
    """Turns a syntax tree into conditions, checking as it goes."""

    def __init__(
        self, names: Mapping[str, Name], sets: Mapping[str, tuple[str, ...]], where: str
    ) -> None:
        self.names, self.sets, self.where = names, sets, where

    def fail(self, what: str, mend: str = "") -> LawError:
        return LawError(Problem(self.where, what, mend))

    def read(self, node: ast.expr) -> Condition:
        match node:
            case ast.BoolOp():
                return self.connective(node)
            case ast.UnaryOp(op=ast.Not()):
                return self.negation(node)
            case ast.Compare(ops=[op], comparators=[right]):
                return self.comparison(node, op, right)
            case ast.Call():
                return self.call(node)
            case ast.Name() | ast.Attribute():
                return self.yes_no(node)
            case ast.Constant(value=True):
                return ALWAYS
        raise self.fail(
            f"'{ast.unparse(node)}' is not allowed in a condition", "see jurisdictions/README.md"
        )

    def connective(self, node: ast.BoolOp) -> Condition:
        parts = [self.read(value) for value in node.values]
        decisive = Truth.NO if isinstance(node.op, ast.And) else Truth.YES
        text = ast.unparse(node)

        def run(world: World) -> Step:
            children = tuple(part.evaluate(world) for part in parts)
            truths = [child.truth for child in children]
            if decisive in truths:
                truth = decisive
            elif Truth.OPEN in truths:
                truth = Truth.OPEN
            else:
                truth = truths[0]
            return Step(text, truth, children, missing=_missing(truth, children))

        return Condition(text, run, frozenset().union(*(part.names for part in parts)))

    def negation(self, node: ast.UnaryOp) -> Condition:
        inner = self.read(node.operand)
        text = ast.unparse(node)
        turned = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.OPEN: Truth.OPEN}

        def run(world: World) -> Step:
            step = inner.evaluate(world)
            return Step(text, turned[step.truth], (step,), missing=step.missing)

        return Condition(text, run, inner.names)

    def name(self, node: ast.expr) -> tuple[str, Name]:
        text = ast.unparse(node)
        if not isinstance(node, ast.Name | ast.Attribute):
            raise self.fail(f"'{text}' stands where the name of a fact must stand")
        if text not in self.names:
            raise self.fail(f"there is no fact '{text}'", suggestion(text, self.names))
        return text, self.names[text]

    def leaf(self, node: ast.expr, names: tuple[str, ...], test: Callable[..., bool]) -> Condition:
        """Return the condition that reads some names and tests their values."""
        text = ast.unparse(node)

        def run(world: World) -> Step:
            readings = [world.read(name) for name in names]
            if all(reading.is_known for reading in readings):
                truth = Truth.YES if test(*(r.value for r in readings)) else Truth.NO
                return Step(text, truth, names=names)
            missing = frozenset().union(*(r.missing for r in readings))
            return Step(text, Truth.OPEN, names=names, missing=missing)

        return Condition(text, run, frozenset(names))

    def yes_no(self, node: ast.expr) -> Condition:
        text, name = self.name(node)
        if name.kind != "yes_no":
            raise self.fail(f"'{text}' is no yes-or-no fact", "compare it with a value")
        return self.leaf(node, (text,), bool)

    def comparison(self, node: ast.Compare, op: ast.cmpop, right: ast.expr) -> Condition:
        text, name = self.name(node.left)
        if type(op) in _ORDER:
            return self.order(node, text, name, op, right)
        if name.kind not in ("choice", "code"):
            raise self.fail(
                f"'{text}' cannot be compared with a word", f"it is of kind {name.kind}"
            )
        values = self.values(right, text, name)
        wanted = isinstance(op, ast.Eq | ast.In)
        if isinstance(op, ast.Eq | ast.NotEq) and len(values) != 1:
            raise self.fail(f"'{ast.unparse(node)}' needs one value", "use 'in' for several")
        if not isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            raise self.fail(f"'{ast.unparse(node)}' is not allowed in a condition")
        return self.leaf(node, (text,), lambda value: (str(value) in values) is wanted)

    def order(
        self, node: ast.Compare, text: str, name: Name, op: ast.cmpop, right: ast.expr
    ) -> Condition:
        if name.kind != "date":
            raise self.fail(f"'{text}' is no date", "only dates have an order")
        compare = _ORDER[type(op)]
        if isinstance(right, ast.Constant) and isinstance(right.value, str):
            try:
                day = dt.date.fromisoformat(right.value)
            except ValueError:
                raise self.fail(f"'{right.value}' is not a date", "write YYYY-MM-DD") from None
            return self.leaf(node, (text,), lambda value: compare(value, day))
        other, other_name = self.name(right)
        if other_name.kind != "date":
            raise self.fail(f"'{other}' is no date", "only dates have an order")
        return self.leaf(node, (text, other), compare)

    def values(self, node: ast.expr, text: str, name: Name) -> frozenset[str]:
        """Return the words on the right of a comparison, checked against the fact."""
        if isinstance(node, ast.Name):
            if node.id not in self.sets:
                raise self.fail(f"there is no set '{node.id}'", suggestion(node.id, self.sets))
            found = set(self.sets[node.id])
        else:
            items = node.elts if isinstance(node, ast.Tuple | ast.List) else [node]
            found = set()
            for item in items:
                if not (isinstance(item, ast.Constant) and isinstance(item.value, str)):
                    raise self.fail(f"'{ast.unparse(item)}' must be a word in quotation marks")
                found.add(item.value)
        if not found:
            raise self.fail(f"'{text}' is compared with nothing")
        for value in sorted(found):
            if name.kind == "code" and not CODE.fullmatch(value):
                raise self.fail(f"'{text}' can never be '{value}'", "write DE, GB-ENG or US-CA")
            if name.values and value not in name.values:
                raise self.fail(f"'{text}' can never be '{value}'", suggestion(value, name.values))
        return frozenset(found)

    def call(self, node: ast.Call) -> Condition:
        function = node.func.id if isinstance(node.func, ast.Name) else ""
        if function not in ("given", "any_of") or node.keywords or not node.args:
            raise self.fail(f"'{ast.unparse(node)}' is not allowed", "only given() and any_of()")
        text, name = self.name(node.args[0])
        if function == "given":
            if len(node.args) > 1:
                raise self.fail(f"'{ast.unparse(node)}' names more than one fact")
            return self.given(node, text)
        if name.kind != "many":
            raise self.fail(f"'{text}' has one value only", "use == or in")
        if len(node.args) == 1:
            raise self.fail(f"'{ast.unparse(node)}' names no value to look for")
        wanted: frozenset[str] = frozenset()
        for argument in node.args[1:]:
            wanted |= self.values(argument, text, name)
        return self.leaf(
            node, (text,), lambda value: any(str(item) in wanted for item in _items(value))
        )

    def given(self, node: ast.Call, text: str) -> Condition:
        """Return whether a value was given: open only as long as it was not asked."""
        shown = ast.unparse(node)

        def run(world: World) -> Step:
            reading = world.read(text)
            if reading.is_known:
                return Step(shown, Truth.YES if reading.value else Truth.NO, names=(text,))
            truth = Truth.OPEN if reading.missing else Truth.NO
            return Step(shown, truth, names=(text,), missing=reading.missing)

        return Condition(shown, run, frozenset({text}))


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _missing(truth: Truth, children: tuple[Step, ...]) -> frozenset[str]:
    """Return what is missing: only an open condition misses something."""
    if truth is not Truth.OPEN:
        return frozenset()
    return frozenset().union(*(child.missing for child in children if child.truth is Truth.OPEN))
