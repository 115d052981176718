"""Referrals, delays, lead authorities and time limits of the person: which ways are open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from complaintkit.assessment import Status
from complaintkit.assessor import assess
from complaintkit.errors import LawError
from complaintkit.law import Library, load
from tests.tables import case_of

if TYPE_CHECKING:
    from pathlib import Path

    from complaintkit.assessment import Assessment

ON = dt.date(2026, 11, 24)
LAW = """
[law]
id = "made-up"
family = "eu"
title = "Made-up Act"
short = "MUA"
citation = "Made-up Act 2020"
applies = "residence.country in ('FR', 'DE', 'IE')"
asks_basis = true
sources = ["act"]
checked = 2026-01-20

[[source]]
id = "act"
title = "The Act"
url = "https://law.example/act"
kind = "statute"

[[source]]
id = "gone"
title = "A judgment"
url = "https://law.example/gone"
kind = "decision"
standing = "annulled"

[[provision]]
id = "s. 1"
about = "Everything"
source = "act"

[[ground]]
id = "unlawful"
title = "Unlawful"
when = "default_on"
provisions = ["s. 1"]
strength = "settled"
sources = ["act"]
checked = 2026-01-20

[[ground]]
id = "waiting"
title = "Waiting"
when = "old_data"
provisions = ["s. 1"]
strength = "settled"
sources = ["act"]
checked = 2026-01-20

[[ground]]
id = "press"
title = "The press"
kind = "referral"
when = "controller.sector == 'media'"
refers_to = "Turn to the press council."
closes = ["report"]
provisions = ["s. 1"]
strength = "settled"
sources = ["act"]
checked = 2026-01-20

[[ground]]
id = "company"
title = "Not a person"
kind = "referral"
when = "acts_for == 'company'"
refers_to = "The Act protects people only."
closes = ["*"]
provisions = ["s. 1"]
strength = "settled"
sources = ["act"]
checked = 2026-01-20

[[route]]
id = "request"
title = "Write"
document = "request"
to = "controller"
step = "access"
when = "True"
closed_because = "never"
sources = ["act"]
checked = 2026-01-20

[[route]]
id = "report"
title = "Report"
document = "complaint"
to = "authority"
step = "authority_complaint"
lead = true
when = "True"
closed_because = "never"
after = ["access"]
wait_reason = "It is expected."
sources = ["act"]
checked = 2026-01-20

[[route.delay]]
when = "not request_clear"
reason = "Your letter was not clear. Write again first."

[[route]]
id = "tribunal"
title = "Tribunal"
document = ""
to = "court"
when = "True"
closed_because = "never"
sources = ["act"]
checked = 2026-01-20

[[route.bar]]
period = "6 months"
plus = "28 days"
from = "complaint"
effect = "closes"
text = "Too late."

[[caution]]
id = "press-code"
about = ["press"]
text = "The press has a code."
sources = ["act"]
checked = 2026-01-20

[[caution]]
id = "coming"
about = ["report"]
text = "A new rule applies."
in_force_from = 2027-04-02
sources = ["act"]
checked = 2026-01-20
"""


def office(id_: str, country: str, contact: str, leads: str) -> str:
    """Return the text of an authority."""
    return (
        f'[[authority]]\nid = "{id_}"\ncountry = "{country}"\n'
        f'when = "residence.country == \'{country}\'"\nname = "{id_}"\n'
        'languages = ["en"]\nemail_filing = "yes"\nsources = ["https://office.example"]\n'
        f'confidence = "high"\nchecked = 2026-01-20\nprior_contact = "{contact}"\n'
        f'leads = "{leads}"\n'
    )


OFFICES = office("paris", "FR", "expected", "FR") + office("dublin", "IE", "not_required", "IE")
HAMBURG = office("hamburg", "DE", "expected", "DE-HH")


def made(folder: Path, law: str = LAW) -> Library:
    """Write a law and its authorities into a folder and load them."""
    (folder / "act.toml").write_text(law, encoding="utf-8")
    (folder / "offices.toml").write_text(OFFICES + HAMBURG, encoding="utf-8")
    return load(folder)


@pytest.fixture
def judge(tmp_path: Path) -> Any:
    """Return a way to assess a French case in one line."""
    library = made(tmp_path)

    def run(*history: str, on: dt.date = ON, **facts: Any) -> Assessment:
        named = {key.replace("__", "."): value for key, value in facts.items()}
        known = {"residence": "FR", "earlier_steps": False, **named}
        return assess(case_of({"facts": known, "history": history}), on=on, library=library)

    return run


class TestReferrals:
    """What sends the person elsewhere."""

    def test_closes_its_route(self, judge: Any) -> None:
        """A referral closes the routes it names, tells where to turn, and leaves the others."""
        result = judge(default_on=True, controller__sector="media")

        assert [finding.ground.id for finding in result.referrals] == ["press"]
        assert str(result.route("report")) == "closed"
        assert result.route("report").reason == "Turn to the press council."
        assert str(result.route("request")) == "open"
        assert result.finding("unlawful").status is Status.HOLDS
        assert [item.caution.id for item in result.cautions] == ["press-code"]

    def test_takes_the_case_out_of_the_law(self, judge: Any) -> None:
        """Where the law does not apply at all, nothing holds, nothing is open, nothing is live."""
        result = judge(default_on=True, acts_for="company")

        assert result.finding("unlawful").status is Status.DISPLACED
        assert result.finding("waiting").status is Status.DISPLACED
        assert result.finding("unlawful").displaced_by.ground == "company"
        assert result.live == ()
        assert {str(route) for route in result.routes} == {"closed"}

    @pytest.mark.parametrize("answer", ["self", "?"])
    def test_only_if_it_holds(self, judge: Any, answer: str) -> None:
        """A referral that fails or is open closes nothing and is never pleaded."""
        result = judge(default_on=True, acts_for=answer)

        assert result.referrals == ()
        assert [finding.ground.id for finding in result.live] == ["unlawful"]

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ('refers_to = "Turn to the press council."\n', "", "does not say where to turn"),
            ('closes = ["report"]', 'closes = ["reprot"]', "closes unknown route 'reprot'"),
            ('kind = "referral"\nwhen = "acts', 'when = "acts', "closes routes but is no referral"),
        ],
    )
    def test_faults(self, old: str, new: str, says: str, tmp_path: Path) -> None:
        """A referral that leads nowhere, or closes what is not there, is refused."""
        with pytest.raises(LawError, match=says):
            made(tmp_path, LAW.replace(old, new))


class TestRoutes:
    """What else decides whether a route is open."""

    def test_put_off(self, judge: Any) -> None:
        """A route whose time has come is put off while its reason to wait is true."""
        steps = ("access sent 2026-10-01", "access refused 2026-10-20")

        assert str(judge(*steps, request_clear=True).route("report")) == "open"
        assert str(judge(*steps).route("report")) == "open"
        late = judge(*steps, request_clear=False).route("report")
        assert str(late) == "later"
        assert late.reason == "Your letter was not clear. Write again first."

    def test_no_contact_required(self, judge: Any) -> None:
        """Where the authority does not ask for a letter first, the route is open at once."""
        assert str(judge(residence="FR").route("report")) == "later"
        assert str(judge(residence="IE").route("report")) == "open"

    @pytest.mark.parametrize(
        ("residence", "country", "region", "lead"),
        [
            ("FR", "IE", "?", "dublin"),
            ("FR", "FR", "?", None),
            ("FR", "US", "?", None),
            ("FR", "DE", "DE-HH", "hamburg"),
            ("FR", "DE", "?", None),
            ("FR", "?", "?", None),
        ],
    )
    def test_lead(
        self, judge: Any, residence: str, country: str, region: str, lead: str | None
    ) -> None:
        """The authority of the company's country leads, if it is another and is known."""
        result = judge(residence=residence, controller__country=country, controller__region=region)

        found = result.route("report").lead
        assert (found.id if found else None) == lead

    @pytest.mark.parametrize(("day", "state"), [(2, "open"), (3, "closed")])
    def test_two_periods(self, judge: Any, day: int, state: str) -> None:
        """A time limit of six months and 28 days after the complaint ends on its last day."""
        result = judge("authority_complaint sent 2026-05-04", on=dt.date(2026, 12, day))

        found = result.route("tribunal")
        assert found.bars[0].last == dt.date(2026, 12, 2)
        assert str(found) == state

    @pytest.mark.parametrize(("on", "warned"), [("2027-04-01", False), ("2027-04-02", True)])
    def test_dated_caution(self, judge: Any, on: str, *, warned: bool) -> None:
        """A caution is told from the day on which it applies."""
        result = judge(on=dt.date.fromisoformat(on))

        assert ("coming" in [item.caution.id for item in result.cautions]) is warned

    @pytest.mark.parametrize(("on", "stale"), [("2027-01-20", False), ("2027-01-21", True)])
    def test_stale(self, judge: Any, on: str, *, stale: bool) -> None:
        """An assessment that rests on law checked more than a year ago says so."""
        assert judge(on=dt.date.fromisoformat(on)).stale is stale


def test_no_ground_rests_on_what_was_annulled(tmp_path: Path) -> None:
    """A judgment that was annulled may be told of in a caution and carries no ground."""
    caution = 'text = "The press has a code."\nsources = '
    made(tmp_path, LAW.replace(f'{caution}["act"]', f'{caution}["gone"]'))

    ground = 'strength = "settled"\nsources = '
    with pytest.raises(LawError, match="rests on 'gone', which was annulled"):
        made(tmp_path, LAW.replace(f'{ground}["act"]', f'{ground}["gone"]', 1))


def test_contradictions_name_grounds(tmp_path: Path) -> None:
    """Grounds that contradict each other must exist."""
    made(tmp_path, f'{LAW}\n[[contradiction]]\ngrounds = ["unlawful", "waiting"]\nbecause = "x"\n')

    with pytest.raises(LawError, match="is no ground of this law"):
        made(tmp_path, f'{LAW}\n[[contradiction]]\ngrounds = ["unlawful", "lost"]\nbecause = "x"\n')


@pytest.mark.parametrize(
    ("facts", "law"),
    [
        ({"marketing_channel": "text", "no_call_list": True}, "us-tcpa"),
        ({"marketing_channel": "text"}, "us-tcpa"),
        ({"marketing_channel": "post"}, "us-fl"),
    ],
)
def test_a_special_law_that_gives_a_right_goes_first(facts: dict[str, Any], law: str) -> None:
    """Of several laws with a request, that of the channel leads if it gives a right there."""
    asked = {"residence": "US-FL", "practice": "direct_marketing", "wishes": ["stop"]}
    case = case_of({"facts": {**asked, **facts}})

    first = next(found for found in assess(case, on=ON).routes if found.route.id == "request")

    assert first.law.head.id == law
