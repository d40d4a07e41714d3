"""Where English claims begin and end, and on which noun a clause hangs: invented sentences, a class of constructions each."""

from __future__ import annotations

import pytest

from tests.reading.test_sentences import read

#: Sentence; quotations that must be there, word for word; words that no quotation may be alone.
QUOTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("The quarry belongs to Anton Brisk, a cousin of the regional governor.", ("The quarry belongs to Anton Brisk",)),
    ("The permit was signed by its director, Pavel Orsk.", ("The permit was signed by its director, Pavel Orsk",)),
    (
        "The yard was billed 70 dollars a tonne, against 41 in the previous contract.",
        ("The yard was billed 70 dollars a tonne",),
    ),
    ("The lorry hit the gate, with 12 men on board.", ("The lorry hit the gate, with 12 men on board",)),
    (
        "The council bought 40 buses from a dealer owned by the wife of the deputy mayor Pavel Orsk.",
        ("The council bought 40 buses from a dealer", "a dealer owned by the wife of the deputy mayor Pavel Orsk"),
    ),
    (
        "The trucks were handed to a carrier registered in Tbilisi.",
        ("The trucks were handed to a carrier registered in Tbilisi",),
    ),
    ("Nobody needs a bridge that closes every winter.", ("Nobody needs a bridge that closes every winter",)),
    (
        "Under the lease, signed in May, the port was to build two piers.",
        ("the lease, signed in May", "the port was to build two piers"),
    ),
    (
        "According to minutes obtained by the Daily Lantern, the board approved the loan in May.",
        ("minutes obtained by the Daily Lantern", "the board approved the loan in May"),
    ),
    ("The pumps arrived three weeks late, letters from the depot show.", ("The pumps arrived three weeks late",)),
    (
        "The request for a building permit was filed on 3 June and gave storage as the reason.",
        ("The request for a building permit was filed on 3 June", "gave storage as the reason"),
    ),
    ("The report is based on 300 invoices.", ("The report is based on 300 invoices",)),
    (
        "Inspectors sent a diver to Lowmere to count the crates.",
        ("Inspectors sent a diver to Lowmere to count the crates",),
    ),
)


@pytest.mark.parametrize(("text", "wanted"), QUOTED)
def test_a_claim_is_quoted_from_its_noun_to_its_own_end(text: str, wanted: tuple[str, ...]) -> None:
    quoted = {each.quote.exact for each in read(text, "en").claims}
    assert set(wanted) <= quoted


#: Sentence; verb; the head of its subject.
SUBJECTS = (
    ("The crane was sold to Polvine, a dealer in Lowmere, which had leased it out.", "lease", "Polvine"),
    ("The clerk copied invoices from Dorn Mill, which were stolen in May.", "steal", "invoices"),
    ("The clerk copied invoices from Dorn Mill, which was sold in May.", "sell", "Mill"),
    ("The ferry Zorya was carrying 90 passengers.", "carry", "Zorya"),
    ("The agent, Tarek Dubrow, offered to pay in advance.", "pay", "agent"),
    ("The clerk had the crates repainted as machine parts.", "repaint", "clerk"),
)


@pytest.mark.parametrize(("text", "verb", "head"), SUBJECTS)
def test_a_clause_tells_of_the_noun_it_agrees_with(text: str, verb: str, head: str) -> None:
    found = [each.subject.head for each in read(text, "en").claims if verb in each.predicate.lemma and each.subject]
    assert found == [head]


def test_a_clause_of_a_noun_reads_as_a_sentence() -> None:
    said = {
        each.sentence for each in read("A dealer sold the port a crane stolen from a yard in Lowmere.", "en").claims
    }
    assert "A crane was stolen from a yard in Lowmere." in said


def test_nobody_who_was_hurt_is_a_denial() -> None:
    (claim,) = read("Nobody was killed.", "en").claims
    assert claim.polarity == "-"
