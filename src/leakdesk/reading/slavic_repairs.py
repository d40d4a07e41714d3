"""Slavic trees put right after parsing, on the words of the text itself: counted objects that hang on a place, predicates
without a verb, impersonal verbs with an infinitive, quantities. Each rule changes only what a parser could not know.
"""

from __future__ import annotations

from leakdesk.reading import (
    letters_trees,
    slavic_across,
    slavic_actors,
    slavic_agreement,
    slavic_counts,
    slavic_dashes,
    slavic_nouns,
    slavic_predicates,
    slavic_segments,
)
from leakdesk.reading.sentence import Sentence


def settle(sentence: Sentence) -> None:
    """All repairs, in place, for Russian, Ukrainian and Belarusian; of a tree made by rule, only words are."""
    if sentence.language not in ("ru", "uk", "be"):
        return
    slavic_predicates.have_not(sentence)
    if not sentence.parsed:
        return
    heads = [token.head for token in sentence.tokens]
    for rule in (
        slavic_predicates.infinitives,
        slavic_nouns.nouns_before_genitives,
        slavic_nouns.pronouns,
        slavic_nouns.antecedents,
        slavic_nouns.relatives,
        slavic_counts.counted,
        slavic_counts.quantities,
        slavic_counts.numbers,
        slavic_predicates.predicates,
        slavic_predicates.dashes,
        slavic_predicates.verb_below,
        slavic_predicates.impersonal,
        slavic_nouns.disagreeing,
        slavic_nouns.nominatives,
        slavic_predicates.two_roots,
        slavic_predicates.standing,
    ):
        rule(sentence)
        now = [token.head for token in sentence.tokens]
        if now != heads:
            heads = now
            sentence.changed()
    slavic_dashes.dash_clauses(sentence)
    slavic_segments.settle_segments(sentence)
    slavic_agreement.agree(sentence)
    slavic_across.settle_across(sentence)
    slavic_actors.settle_actors(sentence)
    if sentence.language in ("ru", "uk"):
        letters_trees.persons(sentence)
        sentence.changed()
