"""The head of a letter: who writes to whom, under which sign, and what is enclosed."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from complaintkit.answers import Unknown
from complaintkit.citations import citations, cite
from complaintkit.periods import Period, due
from complaintkit.view import Facts
from complaintkit.vocabulary import StepKind

if TYPE_CHECKING:
    import datetime as dt

    from complaintkit.assessment import Assessment, RouteFinding
    from complaintkit.exhibits import Annex
    from complaintkit.facts import Case, Exhibit
    from complaintkit.i18n import Words
    from complaintkit.lawfile import Authority

LAYOUTS = {
    "US": "us", "CA": "us", "CH": "ch", "LI": "ch", "GB": "uk", "IE": "uk", "FR": "fr",
}  # fmt: skip
"""The page of each country's letters: paper and window of the envelope; elsewhere DIN 5008."""


@dataclass(frozen=True)
class Parties:
    """One letter; without a route, what letters and the sheet of next steps share."""

    assessment: Assessment
    words: Words
    found: RouteFinding | None = None
    copy_of: str = ""
    """The language of the letter that this is a copy of, to keep; empty for a letter to send."""
    annexes: tuple[Annex, ...] = ()

    @property
    def case(self) -> Case:
        """The case."""
        return self.assessment.case

    @property
    def language(self) -> str:
        """The language of the letter, for the document's own mark."""
        return str(self.words.locale).replace("_", "-")

    @property
    def family(self) -> str:
        """The family of law: eu, uk, ch or us."""
        return self.assessment.laws[0].head.family

    @property
    def to_controller(self) -> bool:
        """Whether the letter goes to the controller."""
        return self.found is not None and self.found.route.to == "controller"

    @cached_property
    def facts(self) -> Facts:
        """The facts, for sentences outside of grounds."""
        own = self.found.law if self.found else self.assessment.laws[0]
        return Facts(self.case, self.words, self.to_controller, own)

    @property
    def recipient_country(self) -> str:
        """The country of the recipient, which decides paper and window."""
        if self.found and self.found.authority:
            return self.found.authority.country
        if self.found:
            country = self.case.controller.country
            return "" if isinstance(country, Unknown) else country
        return self._country

    @property
    def _home(self) -> str:
        residence = self.case.facts.residence
        return "" if isinstance(residence, Unknown) else residence.partition("-")[0]

    @property
    def _country(self) -> str:
        """The country of the person's address; by default that of the residence."""
        return self.case.person.country or self._home

    @property
    def layout(self) -> str:
        """The class of the page: paper and place of the address window.

        The recipient's, unless it is for paper that is not sold where the person lives.
        """
        home = LAYOUTS.get(self._country, "din")
        theirs = LAYOUTS.get(self.recipient_country, "din")
        return theirs if (home == "us") is (theirs == "us") else home

    @property
    def sent_in(self) -> str:
        """The language of the letter that is sent, by its name, if this is a copy to keep."""
        return str(self.words.locale.languages.get(self.copy_of, self.copy_of))

    @property
    def reference(self) -> str:
        """A short sign for the case, the same in all of its letters, which tells nothing."""
        case = self.case
        facts = (case.person.name, case.controller.name, case.controller.service)
        sealed = hashlib.sha256("\n".join((*facts, str(case.facts.practice))).encode())
        return base64.b32encode(sealed.digest())[:6].decode()

    @property
    def their_reference(self) -> str:
        """The sign that the recipient gave, last."""
        ours = StepKind.AUTHORITY_COMPLAINT
        given = [
            step.reference
            for step in self.case.history
            if step.reference and (step.what is ours) is not self.to_controller
        ]
        return given[-1] if given else ""

    @property
    def sender(self) -> list[str]:
        """The sender's address, with the country if the letter goes abroad."""
        person = self.case.person
        country = self._country
        abroad = country and country != self.recipient_country
        return [
            person.name,
            *person.address,
            *([self.words.country(country).upper()] if abroad and person.address else []),
        ]

    @property
    def recipient(self) -> list[str]:
        """The recipient's address as it stands in the window."""
        if self.found and self.found.authority:
            authority = self.found.authority
            lines = [authority.name, *authority.address]
        else:
            controller = self.case.controller
            lines = [controller.name or controller.service, controller.attention]
            lines += controller.address
        abroad = self.recipient_country and self.recipient_country != self._country
        if abroad and len(lines) > 1:
            lines.append(self.words.country(self.recipient_country).upper())
        return [line for line in lines if line]

    @property
    def salutation(self) -> str:
        """The authority's own salutation, or none."""
        authority = self.found.authority if self.found else None
        return self.words(authority.salutation) if authority else ""

    @property
    def authority(self) -> Authority | None:
        """The authority the letter goes to, if it goes to one."""
        return self.found.authority if self.found else None

    @property
    def complainant(self) -> list[str]:
        """Name and address of the person, as an authority needs them."""
        person = self.case.person
        country = self.words.country(self._country)
        return [line for line in (person.name, *person.address, country) if line]

    @property
    def reached_at(self) -> list[str]:
        """How the authority can reach the person."""
        return [line for line in (self.case.person.email, self.case.person.phone) if line]

    @property
    def controller_contact(self) -> list[str]:
        """What else identifies the controller: service, e-mail, form and privacy notice."""
        controller = self.case.controller
        own = (controller.service, controller.email, controller.form, controller.privacy_notice)
        return [line for line in own if line and line != controller.name]

    @property
    def lead(self) -> str:
        """The authority that leads across borders, with its country."""
        return self.lead_name(self.found) if self.found else ""

    def lead_name(self, found: RouteFinding) -> str:
        """Return the lead authority of a route, with its country, or nothing."""
        lead = found.lead
        if lead is None:
            return ""
        return f"{lead.name_en or lead.name} ({self.words.country(lead.country)})"

    @property
    def timed(self) -> str:
        """The national provisions that set the person a time limit; empty if there are none."""
        bars = self.authority.bars if self.authority else ()
        rules = dict.fromkeys(bar.provision for bar in bars if bar.provision)
        return ", ".join(self._national(rule) for rule in rules)

    @property
    def respondent(self) -> list[str]:
        """Name and address of the controller, for letters to an authority."""
        controller = self.case.controller
        country = controller.country
        abroad = not isinstance(country, Unknown) and country != self._home
        name = self.words.country(str(country)) if abroad else ""
        return [line for line in (controller.name, *controller.address, name) if line]

    @property
    def date(self) -> str:
        """The day of the letter in words."""
        return self.words.date(self.assessment.on)

    @property
    def cites(self) -> str:
        """The provisions of the route."""
        if self.found is None:
            return ""
        national = self.authority.filed_under if self.authority else ()
        own = cite(self.found.law, self.found.route.provisions, self.words.language)
        return self.words.series((own, *(self._national(rule) for rule in national)))

    def _national(self, rule: str) -> str:
        """Return a provision of another act as the language cites it."""
        return citations(self.words.language).provision(rule, "")

    def within(self, period: str) -> str:
        """Return the day that a letter may ask for where the law sets none, in words."""
        return self.words.date(self._within(period))

    def _within(self, period: str) -> dt.date:
        return due(self.assessment.on, Period.parse(period), self._home, roll=True).day

    @property
    def steps_taken(self) -> bool:
        """Whether the person has already turned to the controller."""
        return bool(self.case.history)

    @property
    def exhibits(self) -> list[str]:
        """The evidence without a file, with its date, and what the authority wants enclosed."""
        enclosed = self.authority.enclose if self.authority else ()
        annexed = {annex.number for annex in self.annexes}
        items = enumerate(self.case.evidence, 1)
        return [
            *(self.described(item) for number, item in items if number not in annexed),
            *(self.words(text) for text in enclosed),
        ]

    def described(self, item: Exhibit | Annex) -> str:
        """Return a piece of evidence with its date."""
        day = self.words.date(item.date) if item.date else ""
        told = " ".join(day.split()) in " ".join(item.title.split())
        return item.title if told else f"{item.title}, {day}"
