"""The desk of what is said: claims compared and checked, and the findings that persons accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from leakdesk.errors import NotFound
from leakdesk.store import decided, found

if TYPE_CHECKING:
    from leakdesk.desk.case import Desk
    from leakdesk.model.claim import Claim, Finding, Reading
    from leakdesk.model.comparison import Checking, Comparison
    from leakdesk.model.derivation import Withdrawn

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimsDesk:
    """Claims of letters and reports, compared and checked."""

    desk: Desk

    def of(self, document: str) -> list[Claim]:
        """The claims of one document, in order."""
        with self.desk.store.connect() as connection:
            return found.claims_of(connection, document)

    def list(self, document: str | None = None) -> Iterator[Plain]:
        """Claims as `leakdesk claims --json` prints them."""
        from leakdesk.work.claims_list import claims

        return claims(self.desk.store, document)

    def lineage_of_all(self) -> Plain:
        """Who had it from whom over all reports, as `leakdesk lineage --json` prints it."""
        from leakdesk.work.lineage_list import lineage_json

        return lineage_json(self.desk.store)

    def reading(self, document: str) -> Reading:
        """The whole reading of a document, read now if it was not read deeply before. Raises NotFound."""
        from leakdesk.work.reports import reading

        return reading(self.desk.store, document)

    def compare(self, *documents: str) -> Iterator[Comparison]:
        """Every pair of some documents side by side."""
        from leakdesk.work.reports import compare_documents

        return compare_documents(self.desk.store, documents)

    def withdrawn(self, *documents: str) -> tuple[Withdrawn, ...]:
        """Claims of some reports that their outlets took back or put right later, and those of others that they repeat."""
        from leakdesk.work.reports import told

        return told(self.desk.store).together.withdrawn_in(*documents)

    def check(self, report: Reading, document: str = "", *, picture: str = "") -> Checking:
        """A report's claims, quotations and pictures against the letters. `document`: its id in the case, where it is there;
        `picture`: the name of the file, where the text is what recognition read in a picture."""
        from leakdesk.work.checking import check_report

        return check_report(self.desk.store, self.desk.searcher, report, document, picture=picture)


@dataclass(frozen=True, slots=True)
class FindingsDesk:
    """What persons accepted."""

    desk: Desk

    def list(self) -> list[Finding]:
        """All findings."""
        with self.desk.store.connect() as connection:
            return decided.findings_of(connection)

    def get(self, finding: str) -> Finding:
        """One finding. Raises NotFound."""
        with self.desk.store.connect() as connection:
            found_one = decided.finding(connection, finding)
        if found_one is None:
            raise NotFound(f"finding {finding}", try_="List findings with: leakdesk finding CASE list")
        return found_one

    def draft(self, document: str, claim: str) -> Finding:
        """Draft a finding from a claim, with its support in the letters. Raises NotFound."""
        from leakdesk.work.findings import draft_checked

        return draft_checked(self.desk.store, self.desk.searcher, document, claim)

    def independent(self, finding: Finding) -> int:
        """On how many independent sources it rests at least: what caps a grade."""
        from leakdesk.work.findings import independent

        return independent(self.desk.store, finding)

    def step(self, finding: str, verb: Literal["edit", "accept", "reject", "grade"], **written: object) -> Finding:
        """A person's step. Raises NotFound, StepRefused."""
        from leakdesk.work.findings import step

        return step(self.desk.store, finding, verb, **written)

    def technical(self, finding: Finding) -> list[str]:
        """What can be said technically about the letters behind a finding: signatures, and places that do not go together."""
        from leakdesk.work.dossiers import letters_behind

        lines = letters_behind(self.desk.store, finding)
        said = [each["sentence"] for line in lines for each in (*line["signatures"], *line["observations"])]
        return list(dict.fromkeys([*said, *(line["says"] for line in lines if "says" in line)]))

    def sources(self, finding: Finding) -> str:
        """In one sentence, on how many independent sources a finding rests."""
        from leakdesk.work.reports import sources_sentence

        return sources_sentence(self.desk.store, finding)
