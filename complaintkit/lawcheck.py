"""Checks what one entry of a law file says of another, and prepares the conditions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaintkit.conditions import ALWAYS, Condition, parse
from complaintkit.errors import LawError, Problem, suggestion
from complaintkit.world import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaintkit.lawfile import (
        Caution,
        Contradiction,
        Dated,
        Ground,
        LawFile,
        Requirement,
        Route,
    )


LISTS = (
    "sources", "provisions", "demands", "grounds", "requirements", "routes", "clocks", "cautions",
)  # fmt: skip
"""The lists of a law file whose entries have ids."""


class Checker:
    """Checks the references of one law file and prepares its conditions."""

    def __init__(
        self,
        name: str,
        file: LawFile,
        authorities: set[str],
        origins: Mapping[tuple[str, str], str] | None = None,
    ) -> None:
        self.name, self.file, self.authorities = name, file, authorities
        self.origins = origins or {}
        self.problems: list[Problem] = []
        self.conditions: dict[tuple[str, str], Condition] = {}
        self.sources = {source.id: source for source in file.sources}
        self.provisions = {provision.id: provision for provision in file.provisions}
        self.demands = {demand.id for demand in file.demands}
        self.grounds = {ground.id: ground for ground in file.grounds}

    def check(self) -> dict[tuple[str, str], Condition]:
        """Check every entry, collect the problems, and return the conditions."""
        head = self.file.law
        self.condition("law", "applies", head.applies)
        self.condition("law", "also", head.also or "True")
        self.references("law", head.id, sources=head.sources)
        for kind in LISTS:
            self.unique(kind, [entry.id for entry in getattr(self.file, kind)])
        self.lists()
        for ground in self.file.grounds:
            self.ground(ground)
        for requirement in self.file.requirements:
            self.entry("requirement", requirement)
        for route in self.file.routes:
            self.route(route)
        for caution in self.file.cautions:
            self.caution(caution)
        for contradiction in self.file.contradictions:
            self.contradiction(contradiction)
        return self.conditions

    def lists(self) -> None:
        """Check the entries that only refer to provisions and sources."""
        for provision in self.file.provisions:
            self.references("provision", provision.id, sources=(provision.source,))
        for demand in self.file.demands:
            self.references("demand", demand.id, provisions=demand.provisions)
        for branch in self.file.branches:
            self.references("branch", branch.basis, provisions=branch.provisions)
        for clock in self.file.clocks:
            self.condition("clock", clock.id, clock.when)
            self.references("clock", clock.id, clock.provisions, clock.sources)

    def contradiction(self, contradiction: Contradiction) -> None:
        """Check that a contradiction is between grounds of the law."""
        for id_ in contradiction.grounds:
            if id_ not in self.grounds:
                near = suggestion(id_, self.grounds)
                self.fail("contradiction", id_, "is no ground of this law", near)

    def fail(self, kind: str, id_: str, what: str, mend: str = "") -> None:
        """Note a problem of an entry."""
        self.problems.append(Problem(self.where(kind, id_), what, mend))

    def where(self, kind: str, id_: str) -> str:
        """Return the file and the entry, for error messages."""
        return f"{self.origins.get((kind, id_), self.name)}, {kind} {id_}"

    def unique(self, kind: str, ids: list[str]) -> None:
        """Refuse an id that is there twice."""
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            self.fail(kind, id_, "is there twice", "rename one")

    def condition(self, kind: str, id_: str, text: str) -> None:
        """Read a condition."""
        where = self.where(kind, id_.partition("#")[0])
        try:
            self.conditions[kind, id_] = parse(text, NAMES, self.file.sets, where)
        except LawError as error:
            self.problems += error.problems
            self.conditions[kind, id_] = ALWAYS

    def references(
        self,
        kind: str,
        id_: str,
        provisions: tuple[str, ...] = (),
        sources: tuple[str, ...] = (),
    ) -> None:
        """Refuse provisions and sources that are not listed."""
        for provision in provisions:
            if provision not in self.provisions:
                near = suggestion(provision, self.provisions)
                self.fail(kind, id_, f"cites '{provision}', which is no listed provision", near)
        for source in sources:
            if source not in self.sources:
                self.fail(
                    kind, id_, f"has no such source '{source}'", suggestion(source, self.sources)
                )

    def entry(self, kind: str, entry: Ground | Requirement | Route) -> None:
        """Check what every entry with a condition has."""
        self.condition(kind, entry.id, entry.when)
        self.references(kind, entry.id, entry.provisions, entry.sources)

    def ground(self, ground: Ground) -> None:
        """Check demands, displacements, counter-arguments and the days of a ground."""
        self.entry("ground", ground)
        for demand in ground.demands:
            if demand not in self.demands:
                near = suggestion(demand, self.demands)
                self.fail("ground", ground.id, f"demands '{demand}', which is not listed", near)
        for other in ground.displaced_by:
            if other.ground not in self.grounds:
                near = suggestion(other.ground, self.grounds)
                self.fail("ground", ground.id, f"is displaced by unknown '{other.ground}'", near)
            self.references("ground", ground.id, (other.provision,))
        for counter in ground.counters:
            self.references("ground", ground.id, sources=counter.sources)
        self.standing(ground)
        self.referral(ground)
        for cited in ground.provisions:
            provision = self.provisions.get(cited)
            if provision and not _overlap(ground, provision):
                what = f"cites '{cited}', which is not in force in the ground's own time"
                self.fail("ground", ground.id, what, "date the ground or the provision")
        self.cycle(ground)

    def standing(self, ground: Ground) -> None:
        """Refuse a ground that rests on what a higher court has annulled."""
        for id_ in ground.sources:
            source = self.sources.get(id_)
            if source and source.standing in ("annulled", "superseded"):
                what = f"rests on '{id_}', which was {source.standing}"
                self.fail("ground", ground.id, what, "cite what stands; a caution may tell of it")

    def referral(self, ground: Ground) -> None:
        """Refuse a referral that closes unknown routes or leads nowhere."""
        if ground.kind != "referral":
            if ground.closes or ground.refers_to:
                self.fail("ground", ground.id, "closes routes but is no referral")
            return
        if not ground.refers_to:
            self.fail("ground", ground.id, "does not say where to turn", "add refers_to")
        routes = {"*", *(route.id for route in self.file.routes)}
        for id_ in ground.closes:
            if id_ not in routes:
                near = suggestion(id_, routes)
                self.fail("ground", ground.id, f"closes unknown route '{id_}'", near)

    def cycle(self, ground: Ground) -> None:
        """Refuse displacements that run in a circle."""
        seen, rest = set(), [other.ground for other in ground.displaced_by]
        while rest:
            id_ = rest.pop()
            if id_ == ground.id:
                self.fail("ground", ground.id, "displaces itself by way of others")
                return
            if id_ not in seen and id_ in self.grounds:
                seen.add(id_)
                rest += [other.ground for other in self.grounds[id_].displaced_by]

    def route(self, route: Route) -> None:
        """Check the authority and the time limits of a route."""
        self.entry("route", route)
        if route.authority and route.authority not in self.authorities:
            near = suggestion(route.authority, self.authorities)
            self.fail("route", route.id, f"goes to unknown '{route.authority}'", near)
        for number, delay in enumerate(route.delays):
            self.condition("route", f"{route.id}#{number}", delay.when)
        for bar in route.bars:
            self.references("route", route.id, (bar.provision,) if bar.provision else ())

    def caution(self, caution: Caution) -> None:
        """Check what a caution is about."""
        self.condition("caution", caution.id, caution.when)
        self.references("caution", caution.id, sources=caution.sources)
        known = {*self.grounds, *(route.id for route in self.file.routes)}
        for id_ in caution.about:
            if id_ not in known:
                self.fail(
                    "caution", caution.id, f"is about unknown '{id_}'", suggestion(id_, known)
                )


def _overlap(one: Dated, other: Dated) -> bool:
    """Return whether there is a day on which both are in force."""
    starts = [d for d in (one.in_force_from, other.in_force_from) if d]
    ends = [d for d in (one.in_force_until, other.in_force_until) if d]
    return not starts or not ends or max(starts) <= min(ends)
