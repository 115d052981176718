"""A law is printed for a lawyer to review: every ground with its condition, citation and day."""

from __future__ import annotations

import datetime as dt

import pytest
from click.testing import CliRunner

from complaintkit import lawprint
from complaintkit.cli import main
from complaintkit.errors import InputError
from complaintkit.law import library

LAWS = sorted(library().laws)


@pytest.mark.parametrize("name", LAWS)
def test_everything_is_printed(name: str) -> None:
    """Every ground, route, time limit, caution and source of a law is on the page, with its id."""
    law = library().laws[name]

    text = lawprint.review(law)

    file = law.file
    for entries in (file.grounds, file.requirements, file.clocks, file.routes, file.cautions):
        for entry in entries:
            assert f"[{entry.id}]" in text.replace("\n", " ")
    assert all(source.url in text for source in file.sources)


@pytest.mark.parametrize("name", LAWS)
def test_lines_fit_the_terminal(name: str) -> None:
    """No line is longer than the page, but for addresses that cannot be broken."""
    lines = lawprint.review(library().laws[name]).splitlines()

    assert [line for line in lines if len(line) > lawprint.WIDTH and " " in line.strip()] == []


def test_conditions_are_words() -> None:
    """A condition is told by the names of the facts and their answers, not by code."""
    law = library().laws["eu-gdpr"]

    text = " ".join(lawprint.review(law, "objection-marketing").split())

    assert "“Practice” is 'Advertising sent to me' or 'Personalised advertising" in text
    assert "in marketing" not in text
    assert "any_of" not in lawprint.review(law)
    assert "given(" not in lawprint.review(law)


def test_one_ground() -> None:
    """``--ground`` prints one ground, with the number that it has in the whole law."""
    law = library().laws["uk-gdpr"]
    number = [ground.id for ground in law.file.grounds].index("withdrawal") + 1

    text = lawprint.review(law, "withdrawal")

    assert text.startswith(f"{number}. Withdrawal of consent [withdrawal]")
    assert "[access]" not in text
    with pytest.raises(InputError, match="did you mean 'withdrawal'"):
        lawprint.review(law, "withdrawl")


def test_names_of_laws() -> None:
    """A law is found by its id or by the beginning of one; an unknown name is refused."""
    assert [law.head.id for law in lawprint.select(library(), "eu")] == ["eu-gdpr"]
    assert [law.head.id for law in lawprint.select(library(), "us-tx")] == ["us-tx"]
    assert len(lawprint.select(library(), "us")) > 3
    with pytest.raises(InputError, match="there is no law 'atlantis'"):
        lawprint.select(library(), "atlantis")


def test_stale() -> None:
    """What was checked longer ago than asked is listed, oldest first; nothing on the day itself."""
    newest = max(g.checked for law in library().laws.values() for g in law.file.grounds)

    after = lawprint.stale(library(), 180, newest + dt.timedelta(days=400))

    assert after == sorted(after)
    assert any("authority: " in line for line in after)
    assert any("eu-gdpr: withdrawal" in line for line in after)
    assert lawprint.stale(library(), 180, newest) == []


def test_command_line() -> None:
    """The command lists the laws, prints one, and says so if nothing needs to be checked again."""
    runner = CliRunner()

    assert "uk-gdpr" in runner.invoke(main, ["law"]).output
    assert "Routes\n------" in runner.invoke(main, ["law", "ch"]).output
    one = runner.invoke(main, ["law", "uk", "--ground", "withdrawal"])
    assert "Withdrawal of consent" in one.output
    fresh = runner.invoke(main, ["law", "--stale", "3000", "--on", "2026-11-24"])
    assert fresh.output == "Everything was checked within 3000 days.\n"
    wrong = runner.invoke(main, ["law", "atlantis"])
    assert wrong.exit_code == 4
