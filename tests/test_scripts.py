"""A sign that no font shows: its script, the package for it, and the field it was typed in."""

from __future__ import annotations

import io
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from complaintkit.errors import OutputError
from complaintkit.output import pdf, scripts

SIGNS = {
    "م": ("Arabic", "fonts-noto-core"),
    "ש": ("Hebrew", "fonts-noto-core"),
    "王": ("Han", "fonts-noto-cjk"),
    "た": ("Hiragana", "fonts-noto-cjk"),
    "カ": ("Katakana", "fonts-noto-cjk"),
    "김": ("Hangul", "fonts-noto-cjk"),
    "\uff21": ("Han", "fonts-noto-cjk"),
    "अ": ("Devanagari", "fonts-noto-core"),
    "ส": ("Thai", "fonts-noto-core"),
    "ნ": ("Georgian", "fonts-noto-core"),
    "ሰ": ("Ethiopic", "fonts-noto-core"),
    "\U0001f469": ("Emoji", "fonts-symbola"),
    "\U0010fffd": ("", ""),
}


@pytest.mark.parametrize(("sign", "named"), SIGNS.items())
def test_script_and_package(sign: str, named: tuple[str, str]) -> None:
    """A sign is known by its script, and the package has a font for it."""
    script, package = named

    assert scripts.script(sign) == script or not script
    if script:
        [problem] = scripts.unshown([sign], [("person.name", f"a{sign}")])
        assert problem.where == "person.name"
        assert problem.mend.startswith(f"install a font for it: sudo apt-get install {package};")


def test_a_sign_of_nobody_needs_no_package() -> None:
    """For a sign that no font has, no package is named."""
    [problem] = scripts.unshown(["\U0010fffd"], ())

    assert problem.where == "PDF output"
    assert "U+10FFFD" in problem.what
    assert "apt-get" not in problem.mend


def test_letters_of_a_name_are_not_told() -> None:
    """The message names the script and the field, and not what was typed there."""
    problems = [*scripts.unshown("王小明", [("person.name", "王小明"), ("facts.story", "王")])]

    assert [problem.where for problem in problems] == ["person.name, facts.story"]
    assert "U+" not in str(problems[0])
    assert not set("王小明") & set(str(problems[0]))


@pytest.mark.parametrize("text", ["Łukasz Őrffy Nguyễn Þór", "Ελένη ἀρχή", "Александр Їжак Ђ"])
def test_europe_needs_no_font_of_the_machine(text: str) -> None:
    """Latin, Greek and Cyrillic names are set in the font that comes with the package."""
    content = pdf.render(f'<html lang="en"><title>x</title><body><p>{text}</p></body></html>')

    resources = PdfReader(io.BytesIO(content)).pages[0]["/Resources"]
    fonts = [font.get_object()["/BaseFont"] for font in resources["/Font"].values()]
    assert fonts
    assert all("Noto-Serif" in font for font in fonts)


def test_each_script_is_one_problem() -> None:
    """Signs of two scripts without a font are named one script after the other."""
    rare = "\U00012000\U00014400\U0010fffd"  # cuneiform, hieroglyphs, private use

    with pytest.raises(OutputError) as caught:
        pdf.render(
            f'<html lang="en"><title>x</title><p>{rare}</p></html>', texts=[("person.name", rare)]
        )

    assert {problem.where for problem in caught.value.problems} == {"person.name"}
    assert caught.value.problems[0].what.startswith("has signs (U+10FFFD)")


def test_pictures_are_no_letters() -> None:
    """Where a machine has emoji as pictures only, the field is named; other fields are not."""
    typed = [("person.name", "Ada"), ("facts.story", "so \U0001f469")]

    assert scripts.pictures(typed).where == "facts.story"


def test_a_second_sign_of_a_syllable_has_a_meaning() -> None:
    """What WeasyPrint gives no letter to, as PDF/UA-1 forbids, becomes a space without width."""
    fonts = SimpleNamespace(
        objects=[SimpleNamespace(stream=[b"<0012> <>", b"<0013> <0915>", "BT"])]
    )

    pdf._mend_letters(fonts)

    assert fonts.objects[0].stream == [b"<0012> <200b>", b"<0013> <0915>", "BT"]
