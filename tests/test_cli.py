"""The command line: what it prints where, its exit codes, and that it starts quickly."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from complaintkit import cli

if TYPE_CHECKING:
    from collections.abc import Callable

HEAVY = ("weasyprint", "icalendar", "questionary", "holidays", "pydantic", "babel", "jinja2")


def run(*arguments: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli.main, [str(argument) for argument in arguments])


def test_help_is_quick() -> None:
    """The help imports none of the slow libraries."""
    code = f"""
import sys
from complaintkit.cli import main
try:
    main(["--help"])
except SystemExit:
    pass
print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stderr.strip() == "[]"
    assert "Exit codes" in result.stdout


def test_help_lists_commands_in_the_order_people_need_them() -> None:
    """The wizard comes first."""
    output = run("--help").stdout

    places = [output.index(f"\n  {name} ") for name in ("new", "letter", "explain", "check")]

    assert places == sorted(places)


def test_letter_prints_the_files_it_wrote(case_file: Callable[[str], Path], tmp_path: Path) -> None:
    """Standard output is the list of files, everything else goes to standard error."""
    result = run(
        "letter", case_file("de-meta-religion"), "-o", tmp_path / "out", "--on", "2026-11-24"
    )

    assert result.exit_code == 0
    files = [Path(line) for line in result.stdout.splitlines()]
    assert sorted(file.name for file in files) == [
        "2026-11-24-0-next-steps-meta.pdf",
        "2026-11-24-1-request-answers-meta.pdf",
        "2026-11-24-1-request-meta.pdf",
    ]
    assert all(file.read_bytes().startswith(b"%PDF") for file in files)
    assert "Read" in result.stderr


def test_letter_to_standard_output_is_text(case_file: Callable[[str], Path]) -> None:
    """With ``-o -`` the letters are printed as text and no file is written."""
    result = run("letter", case_file("ch-linkedin"), "-o", "-", "--on", "2026-11-24")

    assert result.exit_code == 0
    assert "Art. 30(2)(b)" in result.stdout
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_existing_files_stay_without_force(
    case_file: Callable[[str], Path], tmp_path: Path
) -> None:
    """A second run refuses to overwrite, until it is told to."""
    arguments = ("letter", case_file("ch-linkedin"), "-o", tmp_path, "-f", "txt")
    assert run(*arguments).exit_code == 0

    again = run(*arguments)

    assert again.exit_code == 1
    assert "--force" in again.stderr
    assert run(*arguments, "--force").exit_code == 0


def test_explain_says_what_holds_and_why(case_file: Callable[[str], Path]) -> None:
    """The explanation names grounds with provisions, facts, routes and cautions."""
    output = run("explain", case_file("de-meta-religion"), "--on", "2026-11-24").stdout
    flat = " ".join(output.split())

    assert "Objection on grounds of my particular situation (Art. 21(1) GDPR)" in flat
    assert "Legal basis stated: Legitimate interests" in flat
    assert "Berliner Beauftragte" in flat
    assert "Higher Regional Court of Cologne" in flat
    assert "They may say" in flat


def test_explain_all_shows_what_fails(case_file: Callable[[str], Path]) -> None:
    """With ``--all`` the grounds that do not hold are told with the fact that decided it."""
    output = run("explain", case_file("de-meta-religion"), "--all").stdout

    assert "These do not hold" in output
    assert "Withdrawal of consent (Art. 7(3) GDPR)" in output


def test_check_finds_the_package_sound() -> None:
    """All law, words and campaigns of the package are without fault."""
    result = run("check")

    assert result.stderr == ""
    assert result.exit_code == 0
    assert "0 faults" in result.stdout


def test_doctor_reports_this_machine() -> None:
    """The doctor finds what the tests themselves need."""
    result = run("doctor")

    assert "ok    PDF output" in result.stdout
    assert result.exit_code in (0, 3)


def test_schema_is_json_schema_with_the_facts() -> None:
    """The schema lists facts with their questions as descriptions."""
    schema = json.loads(run("schema").stdout)

    facts = schema["$defs"]["Facts"]["properties"]
    assert facts["practice"]["description"] == "What does the company do with your data?"


def test_campaigns_are_listed() -> None:
    """Both campaigns of the package are named."""
    output = run("campaigns").stdout

    assert "linkedin-ai-training" in output
    assert "meta-ai-training" in output


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("stated_basis =", "stated_bassis ="), "did you mean 'stated_basis'?"),
        (('practice = "ai_training"', 'practice = "ai_traning"'), "did you mean 'ai_training'?"),
        (("learned_on = 2025-05-20", "learned_on = 2025-02-30"), "2025-02-30 is not a day"),
        (("learned_on = 2025-05-20", 'learned_on = "20.5.2025"'), "write the date as YYYY-MM-DD"),
        (('residence = "DE-BE"', 'residence = "BR"'), "no law for 'BR'"),
        (('residence = "DE-BE"', 'residence = "Berlin"'), "must be a code such as DE"),
        (("default_on = true", 'default_on = "perhaps"'), "must be true or false"),
        (("format = 1", "format = 1\nformat = 1"), "line 2"),
        (('name = "Jonas Albrecht"', 'nmae = "Jonas Albrecht"'), "did you mean 'name'?"),
    ],
)
def test_bad_input_is_one_clear_message(
    change: tuple[str, str], message: str, case_file: Callable[[str], Path], tmp_path: Path
) -> None:
    """A fault in a case ends with exit code 4, one message with the remedy, and no file."""
    text = case_file("de-meta-religion").read_text()
    assert change[0] in text
    case = tmp_path / "case.toml"
    case.write_text(text.replace(*change))

    result = run("letter", case, "-o", tmp_path / "out")

    assert result.exit_code == 4
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert "Traceback" not in result.output
    assert "Albrecht" not in result.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("letter", "missing.toml"), 4, "cannot be read"),
        (("letter",), 2, "Missing argument"),
        (("explain", "."), 4, "cannot be read"),
        (("lettre", "x"), 2, "No such command"),
        (("letter", "x.toml", "--on", "24.11.2026"), 2, "YYYY-MM-DD"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], code: int, message: str) -> None:
    """Wrong usage is told from a wrong file by its exit code."""
    result = run(*arguments)

    assert result.exit_code == code
    assert message in result.stderr


def test_an_unknown_format_writes_nothing(case_file: Callable[[str], Path], tmp_path: Path) -> None:
    """An unknown format is refused before anything is written."""
    result = run("letter", case_file("ch-linkedin"), "-o", tmp_path / "x", "-f", "doc")

    assert result.exit_code == 4
    assert "pdf, docx, txt, eml, html" in result.stderr
    assert not (tmp_path / "x").exists()


def test_without_pango_nothing_is_written_half(
    case_file: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without Pango the exit code is 3, the remedy is named, and text still works."""
    from complaintkit.errors import MissingLibraryError, Problem  # noqa: PLC0415
    from complaintkit.output import pdf  # noqa: PLC0415

    def missing() -> object:
        raise MissingLibraryError(Problem("PDF output", "Pango is missing", pdf.INSTALL))

    monkeypatch.setattr(pdf, "_weasyprint", missing)

    result = run("letter", case_file("ch-linkedin"), "-o", tmp_path / "x", "-f", "txt", "-f", "pdf")

    assert result.exit_code == 3
    assert "apt-get install" in result.stderr
    assert not (tmp_path / "x").exists()
    assert run("letter", case_file("ch-linkedin"), "-o", tmp_path / "x", "-f", "txt").exit_code == 0
