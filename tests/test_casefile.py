"""A case file holds a whole case, and whatever is wrong with one is said in one clear message."""

from __future__ import annotations

import datetime as dt
import os
import re
import stat
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st

from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD
from complaintkit.casefile import MAX_BYTES, dump, load, parse, save, unrecognised_problems
from complaintkit.catalogue import CATALOGUE
from complaintkit.errors import CaseError, OutputError
from complaintkit.facts import Case, Controller, Facts, Person
from complaintkit.records import MAX_TEXT, UNWRITABLE
from complaintkit.vocabulary import Channel, StepEvent, StepKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROFILE = settings(derandomize=True, max_examples=200, deadline=None)

ODD = [
    '"""', "'''", '"', "'", "\\", "\\n", "\\u0041", "\n", "\n\n", "\t", "#", "=", "[facts]", "]]",
    "\x00", "\x1f", "\x7f", "\x85", "\u2028", "\ufeff", "\u202e", "é", "e\u0301", "?", "-",
    "\U0001f469", "👩‍⚖️", "practice = 'x'", " \n ", "a", "ß",
]  # fmt: skip
TEXTS = st.lists(
    st.one_of(st.sampled_from(ODD), st.text(st.characters(exclude_categories=["Cs"]), max_size=8)),
    max_size=6,
).map(lambda parts: re.sub(r"\r+\n", "\n", "".join(parts)))
"""Texts of every kind; the two ends of a line that TOML does not tell apart are one here."""

PROSE = TEXTS.map(lambda text: UNWRITABLE.sub("", text.replace("\r", "\n")))
LINES = PROSE.map(lambda text: text.replace("\n", " "))
FULL_TEXTS = PROSE.filter(lambda text: text.strip() not in ("", "?", "-"))
TITLES = PROSE.filter(str.strip)
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))
CODES = {
    "residence": ["DE", "DE-HH", "GB-ENG", "US-CA", "NO"],
    "controller.country": ["IE", "US", "NO"],
    "controller.region": ["DE-HH", "IE"],
}


def values(name: str) -> st.SearchStrategy[Any]:
    """Return the answers that a fact can have, the three states without a value among them."""
    info = CATALOGUE[name]
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "yes_no": st.booleans(),
        "choice": st.sampled_from([*info.choices, None]).filter(lambda value: value is not None),
        "many": st.lists(st.sampled_from([*info.choices, ""]).filter(bool), min_size=1, max_size=3),
        "date": DATES,
        "text": FULL_TEXTS,
        "code": st.sampled_from(CODES.get(name, ["DE"])),
    }
    return st.one_of(kinds[info.kind], st.sampled_from([UNANSWERED, NOT_KNOWN, WITHHELD]))


def facts(prefix: str, model: Any) -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy for each fact of a table."""
    return {n: values(prefix + n) for n in model.model_fields if prefix + n in CATALOGUE}


def texts(model: Any) -> dict[str, st.SearchStrategy[Any]]:
    """Return a strategy for each plain field of a table."""
    plain = {n: i for n, i in model.model_fields.items() if not i.json_schema_extra}
    return {n: st.lists(LINES, max_size=3) if n == "address" else LINES for n in plain}


def one_story(table: dict[str, Any]) -> dict[str, Any]:
    """Leave the day of the notice out where its kind is told."""
    return {k: v for k, v in table.items() if k != "notice_date" or "notice" not in table}


def sent_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put what was sent into an earlier year than its answers."""
    return [
        {**row, "date": row["date"].replace(year=2025 if row["event"] is StepEvent.SENT else 2026)}
        for row in rows
    ]


ROWS = {
    "events": st.lists(
        st.fixed_dictionaries({"date": DATES, "text": TITLES}, optional={"source": PROSE}),
        max_size=2,
    ),
    "history": st.lists(
        st.fixed_dictionaries(
            {
                "what": st.sampled_from(list(StepKind)),
                "event": st.sampled_from(list(StepEvent)),
                "date": st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
            },
            optional={"channel": st.sampled_from(list(Channel)), "proof": PROSE, "note": PROSE},
        ),
        max_size=3,
    ).map(sent_first),
    "evidence": st.lists(
        st.fixed_dictionaries({"title": TITLES}, optional={"date": DATES, "file": LINES}),
        max_size=2,
    ),
}
CASES = st.fixed_dictionaries(
    {},
    optional={
        "campaign": LINES,
        "person": st.fixed_dictionaries({}, optional=texts(Person)),
        "controller": st.fixed_dictionaries(
            {}, optional=texts(Controller) | facts("controller.", Controller)
        ),
        "facts": st.fixed_dictionaries({}, optional=facts("", Facts)).map(one_story),
        **ROWS,
    },
).map(Case.model_validate)
TOML = st.recursive(
    st.one_of(st.booleans(), st.integers(-(10**9), 10**9), TEXTS, DATES),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


class TestRoundTrip:
    """What is written is what is read."""

    @PROFILE
    @given(CASES)
    def test_dump_and_parse(self, case: Case) -> None:
        """A case comes back as it was, whatever stands in its texts."""
        assert case == parse(dump(case))

    @PROFILE
    @given(CASES)
    def test_stable(self, case: Case) -> None:
        """Writing what was read gives the same text again."""
        text = dump(case)

        assert text == dump(parse(text))

    @PROFILE
    @given(st.dictionaries(st.from_regex(r"x_[a-z0-9_-]{0,8}", fullmatch=True), TOML, max_size=3))
    def test_unknown_keys(self, extra: dict[str, Any]) -> None:
        """Keys of another version are kept with their values, at the top and inside tables."""
        case = Case(unrecognised=extra | {f"facts.{key}": value for key, value in extra.items()})

        assert case == parse(dump(case))

    def test_spaces(self) -> None:
        """Spaces around a text are no part of it."""
        case = parse('[person]\nname = "  Anna \\n"')

        assert case.person.name == "Anna"
        assert case == parse(dump(case))

    def test_empty(self) -> None:
        """An empty case is a line with the format."""
        assert dump(Case()) == "format = 1\n"
        assert Case() == parse("") == parse(dump(Case()))

    def test_states(self) -> None:
        """Not known and withheld are written as marks, unanswered not at all."""
        case = Case().with_answer("practice", NOT_KNOWN).with_answer("data_kinds", WITHHELD)

        assert tomllib.loads(dump(case))["facts"] == {"practice": "?", "data_kinds": "-"}

    @pytest.mark.parametrize(("name", "value"), [("data_kinds", ()), ("wishes", ())])
    def test_answer_none_of_these(self, name: str, value: object) -> None:
        """'None of these' is an answer, and not the same as no answer."""
        case = Case().with_answer(name, value)

        assert case == parse(dump(case))

    @pytest.mark.parametrize(
        "text",
        [
            '[[events]]\ndate = 2025-01-01\ntext = ""',
            '[[evidence]]\ntitle = " "',
        ],
    )
    def test_empty_required_text(self, text: str) -> None:
        """A file that could be read can be read again after it was written."""
        try:
            case = parse(text)
        except CaseError:
            return

        assert case == parse(dump(case))

    @pytest.mark.parametrize("text", ['"a.b" = 1', '"facts.zzz" = 1', '"format.x" = 1'])
    def test_dotted_unknown_key(self, text: str) -> None:
        """A quoted key with a dot in it is one key, kept and written back as it was."""
        case = parse(text)

        assert tomllib.loads(text).items() <= tomllib.loads(dump(case)).items()
        assert len(unrecognised_problems(case, "case.toml", text)) == 1

    def test_file(self, tmp_path: Path) -> None:
        """A case is saved and loaded by its path, as text or as Path."""
        case = Case.model_validate({"person": {"name": "Zoë"}, "facts": {"default_on": False}})

        case.save(tmp_path / "zoe.toml")

        assert case == load(tmp_path / "zoe.toml") == Case.load(str(tmp_path / "zoe.toml"))


class TestUnknownKeys:
    """Keys that mean nothing here are kept, reported and written back."""

    TEXT = 'zzz = "red"\n[facts]\npractise = "ai_training"\n[person]\nnmae = "x"\n[extra]\na = 1\n'

    def test_kept(self) -> None:
        """They are kept by their path."""
        expected = {
            "zzz": "red",
            "facts.practise": "ai_training",
            "person.nmae": "x",
            "extra": {"a": 1},
        }

        assert expected == parse(self.TEXT).unrecognised

    def test_written_back(self) -> None:
        """They are written back to their places."""
        raw = tomllib.loads(dump(parse(self.TEXT)))

        assert tomllib.loads(self.TEXT).items() <= raw.items()

    def test_reported(self) -> None:
        """Each is reported with its line and what may have been meant."""
        problems = unrecognised_problems(parse(self.TEXT), "my.toml", self.TEXT)

        assert sorted(map(str, problems)) == [
            "my.toml, line 1: 'zzz' is not a known key (it is kept, but not used)",
            "my.toml, line 3: 'facts.practise' is not a known key (did you mean 'practice'?)",
            "my.toml, line 5: 'person.nmae' is not a known key (did you mean 'name'?)",
            "my.toml, line 6: 'extra' is not a known key (it is kept, but not used)",
        ]

    def test_in_a_list(self) -> None:
        """In a line of the history an unknown key is a mistake, with a suggestion."""
        text = '[[history]]\nwhat = "objection"\nevent = "sent"\ndate = 2026-01-01\nchanel = "x"'

        assert str(fault(text)) == (
            "my.toml, line 5: 'history.0.chanel' is not a known key (did you mean 'channel'?)"
        )


def fault(text: str) -> CaseError:
    """Return the error that a text is refused with."""
    with pytest.raises(CaseError) as caught:
        parse(text, where="my.toml")
    return caught.value


ROW = '[[history]]\nwhat = "objection"\nevent = "sent"\ndate = 2026-01-01\n'
BAD = {
    "misspelt choice": (
        '[facts]\npractice = "ai_trainin"', 2, "'facts.practice' cannot be 'ai_trainin'",
        "did you mean 'ai_training'?",
    ),
    "no such choice": (
        '[facts]\noptout = "sometimes"', 2, "'facts.optout' cannot be 'sometimes'",
        "one of 'none', 'simple' or 'difficult'",
    ),
    "choice of another type": ("[facts]\npractice = 3", 2, "'facts.practice'", "one of"),
    "choice in a list": (
        '[facts]\ndata_kinds = ["posts", "healt"]', 2, "'facts.data_kinds' cannot be 'healt'",
        "did you mean 'health'?",
    ),
    "choice in a row": (
        ROW + ROW + 'channel = "mail"', 9, "'history.1.channel' cannot be 'mail'",
        "did you mean 'email'?",
    ),
    "day that is none": (
        "[facts]\nnotice_date = 2025-02-30", 2, "2025-02-30 is not a day of the calendar", "",
    ),
    "day that is none, quoted": (
        '[facts]\nnotice_date = "2025-02-30"', 2, "'facts.notice_date'", "YYYY-MM-DD",
    ),
    "day in words": ('[facts]\nnotice_date = "3 May"', 2, "'facts.notice_date'", "YYYY-MM-DD"),
    "day with a time": (
        "[facts]\nnotice_date = 2025-02-28T10:00:00", 2, "'facts.notice_date'", "YYYY-MM-DD",
    ),
    "day as a number": ("[facts]\nnotice_date = 2025", 2, "'facts.notice_date'", "YYYY-MM-DD"),
    "day in a row": (
        '[[evidence]]\ntitle = "x"\ndate = "soon"', 3, "'evidence.0.date'", "YYYY-MM-DD",
    ),
    "yes or no": ('[facts]\ndefault_on = "perhaps"', 2, "must be true or false", "'?'"),
    "yes or no as a list": ("[facts]\ndefault_on = []", 2, "must be true or false", "'?'"),
    "code": ('[facts]\nresidence = "Germany"', 2, "must be a code", "DE, GB-ENG or US-CA"),
    "number for a text": ("[person]\nname = 3", 2, "'person.name'", "must be a text"),
    "too long": (
        f'[facts]\nsituation = "{"x" * (MAX_TEXT + 1)}"', 2, "longer than 20000", "shorten it",
    ),
    "missing": (
        '[[history]]\nwhat = "objection"\nevent = "sent"', 1, "'history.0.date' is missing",
        "add it",
    ),
    "format of the future": ("format = 2", 1, "'format'", "1"),
    "no quotation marks": (
        "[person]\nemail = anna@example.org", 2, "is not valid TOML", "quotation marks",
    ),
    "key twice": ('[person]\nname = "a"\nname = "b"\n', 3, "is not valid TOML", ""),
    "contradiction": (
        '[facts]\nnotice = "before_start"\nnotice_date = 2025-11-04\npractice_began = 2025-11-03',
        1, "notice says before_start, but notice_date is after practice_began", "",
    ),
}  # fmt: skip
PYTHON_WORDS = {
    "text for a list": ('[facts]\ndata_kinds = "posts"', 2, "'facts.data_kinds'"),
    "address in one line": ('[person]\naddress = "Leeds"', 2, "'person.address'"),
    "number for a table": ("facts = 3", 1, "'facts'"),
    "list for a table": ('[[person]]\nname = "x"', 1, "'person'"),
    "table for a list": ("[events]\nx = 1", 1, "'events'"),
    "row that is none": ("history = [1]", 1, "'history.0'"),
}


class TestOneClearMessage:
    """Each mistake gives one message with its line."""

    @pytest.mark.parametrize(("text", "line", "what", "mend"), BAD.values(), ids=BAD)
    def test_bad(self, text: str, line: int, what: str, mend: str) -> None:
        """The message says what is wrong, in which line, and how to mend it."""
        (problem,) = fault(text).problems

        assert f"my.toml, line {line}" == problem.where
        assert what in str(problem)
        assert mend in str(problem)

    @pytest.mark.parametrize(("text", "line", "what"), PYTHON_WORDS.values(), ids=PYTHON_WORDS)
    def test_no_words_of_the_machine(self, text: str, line: int, what: str) -> None:
        """A message speaks of lists and tables, not of tuples and dictionaries."""
        (problem,) = fault(text).problems

        assert f"my.toml, line {line}" == problem.where
        assert what in str(problem)
        assert not re.search("tuple|dictionary|instance", str(problem))

    def test_good_day_in_a_bad_line(self) -> None:
        """A day of the calendar is not blamed for what stands behind it."""
        (problem,) = fault("[facts]\nnotice_date = 2025-11-03 or so").problems

        assert problem.where == "my.toml, line 2"
        assert "not a day of the calendar" not in str(problem)

    def test_all_at_once(self) -> None:
        """Several mistakes are all told, each with its line."""
        error = fault('[facts]\npractice = "x"\ndefault_on = "x"\n' + ROW + 'channel = "x"')

        assert [problem.where for problem in error.problems] == [
            "my.toml, line 2",
            "my.toml, line 3",
            "my.toml, line 8",
        ]

    def test_history_out_of_order(self) -> None:
        """An answer before its letter is told in words."""
        text = ROW + ROW.replace("sent", "refused").replace("2026-01-01", "2025-12-31")

        assert "objection was refused on 2025-12-31, before it was sent" in str(fault(text))

    @pytest.mark.parametrize(
        "text",
        ['[person]\nname = "a', "[facts", "= 1", "[", '"""', "\x00", "a = [1,", "\ufeff\ufeff"],
    )
    def test_no_toml(self, text: str) -> None:
        """A text that is no TOML is one message."""
        (problem,) = fault(text).problems

        assert problem.where.startswith("my.toml")
        assert "is not valid TOML" in problem.what

    @pytest.mark.parametrize(
        "text",
        ["x = " + "[" * 50_000, "x = " + "{a = " * 50_000, "facts = " + "[" * 5000 + "]" * 5000],
        ids=["lists", "tables", "facts"],
    )
    def test_deep(self, text: str) -> None:
        """Nesting beyond reason is one message."""
        assert str(fault(text)) == "my.toml: is nested too deeply"

    @pytest.mark.parametrize("text", ["x" + ".x" * 4000 + " = 1", f"x = {'[' * 300}{']' * 300}"])
    def test_deep_but_readable(self, text: str) -> None:
        """What can be read can be written, or is refused when it is read."""
        try:
            case = parse(text)
        except CaseError:
            return

        assert dump(case)

    @PROFILE
    @given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
    def test_any_text(self, text: str) -> None:
        """Any text is a case or a CaseError."""
        try:
            parse(text)
        except CaseError as error:
            assert error.problems  # noqa: PT017 - both outcomes are right

    @PROFILE
    @given(st.sampled_from(["person", "controller", "facts", "history", "events", "format"]), TOML)
    def test_any_value(self, table: str, value: object) -> None:
        """Any value in the place of a table is a case or a CaseError with a problem in it."""
        text = tomli_w.dumps({table: value})

        try:
            parse(text)
        except CaseError as error:
            assert error.problems  # noqa: PT017 - both outcomes are right

    @PROFILE
    @given(st.sampled_from(list(Facts.model_fields)), TOML)
    def test_any_answer(self, name: str, value: object) -> None:
        """Any value for any fact is a case or a CaseError that names the fact."""
        text = tomli_w.dumps({"facts": {name: value}})

        try:
            parse(text)
        except CaseError as error:
            assert all(f"facts.{name}" in problem.what for problem in error.problems)  # noqa: PT017
            assert error.problems  # noqa: PT017 - both outcomes are right


class TestUnreadable:
    """A path that holds no case is one message with the name of the file."""

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            ("name = 'Zoë'".encode("latin-1"), "is not UTF-8 text"),
            ("x = 1".encode("utf-16"), "is not UTF-8 text"),
            (bytes(range(256)), "is not UTF-8 text"),
            (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "is not UTF-8 text"),
            (b"#" * (MAX_BYTES + 1), "larger than 2 MB"),
        ],
    )
    def test_content(self, content: bytes, says: str, tmp_path: Path) -> None:
        """Other encodings, other kinds of file, and too much."""
        path = tmp_path / "my.toml"
        path.write_bytes(content)

        with pytest.raises(CaseError) as caught:
            load(path)

        (problem,) = caught.value.problems
        assert problem.where == "my.toml"
        assert says in problem.what

    def test_largest(self, tmp_path: Path) -> None:
        """A file of exactly the greatest size is read."""
        path = tmp_path / "my.toml"
        path.write_bytes(b"#" * MAX_BYTES)

        assert Case() == load(path)

    def test_directory(self, tmp_path: Path) -> None:
        """A folder is no case."""
        with pytest.raises(CaseError, match="cannot be read"):
            load(tmp_path)

    def test_missing(self, tmp_path: Path) -> None:
        """A file that is not there is said to be so, by its name alone."""
        with pytest.raises(CaseError, match=r"^my\.toml: cannot be read: No such file"):
            load(tmp_path / "my.toml")


@pytest.fixture
def no_umask() -> Iterator[None]:
    """Let the surroundings take no permission away."""
    before = os.umask(0)
    yield
    os.umask(before)


class TestWriting:
    """A case is written for its owner alone, whole or not at all."""

    OLD = Case.model_validate({"person": {"name": "Old"}})
    NEW = Case.model_validate({"person": {"name": "New"}})

    @pytest.mark.usefixtures("no_umask")
    def test_mode(self, tmp_path: Path) -> None:
        """Nobody else can read it, also where everybody might by default."""
        path = tmp_path / "cases" / "my.toml"

        save(self.NEW, path)

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    @pytest.mark.usefixtures("no_umask")
    def test_mode_of_an_older_file(self, tmp_path: Path) -> None:
        """A file that everybody could read is not so after it was replaced."""
        path = tmp_path / "my.toml"
        path.write_text("", encoding="utf-8")
        path.chmod(0o666)

        save(self.NEW, path)

        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_replaces(self, tmp_path: Path) -> None:
        """The newer case takes the place of the older one, and nothing else is left."""
        path = tmp_path / "my.toml"
        save(self.OLD, path)

        save(self.NEW, path)

        assert load(path) == self.NEW
        assert [path] == list(tmp_path.iterdir())

    def test_disk_full(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A write that fails leaves the old file and no half of the new one."""
        path = tmp_path / "my.toml"
        save(self.OLD, path)

        def full(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match="No space left on device"):
            save(self.NEW, path)

        assert load(path) == self.OLD
        assert [path] == list(tmp_path.iterdir())

    def test_interrupted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """So does a write that is interrupted."""
        path = tmp_path / "my.toml"
        save(self.OLD, path)

        def interrupt(_handle: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            save(self.NEW, path)

        assert load(path) == self.OLD
        assert [path] == list(tmp_path.iterdir())

    def test_onto_a_folder(self, tmp_path: Path) -> None:
        """A folder in the place of the file is one message, and no part is left beside it."""
        path = tmp_path / "my.toml"
        path.mkdir()

        with pytest.raises(OutputError, match="cannot be written"):
            save(self.NEW, path)

        assert [path] == list(tmp_path.iterdir())

    def test_below_a_file(self, tmp_path: Path) -> None:
        """So is a file in the place of a folder."""
        (tmp_path / "file").write_text("", encoding="utf-8")

        with pytest.raises(OutputError, match="cannot be written"):
            save(self.NEW, tmp_path / "file" / "my.toml")


MARK = "Zzyzx"
PRIVATE = f"""
[person]
name = "{MARK} Doe"
address = ["1 {MARK} Road", "{MARK}ville"]
email = "{MARK}@example.org"
phone = "{MARK} 1"
account = "linkedin.com/in/{MARK}"
place = "{MARK}"
[facts]
situation = "I am {MARK}"
harm = "{MARK} harm"
sensitive_item = "{MARK} item"
purpose = "{MARK} purpose"
%s
[[history]]
what = "objection"
event = "sent"
date = 2026-01-01
note = "{MARK} note"
proof = "{MARK} proof"
"""
LEAKS = {
    "choice": 'practice = "nonsense"',
    "text in a choice": f'practice = "I, {MARK} Doe, was never asked"',
    "long text in a choice": f'practice = "{MARK * 20}"',
    "text in a list of choices": f'data_kinds = ["my {MARK} data"]',
    "text for a day": f'notice_date = "{MARK}"',
    "text for yes or no": f'default_on = "{MARK}"',
    "text for a code": f'residence = "{MARK}"',
    "list for a text": f'earlier_steps = ["{MARK}"]',
    "no quotation marks": f"earlier_steps = {MARK}",
    "open quotation": f'interest_named = "{MARK}',
    "open quotation to the end": f'interest_named = """{MARK}',
    "wrong escape": f'interest_named = "{MARK} \\q"',
    "forgotten key": f'"{MARK}"',
    "line of text": f"{MARK} lives here",
    "key twice": f'situation = "{MARK} again"',
    "too long": f'old_data = "{MARK * 5000}"',
    "day that is none": "notice_date = 2025-02-30",
    "control character": f'interest_named = "{MARK}\x01"',
}
PRIVATE_FIELDS = {
    "name": f'[person]\nname = ["{MARK}"]',
    "address": f'[person]\naddress = "{MARK}"',
    "lines": f'[person]\naddress = [["{MARK}"]]',
    "email": f'[person]\nemail = {{a = "{MARK}"}}',
    "person": f'person = "{MARK}"',
    "situation": f'[facts]\nsituation = ["{MARK}"]',
    "too long": f'[facts]\nsituation = "{MARK * 5000}"',
    "history": f'history = ["{MARK}"]',
    "note": f'[[history]]\nwhat = "x"\nnote = ["{MARK}"]',
    "text of an event": f'[[events]]\ntext = ["{MARK}"]',
}


class TestNothingPersonal:
    """No message holds what a person wrote about themselves."""

    @pytest.mark.parametrize("line", LEAKS.values(), ids=LEAKS)
    def test_mistake_beside_it(self, line: str) -> None:
        """A mistake in one line of a full case tells nothing of the case."""
        text = PRIVATE % line

        assert MARK not in str(fault(text))

    @pytest.mark.parametrize("text", PRIVATE_FIELDS.values(), ids=PRIVATE_FIELDS)
    def test_mistake_in_it(self, text: str) -> None:
        """Nor does a mistake in the personal field itself."""
        assert MARK not in str(fault(text))

    def test_unknown_keys(self) -> None:
        """The report of unknown keys names the keys and not what they hold."""
        text = PRIVATE % f'unheard_of = "{MARK}"'

        problems = unrecognised_problems(parse(text), "my.toml", text)

        assert [problem.what for problem in problems] == ["'facts.unheard_of' is not a known key"]
        assert MARK not in "".join(map(str, problems))

    def test_no_traceback_either(self) -> None:
        """The error hides its cause, in which the values stand."""
        error = fault(PRIVATE % 'practice = "nonsense"')

        assert error.__cause__ is None
        assert error.__suppress_context__
