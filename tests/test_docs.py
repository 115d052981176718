"""What the documents tell is true: examples run, files named are there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from complaintkit import cli

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    ROOT / name
    for name in (
        "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "jurisdictions/README.md",
        "templates/README.md", "templates/locale/README.md",
    )
]  # fmt: skip


def blocks(language: str) -> list[str]:
    """Return the code blocks of the README in a language."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_python_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example for programs works as it is written."""
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    (example,) = blocks("python")

    exec(compile(example, "README.md", "exec"), {})  # noqa: S102 - our own document

    assert sorted(path.suffix for path in (tmp_path / "letters").iterdir()) == [
        ".pdf", ".pdf", ".pdf", ".txt", ".txt", ".txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        lines
        for block in blocks("sh")
        if (
            lines := [
                line.partition("#")[0].strip()
                for line in block.splitlines()
                if line.startswith("complaintkit ") and "complaintkit new" not in line
            ]
        )
    ],
    ids=lambda lines: lines[0].split()[1],
)
def test_each_command_runs(
    lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commands of the README run as they are written, one after the other, given the case."""
    case = (ROOT / "tests/cases/de-meta-religion.toml").read_text(encoding="utf-8")
    (tmp_path / "case.toml").write_text(case, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    for line in lines:
        result = CliRunner().invoke(cli.main, shlex.split(line)[1:], input="y\n")

        assert result.exit_code == 0, (line, result.output)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Every relative link of a document names a file that is there."""
    text = document.read_text(encoding="utf-8")

    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("name", cli.main.commands)
def test_every_command_is_in_the_readme_or_helps_itself(name: str) -> None:
    """Every command has help that says what it does."""
    result = CliRunner().invoke(cli.main, [name, "--help"])

    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 3
