"""Hostile text stays text: as it was typed in every format, or refused with the field's name."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import io
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from pydantic import ValidationError
from pypdf import PdfReader

from complaintkit import Case, assess, draft
from complaintkit.casefile import parse
from complaintkit.errors import CaseError, InputError, OutputError, Problem
from complaintkit.output import mail

if TYPE_CHECKING:
    from complaintkit.letters import Letter

ON = dt.date(2026, 11, 24)
CASE = Path(__file__).parent / "cases" / "de-meta-religion.toml"
FIELDS = ("person.name", "person.address", "facts.situation", "facts.story", "controller.name")
TEXTS = {
    "replacement": "$& $1 \\1 \\g<0>",
    "braces": "{id_data} {0} {}",
    "template": "{{ 7*7 }} {% raw %} {# note #}",
    "percent": "%(controller)s %s %d 100%",
    "script": "<script>alert(1)</script>",
    "address": "<jane@example.org>",
    "brackets": "] [[x]] ]]> <![CDATA[",
    "entities": "&amp; &lt;b&gt; &#0; & <br> <bdi>",
    "quotes": '"it\'s" `x`',
    "escapes": "_x0041_ \\u0041 \\n",
    "spread": "Zoë Ωmega Їжак Đặng",
    "right to left": "محمد علي 12, יוסף",
    "long": "\u0416" * 900,
}


def with_text(field: str, text: str) -> Case:
    """Return a case with a text in one field, as it would come from a file."""
    case = Case.load(CASE)
    table, name = field.split(".")
    value = [text, "Berlin"] if name == "address" else text
    part = getattr(case, table)
    changed = type(part).model_validate({**dict(part), name: value})
    return Case.model_validate({**dict(case), table: changed})


def first(case: Case) -> Letter:
    """Return the letter of a case."""
    return draft(assess(case, on=ON), language="en")[0]


def tight(text: str) -> str:
    """Return a text without white space, which the formats break lines with."""
    return "".join(text.split())


def words_of_pdf(content: bytes) -> str:
    """Return the text of a PDF."""
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def words_of_docx(content: bytes) -> str:
    """Return the text of a Word document, its tables and its footer."""
    word = docx.Document(io.BytesIO(content))
    return "".join(item.text or "" for item in word.element.iter(docx.oxml.ns.qn("w:t")))


def opened(content: bytes) -> EmailMessage:
    """Return a message as a mail program reads it."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def words_of_eml(content: bytes) -> str:
    """Return the body of a draft."""
    body = opened(content).get_body()
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_stays_as_it_was_typed(field: str, text: str) -> None:
    """Signs that mean something to a program mean nothing in a letter, in Word, text and mail."""
    letter = first(with_text(field, text))

    assert tight(text) in tight(letter.text())
    assert tight(text) in tight(words_of_docx(letter.docx()))


@pytest.mark.parametrize("name", [n for n in TEXTS if n not in ("right to left", "long")])
def test_text_stays_in_pdf_and_mail(name: str) -> None:
    """The same holds for PDF and the e-mail draft, with the text in every field at once."""
    text = TEXTS[name]
    case = Case.load(CASE)
    for field in FIELDS:
        table, key = field.split(".")
        value = getattr(getattr(with_text(field, text), table), key)
        changed = getattr(case, table).model_copy(update={key: value})
        case = case.model_copy(update={table: changed})
    letter = first(case)
    content = letter.eml()

    assert tight(words_of_pdf(letter.pdf())).count(tight(text)) >= len(FIELDS)
    assert tight(text) in tight(words_of_eml(content))
    assert opened(content)["Bcc"] is None
    assert [part.get_content_type() for part in opened(content).iter_attachments()] == [
        "application/pdf"
    ]


def test_right_to_left_names_are_isolated() -> None:
    """A name in Arabic or Hebrew stands by itself, so that no number beside it changes places."""
    letter = first(with_text("person.name", "محمد علي"))
    company = first(with_text("controller.service", "חברה"))

    assert "<bdi>محمد علي</bdi>" in letter.html
    assert "I have an account with <bdi>חברה</bdi>." in company.html
    assert "bdi" not in company.html.partition("</title>")[0]
    assert "bdi" not in company.text()


def test_title_and_subject_are_plain() -> None:
    """A title has the signs that were typed and not those of HTML."""
    case = Case.load(CASE.with_name("uk-linkedin-refused.toml"))
    controller = case.controller.model_copy(update={"name": "Smith & <Sons>"})
    letter = first(case.model_copy(update={"controller": controller}))

    assert "Smith & <Sons>" in letter.title
    assert opened(letter.eml())["Subject"] == letter.title
    assert docx.Document(io.BytesIO(letter.docx())).core_properties.title == letter.title


def test_a_word_of_a_page_is_set_in_full() -> None:
    """A word as long as the longest text is broken over the lines and loses no letter."""
    word = "\u0416" * 20_000
    letter = first(with_text("facts.situation", word))

    assert word in letter.text()
    assert word in words_of_docx(letter.docx())
    assert word in words_of_eml(letter.eml())
    assert words_of_pdf(letter.pdf()).count("\u0416") == len(word)


@pytest.mark.parametrize("field", FIELDS)
def test_many_emoji(field: str) -> None:
    """Two hundred emoji are there in Word and text; in PDF too, or their field is named."""
    text = "\U0001f469" * 200
    letter = first(with_text(field, text))

    assert text in letter.text()
    assert text in words_of_docx(letter.docx())
    problems: tuple[Problem, ...] = ()
    try:
        assert "\U0001f469" in words_of_pdf(letter.pdf())
    except OutputError as error:
        problems = error.problems
    assert all(problem.where.removesuffix(".1") == field for problem in problems)
    assert all("emoji" in problem.what for problem in problems)


REFUSED = {
    "override": ("a\u202eb", r"turns the order .* \(U\+202E\)"),
    "null": ("a\x00b", r"control character.* \(U\+0000\)"),
    "bell": ("a\x07b", r"control character"),
    "noncharacter": ("a\uffffb", r"control character"),
    "too long": ("x" * 50_000, "longer than"),
}


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_shown_is_refused_when_it_is_read(
    field: str, text: str, reason: str
) -> None:
    """A case file with such a sign is refused with the line, the field and the reason."""
    table, name = field.split(".")
    escaped = "".join(f"\\u{ord(c):04x}" if not "!" < c < "~" else c for c in text)
    value = f'["{escaped}"]' if name == "address" else f'"{escaped}"'

    with pytest.raises(CaseError) as caught:
        parse(f"[{table}]\n{name} = {value}\n")

    caught.match(reason)
    caught.match(f"'{field}'")
    caught.match("line 2")
    assert text not in str(caught.value)


def test_half_of_a_sign_is_refused_with_its_line() -> None:
    """Half of a sign is no text, neither in a file nor in a program."""
    with pytest.raises(CaseError, match=r"line 2.*control character"):
        parse('[person]\nname = "a\\ud800b"\n')
    with pytest.raises(ValidationError):
        Case.load(CASE).with_answer("situation", "a\ud800b")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", ["a\u202eb", "a\x00b", "a\ud800b"])
def test_what_cannot_be_shown_is_refused_before_a_letter(field: str, text: str) -> None:
    """A program that goes round the model is told the field too, whatever the format."""
    case = Case.load(CASE)
    table, name = field.split(".")
    value = (text,) if name == "address" else text
    changed = getattr(case, table).model_copy(update={name: value})

    with pytest.raises(InputError, match=field):
        first(case.model_copy(update={table: changed}))


@pytest.mark.parametrize("field", ["person.name", "controller.name", "controller.email"])
def test_a_line_is_one_line(field: str) -> None:
    """A name with a line break is refused: it would begin a new line of a header or an address."""
    table, name = field.split(".")

    with pytest.raises(CaseError, match="must be one line"):
        parse(f'[{table}]\n{name} = "a@b.example\\nBcc: c@d.example"\n')


def test_a_text_has_one_kind_of_line_end() -> None:
    """Line ends of Windows and of old Macs are line ends."""
    case = Case.load(CASE).with_answer("situation", "one\r\ntwo\rthree")

    assert case.answer("situation") == "one\ntwo\nthree"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_no_header_can_be_slipped_in(end: str) -> None:
    """Whatever ends a line in a name, a title or an address, a draft has its own headers only."""
    evil = f"x{end}Bcc: thief@example.org{end}{end}body"
    message = opened(
        mail.render(mail.Draft(evil, "text", b"%PDF", evil, evil, "me@example.org", evil))
    )

    assert set(message.keys()) == {
        "X-Unsent",
        "From",
        "Subject",
        "MIME-Version",
        "Content-Type",
    }
    assert str(message["From"].addresses[0].addr_spec) == "me@example.org"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "no",
        "a@b",
        "a@b.c, d@e.f",
        "<a@b.c>",
        "a b@c.d",
        "a@b.c\nBcc: d@e.f",
        "a@b.c;d@e.f",
        "ä@b.c",
    ],
)
def test_what_is_no_address_is_left_out(address: str) -> None:
    """A recipient that is not exactly one e-mail address is none."""
    message = opened(mail.render(mail.Draft("s", "t", b"", "f.pdf", recipient=address)))

    assert message["To"] is None


def test_an_address_in_another_script_is_written_for_every_mail_program() -> None:
    """A domain with an umlaut gets the form that every server knows."""
    assert mail.mailbox("post@büro.example") == "post@xn--bro-hoa.example"
