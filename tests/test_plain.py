"""The plain face, and how a conversation begins and ends on any terminal."""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path

import pytest

from complaintkit.answers import WITHHELD
from complaintkit.errors import CampaignError, CaseError
from complaintkit.facts import Case
from complaintkit.interview.plain import Plain
from complaintkit.interview.wizard import Interrupted, NoTerminalError, choose_face, run
from complaintkit.law import Library, load

ON = dt.date(2026, 11, 24)


@pytest.fixture(scope="session")
def law() -> Library:
    """Return a small law that does not change when the real ones do."""
    return load(Path(__file__).parent / "interview")


LINES = """\
englnd
England
1
<

1, x
2 9
my diary
6
2
I am a nurse.
I wrote there.

-
31/12/2030
yesterday
why
worry

Ada Example
1 Road
Leeds


no mail
a@example.org

Leeds
SocialNet


dpo@example.org
1
"""


def test_plain_lines(tmp_path: Path, law: Library) -> None:
    """The same questions in numbered lines: back, why, help after mistakes, and no escape codes."""
    screen = io.StringIO()
    path = tmp_path / "case.toml"
    LINES.replace("1, nonsense\n8 10\nmy diary,\n?\nno\n6\n2\n", "1, x\n2 9\nmy diary\n6\n2\n")

    outcome = run(path, on=ON, face=Plain(io.StringIO(LINES), screen), library=law)

    facts, person = outcome.case.facts, outcome.case.person
    assert outcome.write
    assert [str(kind) for kind in facts.data_kinds] == ["posts", "health"]
    assert facts.sensitive_item == "my diary"
    assert str(facts.stated_basis) == "legitimate_interests"
    assert facts.situation == "I am a nurse.\nI wrote there."
    assert facts.practice_began is WITHHELD
    assert facts.learned_on == dt.date(2026, 11, 23)
    assert (person.name, person.address, person.country) == (
        "Ada Example",
        ("1 Road", "Leeds"),
        "GB",
    )
    assert (person.email, person.account, person.place) == ("a@example.org", "", "Leeds")
    assert "\x1b" not in screen.getvalue()
    assert "No place of that name" in screen.getvalue()
    assert "has not come yet" in screen.getvalue()


def test_plain_lines_end_with_the_input(tmp_path: Path, law: Library) -> None:
    """When the lines run out, the answers so far are kept."""
    path = tmp_path / "case.toml"
    with pytest.raises(Interrupted):
        run(path, on=ON, face=Plain(io.StringIO("england\n"), io.StringIO()), library=law)
    assert Case.load(path).facts.residence == "GB-ENG"


def test_a_pipe_is_no_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a terminal the wizard says what to do instead, before any question."""
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.delenv("COMPLAINTKIT_PLAIN", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with pytest.raises(NoTerminalError, match="--plain") as caught:
        run(tmp_path / "case.toml", on=ON)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(("name", "value"), [("TERM", "dumb"), ("COMPLAINTKIT_PLAIN", "1")])
def test_dumb_terminals_get_lines(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """A dumb terminal, and who asks for it, gets the plain face."""
    monkeypatch.setenv(name, value)
    assert isinstance(choose_face(plain=False), Plain)


def test_a_broken_file_is_not_overwritten(tmp_path: Path) -> None:
    """A file that is no case, or has keys from elsewhere, is refused and left as it is."""
    path = tmp_path / "case.toml"
    for text in ("not toml", "[facts]\nnonsense = 1\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(CaseError):
            run(path, on=ON, face=Plain(io.StringIO(), io.StringIO()))
        assert path.read_text(encoding="utf-8") == text


def test_an_unknown_campaign_is_refused_at_once(tmp_path: Path) -> None:
    """A misspelt campaign is named before any question."""
    with pytest.raises(CampaignError, match="did you mean"):
        run(
            tmp_path / "case.toml",
            on=ON,
            campaign="linkedin-ai-trainig",
            face=Plain(io.StringIO(), io.StringIO()),
        )


def test_a_known_company_in_lines(tmp_path: Path) -> None:
    """The table is offered as numbers, with a way out; it needs no terminal."""
    screen = io.StringIO()
    path = tmp_path / "case.toml"
    lines = "france\n1\ninstagram\nwhy\n1\n"

    with pytest.raises(Interrupted):
        run(path, on=ON, face=Plain(io.StringIO(lines), screen))

    case = Case.load(path)
    assert case.controller.name == "Meta Platforms Ireland Limited"
    assert case.controller.service == "Instagram"
    assert "None of these" in screen.getvalue()
    assert "Filled in, as checked on" in screen.getvalue()
    assert "\x1b" not in screen.getvalue()
