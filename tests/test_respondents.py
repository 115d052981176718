"""The table of known controllers: its facts, its lookup, and its agreement with the campaigns."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from complaintkit import campaigns, cli
from complaintkit.errors import LawError
from complaintkit.interview.places import LAENDER, countries
from complaintkit.law import library, load
from complaintkit.respondents import EVERYWHERE, Entity, KnownController, find, folded, respondent
from complaintkit.vocabulary import ControllerKind, Sector

TABLE = library().controllers
ENTITIES = [
    pytest.param(known, entity, id=f"{known.id}-{entity.for_[0].replace(EVERYWHERE, 'all')}")
    for known in TABLE.values()
    for entity in known.entities
]
COUNTRIES = {place.code for place in countries()}
LAW = Path(__file__).parent / "interview" / "test-act.toml"
ENTRY = """
[[controller]]
id = "agora"
service = "Agora"

[[controller.entity]]
for = ["{place}"]
sources = ["https://agora.example"]
checked = 2026-11-24
controller = {{name = "Agora Ltd", country = "GB"}}
"""


@pytest.mark.parametrize(("known", "entity"), ENTITIES)
class TestEntity:
    """What every entity of the table must have."""

    def test_source(self, known: KnownController, entity: Entity) -> None:
        """It says where it was read, and on which day it was checked."""
        assert entity.sources, known.id
        assert all(re.fullmatch(r"https://[^\s]+", source) for source in entity.sources)
        assert dt.date(2026, 11, 1) <= entity.checked <= dt.date(2100, 1, 1)

    def test_place(self, known: KnownController, entity: Entity) -> None:
        """Its country and those of its people are countries; German ones have a Land."""
        company = entity.controller
        assert company.country in COUNTRIES, known.id
        assert all(
            code == EVERYWHERE or code.partition("-")[0] in COUNTRIES for code in entity.for_
        )
        if company.country == "DE":
            assert company.region in LAENDER
        else:
            assert not isinstance(company.region, str)

    def test_company(self, known: KnownController, entity: Entity) -> None:
        """It is named in full, and what routes turn on is answered."""
        company = entity.controller
        assert company.name
        assert company.service == known.service
        assert isinstance(company.kind, ControllerKind)
        assert isinstance(company.sector, Sector)
        for url in (company.form, company.privacy_notice):
            assert not url or url.startswith("https://")
        assert not company.email or re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-zA-Z]+", company.email)

    def test_doubt(self, known: KnownController, entity: Entity) -> None:
        """What is not verified, or has no address, says why."""
        if not entity.verified or not entity.controller.address:
            assert entity.note, known.id


def test_the_table_is_worth_looking_into() -> None:
    """At least sixty companies are there; most of the names people know are verified somewhere."""
    assert len(TABLE) >= 60
    assert sum(any(e.verified for e in known.entities) for known in TABLE.values()) >= 35


def test_no_name_means_two_companies() -> None:
    """No service and no alias is there twice."""
    names = Counter(
        name for known in TABLE.values() for name in {folded(n) for n in own_names(known)}
    )

    assert [name for name, times in names.items() if times > 1] == []


def own_names(known: KnownController) -> tuple[str, ...]:
    """Return what people call it."""
    return (known.service, *known.aliases)


def test_no_place_is_served_twice() -> None:
    """Two entities of one company never name the same place."""
    for known in TABLE.values():
        places = Counter(code for entity in known.entities for code in entity.for_)
        assert [code for code, times in places.items() if times > 1] == [], known.id


@pytest.mark.parametrize("known", TABLE.values(), ids=TABLE)
def test_every_name_finds_its_company_first(known: KnownController) -> None:
    """Each name is found as it is, in capitals, without blanks and with accents."""
    for name in own_names(known):
        for text in (name, name.upper(), name.replace(" ", ""), f"  {name}!"):
            assert find(text, TABLE.values())[0] is known


MATRIX = {
    "instagram": {
        "DE-BE": "Meta Platforms Ireland Limited",
        "IS": "Meta Platforms Ireland Limited",
        "GB-SCT": "Meta Platforms, Inc.",
        "US-CA": "Meta Platforms, Inc.",
        "JP": "",
    },
    "linkedin": {
        "FR": "LinkedIn Ireland Unlimited Company",
        "CH": "LinkedIn Ireland Unlimited Company",
        "GB": "LinkedIn Corporation",
        "US-TX": "LinkedIn Corporation",
        "JP": "LinkedIn Corporation",
    },
    "twitter": {
        "NO": "X Internet Unlimited Company",
        "CH": "X Internet Unlimited Company",
        "GB-ENG": "X Internet Unlimited Company",
        "US": "X Corp.",
    },
    "youtube": {
        "AT": "Google Ireland Limited",
        "CH": "Google Ireland Limited",
        "GB": "Google LLC",
        "US-NY": "Google LLC",
    },
    "google search": {"AT": "Google LLC", "GB": "Google LLC"},
    "TikTok": {
        "IT": "TikTok Technology Limited",
        "CH": "TikTok Technology Limited",
        "GB": "TikTok Information Technologies UK Limited",
    },
    "chat gpt": {
        "ES": "OpenAI Ireland Limited",
        "CH": "OpenAI Ireland Limited",
        "GB": "OpenAI OpCo, LLC",
    },
    "schufa": {"DE": "SCHUFA Holding AG", "AT": "SCHUFA Holding AG"},
}


@pytest.mark.parametrize(
    ("name", "residence", "company"),
    [(name, place, who) for name, row in MATRIX.items() for place, who in row.items()],
)
def test_who_answers_to_whom(name: str, residence: str, company: str) -> None:
    """The best known services, by residence."""
    found = respondent(name, residence)

    assert (found[0].controller.name if found else "") == company


def test_what_a_person_calls_it_stays() -> None:
    """The letter speaks of Instagram, not of Meta, if that is what the person has."""
    assert respondent("INSTAGRAM", "DE")[0].controller.service == "Instagram"
    assert respondent("Meta Platforms Ireland", "DE")[0].controller.service == "Meta"


class TestFind:
    """How names are compared."""

    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("x", "x"),
            ("X.com", "x"),
            ("grok", "xai"),
            ("Sofortuberweisung", "klarna"),
            ("sofortÜBERweisung", "klarna"),
            ("crif burgel", "crif"),
            ("linked-in", "linkedin"),
            ("linke", "linkedin"),
            ("Spotify Premium", "spotify"),
            ("Booking", "booking"),
            ("boniversum", "boniversum"),
            ("Meta Platforms Ireland Ltd", "meta"),
        ],
    )
    def test_nearest(self, text: str, first: str) -> None:
        """Exact before beginning before inside; case, accents and punctuation do not matter."""
        assert find(text, TABLE.values())[0].id == first

    @pytest.mark.parametrize("text", ["", "  ", "?!", "a company nobody knows"])
    def test_nothing(self, text: str) -> None:
        """No text and unknown names find nothing."""
        assert find(text, TABLE.values()) == ()

    def test_two_letters_are_not_looked_for_inside(self) -> None:
        """One or two letters are in nearly all names."""
        assert all(
            any(folded(name).startswith("ap") for name in known.names())
            for known in find("ap", TABLE.values())
        )


class TestGroups:
    """A set of countries stands for its codes."""

    def test_the_eea_is_that_of_the_law(self) -> None:
        """The name of a set of a law, in capitals, means its countries."""
        wanted = set(library().laws["eu-gdpr"].file.sets["eea"])

        assert set(TABLE["tinder"].entities[0].for_) == {*wanted, "CH", "GB"}

    @pytest.mark.parametrize(("place", "good"), [("GB", True), ("US-CA", True), ("*", True)])
    def test_codes(self, tmp_path: Path, place: str, good: bool) -> None:  # noqa: FBT001
        """Codes and the star are places."""
        (tmp_path / "law.toml").write_bytes(LAW.read_bytes())
        (tmp_path / "table.toml").write_text(ENTRY.format(place=place), encoding="utf-8")

        assert (load(tmp_path).controllers["agora"].entities[0].for_ == (place,)) is good

    def test_unknown(self, tmp_path: Path) -> None:
        """A set that no law has is a fault that names the company."""
        (tmp_path / "law.toml").write_bytes(LAW.read_bytes())
        (tmp_path / "table.toml").write_text(ENTRY.format(place="EFTA"), encoding="utf-8")

        with pytest.raises(LawError, match=r"controller agora.*'EFTA' is neither"):
            load(tmp_path)

    def test_the_most_exact_place_counts(self) -> None:
        """A part of a country comes before the country, and that before everywhere."""
        entry = {
            "id": "agora",
            "service": "Agora",
            "entity": [
                {
                    "for": [place],
                    "controller": {"name": place},
                    "sources": ["https://agora.example"],
                    "checked": dt.date(2026, 11, 24),
                }
                for place in ("*", "US", "US-CA")
            ],
        }
        known = KnownController.model_validate(entry)
        named = {
            place: entity.controller.name
            for place in ("US-CA", "US-NY", "US", "FR")
            if (entity := known.entity(place))
        }

        assert named == {"US-CA": "US-CA", "US-NY": "US", "US": "US", "FR": "*"}


@pytest.mark.parametrize("name", campaigns.names())
def test_campaigns_name_the_companies_of_the_table(name: str) -> None:
    """What a campaign says of its company is what the table says, for each of its countries."""
    for region in campaigns.load(name).regions:
        if not region.controller.name:
            continue
        for country in region.for_:
            [found] = respondent(region.controller.service, country)[:1]
            assert found.controller == region.controller, country
            assert found.entity.verified


class TestCommand:
    """``complaintkit companies``."""

    def test_one(self) -> None:
        """A name and a place give one company with address, source and day."""
        output = CliRunner().invoke(cli.main, ["companies", "instagram", "--for", "de"]).stdout

        assert "Meta Platforms Ireland Limited, Merrion Road, Dublin 4, D04 X2K5, IE" in output
        assert "verified, checked 2026" in output
        assert "Inc." not in output

    def test_all(self) -> None:
        """Without a name it is the whole table, with doubts and gaps."""
        output = CliRunner().invoke(cli.main, ["companies"]).stdout

        assert all(known.service in output for known in TABLE.values())
        assert "not verified" in output
        assert "no address known" in output
        assert "all others" in output

    def test_none(self) -> None:
        """An unknown name says so, and what to do; a place nobody answers to is told."""
        unknown = CliRunner().invoke(cli.main, ["companies", "nobody knows this"])
        nowhere = CliRunner().invoke(cli.main, ["companies", "spokeo", "--for", "FR"])

        assert (unknown.exit_code, unknown.stdout) == (0, "")
        assert "privacy notice" in unknown.stderr
        assert "nobody is known" in nowhere.stdout
