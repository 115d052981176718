"""Forgetting a case: what goes, what stays, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from complaintkit.errors import CaseError, InputError, OutputError
from complaintkit.traces import Sort, Trace, forget, traces

CASES = Path(__file__).parent / "cases"
OWN = (
    "2026-11-24-0-next-steps-linkedin.pdf",
    "2026-11-24-1-request-linkedin.eml",
    "2026-12-24-1-company-complaint-linkedin.txt",
    "2026-12-24-1-company-complaint-copy-de-linkedin.docx",
    "2026-12-24-1-company-complaint-linkedin-annexes.pdf",
)
STRANGE = (
    "2026-11-24-1-request-meta.pdf",
    "2026-11-24-1-request-not-linkedin.pdf",
    "2026-11-24-1-request-linkedin.pdf.gpg",
    "holiday-linkedin.pdf",
    "2026-11-24-linkedin.pdf",
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case with letters, and with copies and remains beside it."""
    folder = tmp_path / "own"
    (folder / "letters").mkdir(parents=True)
    path = folder / "case.toml"
    path.write_bytes((CASES / "uk-linkedin-first.toml").read_bytes())
    for name in ("case.toml~", ".case.toml.swp", ".ab12_x9z.part", "other.toml~", "notes.txt"):
        (folder / name).write_text("x", encoding="utf-8")
    for name in (*OWN, *STRANGE, ".zz12_x9z.part"):
        (folder / "letters" / name).write_text("x", encoding="utf-8")
    return path


def names(found: tuple[Trace, ...], sort: Sort) -> set[str]:
    """Return the names of the files of a sort."""
    return {trace.path.name for trace in found if trace.sort is sort}


def test_the_case_its_copies_and_what_was_half_written_go(case: Path) -> None:
    """The case goes last, so that it can be done again if it is broken off."""
    found = traces(case)

    assert found[-1] == Trace(case, Sort.CASE)
    assert names(found, Sort.BACKUP) == {"case.toml~", ".case.toml.swp"}
    assert names(found, Sort.HALF_WRITTEN) == {".ab12_x9z.part"}
    assert names(found, Sort.LETTER) == set()


def test_letters_go_by_name_and_only_when_asked(case: Path) -> None:
    """In the folder of letters nothing goes but what was written about this company."""
    found = traces(case, case.parent / "letters")

    assert names(found, Sort.LETTER) == set(OWN)
    assert names(found, Sort.HALF_WRITTEN) == {".ab12_x9z.part", ".zz12_x9z.part"}

    forget(found)

    assert sorted(p.name for p in (case.parent / "letters").iterdir()) == sorted(STRANGE)
    assert sorted(p.name for p in case.parent.iterdir()) == ["letters", "notes.txt", "other.toml~"]


@pytest.mark.parametrize("place", ["b.toml", "other/b.toml"])
def test_letters_that_may_be_of_another_case_stay(case: Path, place: str) -> None:
    """Where two cases are about one company their letters cannot be told apart."""
    other = case.parent / place
    other.parent.mkdir(exist_ok=True)
    other.write_bytes((CASES / "us-tx-linkedin.toml").read_bytes())

    with pytest.raises(InputError, match="about the same company"):
        traces(case, case.parent / "letters")
    assert names(traces(case), Sort.CASE) == {"case.toml"}


def test_a_case_about_another_company_is_no_hindrance(case: Path) -> None:
    """Letters of other companies have other names."""
    other = case.with_name("b.toml")
    other.write_bytes((CASES / "de-meta-religion.toml").read_bytes())

    assert names(traces(case, case.parent / "letters"), Sort.LETTER) == set(OWN)


def test_what_is_no_case_is_not_touched(case: Path) -> None:
    """A link, a folder, a missing file and a file of another kind are refused."""
    link = case.with_name("link.toml")
    link.symlink_to(case)
    project = case.with_name("pyproject.toml")
    project.write_text("[project]\nname = 'x'\n", encoding="utf-8")

    for path in (link, case.parent, case.with_name("none.toml"), project):
        with pytest.raises(CaseError):
            traces(path)


def test_a_broken_case_can_be_forgotten(case: Path) -> None:
    """Nobody has to mend a file to be rid of it; its letters have to go by hand."""
    case.write_text('format = 1\n[person]\nname = "Maya', encoding="utf-8")

    assert traces(case)[-1].path == case
    with pytest.raises(InputError, match="names no company"):
        traces(case, case.parent / "letters")


def test_what_cannot_be_deleted_is_named(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure does not stop the rest, and says which file is still there."""
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.name == "case.toml~":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)

    with pytest.raises(OutputError, match=r"case\.toml~: is still there"):
        forget(traces(case))
    assert not case.exists()
