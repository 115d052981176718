"""Which authority is competent, what its law wants in a complaint, what the sheet says first."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from complaintkit.assessment import State
from complaintkit.assessor import assess
from complaintkit.facts import Case
from complaintkit.law import library
from complaintkit.letters import draft
from complaintkit.output import text

if TYPE_CHECKING:
    from complaintkit.assessment import RouteFinding

ON = dt.date(2026, 11, 24)
NATIONAL = {
    "AT": "at-dsb", "BE": "be-apd-gba", "BG": "bg-cpdp", "CY": "cy-commissioner", "CZ": "cz-uoou",
    "DK": "dk-datatilsynet", "EE": "ee-aki", "ES": "es-aepd", "FI": "fi-tsv", "FR": "fr-cnil",
    "GR": "gr-hdpa", "HR": "hr-azop", "HU": "hu-naih", "IE": "ie-dpc", "IS": "is-personuvernd",
    "IT": "it-garante", "LI": "li-dss", "LT": "lt-vdai", "LU": "lu-cnpd", "LV": "lv-dvi",
    "MT": "mt-idpc", "NL": "nl-ap", "NO": "no-datatilsynet", "PL": "pl-uodo", "PT": "pt-cnpd",
    "RO": "ro-anspdcp", "SE": "se-imy", "SI": "si-ip", "SK": "sk-uoou",
}  # fmt: skip
LAENDER = ("BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV", "NI", "NW", "RP", "SH", "SL", "SN",
           "ST", "TH")  # fmt: skip
OWN_NAME = {"company": "de-by-lda", "private_person": "de-by-lda", "regional_body": "de-by-lfd"}


def of_land(land: str, kind: str) -> str:
    """Return the authority of a Land: Bavaria has two."""
    return OWN_NAME[kind] if land == "BY" else f"de-{land.lower()}"


def table() -> list[tuple[str, str, str, str, str]]:
    """Return residence, kind, country and region of the controller, and the authority."""
    rows = [(home, "company", "IE", "?", id_) for home, id_ in NATIONAL.items()]
    rows += [(home, "federal_body", home, "?", id_) for home, id_ in NATIONAL.items()]
    for land in LAENDER:
        rows.append((f"DE-{land}", "company", "IE", "?", of_land(land, "company")))
        rows.append((f"DE-{land}", "regional_body", "DE", "?", of_land(land, "regional_body")))
        other = "DE-BE" if land != "BE" else "DE-HH"
        rows.append((other, "company", "DE", f"DE-{land}", of_land(land, "company")))
        rows.append((other, "regional_body", "DE", f"DE-{land}", of_land(land, "regional_body")))
    rows += [
        ("DE-HH", "private_person", "DE", "DE-BY", "de-by-lda"),
        ("DE-HH", "private_person", "?", "?", "de-hh"),
        ("DE-HH", "company", "DE", "?", "de-hh"),
        ("DE-HH", "?", "DE", "DE-SN", "de-sn"),
        ("DE", "company", "DE", "DE-SN", "de-sn"),
        ("DE-HH", "federal_body", "DE", "DE-SN", "de-bfdi"),
        ("DE", "telecom_post", "DE", "?", "de-bfdi"),
        ("DE-SH", "company", "FR", "?", "de-sh"),
        ("DE-SH", "police", "DE", "DE-SH", "de-sh"),
        ("ES-CT", "company", "ES", "?", "es-aepd"),
        ("IT-62", "private_person", "IT", "?", "it-garante"),
        ("PT-11", "broadcaster", "PT", "?", "pt-cnpd"),
    ]
    return rows


def case_of(residence: str, **more: Any) -> Case:
    """Return a case of a person with a name and an address, ready for a letter."""
    controller = {
        "name": "Company Ltd", "service": "Service", "address": ["1 Road", "Town"],
        "country": "IE", "kind": "company", **more.pop("controller", {}),
    }  # fmt: skip
    facts = {
        "practice": "personalised_ads", "residence": residence, "earlier_steps": False,
        "default_on": True, "wishes": ["stop", "erase"], "stated_basis": "legitimate_interests",
        "interest_named": False, "notice": "never", "practice_began": "2026-05-02",
        "learned_on": "2026-10-01", "situation": "I work as a nurse.", **more.pop("facts", {}),
    }  # fmt: skip
    person = {
        "name": "Alex Example", "address": ["2 Street", "12345 City"], "place": "City",
        "country": residence[:2], "email": "alex@example.org",
    }  # fmt: skip
    return Case.model_validate({"person": person, "controller": controller, "facts": facts, **more})


def complaint(residence: str, **more: Any) -> RouteFinding:
    """Return what becomes of the complaint."""
    return assess(case_of(residence, **more), on=more.pop("on", ON)).route("complaint")


def written(case: Case, on: dt.date = ON, route: str = "complaint") -> tuple[str, str]:
    """Return the complaint and the sheet of next steps as one line of text each."""
    letter, *_, sheet = draft(assess(case, on=on), language="en", routes=[route])
    return " ".join(text.render(letter.html).split()), " ".join(text.render(sheet.html).split())


@pytest.mark.parametrize(("residence", "kind", "country", "region", "expected"), table())
def test_competent(residence: str, kind: str, country: str, region: str, expected: str) -> None:
    """Every country and every Land has its authority, by person, kind and place of the body."""
    controller = {"kind": kind, "country": country, "region": region}

    found = complaint(residence, controller=controller)

    assert found.authority
    assert found.authority.id == expected


@pytest.mark.parametrize("id_", [*NATIONAL.values(), "de-bfdi"])
def test_every_record_says_how_to_file(id_: str) -> None:
    """A national record has languages, channels, a way to find the form or address, and sources."""
    authority = library().authorities[id_]

    assert authority.languages
    assert authority.channels
    assert authority.form or authority.address
    assert authority.sources
    assert authority.leads == authority.country
    assert ("email" in authority.channels) is (authority.email_filing == "yes")


def test_every_land_leads_for_itself() -> None:
    """Every Land has one authority that leads for its private controllers."""
    leads = [a.leads for a in library().authorities.values() if a.leads.startswith("DE-")]

    assert sorted(leads) == [f"DE-{land}" for land in LAENDER]


@pytest.mark.parametrize("kind", ["church", "broadcaster"])
def test_special_bodies_of_germany(kind: str) -> None:
    """Churches and public broadcasters are sent to their own supervisors, and the sheet says so."""
    case = case_of("DE-NW", controller={"kind": kind, "country": "DE", "region": "DE-NW"})
    result = assess(case, on=ON)
    (referral,) = result.referrals

    assert result.route("complaint").state is State.CLOSED
    assert result.route("complaint").reason == referral.ground.refers_to
    sheet = " ".join(text.render(draft(result, language="en")[-1].html).split())
    assert referral.ground.refers_to[:60] in sheet
    assert sheet.index(referral.ground.refers_to[:60]) < sheet.index("Now ---")


def test_no_land() -> None:
    """Without any Land in Germany the reason names what is missing."""
    found = complaint("DE")

    assert found.state is State.CLOSED
    assert "Add the Land or state where you live" in found.reason


def test_facts_still_open() -> None:
    """While facts are unanswered the authority at home is named, and the facts are asked for."""
    case = Case.model_validate({"facts": {"residence": "DE-HH", "practice": "sharing"}})

    found = assess(case, on=ON).route("complaint")

    assert found.authority
    assert found.authority.id == "de-hh"
    assert {"controller.kind", "controller.country"} <= set(found.missing)


class TestLead:
    """The one-stop-shop: filed at home, led where the company is established."""

    @pytest.mark.parametrize(
        ("residence", "controller", "expected"),
        [
            ("AT", {"country": "IE"}, "ie-dpc"),
            ("NL", {"country": "LU"}, "lu-cnpd"),
            ("FR", {"country": "DE", "region": "DE-BY"}, "de-by-lda"),
            ("FR", {"country": "DE", "region": "?"}, None),
            ("PL", {"country": "DE", "region": "DE-NW", "kind": "telecom_post"}, "de-bfdi"),
            ("IE", {"country": "IE"}, None),
            ("FR", {"country": "US"}, None),
            ("FR", {"country": "?"}, None),
            ("FR", {"country": "BE", "kind": "federal_body"}, None),
            ("DE-HH", {"country": "DE", "region": "DE-BY"}, None),
            ("LI", {"country": "AT", "kind": "private_person"}, "at-dsb"),
        ],
    )
    def test_lead(self, residence: str, controller: dict[str, str], expected: str | None) -> None:
        """The authority of the establishment leads; nobody leads at home or for public bodies."""
        found = complaint(residence, controller=controller)

        assert expected == (found.lead.id if found.lead else None)

    def test_in_letter_and_sheet(self) -> None:
        """The letter names the lead authority; the sheet explains it and the other places."""
        letter, sheet = written(case_of("AT"))

        assert "Lead authority: presumably Data Protection Commission (Ireland)" in letter
        assert "Data Protection Commission (Ireland) probably leads the case" in sheet
        assert "You may also complain where you work or where the infringement took place" in sheet

    def test_none(self) -> None:
        """Where nobody leads, nothing is said of it."""
        letter, sheet = written(case_of("AT", controller={"country": "AT"}))

        assert "Lead authority" not in letter
        assert "leads the case" not in sheet


CONTENT = {
    "AT": (
        "(Beschwerde gemäß § 24 DSG)", "§ 24 DSG", "Feststellungsbegehren", "§ 24(2) no. 5 DSG",
        "whether the complaint is in time (§ 24(4) DSG)", "I learned of this on 1 October 2026",
        "It began on 2 May 2026", "right to secrecy under § 1(1) DSG",
        "The rights that I consider infringed",
    ),
    "IT": ("(reclamo)", "Art. 142 Codice privacy", "copy of your valid identity document"),
    "PL": ("(skarga)", "Art. 63 KPA"),
    "ES": ("(reclamación)", "Identity number (DNI, NIE or passport): ___"),
    "HR": ("zahtjev za utvrđivanje povrede prava", "Personal identification number (OIB): ___"),
    "SK": ("(návrh na začatie konania)", "§ 100 zákona č. 18/2018 Z. z."),
    "HU": ("(kérelem)", "to open formal data protection proceedings on this application"),
    "RO": ("(plângere)", "Decision 133/2018", "alex@example.org"),
    "NL": ("(klacht)", "This is a complaint about my own personal data, not a tip."),
    "BE": ("(plainte / klacht)", "Art. 58 LCA"),
    "SI": ("prijavitelj s posebnim položajem",),
    "BG": ("whether the complaint is in time (Art. 38(1) PDPA)",),
    "LT": ("whether the complaint is in time (Art. 27 ADTAĮ)",),
}  # fmt: skip
UNION = (
    "Complainant: Alex Example, 2 Street, 12345 City", "Reached at: alex@example.org",
    "Controller: Company Ltd, 1 Road, Town", "Its service and contacts: Service",
    "processes my own personal data", "1 October 2026: I learned of it",
    "What I asked of the controller", "I have not yet written to the controller about this",
    "What was infringed", "to find that Service infringed the provisions",
    "Article 58(2)(f)", "progress and the outcome within three months", "City, 24 November 2026",
)  # fmt: skip


class TestContent:
    """The complaint has what the law of its authority wants, besides what all of them want."""

    @pytest.mark.parametrize("country", sorted(CONTENT))
    def test_national(self, country: str) -> None:
        """What a national law demands stands in the letter."""
        letter, _ = written(case_of(country))

        for part in CONTENT[country]:
            assert part in letter

    @pytest.mark.parametrize("country", sorted(NATIONAL))
    def test_union(self, country: str) -> None:
        """What any law of the EEA demands stands in every complaint, and no other land's words."""
        letter, _ = written(case_of(country))

        for part in UNION:
            assert part in letter
        assert country == "AT" or "Feststellungsbegehren" not in letter
        assert country == "HR" or "OIB" not in letter

    def test_unknown_days_are_left_to_fill_in(self) -> None:
        """Where time limits run, an unknown day is a line to fill in, and that is told first."""
        letter, sheet = written(case_of("AT", facts={"learned_on": "?"}))

        assert "I learned of this on: ____" in letter
        assert "Add by hand in the letter the days that show it is in time." in sheet

    def test_asked(self) -> None:
        """What was asked of the controller stands there with its days and the rule."""
        history = [{"what": "objection", "event": "sent", "date": "2026-10-02"}]
        case = case_of("FR", history=history, facts={"earlier_steps": True})

        letter, _ = written(case)

        assert "Objection, sent on 2 October 2026. The time for the answer ended on" in letter
        assert "I have received none." in letter

    @pytest.mark.parametrize(
        ("whose", "expected"), [("child", "of my child"), ("other_person", "whose mandate is")]
    )
    def test_for_others(self, whose: str, expected: str) -> None:
        """Whoever acts for a child or another person says so."""
        letter, _ = written(case_of("FR", facts={"acts_for": whose}))

        assert expected in letter
        assert "my own personal data" not in letter


class TestSheet:
    """The sheet of next steps says first what would make a document fail."""

    @pytest.mark.parametrize("country", ["ES", "CY", "GR"])
    def test_own_form_first(self, country: str) -> None:
        """Where only the authority's own form counts, this stands before anything else."""
        _, sheet = written(case_of(country))

        assert "It accepts only its own form" in sheet
        assert sheet.index("It accepts only its own form") < sheet.index("Now ---")

    @pytest.mark.parametrize("country", ["PL", "IT", "SK", "EE", "LV", "BE", "BG", "RO", "ES"])
    def test_signature_first(self, country: str) -> None:
        """Where a signature is wanted, this stands before anything else."""
        _, sheet = written(case_of(country))

        assert sheet.index("Signature:") < sheet.index("Now ---")

    @pytest.mark.parametrize("country", sorted(NATIONAL))
    def test_email(self, country: str) -> None:
        """An e-mailed PDF is offered only where it counts as filing."""
        _, sheet = written(case_of(country))
        filing = library().authorities[NATIONAL[country]].email_filing

        assert (filing == "yes") is ("By e-mail with the PDF attached" in sheet)
        warned = "A PDF sent by ordinary e-mail does not count as filing here." in sheet
        assert (filing == "no") is warned

    @pytest.mark.parametrize(("country", "warned"), [("PL", True), ("IE", False), ("SE", False)])
    def test_language(self, country: str, *, warned: bool) -> None:
        """A language that the authority does not accept is told first."""
        _, sheet = written(case_of(country))

        assert warned is ("It accepts only:" in sheet)

    @pytest.mark.parametrize("country", ["EE", "GR", "MT"])
    def test_no_post(self, country: str) -> None:
        """No postal address is offered where post is no channel."""
        _, sheet = written(case_of(country))
        authority = library().authorities[NATIONAL[country]]

        assert authority.address[0] not in sheet

    def test_warnings_before_notes(self) -> None:
        """Every warning stands first, notes stay below."""
        case = case_of("ES", controller={"kind": "regional_body", "country": "ES"})

        _, sheet = written(case)

        for part in ("APDCAT, AVPD and CTPDA", "A free letter is sent back"):
            assert sheet.index(part) < sheet.index("Now ---")

    def test_barred(self) -> None:
        """A complaint that is barred is told first, with the decision that says so."""
        case = case_of("AT", facts={"learned_on": "2025-11-23", "practice": "sharing"})
        sheet = " ".join(text.render(draft(assess(case, on=ON), language="en")[-1].html).split())

        assert sheet.index("Ro 2023/04/0028") < sheet.index("Now ---")

    def test_goes_on(self) -> None:
        """A use that goes on is not barred in Austria; the limit is told first."""
        _, sheet = written(case_of("AT", facts={"learned_on": "2025-05-10"}))

        assert sheet.index("W176 2245174-1") < sheet.index("Now ---")

    def test_last_day(self) -> None:
        """The last day of the person's own time limit stands among the dates."""
        _, sheet = written(case_of("BG"))

        assert "1 April 2027: A complaint is barred six months after" in sheet

    def test_older_use(self) -> None:
        """A failed request begins the time anew, and what was known before is warned of."""
        history = [
            {"what": "access", "event": "sent", "date": "2026-08-01"},
            {"what": "access", "event": "refused", "date": "2026-08-20"},
        ]
        facts = {"learned_on": "2024-01-10", "earlier_steps": True}

        _, sheet = written(case_of("AT", history=history, facts=facts))

        assert "what you knew before your request ended on 10 January 2025" in sheet
        assert "20 August 2027: A complaint is barred one year after" in sheet

    def test_advice(self) -> None:
        """A limit that only advises is told first and closes nothing."""
        case = case_of("SK", facts={"practice_ended": "2023-01-10", "practice_began": "2022-01-01"})

        _, sheet = written(case)

        assert sheet.index("may be set aside") < sheet.index("Now ---")

    def test_stale(self) -> None:
        """Law that was checked more than a year ago is pointed out first."""
        _, sheet = written(case_of("FR"), on=dt.date(2028, 1, 10))

        assert sheet.index("more than a year ago") < sheet.index("Now ---")

    def test_low_confidence(self) -> None:
        """Where little is certain about an authority, the sheet says so."""
        _, sheet = written(case_of("IS"))

        assert "Little is certain about its rules" in sheet
