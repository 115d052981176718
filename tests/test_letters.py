"""Letters: the right documents, to the right people, saying only what the person said."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from complaintkit import assess, draft
from complaintkit.answers import UNANSWERED
from complaintkit.errors import InputError, NoLawError, OutputError, TemplateError
from complaintkit.facts import Case
from complaintkit.letters import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaintkit.letters import Letter

ON = dt.date(2026, 11, 24)
CASES = sorted(path.stem for path in (Path(__file__).parent / "cases").glob("*.toml"))


def letters_of(case: Case, *routes: str) -> tuple[Letter, ...]:
    """Draft the letters of a case on the day of these tests."""
    return draft(assess(case, on=ON), routes=routes or None)


EXPECTED = {
    "uk-linkedin-first": {
        "request": ["LinkedIn Corporation", "1000 W. Maude Avenue", "Art. 21(1) UK GDPR"],
    },
    "uk-linkedin-refused": {
        "ico": ["Information Commission (ICO)", "s. 165", "21 September 2026", "DPA 2018"],
    },
    "de-meta-religion": {
        "request": [
            "Meta Platforms Ireland Limited",
            "Merrion Road",
            "Art. 21(1) GDPR",
            "Art. 9(1), Art. 9(2) GDPR",
            "my public post of 12 April 2020",
            "24 December 2026",
        ],
    },
    "fr-linkedin-ignored": {
        "complaint": ["CNIL", "Art. 77(1) GDPR", "Art. 12(3)", "14 September 2026"],
    },
    "ch-linkedin": {
        "request": ["LinkedIn Ireland Unlimited Company", "Art. 30(2)(b)", "FADP"],
    },
    "us-ca-linkedin": {
        "request": ["LinkedIn Corporation", "Cal. Civ. Code", "1798.105", "January 8, 2027"],
        "ftc": ["Federal Trade Commission", "15 U.S.C."],
    },
    "us-tx-linkedin": {
        "request": ["LinkedIn Corporation", "Tex. Bus. & Com. Code", "541"],
        "ftc": ["Federal Trade Commission"],
    },
    "us-ga-linkedin": {
        "request": ["LinkedIn Corporation", "December 24, 2026"],
        "ftc": ["Federal Trade Commission"],
    },
}
NEVER = {
    "ch-linkedin": ["Art. 6(1)", "legitimate interest", "GDPR", "legal basis"],
    "us-ca-linkedin": ["right to object", "GDPR", "legitimate interest"],
    "us-tx-linkedin": ["right to object", "GDPR", "1798"],
    "us-ga-linkedin": ["right to object", "GDPR", "1798", "541"],
    "uk-linkedin-first": ["Art. 77", "Ireland", "Data Protection Commission"],
    "uk-linkedin-refused": ["Art. 77", "Ireland"],
    "de-meta-religion": ["UK GDPR", "I withdraw"],
}


@pytest.mark.parametrize("name", CASES)
def test_bundled_case(name: str, case_file: Callable[[str], Path]) -> None:
    """Each bundled case gives its documents, to the right recipient, citing the right law."""
    letters = {letter.route: letter.text() for letter in letters_of(Case.load(case_file(name)))}

    assert set(letters) == {*EXPECTED[name], ""}
    for route, expected in EXPECTED[name].items():
        flat = " ".join(letters[route].split())
        assert [part for part in expected if part not in flat] == []
        assert [part for part in NEVER.get(name, []) if part in flat] == []


@pytest.mark.parametrize(
    ("basis", "title", "present", "absent"),
    [
        ("legitimate_interests", "Objection to", ["I object"], ["I withdraw"]),
        ("consent", "Withdrawal of consent", ["I withdraw"], ["I object"]),
        ("contract", "No contract requires", ["Art. 6(1)(b)"], ["I object", "I withdraw"]),
        (
            "?",
            "Objection and withdrawal of consent, each so far as it applies",
            ["So far as", "I object", "I withdraw", "Art. 6(1)(b)"],
            [],
        ),
    ],
)
def test_the_stated_basis_decides_what_the_letter_is(
    basis: str, title: str, present: list[str], absent: list[str], case_file: Callable[[str], Path]
) -> None:
    """The German case objects, withdraws, contests necessity, or pleads each in the alternative."""
    case = Case.load(case_file("de-meta-religion")).with_answer("stated_basis", basis)

    letter = letters_of(case)[0]

    said = "".join(piece + " " for piece in letter.text().split())
    assert letter.title.startswith(title)
    assert [part for part in present if part.casefold() not in said.casefold()] == []
    assert [part for part in absent if part in said] == []


class Spans(HTMLParser):
    """Collects the text of each element that rests on a fact."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.open: list[tuple[str, str | None]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a fact's sentence begins."""
        if tag in ("br", "meta"):
            return
        fact = dict(attrs).get("data-fact")
        self.open.append((tag, fact))
        self.text.append("")

    def handle_endtag(self, tag: str) -> None:
        """Keep the sentence that ends here."""
        opened, fact = self.open.pop()
        assert opened == tag
        text = self.text.pop()
        if fact:
            self.found.append((fact, " ".join(text.split())))
        if self.text:
            self.text[-1] += text

    def handle_data(self, data: str) -> None:
        """Gather the words."""
        if self.text:
            self.text[-1] += data


def sentences(html: str) -> list[tuple[str, str]]:
    """Return every (fact, sentence) of a letter; its elements must be nested rightly."""
    spans = Spans()
    spans.feed(html.partition("<!doctype html>")[2])
    assert spans.open == []
    return spans.found


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_goes_with_its_fact(name: str, case_file: Callable[[str], Path]) -> None:
    """Take a fact away and every sentence that asserted it is gone from every letter."""
    case = Case.load(case_file(name))
    checked = 0
    for letter in letters_of(case):
        for fact, sentence in sentences(letter.html):
            if fact == "residence" or not sentence:
                continue
            without = case.with_answer(fact, UNANSWERED)
            rest = draft(assess(without, on=ON), routes=[letter.route] if letter.route else None)
            remaining = [said for f, said in sentences(rest[0].html) if f == fact]
            assert sentence not in remaining
            checked += 1

    assert checked > 3


@pytest.mark.parametrize("name", CASES)
def test_letters_are_calm(name: str, case_file: Callable[[str], Path]) -> None:
    """No threat, no promise, no lawyer, no slash words and no leftovers of a template."""
    for letter in letters_of(Case.load(case_file(name))):
        text = letter.text()
        for word in (
            "lawyer",
            "attorney at law",
            "immediately",
            "and/or",
            "(s)",
            "{{",
            "{%",
            "None",
        ):
            assert word not in text, (letter.route, word)
        assert not re.search(r"\b(will|shall) (sue|win)\b", text)
        assert not re.search(r"[a-z][.;,][A-Z]", text.replace("example.", "")), letter.route
        assert "  " not in re.sub(r"\n\s*", "\n", text).replace("  -", "")


def test_free_text_cannot_become_markup(case_file: Callable[[str], Path]) -> None:
    """What a person writes stays text, whatever signs are in it."""
    nasty = "<b>x</b> & {{ 7*7 }} {% raw %} $& \\1 ]]> <script>alert(1)</script> %(x)s %s"
    case = Case.load(case_file("de-meta-religion"))
    for fact in ("situation", "harm", "sensitive_item"):
        case = case.with_answer(fact, nasty)

    letter = letters_of(case)[0]

    assert "<script>" not in letter.html
    assert " ".join(nasty.split()) in " ".join(letter.text().split())


def test_a_person_without_a_name_gets_no_letter(case_file: Callable[[str], Path]) -> None:
    """A letter from nobody is refused, and the message names what to add."""
    case = Case.load(case_file("de-meta-religion"))
    nobody = case.model_copy(update={"person": case.person.model_copy(update={"name": ""})})

    with pytest.raises(InputError, match=r"person\.name"):
        letters_of(nobody)


@pytest.mark.parametrize(
    ("residence", "message"), [("BR", "no law for 'BR'"), ("", "needed to find the law")]
)
def test_no_law_is_said_plainly(
    residence: str, message: str, case_file: Callable[[str], Path]
) -> None:
    """A country without law, or an unknown residence, is one clear error."""
    case = Case.load(case_file("us-ga-linkedin")).with_answer("residence", residence or UNANSWERED)

    with pytest.raises(NoLawError, match=message):
        letters_of(case)


@pytest.mark.parametrize(
    ("residence", "country", "day", "message"),
    [
        ("CH", "IE", dt.date(2023, 8, 31), "Swiss Federal Act on Data Protection begins on 2023"),
        ("FR", "IE", dt.date(2018, 5, 24), "General Data Protection Regulation begins on 2018"),
        ("GB", "IE", dt.date(2018, 5, 24), "UK General Data Protection Regulation begins on 2018"),
        ("BR", "IE", dt.date(2026, 11, 24), "may apply where the company is established"),
        ("JE", "US", dt.date(2026, 11, 24), "Jersey, Guernsey and the Isle of Man have laws"),
    ],
)
def test_a_day_before_the_law_and_a_place_without_one_are_told_apart(
    residence: str, country: str, day: dt.date, message: str, case_file: Callable[[str], Path]
) -> None:
    """Law of today is never cited for a day before it began; the message says which is missing."""
    case = Case.load(case_file("us-ga-linkedin")).with_answer("residence", residence)

    with pytest.raises(NoLawError, match=message):
        draft(assess(case.with_answer("controller.country", country), on=day))


def test_a_refused_request_is_appealed_first(case_file: Callable[[str], Path]) -> None:
    """In Texas the appeal to the company comes before the Attorney General, with its own period."""
    refused = [
        {"what": "request", "event": "sent", "date": "2026-10-01"},
        {"what": "request", "event": "refused", "date": "2026-10-20"},
    ]
    case = Case.model_validate(
        {**Case.load(case_file("us-tx-linkedin")).model_dump(), "history": refused}
    )

    letters = {letter.route: " ".join(letter.text().split()) for letter in letters_of(case)}

    assert set(letters) == {"appeal", "ftc", ""}
    assert "I appeal under Tex. Bus. & Com. Code § 541.053" in letters["appeal"]
    assert "January 23, 2027" in letters["appeal"]
    grounds = [letters["appeal"].find(law) for law in ("The request was refused", "15 U.S.C.")]
    assert -1 not in grounds
    assert grounds == sorted(grounds)
    demands = letters["appeal"].partition("I ask you")[2]
    assert demands.find("to confirm in writing") > demands.find("how I can appeal")


def test_a_route_can_be_chosen(case_file: Callable[[str], Path]) -> None:
    """A route that is open but not next gets its letter when it is named."""
    case = Case.load(case_file("de-meta-religion"))

    letter, sheet = letters_of(case, "complaint")

    assert "Alt-Moabit" in letter.text()
    assert letter.title.startswith("Complaint against Meta Platforms Ireland Limited")
    assert sheet.document == "next-steps"


@pytest.mark.parametrize("route", ["nonsense", "court-controller"])
def test_a_wrong_route_is_refused(route: str, case_file: Callable[[str], Path]) -> None:
    """An unknown route, or one without a document, is refused by name."""
    with pytest.raises(InputError, match=route):
        letters_of(Case.load(case_file("de-meta-religion")), route)


def test_no_file_name_tells_who_writes(case_file: Callable[[str], Path], tmp_path: Path) -> None:
    """File names sort by day and hold nothing of the person."""
    letter = letters_of(Case.load(case_file("uk-linkedin-first")))[0]

    (path,) = letter.write(tmp_path, formats=["txt"])

    assert path.name == "2026-11-24-1-request-linkedin.txt"
    assert path.stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_unasked(case_file: Callable[[str], Path], tmp_path: Path) -> None:
    """A file that is there stays as it is, and nothing else is written either."""
    letter = letters_of(Case.load(case_file("uk-linkedin-first")))[0]
    there = tmp_path / f"{letter.stem}.txt"
    there.write_text("mine")

    with pytest.raises(OutputError, match=r"there already"):
        letter.write(tmp_path, formats=["html", "txt"])

    assert there.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [there]


def test_an_unknown_format_or_language_is_refused(case_file: Callable[[str], Path]) -> None:
    """Formats and languages that do not exist are named, with those that do."""
    assessment = assess(Case.load(case_file("uk-linkedin-first")), on=ON)

    with pytest.raises(InputError, match=", ".join(FORMATS)):
        draft(assessment)[0].content("doc")
    with pytest.raises(InputError, match="there are no letters in 'xx'"):
        draft(assessment, language="xx")


def test_a_template_with_an_unknown_variable_fails(
    case_file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A template that names something that does not exist is an error with file and line."""
    from complaintkit import files, letters  # noqa: PLC0415

    copy = tmp_path / "templates"
    source = files.data_dir("templates")
    for folder in ("letters", "layout", "grounds", "locale"):
        for item in source.joinpath(folder).iterdir():
            if item.is_file() and item.name.endswith((".j2", ".css")):
                target = copy / folder / item.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(item.read_text("utf-8"))
    sheet = copy / "letters" / "next-steps.html.j2"
    sheet.write_text(sheet.read_text().replace("{{ letter.language }}", "{{ letter.langage }}"))
    monkeypatch.setattr(letters, "data_dir", lambda _kind: copy)
    letters.environment.cache_clear()

    try:
        with pytest.raises(TemplateError, match=r"next-steps\.html\.j2.*langage"):
            letters_of(Case.load(case_file("uk-linkedin-first")))
    finally:
        letters.environment.cache_clear()
