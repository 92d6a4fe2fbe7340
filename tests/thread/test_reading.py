"""Small threads, one habit of people each: formats, later answers, corrections, sizes, what is no statement."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizlab.model import Option
from quizlab.telling import words
from quizlab.telling.thread import contradictions
from quizlab.thread import cues
from quizlab.thread.lines import lines
from quizlab.thread.model import Statement
from quizlab.thread.options import RULED
from quizlab.thread.said import answers
from quizlab.thread.statements import read
from quizlab.thread.words import lexicon
from tests import samples
from tests.thread.evaluation import HERE, questions

ASKED = questions()


def judged(text: str) -> list[tuple[str | None, str]]:
    return [(one.id, one.judged.verdict) for one in read(text, ASKED).statements]


def only(text: str) -> Statement:
    (one,) = read(text, ASKED).statements
    return one


# --- formats -------------------------------------------------------------------------------------------

Q10 = "koliko ulaznih kanala ima prva konvolucija? 1"


@pytest.mark.parametrize(
    "text",
    [
        f"ana 03.06.2024., 18:47\n{Q10}",
        f"12/06/2024, 21:14 - ana: {Q10}",
        f"[12.06.2024., 21:14:05] ana: {Q10}",
        f"ana — 05.06.2024. 17:02\n{Q10}\n👍 3",
        f"ana — Today at 5:02 PM\n{Q10} (edited)",
        f"> ana je napisala:\n> {Q10}",
        f"- [x] {Q10}",
        "| pitanje | odgovor |\n|---|---|\n| ulazni kanali prve konvolucije | 1 |",
        "1. **Koliko ulaznih kanala ima prva konvolucija?**\n   1",
        "Koliko ulaznih kanala ima\nprva konvolucija?\na) 3\nb) **1**\nc) 32",
        "koliko ulaznih kanala ima prva konvolucija\nODG: 1",
    ],
)
def test_a_question_is_found_in_every_format(text: str) -> None:
    assert ("q10", "right") in judged(text)
    assert len(judged(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "Tema: blic iz lab4, sto je bilo??",
        "--- lab 3 ---",
        "LAB4 SVE STO ZNAM",
        "meni su bila ova 3",
        "hvala svima, sretno sutra\nkad izlaze rezultati?",
        "👍 3",
        "str. 2",
        "---",
    ],
)
def test_talk_is_no_statement(text: str) -> None:
    assert judged(text) == []


def test_lines_are_counted_in_the_raw_text() -> None:
    thread = "lab4\n\n\n- red tenzora iz get_features\n  = 2\n\nnesto\n" + Q10
    found = read(thread, ASKED).statements
    assert [(one.first_line, one.last_line, one.id) for one in found] == [(4, 5, "q2"), (8, 8, "q10")]


def test_names_and_times_are_left_out() -> None:
    found = lines("12/06/2024, 21:14 - ana horvat: red je 2\nana 03.06.2024., 18:47\nred je 2")
    assert [one.text for one in found] == ["red je 2", "", "red je 2"]


# --- what belongs together -----------------------------------------------------------------------------


def test_answers_by_letter_go_to_the_questions_with_those_letters() -> None:
    thread = (
        "1/6/2024, 10:00 - a: fale mi ova dva\n"
        "a) koliko ulaznih kanala ima prva konvolucija\nb) sto vraca pca_lowrank\n"
        "1/6/2024, 10:05 - b: a) 3 b) tuple"
    )
    found = read(thread, ASKED).statements
    assert [(one.id, one.judged.verdict, one.answers, one.answered_at) for one in found] == [
        ("q10", "none", 0, 4),
        ("q12", "none", 0, 4),
        ("q10", "wrong", 2, 0),
        ("q12", "right", 3, 0),
    ]


def test_a_number_points_to_an_item_of_an_earlier_list() -> None:
    asked = "1/6/2024, 10:00 - a: ovo\n1. sto vraca pca_lowrank\n2. koji loss i sta vraca\n"
    thread = asked + "1/6/2024, 10:05 - b: za 2 mislim da je skalar"
    assert judged(thread)[-1] == ("q47", "right")


def test_a_correction_is_judged_as_it_stands_and_says_what_it_contradicts() -> None:
    thread = "1/6/2024, 10:00 - a: zadnji sloj SimpleMetricEmbeddinga? fc sloj\n1/6/2024, 10:05 - b: nije fc nego GAP"
    first, second = read(thread, ASKED).statements
    assert (first.judged.verdict, second.judged.verdict, second.corrects) == ("wrong", "right", 1)


@pytest.mark.parametrize("answers", ["1 tanh\n2 adam", "za 1 sam stavio tanh\nza 2 adam", "ja:\n1 tanh\n2 adam"])
def test_bare_numbers_answer_the_items_of_a_list(answers: str) -> None:
    asked = "1/6/2024, 10:00 - a: ovo\n1. koja je nelinearnost u rnnu\n2. koji je optimizator\n"
    assert judged(f"{asked}1/6/2024, 10:05 - b: {answers}")[2:] == [("q28", "right"), ("q31", "right")]


def test_an_answer_takes_the_sizes_of_its_question() -> None:
    thread = "koliko parametara ima lstm celija, ulaz 50, skriveno 20?\n4*(50*20 + 20*20 + 20) = 5680"
    later = thread.replace("\n", "\n\n1/6/2024, 10:05 - b: ")
    assert [(one.id, one.judged.verdict) for one in read(later, ASKED).statements][-1] == ("q39", "right")
    same = "\n\n1/6/2024, 10:06 - c: a obicna rnn celija s istim brojevima 1420"
    assert judged(later + same)[-1] == ("q39", "right")


def test_the_same_with_other_sizes_is_the_question_above() -> None:
    thread = "bnreluconv 3x3, 32 -> 32 parametara: 9312\nkod mene isto al s drugim brojkama: kernel 5, 16 na 32, 12864"
    assert judged(thread) == [("q1", "right"), ("q1", "right")]


def test_what_is_denied_is_an_answer_of_somebody_and_no_new_question() -> None:
    assert judged("optimizator u labosu? sgd\n\n1/6/2024, 10:05 - b: nije sgd nego adam") == [
        ("q31", "wrong"),
        ("q31", "right"),
    ]


def test_answers_about_other_sizes_contradict_nothing() -> None:
    thread = read("bnreluconv 3x3, 32 -> 32 parametara: 9248\nbnreluconv k = 5, 16 -> 32, parametara: 12864", ASKED)
    assert [one.judged.verdict for one in thread.statements] == ["wrong", "right"]
    assert contradictions(thread) == []
    assert [one.corrects for one in thread.statements] == [0, 0]


def test_two_questions_in_one_line_are_two_statements() -> None:
    thread = "red get_features = 2; prvi conv ulaznih kanala = 3"
    assert judged(thread) == [("q2", "right"), ("q10", "wrong")]


# --- sizes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sizes", "verdict"),
    [
        ("bnreluconv jedinica k = 5, 16 -> 32, parametara: 12864", {"kernel": 5, "c_in": 16, "c_out": 32}, "right"),
        ("bnreluconv jedinica k = 5, 16 -> 32, parametara: 12832", {"kernel": 5, "c_in": 16, "c_out": 32}, "wrong"),
        ("K=10 razreda, M=100 primjera, koliko pozitiva i negativa po sidru: 99 i 900", {"K": 10, "M": 100}, "right"),
        ("rnn ćelija, ulaz 80, skriveno 60, koliko parametara? 8460", {"input": 80, "hidden": 60}, "right"),
        ("bnreluconv jedinica 3x3, 32 -> 32, parametara: 9312", {}, "right"),
    ],
)
def test_sizes_of_the_thread_are_parameters(text: str, sizes: dict[str, int], verdict: str) -> None:
    one = only(text)
    assert (one.judged.sizes, one.judged.verdict) == (sizes, verdict)


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        ("tanh(Whh ht-1 + Wxh xt + bh)", "right"),
        (r"$\tanh(W_{hh} \cdot h[t-1] + W_{xh} \cdot x[t] + b)$", "right"),
        (r"(**to je ono $\tanh(W_{hh} \cdot h[t-1] + W_{xh} \cdot x[t])$**)", "incomplete"),
    ],
)
def test_a_formula_is_read_however_its_indices_are_written(formula: str, verdict: str) -> None:
    one = only(f"formula za novo skriveno stanje rnna: {formula}")
    assert (one.id, one.judged.verdict) == ("q33", verdict)


def test_a_space_of_matrices_is_a_shape() -> None:
    text = (
        r"oblici iz pca_lowrank: $U \in \mathbb{R}^{n\times q}$, $S \in \mathbb{R}^{q}$, $V \in \mathbb{R}^{m\times q}$"
    )
    assert judged(text) == [("q26", "right")]


def test_an_answer_that_hangs_on_sizes_nobody_gave_depends_on_them() -> None:
    assert only("koliko parametara ima rnn celija? 120").judged.verdict == "depends"


# --- doubt ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "koliko parametara ima cijeli SimpleMetricEmbedding? 18946",
        "zasto se zove zero_grad prije backward",
        "cemu skip connection u resnetu -> da gradijent lakse prode",
        "receptivno polje zadnje konvolucije = 31",
        "ako RNN koristi relu umjesto tanh sto ce bit s gradijentima",
        "sto bi se dogodilo da u trojci pozitiv i sidro budu ista slika",
    ],
)
def test_what_no_question_of_the_banks_asks_is_new_and_has_no_verdict(text: str) -> None:
    assert judged(text) == [(None, "none")]


@pytest.mark.parametrize(
    "text",
    [
        "unk u treningu, moze ili ne moze",
        "kojom metodom klasificiramo: knn, svm, logisticka ili linearna",
        "eksplozija gradijenta kriva matrica? Wxh? ili hh uvijek brkam",
        "whh ili wxh za eksploziju, tko zna",
        "sto vraca pca_lowrank?",
        "nacrtaj rnn na papir",
    ],
)
def test_no_verdict_is_guessed(text: str) -> None:
    assert [verdict for _, verdict in judged(text)] == ["none"]


# --- the data ------------------------------------------------------------------------------------------


def test_cues_name_concepts_questions_options_and_points_that_exist() -> None:
    known = {form.concept for forms in (*lexicon().exact.values(), *lexicon().begun.values()) for form in forms}
    banks = {question.id: question for question in ASKED}
    for entry in cues.entries().values():
        question = banks.get(entry.id)
        assert question or entry.id.startswith("new "), entry.id
        names = [name for cue in (*entry.asked, *entry.heard) for term in cue.terms for name in term.names]
        names += [name for cue in (*entry.asked, *entry.heard) for name in cue.absent]
        names += [name for words in entry.sizes.values() for name in words]
        assert {name for name in names if not name.startswith("#")} <= known, entry.id
        letters = set(getattr(question, "options", {}))
        points = {str(number) for number, _ in enumerate(getattr(question, "points", ()), 1)}
        for cue in entry.heard:
            assert cue.kind in {*RULED, "undecided", *letters, *points} or cue.kind.startswith("= "), (entry.id, cue)
            assert cue.says or cue.kind not in {"wrong", "incomplete", "depends"}, (entry.id, cue)
        assert {str(number) for core in entry.core for number in core} <= points
        assert set(entry.sizes) <= set(getattr(question, "params", {}))


@pytest.mark.parametrize("question", ASKED, ids=lambda question: question.id)
def test_every_question_is_found_by_its_own_prompt(question) -> None:
    found = read(words.text(question.prompt, question.params), ASKED).statements
    assert [one.judged.posed or one.id for one in found] == [question.id]
    assert found[0].judged.verdict == "none"


OWN = samples.choice(
    id="moje1",
    prompt="Koji grad je glavni u Norveškoj i kada je osnovan?",
    options={
        "a": Option(text="Oslo", claim="x"),
        "b": Option(text="Bergen", claim="y", says="Bergen je drugi po veličini.", tag="bergen"),
    },
    answer="a",
)


def test_a_question_of_ones_own_bank_is_found_by_its_prompt() -> None:
    thread = "glavni grad u Norveskoj, kada je osnovan? Bergen\n" + Q10
    found = read(thread, [*ASKED, OWN]).statements
    assert [(one.id, one.judged.verdict) for one in found] == [("moje1", "wrong"), ("q10", "right")]


# --- bounds --------------------------------------------------------------------------------------------


@given(st.text(alphabet=st.sampled_from("abk1(){}[]*_`$|>#-=?:;.,\n \tčšđ→·WhxlO0\x1b\u202e👍"), max_size=200))
@settings(max_examples=150)
def test_any_text_gives_statements_in_order_on_lines_that_exist(text: str) -> None:
    found = read(text, ASKED).statements
    number = max(1, len(text.splitlines()))
    assert all(1 <= one.first_line <= one.last_line <= number for one in found)
    assert all(0 <= one.confidence <= 1 for one in found)
    assert [one.first_line for one in found] == sorted(one.first_line for one in found)
    assert all(one.judged.verdict == "none" for one in found if one.id is None)


@pytest.mark.parametrize(
    "text", ["(" * 20000, "a) " * 5000, "> " * 20000, "*" * 20000, "1 " * 20000, "= " * 10000 + "?" * 10000]
)
def test_long_nonsense_takes_no_time(text: str) -> None:
    start = time.process_time()
    read(text, ASKED)
    assert time.process_time() - start < 3


def test_a_thousand_lines_are_judged_in_two_seconds() -> None:
    source = [line for path in sorted(HERE.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    text = "\n".join(f"{source[number % len(source)]} r{number}" for number in range(1000))
    start = time.process_time()
    read(text, ASKED)
    assert time.process_time() - start < 2


def test_the_whole_statement_is_an_answer_only_where_nothing_is_asked() -> None:
    assert [one.loose for one in answers("red je 2")] == [True]
    assert list(answers("kojeg je reda tenzor?")) == []
