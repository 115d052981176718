"""One law from several files: models that like laws are made from, and parts of a long law."""

from __future__ import annotations

import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from complaintkit.errors import LawError
from complaintkit.law import load
from complaintkit.lawparts import expand

if TYPE_CHECKING:
    from pathlib import Path

    from complaintkit.lawparts import Phrases

MODEL = """
[model]
id = "like"
words = "like"

[law]
family = "us"
applies = "residence == '{region}'"
asks_basis = false
instead = "In {state} there are rights."
sources = ["act"]
checked = 2026-01-05

[sets]
selling = ["sharing"]

[[role]]
id = "access"
about = "Access"

[[role]]
id = "delete"
about = "Deletion"

[[role]]
id = "appeal"
about = "Appeal"

[[demand]]
id = "know"
title = "Give access"
provisions = ["@access"]

[[demand]]
id = "delete"
title = "Delete"
provisions = ["@delete"]

[[demand]]
id = "for-parts"
title = "Demanded by a part only"

[[ground]]
id = "know"
title = "Access in {state}"
kind = "right"
when = "any_of(wishes, 'copy')"
provisions = ["@access"]
demands = ["know", "delete"]
strength = "settled"
sources = ["act"]
checked = 2026-01-05

[[ground.displaced_by]]
ground = "gone"
because = "It is nearer."
provision = "@access"

[[ground.counter]]
says = "No."
sources = ["act"]

[[ground.counter]]
says = "We have {excuse}."
sources = ["act"]

[[ground]]
id = "gone"
title = "Deletion"
kind = "right"
when = "any_of(wishes, 'erase')"
provisions = ["@delete"]
demands = ["delete"]
strength = "settled"
sources = ["act"]
checked = 2026-01-05

[[ground]]
id = "refused"
title = "Refused"
when = "request.refused"
provisions = ["@access", "@appeal?"]
strength = "settled"
sources = ["act"]
checked = 2026-01-05

[[clock]]
id = "answer"
steps = ["request"]
for = "answer"
period = "{days} days"
rolls = false
calendar = "residence"
provisions = ["@access"]
sources = ["act"]
checked = 2026-01-05

[[caution]]
id = "about-deletion"
about = ["gone"]
text = "Deletion."
sources = ["act"]
checked = 2026-01-05

[[caution]]
id = "about-both"
about = ["gone", "know"]
text = "Both."
sources = ["act"]
checked = 2026-01-05

[[caution]]
id = "money"
needs = ["money_only"]
about = ["know"]
text = "Only for money."
sources = ["act"]
checked = 2026-01-05

[[caution]]
id = "no-appeal"
without = ["@appeal"]
about = ["know"]
text = "No appeal in {state}."
sources = ["act"]
checked = 2026-01-05

[[caution]]
id = "appeal"
needs = ["@appeal"]
about = ["know"]
text = "Appeal first."
sources = ["act"]
checked = 2026-01-05
"""
LAW = """
[law]
id = "us-zz"
model = "like"
title = "Act of Zed"
short = "AZ"
citation = "Z. Code"
checked = 2026-01-05

[values]
state = "Zed"
region = "US-ZZ"
act = "Z. Code"
days = 45

[[cite]]
role = "access"
provisions = ["§ 1"]

[[source]]
id = "act"
title = "The Act"
url = "https://law.example/zed"
kind = "statute"
"""
CITE = '[[cite]]\nrole = "access"\nprovisions = ["§ 1"]\n'
DELETE = '[[cite]]\nrole = "delete"\nprovisions = ["§ 2"]\n'
APPEAL = '[[cite]]\nrole = "appeal"\nprovisions = ["§ 3"]\n'


def made(*more: str, law: str = LAW, model: str = MODEL) -> dict[str, Any]:
    """Return the law that a model and a law file with some more tables give."""
    return filled(*more, law=law, model=model)[0]


def filled(*more: str, law: str = LAW, model: str = MODEL) -> tuple[dict[str, Any], Phrases]:
    """Return the law and the texts that were filled in."""
    models = {"like": tomllib.loads(model)}
    return expand(tomllib.loads("\n".join([law, *more])), models, "zz.toml")


def entry(law: dict[str, Any], kind: str, id_: str) -> dict[str, Any]:
    """Return one entry of a law."""
    return next(item for item in law[kind] if item["id"] == id_)


def ids(law: dict[str, Any], kind: str) -> list[str]:
    """Return the ids of one kind of entry."""
    return [item["id"] for item in law[kind]]


def faults(*more: str, law: str = LAW, model: str = MODEL) -> str:
    """Return the faults of a law that cannot be made from its model, as they are printed."""
    with pytest.raises(LawError) as caught:
        made(*more, law=law, model=model)
    return "\n".join(str(problem) for problem in caught.value.problems)


class TestModel:
    """A law that is made from a model."""

    def test_a_law_without_a_model_stays_as_it_is(self) -> None:
        """Nothing happens to a law that names no model."""
        raw = {"law": {"id": "us-zz"}}

        assert expand(raw, {}, "zz.toml") == (raw, {})

    def test_values_and_roles_are_filled_in(self) -> None:
        """Texts get the values, lists the provisions; the law's own keys win."""
        law = made(law=LAW.replace('short = "AZ"', 'short = "AZ"\nasks_basis = true'))

        assert law["law"]["applies"] == "residence == 'US-ZZ'"
        assert law["law"]["asks_basis"] is True
        assert law["law"]["words"] == "like"
        assert "model" not in law["law"]
        assert entry(law, "ground", "know")["title"] == "Access in Zed"
        assert entry(law, "ground", "know")["provisions"] == ["§ 1"]
        assert entry(law, "clock", "answer")["period"] == "45 days"
        assert law["sets"] == {"selling": ["sharing"]}
        assert not {"values", "cite", "omit", "change"} & set(law)

    def test_a_provision_says_every_role_it_plays(self) -> None:
        """A section cited for two roles is listed once, and says both."""
        two = '[[cite]]\nroles = ["delete", "appeal"]\nprovisions = ["§ 1", "§ 4"]\n'
        law = made(two)

        assert [(p["id"], p["about"]) for p in law["provision"]] == [
            ("§ 1", "Access; deletion; appeal"),
            ("§ 4", "Deletion; appeal"),
        ]
        assert entry(law, "provision", "§ 4")["act"] == "Z. Code"
        assert entry(law, "provision", "§ 4")["source"] == "act"

    def test_a_citation_has_its_own_act_and_source(self) -> None:
        """A rule beside the code is cited by its own name."""
        rule = DELETE + 'act = "Rules"\nsource = "rules"\n'

        assert entry(made(rule), "provision", "§ 2")["act"] == "Rules"
        assert entry(made(rule), "provision", "§ 2")["source"] == "rules"

    def test_what_the_law_has_not_is_left_out(self) -> None:
        """Without a right to deletion there is no ground, no demand and no caution about it."""
        law = made()

        assert ids(law, "ground") == ["know", "refused"]
        assert ids(law, "demand") == ["know", "for-parts"]
        assert entry(law, "ground", "know")["demands"] == ["know"]
        assert entry(law, "ground", "know")["displaced_by"] == []
        assert len(entry(law, "ground", "know")["counter"]) == 1
        assert entry(law, "caution", "about-both")["about"] == ["know"]
        assert "about-deletion" not in ids(law, "caution")

    def test_with_the_provision_it_is_there(self) -> None:
        """One citation more, and everything that hangs on it appears."""
        law = made(DELETE)

        assert ids(law, "ground") == ["know", "gone", "refused"]
        assert ids(law, "demand") == ["know", "delete", "for-parts"]
        assert entry(law, "ground", "know")["displaced_by"][0]["provision"] == "§ 1"
        assert entry(law, "caution", "about-both")["about"] == ["gone", "know"]

    def test_a_missing_number_takes_the_clock_away(self) -> None:
        """A clock without its days is left out."""
        assert made(law=LAW.replace("days = 45\n", ""))["clock"] == []

    def test_an_optional_role(self) -> None:
        """``@appeal?`` is cited where there is one, and nothing is lost where there is none."""
        assert entry(made(), "ground", "refused")["provisions"] == ["§ 1"]
        assert entry(made(APPEAL), "ground", "refused")["provisions"] == ["§ 1", "§ 3"]

    def test_needs_and_without(self) -> None:
        """An entry may turn on a value or on a role."""
        plain = made()
        paid = made(APPEAL, law=LAW.replace("days = 45", "days = 45\nmoney_only = true"))

        assert {"money", "appeal"} & set(ids(plain, "caution")) == set()
        assert "no-appeal" in ids(plain, "caution")
        assert {"money", "appeal"} <= set(ids(paid, "caution"))
        assert "no-appeal" not in ids(paid, "caution")
        assert not {"needs", "without"} & set(entry(paid, "caution", "money"))

    def test_an_own_entry_replaces_that_of_the_model(self) -> None:
        """A law that says it itself is not told by the model."""
        own = '[[caution]]\nid = "no-appeal"\nabout = ["know"]\ntext = "None at all."\n'
        law = made(own)

        assert ids(law, "caution").count("no-appeal") == 1
        assert entry(law, "caution", "no-appeal")["text"] == "None at all."

    def test_omit(self) -> None:
        """A law drops what does not fit it."""
        assert "no-appeal" not in ids(made(law='omit = ["no-appeal"]\n' + LAW), "caution")

    def test_change(self) -> None:
        """A law changes some keys of an entry and keeps the others."""
        law = made('[change.ground.know]\nstrength = "contested"\ntitle = "Only {state}"\n')

        assert entry(law, "ground", "know")["strength"] == "contested"
        assert entry(law, "ground", "know")["title"] == "Only Zed"
        assert entry(law, "ground", "know")["kind"] == "right"

    def test_entries_are_dated_as_their_provisions(self) -> None:
        """What rests on a later provision begins with it; its own date comes first."""
        later = DELETE + "in_force_from = 2027-01-01\nin_force_until = 2028-12-31\n"
        law = made(later)
        own = made(later, "[change.ground.gone]\nin_force_from = 2027-06-01\n")

        assert entry(law, "ground", "gone")["in_force_from"] == dt.date(2027, 1, 1)
        assert entry(law, "ground", "gone")["in_force_until"] == dt.date(2028, 12, 31)
        assert "in_force_from" not in entry(law, "ground", "know")
        assert entry(own, "ground", "gone")["in_force_from"] == dt.date(2027, 6, 1)

    def test_filled_texts_remember_their_pattern(self) -> None:
        """A translation is made of the pattern, once for all laws of the model."""
        _, phrases = filled()

        assert phrases["Access in Zed"] == ("Access in {state}", {"state": "Zed"})
        assert "Refused" not in phrases


class TestFaults:
    """What a law cannot say to its model, and where the message points."""

    def test_unknown_model(self) -> None:
        """The nearest name is proposed."""
        said = faults(law=LAW.replace('model = "like"', 'model = "liek"'))

        assert "zz.toml" in said
        assert "there is no model 'liek'" in said
        assert "like" in said.partition("'liek'")[2]

    @pytest.mark.parametrize("key", ['role = "acess"', 'roles = ["access", "acess"]'])
    def test_unknown_role(self, key: str) -> None:
        """A role that the model does not have is refused, with the nearest one."""
        said = faults(law=LAW.replace('role = "access"', key))

        assert "there is no role 'acess' in the model" in said
        assert "access" in said

    def test_unknown_role_in_the_model(self) -> None:
        """A model that cites a role it does not declare names the entry."""
        said = faults(model=MODEL.replace('"@access", "@appeal?"', '"@acces"'))

        assert "ground 'refused' of the model" in said
        assert "'@acces'" in said

    def test_value_without_a_place(self) -> None:
        """A misspelt value does not vanish silently."""
        said = faults(law=LAW.replace("days = 45", "days = 45\nmony_only = true"))

        assert "no place for the value 'mony_only'" in said
        assert "money_only" in said

    def test_missing_value_of_the_head(self) -> None:
        """The head of a law is never left out: what it lacks is asked for."""
        said = faults(law=LAW.replace('region = "US-ZZ"\n', ""))

        assert "cannot say 'applies'" in said
        assert "region" in said

    def test_omit_unknown(self) -> None:
        """To omit what is not there is a fault."""
        assert "omits 'no-apeal'" in faults(law='omit = ["no-apeal"]\n' + LAW)

    def test_change_unknown_entry(self) -> None:
        """To change what is not there is a fault."""
        said = faults('[change.ground.knows]\ntitle = "x"\n')

        assert "changes ground 'knows'" in said
        assert "know" in said

    def test_change_unknown_kind(self) -> None:
        """To change a kind of entry that does not exist is a fault."""
        assert "changes a 'grund'" in faults('[change.grund.know]\ntitle = "x"\n')


PART = """
[part]
of = "us-zz"
words = "more"

[[ground]]
id = "added"
title = "Added"
when = "default_on"
provisions = ["§ 1"]
demands = ["for-parts"]
strength = "settled"
sources = ["act"]
checked = 2026-01-05

[[ground.counter]]
says = "No."
sources = ["act"]
"""


def folder(path: Path, **files: str) -> Path:
    """Write a folder of jurisdiction files."""
    for name, text in {"model": MODEL, "zz": LAW, **files}.items():
        path.joinpath(f"{name}.toml").write_text(text, encoding="utf-8")
    return path


class TestFolder:
    """Models and parts as they are loaded."""

    def test_a_model_is_no_law(self, tmp_path: Path) -> None:
        """Only the law made from it is in the library, with the words of the model."""
        laws = load(folder(tmp_path)).laws

        assert list(laws) == ["us-zz"]
        assert {ground.words for ground in laws["us-zz"].file.grounds} == {"like"}

    def test_a_part_joins_a_law_made_from_a_model(self, tmp_path: Path) -> None:
        """Its grounds have words of their own; provisions of the model can be cited."""
        law = load(folder(tmp_path, part=PART)).laws["us-zz"]
        words = {ground.id: ground.words for ground in law.file.grounds}

        assert words == {"know": "like", "refused": "like", "added": "more"}

    def test_a_part_of_an_unknown_law(self, tmp_path: Path) -> None:
        """A part without its law is named, with the nearest law."""
        with pytest.raises(LawError) as caught:
            load(folder(tmp_path, part=PART.replace("us-zz", "us-zy")))

        assert "part.toml: is part of unknown law 'us-zy'" in str(caught.value)
        assert "us-zz" in str(caught.value)

    def test_a_fault_of_a_part_names_the_part(self, tmp_path: Path) -> None:
        """A wrong citation points to the file that has it."""
        with pytest.raises(LawError) as caught:
            load(folder(tmp_path, part=PART.replace('["§ 1"]', '["§ 9"]')))

        assert "part.toml, ground added" in str(caught.value)

    def test_a_fault_of_a_filled_entry_names_it(self, tmp_path: Path) -> None:
        """A wrong value shows in the law that gives it, with the entry it spoils."""
        with pytest.raises(LawError) as caught:
            load(folder(tmp_path, zz=LAW.replace("days = 45", 'days = "some"')))

        assert "zz.toml, clock answer" in str(caught.value)
