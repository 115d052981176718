"""A law as numbered prose for review: what it says, when, by which provision, checked when."""

from __future__ import annotations

import ast
import datetime as dt
import textwrap
from typing import TYPE_CHECKING

from complaintkit.catalogue import CATALOGUE
from complaintkit.citations import cite
from complaintkit.errors import InputError, Problem, suggestion
from complaintkit.i18n import words
from complaintkit.vocabulary import LegalBasis, StepKind
from complaintkit.world import ANY_REQUEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from complaintkit.law import Law, Library
    from complaintkit.lawfile import Bar, Caution, Clock, Dated, Ground, Requirement, Route

WIDTH = 88
KINDS = {"right": "A right", "infringement": "An infringement", "referral": "A referral"}
READ = {"primary": "", "secondary": ", read in a secondary source", "memory": ", from memory"}
BIND = {ast.And: "all of these", ast.Or: "one of these"}
COMPARED = {ast.Lt: "before", ast.LtE: "not after", ast.Gt: "after", ast.GtE: "not before"}


def select(library: Library, name: str) -> list[Law]:
    """Return the laws that a name means: an id, or the beginning of one such as ``uk`` or ``us``.

    Raises:
        InputError: No law is called so.

    """
    if name in library.laws:
        return [library.laws[name]]
    found = [law for id_, law in library.laws.items() if id_.startswith(f"{name}-")]
    if not found:
        mend = suggestion(name, library.laws) or "'complaintkit law' lists them"
        raise InputError(Problem("law", f"there is no law '{name}'", mend))
    return found


def overview(library: Library) -> str:
    """Return one line for each law: its id, its title, and how much it holds."""
    lines = []
    for law in library.laws.values():
        grounds, day = len(law.file.grounds), oldest(law)
        lines.append(f"{law.head.id:16} {law.head.title}")
        lines.append(f"{'':16} {grounds} grounds, checked {day or law.head.checked}")
    return "\n".join(lines)


def oldest(law: Law) -> dt.date | None:
    """Return the day on which the oldest ground of a law was checked."""
    return min((ground.checked for ground in law.file.grounds), default=None)


def review(law: Law, ground: str = "") -> str:
    """Return a law, or one of its grounds, as numbered prose.

    Args:
        law: The law.
        ground: The id of a ground, to print that one only.

    Raises:
        InputError: The law has no such ground.

    """
    if ground:
        ids = [item.id for item in law.file.grounds]
        if ground not in ids:
            what = f"{law.head.id} has no ground '{ground}'"
            raise InputError(Problem("--ground", what, suggestion(ground, ids)))
        number = ids.index(ground) + 1
        return "\n".join(_ground(law, law.file.grounds[number - 1], number))
    parts = [
        *_head(law),
        *_section("Grounds", (_ground(law, g, n) for n, g in enumerate(law.file.grounds, 1))),
        *_section("The legal basis", (_requirement(law, r) for r in law.file.requirements)),
        *_section("Time limits", (_clock(law, c) for c in law.file.clocks)),
        *_section("Routes", (_route(law, r) for r in law.file.routes)),
        *_section("Cautions", (_caution(law, c) for c in law.file.cautions)),
        *_section("Sources", (_source(law, id_) for id_ in law.sources)),
    ]
    return "\n".join(parts)


def stale(library: Library, days: int, on: dt.date) -> list[str]:
    """Return a line for every entry that was last checked more than some days before a day."""
    last = on - dt.timedelta(days=days)
    found = [(a.checked, f"authority: {a.id}") for a in library.authorities.values()]
    for law in library.laws.values():
        file = law.file
        for entries in (file.grounds, file.requirements, file.clocks, file.routes, file.cautions):
            found += [(entry.checked, f"{law.head.id}: {entry.id}") for entry in entries]
    for known in library.controllers.values():
        entities = known.entities
        found += [(e.checked, f"controller: {known.id} ({e.controller.name})") for e in entities]
    found += [(item.form.checked, f"form: {id_}") for id_, item in library.forms.items()]
    return [f"{day}  {name}" for day, name in sorted(found) if day < last]


def _wrap(text: str, indent: str = "   ", first: str | None = None) -> str:
    start = indent if first is None else first
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _section(title: str, entries: Iterable[Iterable[str]]) -> Iterator[str]:
    lines = [[*entry, ""] for entry in entries]
    if lines:
        yield f"\n{title}\n{'-' * len(title)}\n"
        for entry in lines:
            yield from entry


def _head(law: Law) -> Iterator[str]:
    head = law.head
    yield _wrap(f"{head.title} [{head.id}]", first="")
    yield _wrap(f"{head.citation}. {_dates(head)}".strip())
    yield from _when("It is the law of a case where", head.applies, law)
    if head.instead:
        yield _wrap(head.instead)


def _ground(law: Law, ground: Ground, number: int) -> Iterator[str]:
    yield _wrap(f"{ground.title} [{ground.id}]", "   ", f"{number}. ")
    yield _wrap(f"{KINDS[ground.kind]} under {cite(law, ground.provisions)}. {_dates(ground)}")
    yield from _when("When", ground.when, law)
    if ground.basis and ground.alternative:
        bases = " or ".join(basis.label for basis in ground.basis)
        yield _wrap(f"So far as the company relies on: {bases}.")
    for displacement in ground.displaced_by:
        place = cite(law, (displacement.provision,))
        yield _wrap(f"Gives way to {displacement.ground}: {displacement.because} ({place})")
    if ground.refers_to:
        yield _wrap(f"Instead: {ground.refers_to}")
    if ground.demands:
        yield _wrap("Demands: " + "; ".join(law.demands[id_].title for id_ in ground.demands) + ".")
    yield _wrap(f"Strength: {ground.strength}. {ground.strength_note}".strip())
    for counter in ground.counters:
        yield _wrap(f'They may say: "{counter.says}" {counter.reply}'.strip(), "     ", "   > ")
    yield _checked(law, ground.sources, ground.checked)


def _requirement(law: Law, entry: Requirement) -> Iterator[str]:
    yield _wrap(f"{entry.requires} [{entry.id}]", first="* ")
    yield from _when("When", entry.when, law)
    yield _wrap(f"{entry.argument} ({cite(law, entry.provisions)})")
    yield _checked(law, entry.sources, entry.checked)


def _clock(law: Law, clock: Clock) -> Iterator[str]:
    period = words().period(clock.period)
    longer = f", extended {words().period(clock.extended)}" if clock.extended else ""
    steps = ", ".join(step.label.lower() for step in clock.steps)
    yield _wrap(f"{period}{longer}: {clock.for_} to {steps} [{clock.id}]", first="* ")
    rule = cite(law, clock.provisions) or "asked for, not set by the law"
    rolls = "moves to the next working day" if clock.rolls else "does not move"
    yield _wrap(f"{rule}. A last day that is no working day {rolls}. {_dates(clock)}".strip())
    if clock.when != "True":
        yield from _when("When", clock.when, law)
    if clock.note:
        yield _wrap(clock.note)
    yield _checked(law, clock.sources, clock.checked)


def _route(law: Law, route: Route) -> Iterator[str]:
    yield _wrap(f"{route.title} [{route.id}]", first="* ")
    rule = cite(law, route.provisions)
    document = f"with the document '{route.document}'" if route.document else "without a document"
    yield _wrap(f"To the {route.to}, {document}. {rule}. {_dates(route)}".replace(" . ", " "))
    if route.when != "True":
        yield from _when("Open when", route.when, law)
        yield _wrap(f"Otherwise: {route.closed_because}")
    if route.after:
        force = "The law requires" if route.waits == "blocks" else "It is advised to take"
        before = ", ".join(step.label.lower() for step in route.after)
        yield _wrap(f"{force} one of these first: {before}. {route.wait_reason}".strip())
    for delay in route.delays:
        yield from _when("Put off when", delay.when, law)
        yield _wrap(delay.reason)
    for bar in route.bars:
        yield _wrap(_bar(law, bar))
    yield _checked(law, route.sources, route.checked)


def _bar(law: Law, bar: Bar) -> str:
    starts = {
        "knowledge": "the day the person learned of it",
        "event": "the event",
        "last_answer": "the last answer",
        "complaint": "the day the authority received the complaint",
    }
    plus = f" and {words().period(bar.plus)}" if bar.plus else ""
    rule = f" ({cite(law, (bar.provision,))})" if bar.provision else ""
    return f"{words().period(bar.period)}{plus} from {starts[bar.from_]}: {bar.text}{rule}"


def _caution(law: Law, caution: Caution) -> Iterator[str]:
    mark = "! " if caution.weight == "warning" else "* "
    yield _wrap(f"{caution.text} [{caution.id}]", first=mark)
    yield _wrap(f"About: {', '.join(caution.about)}. {_dates(caution)}".strip())
    if caution.when != "True":
        yield from _when("When", caution.when, law)
    yield _checked(law, caution.sources, caution.checked)


def _source(law: Law, id_: str) -> Iterator[str]:
    source = law.sources[id_]
    day = f", {source.dated}" if source.dated else ""
    yield _wrap(f"{source.title}{day}{READ[source.read]} [{id_}]", first="* ")
    if source.standing != "stands":
        yield _wrap(f"It was {source.standing}. {source.standing_note}".strip())
    yield f"   {source.url}"


def _checked(law: Law, sources: Iterable[str], day: dt.date) -> str:
    titles = "; ".join(law.sources[id_].title for id_ in sources)
    return _wrap(f"Sources: {titles}. Checked {day}.")


def _dates(entry: Dated) -> str:
    if entry.in_force_from and entry.in_force_until:
        return f"In force from {entry.in_force_from} until {entry.in_force_until}."
    if entry.in_force_from:
        return f"In force from {entry.in_force_from}."
    return f"In force until {entry.in_force_until}." if entry.in_force_until else ""


def _when(lead: str, text: str, law: Law) -> Iterator[str]:
    """Yield a condition in words, one part a line."""
    node = ast.parse(" ".join(text.split()), mode="eval").body
    if isinstance(node, ast.BoolOp):
        yield _wrap(f"{lead} {BIND[type(node.op)]} are true:")
        for part in node.values:
            yield from _part(part, law.file.sets, 1)
    else:
        yield _wrap(f"{lead} {said(node, law.file.sets)}.")


def _part(node: ast.expr, sets: Mapping[str, tuple[str, ...]], depth: int) -> Iterator[str]:
    indent = "   " + "  " * depth
    if isinstance(node, ast.BoolOp):
        yield f"{indent}- {BIND[type(node.op)]}:"
        for part in node.values:
            yield from _part(part, sets, depth + 1)
    else:
        yield _wrap(said(node, sets), f"{indent}  ", f"{indent}- ")


def said(node: ast.expr, sets: Mapping[str, tuple[str, ...]]) -> str:
    """Return one part of a condition in words.

    Args:
        node: The part, as Python reads it.
        sets: The named lists of values of the law.

    """
    match node:
        case ast.UnaryOp(operand=inner):
            return f"not: {said(inner, sets)}"
        case ast.BoolOp(op=op, values=values):
            return f"({f' {type(op).__name__.lower()} '.join(said(v, sets) for v in values)})"
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(left, op, right, sets)
        case ast.Call(func=ast.Name(id="given"), args=[name]):
            return f"{label(ast.unparse(name))} is given"
        case ast.Call(args=[name, *wanted]):
            listed = [value for item in wanted for value in _values(name, item, sets)]
            return f"{label(ast.unparse(name))} includes {_or(listed)}"
        case ast.Constant():
            return "always"
    return f"{label(ast.unparse(node))}"


def _compared(
    left: ast.expr, op: ast.cmpop, right: ast.expr, sets: Mapping[str, tuple[str, ...]]
) -> str:
    name = label(ast.unparse(left))
    if type(op) in COMPARED:
        day = (
            str(ast.literal_eval(right))
            if isinstance(right, ast.Constant)
            else label(ast.unparse(right))
        )
        return f"{name} is {COMPARED[type(op)]} {day}"
    no = " not" if isinstance(op, ast.NotEq | ast.NotIn) else ""
    return f"{name} is{no} {_or(_values(left, right, sets))}"


def _values(left: ast.expr, right: ast.expr, sets: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the answers on the right of a comparison in words."""
    if isinstance(right, ast.Name):
        found = list(sets[right.id])
    elif isinstance(right, ast.Tuple | ast.List):
        found = [str(ast.literal_eval(item)) for item in right.elts]
    else:
        found = [str(ast.literal_eval(right))]
    name = ast.unparse(left)
    if name not in CATALOGUE:
        return found
    choices = {str(choice): choice.label for choice in CATALOGUE[name].choices}
    return [f"'{choices[value]}'" if value in choices else value for value in found]


def _or(items: list[str]) -> str:
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def label(name: str) -> str:
    """Return the name of a fact, or of what is derived from facts, in words."""
    if name in CATALOGUE:
        return f"“{CATALOGUE[name].label}”"
    head, _, tail = name.partition(".")
    if head == "basis":
        return f"the company relies on {LegalBasis.of(tail).label.split(':')[0]}"
    if name == "notice.late":
        return "notice came late or never"
    if name == "residence.country":
        return "the country where the person lives"
    step = "any request" if head == ANY_REQUEST else StepKind.of(head).label.lower()
    return f"{step}: {tail.replace('_', ' ')}"
