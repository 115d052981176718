"""The wizard: whole conversations, typed key by key into a terminal or line by line."""

from __future__ import annotations

import datetime as dt
import signal
import stat
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from complaintkit.answers import NOT_KNOWN, UNANSWERED, WITHHELD, Unknown, known
from complaintkit.catalogue import CATALOGUE
from complaintkit.facts import Case, Controller
from complaintkit.interview import companies
from complaintkit.interview.letterhead import IDENTITY
from complaintkit.interview.questions import question_of
from complaintkit.interview.wizard import Interrupted, Terminal, run
from complaintkit.law import Library, load
from complaintkit.respondents import ControllerFile
from complaintkit.vocabulary import DataKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from complaintkit.interview.prompts import Prompt

ON = dt.date(2026, 11, 24)
CASES = Path(__file__).parent / "cases"
DOWN, ENTER, BACK, CTRL_C, CTRL_D, ESC = "\x1b[B", "\r", "\x02", "\x03", "\x04", "\x1b"
OFFER = "Is it one of these?"
SURE = "Does its privacy notice name the same company?"
NAMES = {question_of(Case(), name).prompt: name for name in [*CATALOGUE, *IDENTITY]}


class Typist(Terminal):
    """A terminal at which a script types: keys for each question, by its name or its words."""

    def __init__(self, pipe: PipeInput, keys: Callable[[str, Prompt], str]) -> None:
        """Type what ``keys`` returns for a question."""
        self.pipe, self.script = pipe, keys
        self.asked: list[str] = []
        self.said: list[str] = []

    def say(self, text: str, *, strong: bool = False) -> None:
        """Remember what was said."""
        super().say(text, strong=strong)
        self.said.append(text)

    def ask(self, prompt: Prompt) -> object:
        """Type, and ask as ever."""
        name = NAMES.get(prompt.message, prompt.message)
        self.asked.append(name)
        self.pipe.send_text(self.script(name, prompt))
        return super().ask(prompt)


@pytest.fixture(scope="session")
def law() -> Library:
    """Return a small law that does not change when the real ones do."""
    return load(Path(__file__).parent / "interview")


@pytest.fixture
def pipe() -> Iterator[PipeInput]:
    """Return the keyboard of a terminal whose screen nobody sees; it never waits for long."""

    def give_up(*_args: object) -> None:
        pytest.fail("the wizard waits for a key that nobody presses")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(20)
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
        yield keyboard
    signal.alarm(0)


def pick(prompt: Prompt, *wanted: str) -> str:
    """Return the keys that choose some entries of a list."""
    keys = [option.key for option in prompt.options]
    keys += [*(("?", "-") if prompt.unsure else ()), *(("why",) if prompt.why else ())]
    start = keys.index(prompt.default[0]) if prompt.default and prompt.shape == "one" else 0
    if prompt.shape == "one":
        return DOWN * ((keys.index(wanted[0]) - start) % len(keys)) + ENTER
    if wanted[0] in ("?", "-", "why"):
        return DOWN * keys.index(wanted[0]) + ENTER
    return "".join((" " if key in wanted else "") + DOWN for key in keys) + ENTER


def keys_for(prompt: Prompt, value: object) -> str:
    """Return the keys that give an answer."""
    if isinstance(value, Unknown):
        return pick(prompt, value.value) if prompt.options else value.value + ENTER
    if prompt.options:
        if isinstance(value, bool):
            return pick(prompt, "yes" if value else "no")
        return pick(prompt, *(map(str, value) if isinstance(value, tuple) else (str(value),)))
    text = "\n".join(value) if isinstance(value, tuple) else str(value)
    clear = "\x15" if prompt.default else ""  # Ctrl-U takes out the text that is offered
    if prompt.shape == "long":
        return f"\x1b[200~{text}\n\x1b[201~{ENTER}" if text else ENTER
    return clear + text + ENTER


def like(source: Case, **other: str) -> Callable[[str, Prompt], str]:
    """Return a script that answers as a case does; ``other`` has the keys of some choices."""

    def keys(name: str, prompt: Prompt) -> str:
        if name == "Is everything right?":
            return pick(prompt, other.get("right", "stop"))
        if name == OFFER:
            return pick(prompt, other.get("company", prompt.options[0].key))
        if name not in NAMES.values():
            raise AssertionError(name)
        value = question_of(source, name).default
        if not known(value) and not isinstance(value, Unknown):
            return ENTER
        return keys_for(prompt, NOT_KNOWN if value is UNANSWERED else value)

    return keys


@pytest.mark.parametrize("name", ["uk-linkedin-first", "de-meta-religion"])
def test_whole_conversation(pipe: PipeInput, tmp_path: Path, name: str) -> None:
    """Typing the answers of a case gives that case, in a file for its owner's eyes only."""
    source, path = Case.load(CASES / f"{name}.toml"), tmp_path / "case.toml"
    face = Typist(pipe, like(source))

    outcome = run(path, on=ON, face=face)

    assert not outcome.write
    assert outcome.case == Case.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(face.asked) == len(set(face.asked))
    for asked in (item for item in face.asked if item in NAMES.values()):
        given, wanted = (question_of(case, asked).default for case in (outcome.case, source))
        assert given == (NOT_KNOWN if wanted is UNANSWERED else wanted), asked


def test_campaign_spares_questions(pipe: PipeInput, tmp_path: Path) -> None:
    """What a campaign knows of the company and the story is filled in and not asked."""
    source, path = Case.load(CASES / "de-meta-religion.toml"), tmp_path / "case.toml"
    face = Typist(pipe, like(source, right="write"))

    outcome = run(path, on=ON, campaign="linkedin-ai-training", face=face)

    assert outcome.write
    assert outcome.case.controller.country == "IE"
    assert not {"practice", "default_on", "controller.name"} & set(face.asked)
    assert any("LinkedIn" in text for text in face.said)


def test_moving_house_in_a_campaign_takes_its_facts_along(pipe: PipeInput, tmp_path: Path) -> None:
    """Going back to another residence gives that place's company and events, and only those."""
    places = iter(["Berlin", "England"])
    first = iter([BACK])

    def keys(name: str, prompt: Prompt) -> str:
        if name == "residence":
            return keys_for(prompt, next(places))
        return next(first, CTRL_C)

    path = tmp_path / "case.toml"
    with pytest.raises(Interrupted):
        run(path, on=ON, campaign="linkedin-ai-training", face=Typist(pipe, keys))
    case = Case.load(path)
    assert case.controller.country == "US"
    assert case.facts.practice_began is UNANSWERED
    assert {event.date.year for event in case.events} <= {2024, 2025}
    assert not [event for event in case.events if "setting was on by default" in event.text]


def script(*pairs: tuple[str, object]) -> Callable[[str, Prompt], str]:
    """Return a script that expects questions in an order: raw keys, or a value to answer with."""
    left = list(pairs)

    def keys(name: str, prompt: Prompt) -> str:
        if not left:
            return CTRL_C
        expected, value = left.pop(0)
        assert name == expected
        raw = isinstance(value, str) and value.startswith("keys:")
        return value.removeprefix("keys:") if raw else keys_for(prompt, value)

    return keys


def interrupted(
    pipe: PipeInput, path: Path, law: Library, *pairs: tuple[str, object]
) -> tuple[Case, Typist]:
    """Play a script, then press Ctrl-C; return the saved case and the face."""
    face = Typist(pipe, script(*pairs))
    with pytest.raises(Interrupted) as caught:
        run(path, on=ON, face=face, library=law)
    assert caught.value.exit_code == 130
    assert str(path) in str(caught.value)
    return Case.load(path), face


FIRST = (("residence", "England, UK"), ("practice", "ai_training"))


@pytest.mark.parametrize("key", [BACK, ESC])
def test_back_offers_the_earlier_answer(
    pipe: PipeInput, tmp_path: Path, law: Library, key: str
) -> None:
    """Ctrl-B and Esc put the question before again, with its answer as the default."""
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *FIRST,
        ("data_kinds", f"keys:{key}"),
        ("practice", f"keys:{key}"),
        ("residence", f"keys:{ENTER}"),
        ("data_kinds", f"keys:{key}"),
        ("practice", "keys:" + DOWN + ENTER),
        ("data_kinds", ("posts", "photos")),
    )
    assert case.facts.residence == "GB-ENG"
    assert case.facts.practice == "ai_output"
    assert case.facts.data_kinds == ("posts", "photos")


def test_back_at_the_first_question_stays_there(
    pipe: PipeInput, tmp_path: Path, law: Library
) -> None:
    """There is nothing before the first question, and the person is told so."""
    _, face = interrupted(pipe, tmp_path / "case.toml", law, ("residence", f"keys:{BACK}"), *FIRST)
    assert "This is the first question." in face.said


def test_why_names_the_grounds_that_wait(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """'Why do you ask?' tells titles and provisions, and asks again; typed it works as well."""
    _, face = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *FIRST,
        ("data_kinds", "keys:" + DOWN * (len(DataKind) + 2) + ENTER),
        ("data_kinds", ("health",)),
        ("sensitive_item", "why"),
        ("sensitive_item", "my diary"),
    )
    reasons = [text for text in face.said if "Your answer decides about" in text]
    assert len(reasons) == 2
    assert all("It needs your consent (s. 2 Test Act)" in text for text in reasons)


def test_not_sure_and_rather_not_say_are_answers(
    pipe: PipeInput, tmp_path: Path, law: Library
) -> None:
    """Both are kept as such, in lists and typed, and the questions do not come again."""
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *FIRST,
        ("data_kinds", NOT_KNOWN),
        ("sensitive_item", WITHHELD),
        ("stated_basis", NOT_KNOWN),
        ("earlier_steps", WITHHELD),
        ("situation", NOT_KNOWN),
        ("practice_began", NOT_KNOWN),
        ("learned_on", "yesterday"),
    )
    assert case.facts.data_kinds is NOT_KNOWN
    assert case.facts.sensitive_item is WITHHELD
    assert case.facts.earlier_steps is WITHHELD
    assert case.facts.situation is NOT_KNOWN
    assert case.facts.learned_on == dt.date(2026, 11, 23)


@pytest.mark.parametrize("end", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("last", ["residence", "practice", "data_kinds", "sensitive_item"])
def test_stopping_keeps_every_answer(
    pipe: PipeInput, tmp_path: Path, law: Library, end: str, last: str
) -> None:
    """Ctrl-C and Ctrl-D end the conversation at any prompt; what was answered is in the file."""
    pairs = (*FIRST, ("data_kinds", ("health",)), ("sensitive_item", ""))
    names = [name for name, _ in pairs]
    before = pairs[: names.index(last)]
    path = tmp_path / "case.toml"
    with pytest.raises(Interrupted):
        run(path, on=ON, face=Typist(pipe, script(*before, (last, f"keys:{end}"))), library=law)
    assert path.exists() is bool(before)
    if before:
        case = Case.load(path)
        assert all(known(case.answer(name)) for name, _ in before)
        assert case.answer(last) is UNANSWERED


def test_resume_asks_nothing_twice(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """A second run says that it goes on, and begins with the first open question."""
    path = tmp_path / "case.toml"
    interrupted(pipe, path, law, *FIRST, ("data_kinds", ("posts",)))
    _, face = interrupted(pipe, path, law, ("stated_basis", "consent"), ("earlier_steps", False))
    assert any("Going on with" in text for text in face.said)


def test_back_works_across_a_resume(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """After going on, 'back' reaches the answers of the time before."""
    path = tmp_path / "case.toml"
    interrupted(pipe, path, law, *FIRST, ("data_kinds", ("posts",)))
    case, _ = interrupted(
        pipe,
        path,
        law,
        ("stated_basis", f"keys:{BACK}"),
        ("data_kinds", f"keys: {ENTER}"),
    )
    assert case.facts.data_kinds == ("profile", "posts")


HISTORY_START = (*FIRST, ("data_kinds", ("posts",)), ("stated_basis", "consent"))
STEP = (
    ("What was it?", "objection"),
    ("What happened with it?", "sent"),
    ("On which day?", "1 March 2026"),
    ("How was it sent?", "email"),
    ("What proves it?", "the e-mail"),
)
MORE = "Is there anything else to tell?"


def test_history_is_told_step_by_step(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """Each step is saved when it is complete; 'back' goes from part to part."""
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *HISTORY_START,
        ("earlier_steps", True),
        *STEP[:3],
        ("How was it sent?", f"keys:{BACK}"),
        *STEP[2:],
        (MORE, "add"),
        ("What was it?", "objection"),
        ("What happened with it?", "refused"),
        ("On which day?", "2026-03-20"),
        ("How was it sent?", NOT_KNOWN),
        ("What proves it?", ""),
        (MORE, "done"),
    )
    sent, refused = case.history
    assert (sent.date, str(sent.channel), sent.proof) == (
        dt.date(2026, 3, 1),
        "email",
        "the e-mail",
    )
    assert (str(refused.event), refused.channel) == ("refused", None)


def test_history_refuses_an_answer_before_its_question(
    pipe: PipeInput, tmp_path: Path, law: Library
) -> None:
    """A refusal dated before the objection is not kept, and the person is told why."""
    case, face = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *HISTORY_START,
        ("earlier_steps", True),
        *STEP,
        (MORE, "add"),
        ("What was it?", "objection"),
        ("What happened with it?", "refused"),
        ("On which day?", "2026-02-01"),
        ("How was it sent?", "email"),
        ("What proves it?", ""),
        (MORE, "done"),
    )
    assert len(case.history) == 1
    assert any("cannot come before" in text for text in face.said)


def test_history_ends_where_the_day_is_not_known(
    pipe: PipeInput, tmp_path: Path, law: Library
) -> None:
    """A step without its day is not noted, and the conversation goes on."""
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *HISTORY_START,
        ("earlier_steps", True),
        *STEP[:2],
        ("On which day?", NOT_KNOWN),
        ("practice_began", "2026-01-01"),
    )
    assert case.history == ()


def test_taking_back_earlier_steps(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """Who says afterwards that there were no steps is shown those noted, and can take them out."""
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *HISTORY_START,
        ("earlier_steps", True),
        *STEP,
        (MORE, f"keys:{BACK}"),
        ("earlier_steps", False),
        (MORE, "remove"),
        ("practice_began", NOT_KNOWN),
    )
    assert case.history == ()
    assert case.facts.earlier_steps is False


def test_review_lets_an_answer_be_changed(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """After the last question an answer is changed by its label; then the letters are written."""
    path = tmp_path / "case.toml"
    case = Case.load(CASES / "uk-linkedin-first.toml").with_answer("practice_began", NOT_KNOWN)
    controller = case.controller.model_copy(update={"email": "dpo@example.org"})
    case.model_copy(update={"controller": controller}).save(path)
    face = Typist(
        pipe,
        script(
            ("Is everything right?", "change"),
            ("Which answer?", "situation"),
            ("situation", "keys:" + " And so on." + ENTER + ENTER),
            ("Is everything right?", "write"),
        ),
    )

    outcome = run(path, on=ON, face=face, library=law)

    assert outcome.write
    assert str(outcome.case.facts.situation).endswith("And so on.")
    review = "\n".join(face.said)
    assert "Residence: England, UK" in review
    assert "You may object" in review
    assert "Object to the company" in review


def test_empty_lists_and_mixed_marks_are_refused(
    pipe: PipeInput, tmp_path: Path, law: Library
) -> None:
    """A list needs a mark, and 'not sure' cannot stand beside an answer."""
    mixed = "keys:" + ENTER + " " + DOWN * len(DataKind) + " " + ENTER + " " + ENTER
    case, _ = interrupted(pipe, tmp_path / "case.toml", law, *FIRST, ("data_kinds", mixed))
    assert [str(kind) for kind in case.facts.data_kinds] == ["profile"]


def test_pasted_lines_become_one(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """Two lines pasted into a field of one line are joined."""
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *FIRST,
        ("data_kinds", ("health",)),
        ("sensitive_item", "keys:\x1b[200~my\r\n diary\x1b[201~" + ENTER),
    )
    assert case.facts.sensitive_item == "my diary"


def test_a_long_text_ends_with_an_empty_line(pipe: PipeInput, tmp_path: Path, law: Library) -> None:
    """Enter makes a new line, and a second one ends the text."""
    start = [("data_kinds", ("posts",)), ("stated_basis", "legitimate_interests")]
    typed = "keys:" + f"I am a nurse.{ENTER}I wrote there.{ENTER}{ENTER}"
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        law,
        *FIRST,
        *start,
        ("earlier_steps", False),
        ("situation", typed),
    )
    assert case.facts.situation == "I am a nurse.\nI wrote there."


TABLE = """
[[controller]]
id = "agora"
service = "Agora"
aliases = ["Forum Romanum"]

[[controller.entity]]
for = ["GB", "IE"]
note = "Not the US company."
sources = ["https://agora.example"]
checked = 2026-11-24

[controller.entity.controller]
name = "Agora Ireland Limited"
address = ["1 Quay", "Dublin"]
email = "privacy@agora.example"
country = "IE"
kind = "company"
sector = "online_service"
small = false

[[controller.entity]]
for = ["FR"]
verified = false
note = "Read in a newspaper."
sources = ["https://agora.example"]
checked = 2026-11-24

[controller.entity.controller]
name = "Agora SAS"
country = "FR"
kind = "company"
"""


@pytest.fixture(scope="session")
def table(law: Library) -> Library:
    """Return the small law with a small table of companies."""
    known = ControllerFile.model_validate(tomllib.loads(TABLE)).controllers
    return Library(tuple(law.laws.values()), (), {}, known)


SERVICE = "controller.service"


def test_a_known_company_is_offered_and_filled_in(
    pipe: PipeInput, tmp_path: Path, table: Library
) -> None:
    """The company is asked for early, and its data are told with their day and not asked for."""
    case, face = interrupted(
        pipe,
        tmp_path / "case.toml",
        table,
        *FIRST,
        (SERVICE, "forum romanum"),
        (OFFER, "why"),
        (OFFER, "agora"),
        ("data_kinds", ("posts",)),
    )
    assert case.controller.name == "Agora Ireland Limited"
    assert case.controller.service == "Forum Romanum"
    assert (case.controller.country, str(case.controller.sector)) == ("IE", "online_service")
    said = "\n".join(face.said)
    assert "24 November 2026" in said
    assert "1 Quay" in said
    assert "Not the US company." in said


@pytest.mark.parametrize("service", ["Agora", "Something else"])
def test_a_company_that_is_not_in_the_list_is_asked_for_as_ever(
    pipe: PipeInput, tmp_path: Path, table: Library, service: str
) -> None:
    """'None of these', and a name the table has not, leave only what the person typed."""
    offer = [(OFFER, "none")] if service == "Agora" else []
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        table,
        *FIRST,
        (SERVICE, service),
        *offer,
        ("data_kinds", ("posts",)),
    )
    assert case.controller == Case().controller.model_copy(update={"service": service})


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_doubtful_company_is_only_taken_when_confirmed(
    pipe: PipeInput, tmp_path: Path, table: Library, answer: str
) -> None:
    """An entity that is not verified is shown with its doubt, and asked about."""
    path = tmp_path / "case.toml"
    Case().with_answer("residence", "FR").with_answer("practice", "ai_training").save(path)
    face = Typist(pipe, script((SERVICE, "agora"), (OFFER, "agora"), (SURE, answer)))
    run_to_the_end_or_stop(path, face, table)
    assert Case.load(path).controller.name == ("Agora SAS" if answer == "yes" else "")
    assert any("Read in a newspaper." in text for text in face.said)


def run_to_the_end_or_stop(path: Path, face: Typist, library: Library) -> None:
    """Play a script whose last reply is Ctrl-C."""
    with pytest.raises(Interrupted):
        run(path, on=ON, face=face, library=library)


def test_back_from_the_offer_leads_to_the_service(
    pipe: PipeInput, tmp_path: Path, table: Library
) -> None:
    """Another service can be typed; what was typed is offered, and Ctrl-C keeps it."""
    case, _ = interrupted(
        pipe,
        tmp_path / "case.toml",
        table,
        *FIRST,
        (SERVICE, "agora"),
        (OFFER, f"keys:{BACK}"),
        (SERVICE, f"keys:{ENTER}"),
        (OFFER, f"keys:{CTRL_C}"),
    )
    assert case.controller.service == "agora"


def test_moving_house_asks_for_the_company_again(
    pipe: PipeInput, tmp_path: Path, table: Library
) -> None:
    """Another company may answer there: what the table filled in for the old place goes."""
    case, face = interrupted(
        pipe,
        tmp_path / "case.toml",
        table,
        *FIRST,
        (SERVICE, "agora"),
        (OFFER, "agora"),
        ("data_kinds", f"keys:{BACK}"),
        (SERVICE, f"keys:{BACK}"),
        ("practice", f"keys:{BACK}"),
        ("residence", "Spain"),
        (SERVICE, f"keys:{ENTER}"),
    )
    assert case.controller.name == ""
    assert case.controller.service == "Agora"
    assert any("Another company may answer" in text for text in face.said)


def test_own_words_on_the_company_stay(table: Library) -> None:
    """Taking the same company again keeps what the person corrected."""
    case = Case().with_answer("residence", "GB")
    [offer] = companies.offers(
        case.model_copy(update={"controller": Controller(service="agora")}), table
    )
    own = companies.take(case, offer)
    own = own.model_copy(
        update={"controller": own.controller.model_copy(update={"email": "dpo@agora.example"})}
    )
    assert companies.take(own, offer).controller.email == "dpo@agora.example"
    assert companies.forget(own, table).controller == Controller(service="Agora")
    typed = own.model_copy(update={"controller": Controller(name="Mine")})
    assert companies.forget(typed, table) == typed
