"""What happened is added to a case file, in its place, and refused where it cannot have been."""

from __future__ import annotations

import datetime as dt
import stat
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit import logbook
from complaintkit.casefile import MAX_BYTES, load, parse
from complaintkit.casetext import with_steps
from complaintkit.errors import CaseError, InputError, OutputError
from complaintkit.facts import Case, Step
from complaintkit.logbook import Told, added, choice, kinds, note
from complaintkit.vocabulary import Channel, StepEvent, StepKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ON = dt.date(2026, 11, 24)
TEXT = """\
# my case
format = 1
mood = "angry"  # no key of the program

[facts]
residence = "GB-ENG"  # Leeds
earlier_steps = false  # not yet

# what I sent
[[history]]
what = "objection"
event = "sent"
date = 2026-10-01  # by post

# what I can show
[[evidence]]
title = "Slip"

[person]
name = "Maya Okafor"
"""


def step(what: str, event: str, day: str, **more: str) -> Step:
    """Return a step of the history."""
    return Step.model_validate({"what": what, "event": event, "date": day, **more})


def sent(*days: str) -> Case:
    """Return a case with objections sent on some days."""
    return Case(history=tuple(step("objection", "sent", day) for day in days))


def test_every_line_of_the_file_stays(tmp_path: Path) -> None:
    """Comments, unknown keys and the order stay; the step stands where the history ends."""
    path = tmp_path / "case.toml"
    path.write_text(TEXT, encoding="utf-8")

    note(path, [step("objection", "refused", "2026-10-20", note='"No", they\nsaid.')], ON)

    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in TEXT.splitlines() if line not in lines] == [
        "earlier_steps = false  # not yet"
    ]
    assert "earlier_steps = true  # not yet" in lines
    assert lines.index('event = "refused"') < lines.index("# what I can show")
    assert lines.index("# what I can show") == lines.index("[[evidence]]") - 1
    assert load(path).history[1].note == '"No", they\nsaid.'
    assert load(path).unrecognised == {"mood": "angry"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format = 1",
        'format = 1\nhistory = [{what = "objection", event = "sent", date = 2026-10-01}]\n',
        '[facts]\nharm = """\n[[history]]\n"""\n',
        'format = 1\r\n[facts]\r\nresidence = "DE-BE"\r\n',
        '[facts]\nearlier_steps = "?"\nharm = """\nearlier_steps = false\n"""\n',
    ],
)
def test_any_layout_takes_a_step(text: str) -> None:
    """However a file is laid out, it says the same as before, and the step besides."""
    new = step("access", "sent", "2026-11-01", proof="slip")

    after, before = parse(with_steps(text, [new])), parse(text)

    assert after.history == (*before.history, new)
    assert after.person == before.person
    assert after.facts.harm == before.facts.harm
    assert after.facts.earlier_steps is not False


def test_windows_lines_stay_windows_lines() -> None:
    """A file with CRLF has them in the new lines as well."""
    text = with_steps('format = 1\r\n[facts]\r\nresidence = "DE"\r\n', sent("2026-10-01").history)

    assert text.count("\n") == text.count("\r\n") > 4


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40),
    place=st.integers(0, 5),
)
def test_any_words_survive(text: str, place: int) -> None:
    """What is typed is read back as it was, whatever stands around it."""
    lines = TEXT.splitlines()
    lines.insert(place, f"# {text}".replace("\n", " "))
    new = step("objection", "partly", "2026-11-02", note=text)

    assert parse(with_steps("\n".join(lines), [new])).history[-1] == new


@pytest.mark.parametrize(
    ("case", "new", "message"),
    [
        (sent("2026-10-01"), step("objection", "refused", "2026-11-25"), "has not come yet"),
        (sent("2026-10-01"), step("objection", "refused", "2026-09-30"), "before it was sent"),
        (sent("2026-10-01"), step("access", "refused", "2026-10-05"), "no access is noted as sent"),
        (sent("2026-10-01"), step("objection", "sent", "2026-10-01"), "is noted already"),
        (sent("2026-10-01"), step("objection", "received", "2026-09-01"), "before it was sent"),
        (
            Case(history=(*sent("2026-10-01").history, step("objection", "queried", "2026-10-09"))),
            step("objection", "clarified", "2026-10-08"),
            "before they asked",
        ),
        (
            Case(history=(step("objection", "refused", "2026-10-09"),)),
            step("objection", "sent", "2026-10-10"),
            "is after 'refused'",
        ),
    ],
)
def test_what_cannot_have_been_is_refused(case: Case, new: Step, message: str) -> None:
    """A day ahead, an answer before the request, or the same thing twice is a clear error."""
    with pytest.raises(InputError, match=message):
        added(case, [new], ON)


def test_a_second_round_and_an_arrival_alone_are_possible() -> None:
    """A request may be sent again, and of a letter only the arrival may be known."""
    added(sent("2026-10-01"), [step("objection", "sent", "2026-11-01")], ON)
    added(Case(), [step("objection", "received", "2026-11-01")], ON)


def test_an_error_changes_nothing(tmp_path: Path) -> None:
    """After a refusal the file is the same to the byte."""
    path = tmp_path / "case.toml"
    path.write_text(TEXT, encoding="utf-8")

    with pytest.raises(InputError):
        note(path, [step("objection", "refused", "2026-09-01")], ON)

    assert path.read_text(encoding="utf-8") == TEXT
    assert [file.name for file in tmp_path.iterdir()] == ["case.toml"]


def test_a_change_made_meanwhile_is_not_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If another program writes the file between reading and writing, that stays."""
    path = tmp_path / "case.toml"
    path.write_text(TEXT, encoding="utf-8")

    def meanwhile(text: str, steps: object) -> str:
        path.write_text(TEXT + "# theirs\n", encoding="utf-8")
        return with_steps(text, steps)  # type: ignore[arg-type]

    monkeypatch.setattr(logbook, "with_steps", meanwhile)

    with pytest.raises(OutputError, match="changed at the same time"):
        note(path, [step("objection", "refused", "2026-10-20")], ON)
    assert path.read_text(encoding="utf-8").endswith("# theirs\n")


def test_the_file_is_private_and_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file is for its owner alone; a link to it is followed, not replaced."""
    (tmp_path / "real.toml").write_text(TEXT, encoding="utf-8")
    link = tmp_path / "case.toml"
    link.symlink_to("real.toml")

    note(link, [step("objection", "refused", "2026-10-20")], ON)

    assert link.is_symlink()
    assert len(load(tmp_path / "real.toml").history) == 2
    assert stat.S_IMODE((tmp_path / "real.toml").stat().st_mode) == 0o600


def test_several_kinds_are_noted_at_once() -> None:
    """One letter may be an objection and a request for access."""
    told = Told(kinds("objection, access"), StepEvent.SENT, ON, Channel.POST, reference="AB 1")

    assert [(s.what, s.reference) for s in told.steps()] == [
        (StepKind.OBJECTION, "AB 1"),
        (StepKind.ACCESS, "AB 1"),
    ]


def test_words_are_read_kindly_and_faults_name_the_nearest() -> None:
    """A hyphen or a capital does no harm; a slip of the pen is told with what was meant."""
    assert choice(StepEvent, "ID-demanded") is StepEvent.ID_DEMANDED
    with pytest.raises(InputError, match="did you mean 'objection'"):
        kinds("objektion")


@pytest.mark.parametrize("name", ["uk-linkedin-refused", "de-access-incomplete", "ch-linkedin"])
def test_bundled_cases_change_by_these_lines_only(
    name: str, case_file: Callable[[str], Path]
) -> None:
    """In the cases of the package nothing moves but the lines that are new."""
    text = case_file(name).read_text(encoding="utf-8")
    changed = with_steps(text, [step("objection", "sent", "2026-11-01")])

    lines = changed.splitlines()
    for line in text.splitlines():
        lines.remove(line.replace("earlier_steps = false", "earlier_steps = true"))
    assert [line for line in lines if line] == [
        "[[history]]", 'what = "objection"', 'event = "sent"', "date = 2026-11-01",
    ]  # fmt: skip


def test_a_file_does_not_grow_beyond_what_can_be_read(tmp_path: Path) -> None:
    """A step that would make the file too large to read is refused, and the file stays."""
    path = tmp_path / "case.toml"
    text = f"{TEXT}\n# {'x' * (MAX_BYTES - len(TEXT) - 10)}\n"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CaseError, match="larger than 2 MB"):
        note(path, [step("objection", "refused", "2026-10-20")], ON)
    assert path.read_text(encoding="utf-8") == text
