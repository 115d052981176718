"""What the sheet of next steps may see: where to send what, dates, answers, and what is unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from complaintkit.assessment import State
from complaintkit.catalogue import CATALOGUE
from complaintkit.conditions import Truth
from complaintkit.history import threads
from complaintkit.i18n import SOURCE_LANGUAGE, mark
from complaintkit.letterview import LetterView
from complaintkit.uploads import excess
from complaintkit.view import STEPS, counted

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from complaintkit.assessment import Deadline, RouteFinding, Warned
    from complaintkit.law import Law
    from complaintkit.letters import Letter

SHOWN_ANSWERS = 3
SHOWN_CAUTIONS = 4
STALE = mark(
    "The law in this program was last checked on %s, more than a year ago. "
    "Look up what has changed before you send anything."
)
OLDER = mark(
    "The time for what you knew before your request ended on %s. "
    "Base the complaint on the failed request first."
)


@dataclass(frozen=True)
class SheetView(LetterView):
    """The page for the person: not for sending."""

    written: tuple[tuple[Letter, RouteFinding], ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    """The sheets of answers for forms, by the route whose letter they lie beside."""

    @property
    def counters(self) -> list[tuple[str, str]]:
        """What the other side will answer to the live grounds, strongest doubts first."""
        order = {"contested": 0, "arguable": 1, "settled": 2}
        grounds = sorted(
            (finding.ground for finding in self.assessment.live),
            key=lambda ground: order[ground.strength],
        )
        found = {counter.says: counter.reply for ground in grounds for counter in ground.counters}
        pairs = [(self.words(says), self.words(reply)) for says, reply in found.items()]
        return pairs[:SHOWN_ANSWERS]

    @property
    def warnings(self) -> list[str]:
        """What has to be known before anything is sent: other ways, stale law, closed routes."""
        found = [f.ground.refers_to for f in self.assessment.referrals]
        if self.assessment.stale:
            found.append(self.words(STALE) % self.checked)
        closed = [r for r in self.assessment.routes if r.state is State.CLOSED]
        found += [r.reason for r in closed if r.reason and r.reason != r.route.closed_because]
        found += [
            bar.bar.text
            for route in self.assessment.routes
            for bar in route.bars
            if bar.passed and bar.bar.effect == "advises" and route.state is not State.DONE
        ]
        found += [
            f"{self.words(OLDER) % self.words.date(bar.before)} {self.words(bar.bar.text)}"
            for route in self.assessment.routes
            for bar in route.bars
            if bar.before and route.state is not State.DONE
        ]
        found += [w.caution.text for w in self._by_certainty if w.caution.weight == "warning"]
        return [self.words(text) for text in dict.fromkeys(found)]

    @property
    def cautions(self) -> list[Warned]:
        """What is good to know, in turn of the grounds and of the ways; the special comes first."""
        notes = [warned for warned in self._by_certainty if warned.caution.weight == "note"]
        notes.sort(key=lambda warned: (not warned.certain, warned.caution.when == "True"))
        ways = {found.route.id for found in self.assessment.routes}
        of_ways = [warned for warned in notes if ways.issuperset(warned.caution.about)]
        of_grounds = [warned for warned in notes if warned not in of_ways]
        turns = chain.from_iterable(zip_longest(of_grounds, of_ways))
        return [warned for warned in turns if warned][:SHOWN_CAUTIONS]

    @property
    def _by_certainty(self) -> list[Warned]:
        return sorted(self.assessment.cautions, key=lambda item: not item.certain)

    def hurdles(self, found: RouteFinding) -> list[str]:
        """Return what makes a document no complaint, or none yet, at its authority."""
        authority = found.authority
        if authority is None:
            return []
        lines = []
        if authority.own_form == "required":
            text = self.words("It accepts only its own form. Copy the text of the letter into it.")
            lines.append(f"{text} {authority.form}".strip())
        if self.words.language not in authority.languages:
            text = self.words("It accepts only: %s. Have the letter translated before you send it.")
            lines.append(text % self.language_names(authority.languages))
        if authority.signature:
            lines.append(f"{self.words('Signature:')} {self.words(authority.signature)}")
        if authority.email_filing == "no":
            lines.append(self.words("A PDF sent by ordinary e-mail does not count as filing here."))
        if authority.fill_in:
            items = self.words.listing(self.words(item) for item in authority.fill_in)
            lines.append(f"{self.words('Add by hand in the letter:')} {items}.")
        if authority.enclose:
            items = self.words.listing(self.words(item) for item in authority.enclose)
            lines.append(f"{self.words('Enclose:')} {items}.")
        if self._undated(found):
            lines.append(self.words("Add by hand in the letter the days that show it is in time."))
        if authority.prior_contact in ("required", "for_rights") and not self.steps_taken:
            lines.append(self.words(authority.prior_contact_note))
        lines += [excess(document, authority, self.words) for document in self._for(found)]
        return [line for line in lines if line]

    def _for(self, found: RouteFinding) -> list[Letter]:
        """Return the letter that was written for a route, if one was."""
        return [document for document, route in self.written if route is found]

    def _undated(self, found: RouteFinding) -> bool:
        """Return whether a time limit runs from a day that is not known."""
        closing = [bar for bar in found.bars if bar.bar.effect == "closes"]
        known = [bar for bar in closing if bar.bar.from_ == "knowledge"] or closing
        return any(bar.last is None for bar in known)

    def by_post(self, found: RouteFinding) -> bool:
        """Return whether the authority takes documents by post, so far as that is known."""
        channels = found.authority.channels if found.authority else ()
        return not channels or "post" in channels

    @property
    def later(self) -> list[RouteFinding]:
        """The routes that are not for today."""
        taken = {found.route.id for _, found in self.written}
        return [
            found
            for found in self.assessment.routes
            if found.route.id not in taken
            and found.state in (State.LATER, State.OPENS, State.OPEN, State.UNCLEAR)
        ]

    def send_to(self, found: RouteFinding) -> str:
        """Return where a document for an authority goes by post."""
        authority = found.authority
        if authority is None:
            return ""
        if authority.address and not self.by_post(found):
            return authority.name
        if not authority.address:
            missing = self.words("it takes complaints online only")
            return self.words.pair(authority.name, missing)
        return ", ".join((authority.name, *authority.address))

    def authority_name(self, found: RouteFinding) -> str:
        """Return the authority's name, in English letters by its English name."""
        authority = found.authority
        if authority is None:
            return ""
        english = self.words.language == SOURCE_LANGUAGE
        return (authority.name_en if english else "") or authority.name

    def contents(self, found: RouteFinding) -> list[str]:
        """Return what the authority's law asks of a complaint, in words."""
        items = found.authority.required_content if found.authority else ()
        return [self.words(item) for item in items]

    def state(self, found: RouteFinding) -> str:
        """Return when a route that is not for today can be taken, in words."""
        reason = self.words(found.reason or found.route.wait_reason)
        if found.state is State.OPENS and found.opens:
            opens = self.words("Open from %s if no answer comes.") % self.words.date(found.opens)
            return f"{opens} {reason}".strip()
        if found.state is State.OPEN:
            return f"{self.words('Open already.')} {reason}".strip()
        if found.state is State.UNCLEAR:
            return self.words("It depends on answers you have not given.")
        return reason or self.words("After the steps above.")

    @property
    def dates(self) -> list[tuple[str, str]]:
        """The days to note: the last days of others, and the person's own."""
        found: dict[tuple[dt.date, str], None] = {}
        threads_now = threads(self.case)
        written = {route.route.step for _, route in self.written}
        for item in self.assessment.deadlines:
            answered = item.running and threads_now[item.step].answer
            if (
                item.clock.for_ != "answer"
                or answered
                or not (item.running or item.step in written)
            ):
                continue
            found[item.due.day, self._explained(item)] = None
        ahead = [*(route for _, route in self.written), *self.later]
        for bar in (bar for route in ahead for bar in route.bars):
            if bar.last and not bar.passed:
                found[bar.last, self.words(bar.bar.text)] = None
        return [(self.words.date(day), text) for day, text in sorted(found)]

    def _explained(self, item: Deadline) -> str:
        """Return what ends on a last day and how it was counted."""
        what = self.words(STEPS[item.step.value])
        if item.running:
            head = self.words("%s: last day for the answer") % what
        else:
            head = self.words("%s: last day for the answer, if it arrives today") % what
        rule = self.rule(item)
        if item.running and item.due.day < self.assessment.on:
            head = self.words("%s: the day for the answer has passed") % what
        rules = [rule] if rule else []
        if not rule and not item.clock.binding:
            rules.append(self.words("asked for; the law sets no day"))
        return f"{head} ({counted(item, rules, self.words)})"

    def language_names(self, codes: tuple[str, ...]) -> str:
        """Return the names of languages."""
        return self.words.listing(self.words.locale.languages.get(code, code) for code in codes)

    @property
    def unknown(self) -> list[str]:
        """The facts that stay open, because of which grounds are pleaded in the alternative."""
        names = {
            "stated_basis" if name.startswith("basis.") else name
            for finding in self.assessment.live
            if finding.alternative
            for leaf in finding.trace.leaves()
            if leaf.truth is Truth.OPEN
            for name in leaf.names
        }
        return [self.words(info.label) for name, info in CATALOGUE.items() if name in names]

    @property
    def checked(self) -> str:
        """The day on which the law used here was last checked, at its oldest point."""
        day = self.assessment.oldest_check
        return self.words.date(day) if day else ""

    @property
    def beside(self) -> list[Law]:
        """Laws that apply beside the person's own."""
        return list(self.assessment.also)
