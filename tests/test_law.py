"""A law file loads if everything in it fits; each fault is one message that says where it is."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from complaintkit.conditions import Truth
from complaintkit.errors import LawError
from complaintkit.facts import Case
from complaintkit.law import Library, load
from complaintkit.lawfile import Dated
from complaintkit.periods import Period
from complaintkit.vocabulary import LegalBasis, StepKind
from complaintkit.world import CaseWorld

if TYPE_CHECKING:
    from pathlib import Path

LAW = """
[law]
id = "made-up"
family = "eu"
title = "Made-up Act"
short = "MUA"
citation = "Made-up Act 2020"
applies = "residence.country in members"
asks_basis = true
sources = ["act"]
checked = 2026-01-05

[sets]
members = ["DE", "IE"]

[[source]]
id = "act"
title = "The Act"
url = "https://law.example/act"
kind = "statute"

[[provision]]
id = "s. 1"
about = "Consent"
source = "act"

[[provision]]
id = "s. 2"
about = "Objection"
source = "act"
in_force_until = 2024-12-31

[[demand]]
id = "stop"
title = "Stop"
provisions = ["s. 1"]

[[ground]]
id = "base"
title = "Base"
when = "default_on"
provisions = ["s. 1"]
demands = ["stop"]
strength = "settled"
sources = ["act"]
checked = 2026-01-05

[[ground.displaced_by]]
ground = "special"
because = "it is nearer"
provision = "s. 1"

[[ground.counter]]
says = "We may."
sources = ["act"]

[[ground]]
id = "special"
title = "Special"
when = "practice == 'ai_training'"
provisions = ["s. 2"]
strength = "arguable"
sources = ["act"]
checked = 2026-01-05
in_force_until = 2024-12-31

[[requirement]]
id = "consent-needed"
when = "default_on"
requires = "consent"
argument = "The Act says so."
provisions = ["s. 1"]
sources = ["act"]
checked = 2026-01-05

[[branch]]
basis = "consent"
right = "withdraw"
provisions = ["s. 1"]

[[clock]]
id = "answer-time"
steps = ["objection"]
for = "answer"
period = "1 month"
extended = "3 months"
rolls = true
calendar = "controller"
provisions = ["s. 1"]
sources = ["act"]
checked = 2026-01-05

[[route]]
id = "report"
title = "Report"
document = "complaint"
to = "authority"
authority = "office"
when = "True"
closed_because = "It is closed."
provisions = ["s. 1"]
sources = ["act"]
checked = 2026-01-05

[[route.bar]]
period = "1 year"
from = "knowledge"
effect = "closes"
provision = "s. 1"
text = "Too late."

[[caution]]
id = "beware"
about = ["base", "report"]
text = "Beware."
sources = ["act"]
checked = 2026-01-05
"""
AUTHORITIES = """
[[authority]]
id = "office"
country = "DE"
when = "residence.country == 'DE'"
name = "Office"
languages = ["de"]
email_filing = "yes"
prior_contact = "expected"
sources = ["https://office.example"]
confidence = "high"
checked = 2026-01-05
"""


def write(folder: Path, law: str = LAW, authorities: str = AUTHORITIES) -> Path:
    """Write a folder of law as in the package."""
    (folder / "land").mkdir()
    (folder / "land" / "act.toml").write_text(law, encoding="utf-8")
    (folder / "land" / "authorities.toml").write_text(authorities, encoding="utf-8")
    return folder


def entry(text: str, kind: str, id_: str) -> str:
    """Return the table of an entry as it stands in a file, with the tables below it."""
    for table in text.split(f"[[{kind}]]\n")[1:]:
        if f'id = "{id_}"\n' in table:
            body = table.split("\n[[")[0]
            return f"[[{kind}]]\n{body}\n"
    raise KeyError(id_)


def fault(folder: Path, law: str = LAW, authorities: str = AUTHORITIES) -> LawError:
    """Return the error that some law is refused with."""
    with pytest.raises(LawError) as caught:
        load(write(folder, law, authorities))
    return caught.value


class TestLoad:
    """What a valid folder gives."""

    def test_valid(self, tmp_path: Path) -> None:
        """A file in which everything fits loads, with its entries by their ids."""
        library = load(write(tmp_path))

        assert isinstance(library, Library)
        assert list(library.laws) == ["made-up"]
        assert ["office"] == list(library.authorities) == list(library.competence)
        law = library.laws["made-up"]
        assert repr(law) == "<Law made-up>"
        assert list(law.demands) == ["stop"]
        assert list(law.provisions) == ["s. 1", "s. 2"]
        assert [ground.id for ground in law.file.grounds] == ["base", "special"]

    def test_types(self, tmp_path: Path) -> None:
        """Texts of the file become the law's own words: periods, days, steps and bases."""
        file = load(write(tmp_path)).laws["made-up"].file

        assert Period(1, "months") == file.clocks[0].period
        assert file.clocks[0].steps == (StepKind.OBJECTION,)
        assert LegalBasis.CONSENT is file.branches[0].basis
        assert Period(12, "months") == file.routes[0].bars[0].period
        assert dt.date(2024, 12, 31) == file.grounds[1].in_force_until

    def test_conditions(self, tmp_path: Path) -> None:
        """Every condition is ready, found by what it belongs to."""
        law = load(write(tmp_path)).laws["made-up"]
        case = Case().with_answer("default_on", value=True)

        step = law.condition("ground", "base").evaluate(CaseWorld.of(case, dt.date(2026, 1, 5)))

        assert Truth.YES is step.truth
        for key in (("law", "applies"), ("law", "also"), ("requirement", "consent-needed"),
                    ("route", "report"), ("caution", "beware")):  # fmt: skip
            assert law.condition(*key)

    def test_folders_in_order(self, tmp_path: Path) -> None:
        """Folders are read by name, other files are left alone, an empty folder holds no law."""
        assert load(tmp_path).laws == {}
        write(tmp_path)
        (tmp_path / "README.md").write_text("= not TOML", encoding="utf-8")
        (tmp_path / "a-land").mkdir()
        second = LAW.replace('id = "made-up"', 'id = "another"')
        (tmp_path / "a-land" / "act.toml").write_text(second, encoding="utf-8")

        assert list(load(tmp_path).laws) == ["another", "made-up"]

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            ("2024-12-31", False),
            ("2025-01-01", True),
            ("2025-06-01", True),
            ("2025-12-31", True),
            ("2026-01-01", False),
        ],
    )
    def test_in_force(self, day: str, *, expected: bool) -> None:
        """Both ends of a time in force are part of it."""
        dated = Dated(in_force_from=dt.date(2025, 1, 1), in_force_until=dt.date(2025, 12, 31))

        assert expected is dated.in_force(dt.date.fromisoformat(day))
        assert Dated().in_force(dt.date.fromisoformat(day))


MUTATIONS = {
    # name: (entry, from, to, place, words that the message holds)
    "unknown key": (
        "ground base", 'title = "Base"', 'title = "Base"\nprio = 5', "ground base",
        ["'ground.0.prio' is not a known key", "jurisdictions/README.md"],
    ),
    "unknown key in the head": (
        "", 'short = "MUA"', 'short = "MUA"\nlanguage = "de"', "law made-up",
        ["'law.language' is not a known key"],
    ),
    "unknown table": (
        "", "[sets]", "[sots]", "", ["'sots' is not a known key"],
    ),
    "no source": (
        "ground base", 'sources = ["act"]\nchecked', "checked", "ground base",
        ["'ground.0.sources'", "field required"],
    ),
    "empty sources": (
        "ground base", 'sources = ["act"]\nchecked', "sources = []\nchecked", "ground base",
        ["'ground.0.sources'", "at least 1 item"],
    ),
    "no checked": (
        "ground special", "checked = 2026-01-05\n", "", "ground special",
        ["'ground.1.checked'", "field required"],
    ),
    "no provision": (
        "ground base", 'provisions = ["s. 1"]', "provisions = []", "ground base",
        ["'ground.0.provisions'", "at least 1 item"],
    ),
    "unknown provision": (
        "ground base", 'provisions = ["s. 1"]', 'provisions = ["s. 1(5)"]', "ground base",
        ["cites 's. 1(5)', which is no listed provision", "did you mean 's. 1'?"],
    ),
    "unknown source": (
        "ground base", 'sources = ["act"]\nchecked', 'sources = ["acts"]\nchecked', "ground base",
        ["has no such source 'acts'", "did you mean 'act'?"],
    ),
    "unknown demand": (
        "ground base", 'demands = ["stop"]', 'demands = ["stopp"]', "ground base",
        ["demands 'stopp', which is not listed", "did you mean 'stop'?"],
    ),
    "unknown displacer": (
        "ground base", 'ground = "special"', 'ground = "specail"', "ground base",
        ["is displaced by unknown 'specail'", "did you mean 'special'?"],
    ),
    "displaced without reason": (
        "ground base", 'because = "it is nearer"\n', "", "ground base", ["because", "required"],
    ),
    "displaced by an unknown provision": (
        "ground base", 'because = "it is nearer"\nprovision = "s. 1"',
        'because = "it is nearer"\nprovision = "s. 11"', "ground base",
        ["cites 's. 11'", "did you mean 's. 1'?"],
    ),
    "displaces itself": (
        "ground base", 'ground = "special"', 'ground = "base"', "ground base",
        ["displaces itself"],
    ),
    "counter without its source": (
        "ground base", 'says = "We may."\nsources = ["act"]', 'says = "We may."\nsources = ["x"]',
        "ground base", ["has no such source 'x'"],
    ),
    "provision repealed before the ground": (
        "ground base", 'provisions = ["s. 1"]',
        'in_force_from = 2025-01-01\nprovisions = ["s. 2"]', "ground base",
        ["cites 's. 2', which is not in force in the ground's own time", "date the ground"],
    ),
    "bad id": (
        "ground special", 'id = "special"', 'id = "Special Ground"', "Special Ground",
        ["'ground.1.id'"],
    ),
    "bad day": (
        "ground base", "checked = 2026-01-05", 'checked = "yesterday"', "ground base",
        ["'ground.0.checked'", "date"],
    ),
    "day that is none": (
        "ground base", "checked = 2026-01-05", "checked = 2026-02-30", "", ["is not valid TOML"],
    ),
    "bad period": (
        "clock answer-time", 'period = "1 month"', 'period = "a month"', "clock answer-time",
        ["'a month' is not a period", "write '1 month'"],
    ),
    "bad longer period": (
        "clock answer-time", 'extended = "3 months"', 'extended = "3"', "clock answer-time",
        ["'3' is not a period"],
    ),
    "bad period of a bar": (
        "route report", 'period = "1 year"', 'period = "4 weeks"', "route report",
        ["'4 weeks' is not a period"],
    ),
    "unknown fact": (
        "ground base", 'when = "default_on"', 'when = "defualt_on"', "ground base",
        ["there is no fact 'defualt_on'", "did you mean 'default_on'?"],
    ),
    "impossible value": (
        "ground special", "'ai_training'", "'ai_trainin'", "ground special",
        ["'practice' can never be 'ai_trainin'", "did you mean 'ai_training'?"],
    ),
    "identity in a condition": (
        "ground base", 'when = "default_on"', 'when = "person.name == \'x\'"', "ground base",
        ["there is no fact 'person.name'"],
    ),
    "condition that is none": (
        "route report", 'when = "True"', 'when = "always"', "route report", ["there is no fact"],
    ),
    "condition of a requirement": (
        "requirement consent-needed", 'when = "default_on"', 'when = "default_on("',
        "requirement consent-needed", ["is not a condition"],
    ),
    "condition of a caution": (
        "caution beware", 'text = "Beware."', 'text = "Beware."\nwhen = "purpose"',
        "caution beware", ["'purpose' is no yes-or-no fact"],
    ),
    "condition of the law": (
        "", 'applies = "residence.country in members"', 'applies = "residence.country in mebmers"',
        "law applies", ["there is no set 'mebmers'", "did you mean 'members'?"],
    ),
    "unknown authority": (
        "route report", 'authority = "office"', 'authority = "ofice"', "route report",
        ["goes to unknown 'ofice'", "did you mean 'office'?"],
    ),
    "unknown provision of a bar": (
        "route report", 'provision = "s. 1"\ntext', 'provision = "s. 9"\ntext', "route report",
        ["cites 's. 9'"],
    ),
    "unknown step": (
        "clock answer-time", 'steps = ["objection"]', 'steps = ["access", "objektion"]',
        "clock answer-time",
        ["'clock.0.steps.1'", "'objection'"],
    ),
    "unknown strength": (
        "ground base", 'strength = "settled"', 'strength = "strong"', "ground base",
        ["'ground.0.strength'", "'settled', 'arguable' or 'contested'"],
    ),
    "about nothing": (
        "caution beware", 'about = ["base", "report"]', 'about = ["bass"]', "caution beware",
        ["is about unknown 'bass'", "did you mean 'base'?"],
    ),
    "source of a provision": (
        "provision s. 1", 'source = "act"', 'source = "akt"', "provision s. 1",
        ["has no such source 'akt'", "did you mean 'act'?"],
    ),
    "provision of a demand": (
        "demand stop", 'provisions = ["s. 1"]', 'provisions = ["s. 8"]', "demand stop",
        ["cites 's. 8'"],
    ),
    "provision of a branch": (
        "", 'right = "withdraw"\nprovisions = ["s. 1"]',
        'right = "withdraw"\nprovisions = ["s. 8"]', "branch consent", ["cites 's. 8'"],
    ),
    "address of a source": (
        "source act", "https://law.example/act", "law.example/act", "source act",
        ["'source.0.url'"],
    ),
    "no TOML": ("", "[sets]", "[sets", "", ["is not valid TOML", "line"]),
}  # fmt: skip


def mutated(where: str, old: str, new: str) -> str:
    """Return the law with a change in one entry."""
    if not where:
        assert LAW.count(old) == 1
        return LAW.replace(old, new)
    kind, _, id_ = where.partition(" ")
    start = LAW.index(f'[[{kind}]]\nid = "{id_}"')
    assert old in LAW[start:]
    return LAW[:start] + LAW[start:].replace(old, new, 1)


class TestFaults:
    """Each fault is one problem with the file, the entry and the remedy."""

    @pytest.mark.parametrize(
        ("where", "old", "new", "place", "says"), MUTATIONS.values(), ids=MUTATIONS
    )
    def test_one_fault(
        self, where: str, old: str, new: str, place: str, says: list[str], tmp_path: Path
    ) -> None:
        """One mistake in an otherwise valid file gives one problem in the right place."""
        (problem,) = fault(tmp_path, mutated(where, old, new)).problems

        assert problem.where.startswith("land/act.toml")
        assert problem.where.endswith(place)
        for words in says:
            assert words in str(problem)

    def test_circle(self, tmp_path: Path) -> None:
        """Grounds that displace each other in a circle are refused, each by name."""
        back = '[[ground.displaced_by]]\nground = "base"\nbecause = "x"\nprovision = "s. 1"\n'
        law = LAW.replace("\n[[requirement]]", f"\n{back}\n[[requirement]]")

        problems = fault(tmp_path, law).problems

        assert [str(problem) for problem in problems] == [
            "land/act.toml, ground base: displaces itself by way of others",
            "land/act.toml, ground special: displaces itself by way of others",
        ]

    @pytest.mark.parametrize(
        ("kind", "id_"),
        [
            ("source", "act"),
            ("provision", "s. 1"),
            ("demand", "stop"),
            ("ground", "special"),
            ("requirement", "consent-needed"),
            ("clock", "answer-time"),
            ("route", "report"),
            ("caution", "beware"),
        ],
    )
    def test_twice(self, kind: str, id_: str, tmp_path: Path) -> None:
        """No two entries of a kind have the same id: one would hide the other."""
        (problem,) = fault(tmp_path, f"{LAW}\n{entry(LAW, kind, id_)}").problems

        assert problem.where.startswith("land/act.toml")
        assert id_ in problem.where
        assert "is there twice" in problem.what

    def test_law_twice(self, tmp_path: Path) -> None:
        """No two laws have the same id."""
        write(tmp_path)
        (tmp_path / "land" / "copy.toml").write_text(LAW, encoding="utf-8")

        with pytest.raises(LawError, match="the law 'made-up' is there twice"):
            load(tmp_path)

    def test_authority_twice(self, tmp_path: Path) -> None:
        """No two authorities have the same id."""
        with pytest.raises(LawError, match="the authority 'office' is there twice"):
            load(write(tmp_path, authorities=AUTHORITIES * 2))

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("confidence", "confidense", "'authority.0.confidense' is not a known key"),
            ("checked = 2026-01-05", "", "'authority.0.checked': field required"),
            ("residence.country", "residence.land", "there is no fact 'residence.land'"),
            ('"expected"', '"perhaps"', "'authority.0.prior_contact'"),
        ],
    )
    def test_authority(self, old: str, new: str, says: str, tmp_path: Path) -> None:
        """A mistake in an authority names file and authority."""
        problems = fault(tmp_path, authorities=AUTHORITIES.replace(old, new)).problems

        found = [problem for problem in problems if says in problem.what]
        assert [p.where for p in found] == ["land/authorities.toml, authority office"]

    def test_bar_of_an_authority(self, tmp_path: Path) -> None:
        """A wrong period of an authority names the authority too."""
        bar = (
            '\n[[authority.bar]]\nperiod = "soon"\nfrom = "event"\neffect = "closes"\ntext = "x"\n'
        )

        problems = fault(tmp_path, authorities=AUTHORITIES + bar).problems

        found = [problem for problem in problems if "'soon' is not a period" in problem.what]
        assert [p.where for p in found] == ["land/authorities.toml, authority office"]

    def test_all_at_once(self, tmp_path: Path) -> None:
        """All faults of all files are told together."""
        law = LAW.replace("default_on", "defualt_on").replace(
            'demands = ["stop"]', 'demands = ["x"]'
        )

        error = fault(tmp_path, law, AUTHORITIES.replace("residence.country", "residence.land"))

        assert {
            "land/act.toml, ground base",
            "land/act.toml, requirement consent-needed",
            "land/authorities.toml, authority office",
        } == {problem.where for problem in error.problems}
        assert len(error.problems) == 4

    def test_not_utf8(self, tmp_path: Path) -> None:
        """A file in another encoding is a fault of the law, with the name of the file."""
        write(tmp_path)
        (tmp_path / "land" / "act.toml").write_bytes(LAW.replace("Act", "Äct").encode("latin-1"))

        with pytest.raises(LawError, match=r"act\.toml"):
            load(tmp_path)

    def test_overlapping_times(self, tmp_path: Path) -> None:
        """A ground may cite a provision that was in force in a part of its time."""
        law = mutated(
            "ground base",
            'provisions = ["s. 1"]',
            'in_force_from = 2024-12-31\nprovisions = ["s. 2"]',
        )

        assert load(write(tmp_path, law)).laws
