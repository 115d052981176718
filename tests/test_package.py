"""What is shipped works where it is unpacked: wheel, sdist and plain checkout, without network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import complaintkit

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
DATA = ("templates", "jurisdictions")
SLOW_IMPORTS = {"weasyprint", "questionary", "holidays", "babel", "pydantic", "jinja2"}


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its good end and return what it said; nobody sits at its keyboard."""
    inherited = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=inherited | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result


def build(source: Path, target: Path, *what: str) -> Path:
    """Build from a source tree with the hatchling that is installed, and return the last file."""
    tool = (sys.executable, "-m", "build", "--no-isolation", *what)
    run(*tool, "--outdir", target, source, cwd=target.parent)
    return max(target.iterdir(), key=lambda path: path.stat().st_mtime_ns)


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sdist of this checkout."""
    return build(ROOT, tmp_path_factory.mktemp("sdist"), "--sdist")


@pytest.fixture(scope="module")
def unpacked(sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the sdist and return the folder in it."""
    target = tmp_path_factory.mktemp("unpacked")
    run("tar", "-xzf", sdist, "-C", target, cwd=target)
    (folder,) = target.iterdir()
    return folder


@pytest.fixture(scope="module")
def wheel(unpacked: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from the unpacked sdist, as an index or a distribution would."""
    return build(unpacked, tmp_path_factory.mktemp("wheel"), "--wheel")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own and return that environment's Python.

    The dependencies are borrowed from the environment of the tests; complaintkit is not, as a
    path in a .pth file comes after the environment's own and its .pth files are not read.
    """
    target = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", target, cwd=target)
    python = target / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", "--no-index", "--no-deps", wheel, cwd=target)
    library = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(target)}))
    (library / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def contents(wheel: Path) -> set[str]:
    """Return the names of the files in a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_wheel_holds_program_law_words_and_fonts(wheel: Path) -> None:
    """The wheel holds the code with its type marker, the law, the templates, and the fonts."""
    names = contents(wheel)
    fonts = "complaintkit/_data/templates/layout/fonts"

    assert {"complaintkit/py.typed", "complaintkit/cli.py", f"{fonts}/OFL.txt"} <= names
    assert any(name.startswith(fonts) and name.endswith(".ttf") for name in names)
    assert any(name.startswith("complaintkit/_data/jurisdictions/") for name in names)


@pytest.mark.parametrize("kind", DATA)
def test_wheel_and_checkout_hold_the_same_data(wheel: Path, unpacked: Path, kind: str) -> None:
    """No file of the law or of the templates is lost between checkout, sdist and wheel."""

    def below(root: Path) -> set[str]:
        return {p.relative_to(root).as_posix() for p in (root / kind).rglob("*") if p.is_file()}

    prefix = "complaintkit/_data/"
    packed = {name.removeprefix(prefix) for name in contents(wheel) if name.startswith(prefix)}

    assert below(ROOT) == below(unpacked) == {name for name in packed if name.startswith(kind)}


def test_wheel_leaves_the_workshop_at_home(wheel: Path) -> None:
    """The wheel puts nothing but complaintkit into site-packages, and no tests."""
    assert {name.split("/")[0] for name in contents(wheel)} == {
        "complaintkit",
        f"complaintkit-{complaintkit.__version__}.dist-info",
    }
    assert not any("test" in Path(name).name.lower() for name in contents(wheel))


def test_wheel_states_its_licences(wheel: Path) -> None:
    """The licence of the program and the licence of the fonts are among the wheel's metadata."""
    licences = {name.split("/licenses/")[1] for name in contents(wheel) if "/licenses/" in name}

    assert licences == {"LICENSE", "templates/layout/fonts/OFL.txt"}


def test_sdist_holds_all_that_a_packager_needs(unpacked: Path) -> None:
    """Whoever has the sdist can read, build, test and change it."""
    for name in ("README.md", "LICENSE", "pyproject.toml", "Makefile", ".ci/setup"):
        assert (unpacked / name).is_file(), name
    assert (unpacked / "tests" / Path(__file__).name).is_file()
    assert list((unpacked / "tests" / "cases").glob("*.toml"))


def test_installed_program_is_the_wheels_own(installed: Path, tmp_path: Path) -> None:
    """The tests of the installed program run the wheel's code, not the checkout's."""
    code = "import complaintkit; print(complaintkit.__file__)"

    home = run(installed, "-c", code, cwd=tmp_path).stdout

    assert Path(home).is_relative_to(installed.parent.parent)


def test_installed_program_tells_its_version(installed: Path, tmp_path: Path) -> None:
    """Once installed, ``complaintkit --version`` works from any folder."""
    said = run(installed.parent / "complaintkit", "--version", cwd=tmp_path).stdout

    assert complaintkit.__version__ in said


def test_installed_program_writes_letters(
    installed: Path, tmp_path: Path, case_file: Callable[[str], Path]
) -> None:
    """Once installed, the program writes PDF with the law, words and fonts of its own wheel."""
    case = tmp_path / "case.toml"
    case.write_bytes(case_file("uk-linkedin-first").read_bytes())

    said = run(
        installed.parent / "complaintkit", "letter", case, "-o", "out", cwd=tmp_path
    ).stdout.splitlines()

    letters = sorted((tmp_path / "out").glob("*.pdf"))
    assert letters
    assert all(path.read_bytes().startswith(b"%PDF-") for path in letters)
    assert {Path(line).name for line in said} >= {path.name for path in letters}


def test_plain_checkout_runs(tmp_path: Path) -> None:
    """A checkout works uninstalled, through ``python -m complaintkit``."""
    said = run(
        sys.executable, "-m", "complaintkit", "--version", cwd=tmp_path, PYTHONPATH=str(ROOT)
    ).stdout

    assert complaintkit.__version__ in said


def test_help_is_quick(tmp_path: Path) -> None:
    """``complaintkit --help`` imports none of the libraries that take long to import."""
    trace = run(
        *(sys.executable, "-X", "importtime", "-m", "complaintkit", "--help"),
        cwd=tmp_path,
        PYTHONPATH=str(ROOT),
    ).stderr

    imported = {line.rpartition("|")[2].strip().split(".")[0] for line in trace.splitlines()}
    assert "click" in imported
    assert not imported & SLOW_IMPORTS


@pytest.mark.parametrize("script", [".ci/setup", ".ci/run"])
def test_scripts_of_the_set_up_are_sound(script: str) -> None:
    """A shell can read the scripts that a fresh machine begins with, and they may be run."""
    path = ROOT / script
    shell = path.read_text(encoding="utf-8").partition("\n")[0].split("/")[-1].split()[-1]

    run(shell, "-n", path, cwd=ROOT)

    assert os.access(path, os.X_OK)
