"""The little that is said at once: whole sentences, and the one row or number that decides an answer."""

from __future__ import annotations

import pytest

from quizlab.bank import load, shipped
from quizlab.model import Case, Evidence, Finding, Snippet, Table
from quizlab.proof.judge import judge
from quizlab.question.grading import Graded, grade
from quizlab.telling import names, words
from quizlab.telling.short import decided, once_more, sentences
from tests import samples


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Prva. Druga je ovo: 1e-4. Treća?", ("Prva.", "Druga je ovo: 1e-4.", "Treća?")),
        (
            "Na primjer, npr. Adam. Dalje (Cho i dr., 2014.) bez prekida.",
            ("Na primjer, npr. Adam.", "Dalje (Cho i dr., 2014.) bez prekida."),
        ),
        ("U modelu iz 2. zadatka. „Tako.” Dalje.", ("U modelu iz 2. zadatka.", "„Tako.”", "Dalje.")),
        ("Bez točke", ("Bez točke",)),
        ("", ()),
    ],
)
def test_sentences_are_cut_only_where_they_end(text: str, found: tuple[str, ...]) -> None:
    assert sentences(text) == found


def test_every_explanation_is_the_sum_of_its_sentences() -> None:
    for bank in map(load, shipped()):
        for question in bank.questions:
            text = words.one_line(words.text(question.explain, question.params))
            parts = sentences(text)
            assert " ".join(parts) == text
            assert all(part.endswith((".", "?")) for part in parts), question.id
            assert all(part.count("(") == part.count(")") and part.count("„") == part.count("”") for part in parts)


def graded(question: object, typed: str) -> Graded:
    result = grade(question, typed)  # type: ignore[arg-type]
    assert isinstance(result, Graded)
    return result


def test_a_claim_decides_an_option() -> None:
    question = samples.choice()
    finding = judge(question, samples.evidence(first=False, second=True, third=False))
    assert decided(question, graded(question, "a"), finding) == "Izmjereno: mjereno first."
    assert decided(question, graded(question, "b"), finding) == "Izmjereno: mjereno second."
    assert decided(question, None, finding) == "Izmjereno: mjereno second."


def counted(*blocks: Table, mutant: bool = False) -> Finding:
    question = samples.number()
    mutants = {"bez-pristranosti": samples.evidence(Case(9280))} if mutant else {}
    return judge(question, Evidence(Snippet("", ""), (Case(9312),), (), blocks), mutants)


def test_a_sum_decides_a_count_and_the_mutated_model_a_mistake() -> None:
    question = samples.number()
    table = Table(("tenzor", "elemenata"), (("W", 9216), ("b", 96)), total=("ukupno", 9312))
    assert decided(question, graded(question, "9312"), counted()) == "Izračunato: 9312."
    assert decided(question, graded(question, "1"), counted(table)) == "Zbroj: W 9216 + b 96 = 9312."
    said = decided(question, graded(question, "9280"), counted(table, mutant=True))
    assert said == "Zbroj: W 9216 + b 96 = 9312. Model s tom pogreškom daje 9280."
    other = Table(("tenzor", "elemenata"), (("W", 9216), ("b", 95)), total=("ukupno", 9311))
    assert decided(question, None, counted(other)) == "Izračunato: 9312."


def test_a_marked_row_decides_where_there_is_one() -> None:
    table = Table(("tenzor", "oblik"), (("W", "(100, 10)"), ("V", "(3, 3)")), marked=(0,))
    assert decided(samples.number(), None, counted(table)) == "Izmjereno: tenzor W · oblik (100, 10). Izračunato: 9312."
    table = Table(("model tenzora", "oblik", "elemenata"), (("W", "(97, 96)", 9312), ("V", "(3, 3)", 9)), marked=(0,))
    assert decided(samples.number(), None, counted(table)) == "Izmjereno: W · elemenata 9312."


def test_a_formula_is_decided_in_the_plainest_case_in_which_it_fails() -> None:
    question = samples.pair()
    cases = (Case((6, 30), {"K": 6, "M": 7}), Case((1, 4), {"K": 3, "M": 2}))
    finding = judge(question, Evidence(Snippet("", ""), cases))
    said = decided(question, graded(question, "M; (K-1)*M"), finding)
    assert said == "Uz K = 3, M = 2 izmjereno je (1, 4), a tvoj odgovor daje (2, 4)."
    assert decided(question, graded(question, "M-1; (K-1)*M"), finding) == "Vrijedi u 2 izmjerena slučaja."


def test_a_mistake_of_another_question_names_it() -> None:
    assert once_more("red", (), "q1") == once_more("red", ("q1",), "q1") == ""
    assert once_more("samo-tezine", ("q1", "q1"), "q1") == "Ista pogreška (samo težine): 2. put."
    said = "Ista pogreška (bez dimenzije grupe): 3. put, prošli put u pitanju q2."
    assert once_more("bez-dimenzije-grupe", ("q15", "q2", "q2"), "q15") == said


def test_tags_become_names_with_all_their_letters() -> None:
    tags = ("uz-medjuspremnike", "rnn-bez-pristranosti", "bez-nasljedjivanja", "kvadratna-pogreska", "numpy-polje")
    named = ("uz međuspremnike", "RNN bez pristranosti", "bez nasljeđivanja", "kvadratna pogreška", "NumPy polje")
    assert tuple(map(names.mistake, tags)) == named
    used = {
        word
        for bank in map(load, shipped())
        for question in bank.questions
        for one in (*question.mistakes, *getattr(question, "options", {}).values(), getattr(question, "dispute", None))
        if one is not None
        for word in one.tag.split("-")
    }
    assert {*names.WORDS} <= used, "a word that no mistake is called by"
    assert not {word for word in used - {*names.WORDS} if "dj" in word}
