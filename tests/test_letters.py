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
from complaintkit.assessment import State
from complaintkit.errors import InputError, NoLawError, OutputError, TemplateError
from complaintkit.facts import Case
from complaintkit.law import library
from complaintkit.letters import FORMATS
from complaintkit.view import STEPS
from complaintkit.vocabulary import Fault, Practice, StepEvent, StepKind, Wish

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaintkit.letters import Letter

ON = dt.date(2026, 11, 24)
DEMANDS = '<ol class="demands">'
CASES = sorted(path.stem for path in (Path(__file__).parent / "cases").glob("*.toml"))


def letters_of(case: Case, *routes: str) -> tuple[Letter, ...]:
    """Draft the letters of a case on the day of these tests."""
    return draft(assess(case, on=ON), language="en", routes=routes or None)


REPLIES = {
    law.head.id
    for law in library().laws.values()
    if any(route.document == "reply" for route in law.file.routes)
}
"""The laws that provide for a reply to an answer."""

EXPECTED = {
    "uk-access-id-copy": {
        "reply": [
            "Your answer of 12 November 2026 to my letter of 2 November 2026",
            "Harbour Loans Ltd",
            "how my request of 2 November 2026 was dealt with",
            "Art. 12(6) UK GDPR",
            "Art. 12(5) UK GDPR",
            "I offer a milder proof",
            "I have agreed to no fee",
            "ends on 2 December 2026 (Art. 12(3), Art. 12A UK GDPR)",
            "a complaint to you as the controller (s. 164A DPA 2018)",
        ],
    },
    "uk-breach": {
        "request": [
            "Request for access and compensation",
            "a breach of the security of my personal data",
            "UK GDPR; DPA 2018",
            "Art. 34(1), Art. 34(2) UK GDPR",
            "24 December 2026",
            "30 September 2026: It happened",
        ],
    },
    "de-access-incomplete": {
        "complaint": ["Bayerisches Landesamt", "14 September 2026", "9 October 2026", "Art. 15(3)"],
    },
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
if "eu-gdpr" in REPLIES:
    EXPECTED["de-access-incomplete"]["reply"] = [
        "Your answer of 9 October 2026 to my letter of 14 September 2026",
        "The notes on my complaint of May 2026",
        "I ask for your answer by 8 December 2026.",
    ]
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


def test_a_name_that_ends_in_a_full_stop_gets_no_second_one(
    case_file: Callable[[str], Path],
) -> None:
    """A company called "Inc." or "S.A." ends a sentence with the full stop of its own name."""
    case = Case.load(case_file("uk-linkedin-first"))
    named = case.model_copy(
        update={"controller": case.controller.model_copy(update={"name": "A. Inc.", "service": ""})}
    )

    for letter in letters_of(named):
        assert "A. Inc.." not in " ".join(letter.text().split())


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


def tied(case: Case) -> int:
    """Take each fact away, see its sentences go from every open letter, and count them."""
    checked = 0
    ready = [r for r in assess(case, on=ON).routes if r.state is State.OPEN and r.route.document]
    for letter in letters_of(case, *dict.fromkeys(found.route.id for found in ready)):
        for fact, sentence in sentences(letter.html):
            if fact == "residence" or not sentence:
                continue
            without = assess(case.with_answer(fact, UNANSWERED), on=ON)
            if letter.route and without.route(letter.route).state is State.CLOSED:
                continue
            rest = draft(without, language="en", routes=[letter.route] if letter.route else None)
            remaining = [said for f, said in sentences(rest[0].html) if f == fact]
            assert sentence not in remaining
            checked += 1
    return checked


@pytest.mark.parametrize("name", CASES)
def test_a_sentence_goes_with_its_fact(name: str, case_file: Callable[[str], Path]) -> None:
    """Take a fact away and every sentence that asserted it is gone from every letter."""
    assert tied(Case.load(case_file(name))) > 3


CALM = ("lawyer", "attorney at law", "immediately", "and/or", "(s)", "{{", "{%", "None")


def calm(letter: Letter) -> None:
    """See that a letter has none of the words that a good office does not write."""
    text = letter.text()
    for word in CALM:
        assert word not in text, (letter.route, word)
    assert not re.search(r"\b(will|shall) (sue|win)\b", text)
    assert not re.search(r"[a-z][.;,][A-Z]", text.replace("example.", "")), letter.route
    assert "  " not in re.sub(r"\n\s*", "\n", text).replace("  -", "")


@pytest.mark.parametrize("name", CASES)
def test_letters_are_calm(name: str, case_file: Callable[[str], Path]) -> None:
    """No threat, no promise, no lawyer, no slash words and no leftovers of a template."""
    for letter in letters_of(Case.load(case_file(name))):
        calm(letter)


FACTS = {
    "situation": "I am a nurse and work by night.",
    "harm": "I worry.",
    "wrong_data": "The year is 1984 and not 1948.",
    "decision": "A loan was refused.",
    "pages": "example.org/1",
    "stated_basis": "?",
    "solely_automated": True,
    "no_longer_needed": True,
}
SHORT = re.compile(r"<h2>[^<]*</h2>\s*(<h2>|<section|</body>)|<p>\s*</p>|<[ou]l>\s*</[ou]l>")
LAWS = {"GB-ENG": "GB", "DE-BE": "DE", "CH": "CH"}


def story(place: str, history: tuple[str, ...] = (), /, **facts: object) -> Case:
    """Return a case against a company of the same country; a step is 'what event day [channel]'."""
    country = LAWS[place]
    steps = [
        dict(zip(("what", "event", "date", "channel"), s.split(), strict=False)) for s in history
    ]
    return Case.model_validate(
        {
            "person": {"name": "Ann Lee", "address": ["1 Lane", "Town"], "country": country},
            "controller": {"name": "Acme Ltd", "country": country, "kind": "company"},
            "facts": {"residence": place, "earlier_steps": bool(history), **facts},
            "history": steps,
        }
    )


def check(letter: Letter) -> str:
    """Return the letter on one line, once it is seen to be whole and calm."""
    calm(letter)
    text = " ".join(letter.text().split())
    where = (letter.route, letter.title)
    assert "its own purposes" not in text, where
    if letter.document != "complaint-authority":
        assert not SHORT.search(letter.html), (*where, SHORT.search(letter.html))
    assert not re.search(r"\.\.|\?\.|:\.| [.,;:](?= |$)|,,|;\.", text), where
    assert letter.title[0].isupper(), where
    for item in re.findall(
        r"<li>(.*?)</li>", letter.html.partition(DEMANDS)[2].partition("</ol>")[0], re.DOTALL
    ):
        if item.lstrip().startswith("to "):
            assert len(item.split()) > 3, (where, item)
            assert item.strip()[-1] in ";.", (where, item)
    return text


@pytest.mark.parametrize("place", LAWS)
@pytest.mark.parametrize("practice", list(Practice))
def test_every_practice_with_every_right(practice: Practice, place: str) -> None:
    """Whatever the practice and the right, the letter is whole and says what it is about."""
    for wish in Wish:
        case = story(place, practice=practice, wishes=(wish,), **FACTS)
        assessment = assess(case, on=ON)
        (letter, _sheet) = draft(assessment, language="en", routes=["request"])
        text = check(letter)
        assert "Concerns" in text
        assert "Answer by" in text
        for name in ("company-complaint",) if place == "GB-ENG" else ():
            check(draft(assessment, language="en", routes=[name])[0])


@pytest.mark.parametrize(
    ("practice", "concern"),
    [
        ("breach", "a breach of the security of my personal data"),
        ("wrong_data", "inaccurate data about me"),
        ("search_results", "search results for my name"),
        ("request_handling", "how my request of 2 March 2026 was dealt with"),
        ("ai_training", "the use of my personal data for training artificial intelligence models"),
    ],
)
@pytest.mark.parametrize("route", ["company-complaint", "ico"])
def test_a_complaint_says_what_it_is_about(practice: str, concern: str, route: str) -> None:
    """The table of a complaint names the practice, or the request and its day."""
    case = story("GB-ENG", ("access sent 2026-03-02",), practice=practice, wishes=("copy",))

    assert f"Concerns: {concern} " in check(letters_of(case, route)[0])


@pytest.mark.parametrize(
    ("wishes", "facts", "title"),
    [
        (["copy"], {}, "Request for access to my personal data"),
        (["correct"], {}, "Request for rectification of my personal data"),
        (
            ["restrict"],
            {"wrong_data": "A"},
            "Request for restriction: the use of my personal data for a new purpose",
        ),
        (
            ["copy"],
            {"practice": "breach"},
            "Request for access: a breach of the security of my personal data",
        ),
        (["erase"], {"no_longer_needed": True}, "Request for erasure: the use of my personal"),
        (["move"], {"stated_basis": "consent"}, "Request for a portable copy of"),
        (["stop"], {"stated_basis": "consent"}, "Withdrawal of consent: the use of my"),
        (
            ["stop", "copy"],
            {"stated_basis": "consent"},
            "Withdrawal of consent, and request for access: the use of my personal data for a new",
        ),
        (
            ["stop", "copy"],
            {"stated_basis": "legitimate_interests", "situation": "I am a nurse."},
            "Objection to the use of my personal data for a new purpose, and request for access",
        ),
        (["recipients"], {}, "Request for the names of recipients: the use of my personal data"),
        (["damages"], {"harm": "I lost 40 pounds."}, "Claim for compensation: the use of my"),
        (["human_review"], {"solely_automated": True}, "Request for review of a decision by"),
        (["stop"], {"practice": "search_results"}, "Request to remove search results for my name"),
        (["copy", "correct"], {}, "Request for access and rectification: the use of my"),
        (
            ["copy", "damages"],
            {"practice": "breach", "harm": "I worry."},
            "Request for access and compensation: a breach of the security of my personal data",
        ),
        (["copy"], {"acts_for": "child"}, "Request for access: the use of personal data for a"),
        (["explain"], {"practice": "other"}, "Request for access to my personal data"),
    ],
)
def test_the_title_names_the_right(wishes: list[str], facts: dict[str, object], title: str) -> None:
    """Each right alone and together with others has a title that a registry can file by."""
    case = story("GB-ENG", **{"practice": "new_use", "wishes": wishes, **facts})

    letter = letters_of(case, "request")[0]

    check(letter)
    assert letter.title.startswith(title)


@pytest.mark.parametrize(
    ("acts_for", "words"),
    [
        ("child", "I write as parent or guardian of my child"),
        ("other_person", "I write for another person"),
    ],
)
@pytest.mark.parametrize("route", ["request", "company-complaint"])
def test_who_writes_for_another_says_so(acts_for: str, words: str, route: str) -> None:
    """A letter for a child or another person says in whose name it is written, and no more."""
    case = story("GB-ENG", practice="publication", wishes=("erase", "copy"), acts_for=acts_for)

    letter = letters_of(case, route)[0]

    assert words in check(letter)
    assert "my" not in letter.title.split()


def test_all_cited_acts_are_named() -> None:
    """The row of the law names every act that the letter cites, each once."""
    case = story(
        "GB-ENG",
        practice="direct_marketing",
        marketing_channel="email",
        bought_before=False,
        consent_asked="never",
        wishes=("stop", "damages"),
        harm="It cost me sleep.",
    )

    text = check(letters_of(case, "request")[0])

    row = re.search(r"Law: (.*?) Rights exercised", text)
    assert row
    assert set(row[1].split("; ")) == {"UK GDPR", "PECR", "DPA 2018"}


def test_no_right_no_statutory_day() -> None:
    """A letter that uses no right asks for an answer by a day, and claims no rule for it."""
    case = story("GB-ENG", practice="breach", wishes=("damages",), harm="I worry.")

    text = check(letters_of(case, "request")[0])

    assert "I ask for your answer by 24 December 2026." in text
    assert "the time for your answer ends" not in text


REQUESTED = [
    step
    for step in StepKind
    if step
    not in (
        StepKind.REQUEST,
        StepKind.BROKER_DELETION,
        StepKind.APPEAL,
        StepKind.COMPANY_COMPLAINT,
        StepKind.AUTHORITY_COMPLAINT,
    )
]


@pytest.mark.parametrize("step", REQUESTED)
def test_a_reminder_tells_what_was_sent_and_due(step: StepKind) -> None:
    """A reminder names the request, how and when it was sent, its last day and a new one."""
    case = story(
        "GB-ENG",
        (f"{step} sent 2026-10-05 email", f"{step} acknowledged 2026-10-07"),
        practice="other",
        wishes=("stop",),
    )

    letter = letters_of(case)[0]

    text = check(letter)
    assert letter.route == "reminder"
    assert letter.title == "Reminder: my letter of 5 October 2026 to Acme Ltd"
    assert re.search(r"On 5 October 2026 I sent you an? [a-z ]+ by e-mail\.", text)
    assert "You confirmed receipt on 7 October 2026." in text
    assert "5 November 2026" in text
    assert "I ask for your answer by 8 December 2026." in text
    assert "the law allows a complaint to you as the controller (s. 164A DPA 2018)" in text
    assert "to acknowledge my complaint" not in text
    assert "list of events" not in text or f"5 October 2026: {STEPS[step]}: I sent it" in text


def test_a_reminder_joins_what_was_sent_together() -> None:
    """Rights used in one letter are one sentence, and a second letter is another."""
    case = story(
        "GB-ENG",
        (
            "objection sent 2026-09-01 post",
            "objection received 2026-09-03",
            "erasure sent 2026-09-01 post",
            "erasure received 2026-09-03",
            "access sent 2026-10-05 web_form",
        ),
        practice="ai_training",
        wishes=("stop", "erase", "copy"),
    )

    text = check(letters_of(case)[0])

    assert "I sent you an objection and a request for erasure by post. It reached you on" in text
    assert "I sent you a request for access through a form" in text
    assert text.count("I have not received one.") == 2


ACTS = {"GB-ENG": ("uk-gdpr", "UK GDPR"), "DE-BE": ("eu-gdpr", "GDPR"), "CH": ("ch-fadp", "FADP")}


@pytest.mark.parametrize("place", [place for place, (law, _act) in ACTS.items() if law in REPLIES])
@pytest.mark.parametrize("fault", list(Fault))
def test_each_fault_of_an_answer_is_replied_to(fault: Fault, place: str) -> None:
    """The reply tells what was answered, what the law says, what stands, and the new day."""
    case = story(
        place,
        ("access sent 2026-10-12 email", "access partly 2026-11-02 email"),
        practice="request_handling",
        wishes=("copy",),
        answer_faults=(fault,),
        known_to_company=True,
        missing_details="The notes of May.",
    )

    letter = letters_of(case, "reply")[0]

    text = check(letter)
    assert letter.title == "Your answer of 2 November 2026 to my letter of 12 October 2026"
    if place == "GB-ENG" and fault not in ("late", "extension"):
        assert "Besides what is set out below" not in text
    assert f" {ACTS[place][1]})" in text
    assert "My request stands as I sent it" in text
    assert "1. to " in text
    assert "I ask for your answer by 8 December 2026." in text
    assert "the law allows a complaint to" in text
    assert ("I offer a milder proof" in text) == (fault in (Fault.ID_COPY, Fault.EXTRA_DATA))
    assert "answer_faults" in [name for name, _said in sentences(letter.html)]


def test_a_fault_without_a_ground_is_still_named() -> None:
    """Where the company may doubt who writes, the letter claims no fault and offers a proof."""
    case = story(
        "GB-ENG",
        ("access sent 2026-11-02", "access id_demanded 2026-11-12"),
        practice="request_handling",
        wishes=("copy",),
        answer_faults=("id_copy",),
        known_to_company=False,
        identity_doubtful=True,
    )

    text = check(letters_of(case)[0])

    assert "Besides what is set out below: a copy of my identity document is demanded." in text
    assert "I see that there is a reason to make sure who I am." in text
    assert "I offer a milder proof" in text


def test_a_question_is_answered() -> None:
    """A question of the company is answered in the person's own words."""
    case = story(
        "GB-ENG",
        ("access sent 2026-11-02", "access queried 2026-11-12"),
        practice="request_handling",
        wishes=("copy",),
        answer_faults=("extra_data",),
        known_to_company=True,
        missing_details="All e-mails about my order of May 2026.",
    )

    text = check(letters_of(case)[0])

    assert "On 12 November 2026 you asked what I mean. I mean this: All e-mails about" in text


@pytest.mark.parametrize("route", ["company-complaint", "ico"])
def test_a_complaint_tells_what_became_of_a_fault(route: str) -> None:
    """A fault that was made good is told with its day, any other as one that persists."""
    steps = ("access sent 2026-09-01", "access partly 2026-09-20")
    facts = {"practice": "request_handling", "wishes": ("copy",), "answer_faults": ("no_copy",)}

    persisting = check(letters_of(story("GB-ENG", steps, **facts), route)[0])
    done = story("GB-ENG", (*steps, "access complied 2026-11-10"), **facts)
    resolved = check(letters_of(done, route)[0])

    assert "So far as I know, this persists." in persisting
    assert "resolved" not in persisting
    assert "This was resolved on 10 November 2026; it is told for completeness." in resolved
    assert "persists" not in resolved
    if route == "company-complaint":
        assert "to give me access" not in resolved
        assert "Access and information" not in resolved
        assert "to complete the answer" in persisting
        assert "I ask you to examine this complaint" in resolved


@pytest.mark.parametrize(
    ("history", "facts"),
    [
        (
            ("access sent 2026-11-02", "access queried 2026-11-12"),
            {"answer_faults": ("extra_data", "fee"), "known_to_company": True, "story": "S."},
        ),
        (
            ("access sent 2026-11-02", "access id_demanded 2026-11-12"),
            {"answer_faults": ("id_copy",), "identity_doubtful": True, "known_to_company": False},
        ),
        (
            ("erasure sent 2026-10-02", "erasure refused 2026-10-12"),
            {"answer_faults": ("no_reasons",), "acts_for": "child", "missing_details": "M."},
        ),
        (("objection sent 2026-09-02",), {"acts_for": "other_person"}),
    ],
)
def test_a_sentence_of_a_follow_up_goes_with_its_fact(
    history: tuple[str, ...], facts: dict[str, object]
) -> None:
    """In replies and reminders too, no sentence outlives the fact that it asserts."""
    shared = {"relationship": "customer", "data_kinds": ("profile",), "harm": "It hurts."}
    case = story("GB-ENG", history, practice="other", wishes=("copy", "erase"), **shared, **facts)

    assert tied(case) > 0


def test_every_event_can_be_told() -> None:
    """Each event of a request reads as a reply of the company or leaves no trace in it."""
    for event in StepEvent:
        case = story(
            "GB-ENG",
            ("access sent 2026-10-12 email", f"access {event} 2026-10-13"),
            practice="request_handling",
            wishes=("copy",),
            answer_faults=("unclear",),
        )
        for letter in letters_of(case):
            check(letter)


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
        draft(assess(case.with_answer("controller.country", country), on=day), language="en")


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
    from complaintkit import files, rendering  # noqa: PLC0415

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
    monkeypatch.setattr(rendering, "data_dir", lambda _kind: copy)
    rendering.environment.cache_clear()

    try:
        with pytest.raises(TemplateError, match=r"next-steps\.html\.j2.*langage"):
            letters_of(Case.load(case_file("uk-linkedin-first")))
    finally:
        rendering.environment.cache_clear()
