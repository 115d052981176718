"""The commands for living with a case: what they print where, their exit codes, and their files."""

from __future__ import annotations

import datetime as dt
import json
import shlex
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from complaintkit import cli
from complaintkit.casefile import load
from complaintkit.interview.happening import ask
from complaintkit.interview.prompts import Prompt, Turn
from complaintkit.interview.wizard import Terminal
from complaintkit.logbook import Told
from complaintkit.vocabulary import Channel, StepEvent, StepKind

CASES = Path(__file__).parent / "cases"
ON = dt.date(2026, 11, 24)


def run(line: str, typed: str | None = None) -> Result:
    """Run a command line as of the day of these tests."""
    words = shlex.split(line)
    day = [] if words[0] == "forget" else ["--on", str(ON)]
    return CliRunner().invoke(cli.main, [*words, *day], input=typed)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a case in a folder of its own, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "case.toml"
    path.write_bytes((CASES / "uk-linkedin-first.toml").read_bytes())
    return path


def test_a_case_lives_from_the_first_letter_to_the_authority(case: Path) -> None:
    """The next command is always the one that was printed: write, note, wait, complain."""
    first = run("next case.toml -f txt")
    assert first.exit_code == 0
    assert "letters/2026-11-24-1-request-linkedin.txt" in first.stdout
    assert "complaintkit log case.toml objection" in first.stderr

    assert run("log case.toml objection,erasure,restriction,access sent 2026-10-01").exit_code == 0
    late = run("next case.toml -f txt --force")
    assert "letters/2026-11-24-1-reminder-linkedin.txt" in late.stdout
    assert "no answer came by" in late.stderr

    run("log case.toml objection refused 2026-11-20 --channel email --reference 'LI 77'")
    run("log case.toml access refused 2026-11-20 --channel email")
    complaint = run("next case.toml -f txt --force")
    assert complaint.exit_code == 0
    text = Path("letters/2026-11-24-1-company-complaint-linkedin.txt").read_text(encoding="utf-8")
    assert "1 October 2026" in text
    assert "20 November 2026" in text
    assert "complaintkit log case.toml company_complaint sent today" in complaint.stderr

    run("log case.toml company_complaint sent 2026-11-21")
    run("log case.toml company_complaint refused 2026-11-23")
    authority = run("next case.toml -f txt --force")
    assert "-ico-linkedin.txt" in authority.stdout
    assert "Complaint to the company, 23 November 2026: It was refused." in authority.stderr
    assert len(load(case).history) == 8


def test_log_reads_days_as_people_write_them(case: Path) -> None:
    """Yesterday is a day, and it is said back with its weekday."""
    result = run("log case.toml objection sent yesterday --channel post --proof 'receipt 123'")

    assert result.exit_code == 0
    assert "Monday, 23 November 2026: Objection. I sent it, post." in result.stdout
    (step,) = load(case).history
    assert (step.date, step.channel, step.proof) == (
        dt.date(2026, 11, 23),
        Channel.POST,
        "receipt 123",
    )
    assert stat.S_IMODE(case.stat().st_mode) == 0o600


@pytest.mark.usefixtures("case")
def test_log_reminds_of_rights_in_the_same_letter() -> None:
    """Where a letter used more rights than were noted, the command for the rest is printed."""
    result = run("log case.toml objection sent 2026-11-20")

    assert "complaintkit log case.toml access sent 2026-11-20" in result.stderr


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("objection sent 2026-11-25", 4, "has not come yet"),
        ("objection refused 2026-11-20", 4, "no objection is noted as sent"),
        ("objektion sent today", 4, "did you mean 'objection'"),
        ("objection sennt today", 4, "did you mean 'sent'"),
        ("objection sent 31.2.2026", 4, "This is no day"),
        ("objection sent today --channel pigeon", 4, "one of email, post"),
        ("objection", 2, "needs EVENT, DATE"),
    ],
)
def test_log_refuses_and_keeps(case: Path, words: str, code: int, message: str) -> None:
    """A fault is one clear message and an exit code, and the file stays as it was."""
    before = case.read_bytes()

    result = run(f"log case.toml {words}")

    assert result.exit_code == code
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert case.read_bytes() == before


def test_log_asks_for_what_is_missing(case: Path) -> None:
    """In lines it asks for what, event, day, way, proof, reference and note, and goes back."""
    typed = "access\n1\n<\n1\n5 March 2026\n2\nslip\n\n\n"

    result = run("log case.toml --plain", typed)

    assert result.exit_code == 0, result.output
    (step,) = load(case).history
    assert (step.what, step.event) == (StepKind.ACCESS, StepEvent.SENT)
    assert (step.date, step.channel, step.proof) == (dt.date(2026, 3, 5), Channel.POST, "slip")


def test_log_stopped_notes_nothing(case: Path) -> None:
    """An end of the input in the middle leaves the file alone, with exit code 130."""
    before = case.read_bytes()

    result = run("log case.toml --plain", "access\n1\n")

    assert result.exit_code == 130
    assert "nothing was noted" in result.stderr
    assert case.read_bytes() == before


class Script:
    """A face that replies from a list, and remembers what it was offered."""

    keys = ""

    def __init__(self, *replies: object) -> None:
        self.replies = list(replies)
        self.offered: list[list[str]] = []

    def say(self, text: str, *, strong: bool = False) -> None:
        """Show nothing."""

    def ask(self, prompt: Prompt) -> object:
        """Return the next reply."""
        self.offered.append([option.key for option in prompt.options])
        return self.replies.pop(0)


def test_only_what_can_have_happened_is_offered(case: Path) -> None:
    """Before anything was sent, an answer is not offered."""
    fresh = Script("access", Turn.WHY, Turn.BACK, Turn.BACK)
    assert ask(fresh, load(case), ON, {}) is None
    assert fresh.offered[1] == ["sent", "received"]

    run("log case.toml access sent 2026-11-20")
    later = Script("access", Turn.BACK, Turn.BACK)
    assert ask(later, load(case), ON, {}) is None
    assert later.offered[0][0] == "access"
    assert "refused" in later.offered[1]


@pytest.mark.usefixtures("case")
def test_next_writes_nothing_while_time_runs() -> None:
    """Exit code 5, the day on which what opens, and no file."""
    run("log case.toml objection,access sent 2026-11-20")

    result = run("next case.toml")

    assert result.exit_code == 5
    assert result.stdout == ""
    assert "Nothing is to be sent today." in result.stderr
    assert "Complain to the company. Open from 22 December 2026" in result.stderr
    assert not Path("letters").exists()


@pytest.mark.usefixtures("case")
def test_next_leaves_a_settled_case_alone() -> None:
    """After all was done it says so, and how to note that it goes on."""
    run("log case.toml objection,access sent 2026-11-02")
    run("log case.toml objection,access complied 2026-11-20")

    result = run("next case.toml")

    assert result.exit_code == 5
    assert "What you asked for was done" in result.stderr
    assert "complaintkit log case.toml objection continued DAY" in result.stderr
    assert "settled" in run("status").stdout


def test_next_says_why_not_another(case: Path) -> None:
    """Every way that people may expect is named with the reason against it."""
    case.write_bytes((CASES / "uk-linkedin-refused.toml").read_bytes())

    errors = run("next case.toml -f txt").stderr

    assert "Now: Complain to the ICO. Complaint to the company, 21 September 2026" in errors
    assert "Not now: Remind the company. A reminder is of use" in errors
    assert "Not now: Ask the First-tier Tribunal" in errors


@pytest.mark.usefixtures("case")
def test_status_tells_all_and_a_broken_case_by_its_exit_code() -> None:
    """The good cases are told, the broken one is a line, and the exit code is 4."""
    assert run("status").exit_code == 0
    Path("broken.toml").write_text("format = 1\n[person", encoding="utf-8")

    result = run("status .")

    assert result.exit_code == 4
    assert result.stdout.splitlines()[0] == "case.toml (LinkedIn): now: Write to the company"
    assert result.stdout.splitlines()[1].startswith("broken.toml: cannot be judged")


def test_status_is_json_for_programs(case: Path) -> None:
    """With ``--json`` standard output is JSON and nothing else."""
    records = json.loads(run(f"status --json {case.parent}").stdout)

    assert [(r["company"], r["urgency"], r["now"][0]["route"]) for r in records] == [
        ("LinkedIn", "now", "request")
    ]


def test_status_of_an_empty_or_missing_folder(tmp_path: Path) -> None:
    """No case is no error, no folder is one."""
    assert run(f"status {tmp_path}").exit_code == 0
    assert run(f"status {tmp_path}/none").exit_code == 4


def test_calendar_of_one_case_and_of_a_folder(case: Path) -> None:
    """The file is private and not replaced without being told; titles have names only if asked."""
    run("log case.toml objection,access sent 2026-11-20")

    one = run("calendar case.toml -o one.ics")
    assert one.stdout == "one.ics\n"
    assert stat.S_IMODE(Path("one.ics").stat().st_mode) == 0o600
    assert run("calendar . -o one.ics").exit_code == 1
    assert run("calendar . -o one.ics --force").exit_code == 0

    person = load(case).person.name
    assert person not in run("calendar case.toml -o -").stdout
    named = run("calendar case.toml --named -o -").stdout.replace("\r", "").replace("\n ", "")
    assert f"{person}\\, case.toml)" in named


def test_calendar_without_a_day_writes_nothing(case: Path) -> None:
    """Before anything was sent no time runs: exit code 5 and no file."""
    result = run(f"calendar {case}")

    assert result.exit_code == 5
    assert not Path("complaintkit.ics").exists()


@pytest.mark.usefixtures("case")
def test_calendar_tells_broken_cases_and_writes_the_rest() -> None:
    """One broken file does not hide the days of the others."""
    run("log case.toml objection sent 2026-11-20")
    Path("broken.toml").write_text("format = 1\n[person", encoding="utf-8")

    result = run("calendar .")

    assert result.exit_code == 4
    assert Path("complaintkit.ics").exists()
    assert "broken.toml" in result.stderr


def test_forget_asks_and_says_what_stays(case: Path) -> None:
    """Without a yes nothing goes; with it the file is gone, and what that means is said."""
    run("letter case.toml -f txt")

    refused = run("forget case.toml", "n\n")
    assert refused.exit_code == 1
    assert "case.toml (the case)" in refused.stderr
    assert run("forget case.toml", "").exit_code == 1
    assert case.exists()

    gone = run("forget case.toml --letters letters", "y\n")
    assert gone.exit_code == 0
    assert "may still recover" in gone.stderr
    assert not case.exists()
    assert list(Path("letters").iterdir()) == []


def test_forget_is_silent_with_yes_and_keeps_letters(case: Path) -> None:
    """With ``--yes`` it does not ask; letters go only if their folder is named."""
    run("letter case.toml -f txt")

    assert run("forget case.toml --yes").exit_code == 0
    assert not case.exists()
    assert len(list(Path("letters").iterdir())) == 3


class Typist(Terminal):
    """A terminal at which a script types, one text of keys for each question."""

    def __init__(self, pipe: PipeInput, *keys: str) -> None:
        """Type ``keys`` in turn."""
        self.pipe, self.script = pipe, list(keys)

    def ask(self, prompt: Prompt) -> object:
        """Type, and ask as ever."""
        self.pipe.send_text(self.script.pop(0))
        return super().ask(prompt)


def test_log_asks_at_a_terminal_with_lists(case: Path) -> None:
    """Arrow keys choose, Ctrl-B goes back, and empty lines leave out what nobody knows."""
    down, enter, back = "\x1b[B", "\r", "\x02"
    keys = (
        enter,
        back,
        down + enter,
        enter,
        "5 March 2026\r",
        down + enter,
        "slip\r",
        enter,
        enter,
    )

    with create_pipe_input() as pipe, create_app_session(pipe, DummyOutput()):
        told = ask(Typist(pipe, *keys), load(case), ON, {})

    assert told == Told(
        (StepKind.WITHDRAWAL,), StepEvent.SENT, dt.date(2026, 3, 5), Channel.POST, proof="slip"
    )
