"""Facts remembered after a blic: merging is a union, files give them back, and the banks see them as their own."""

from __future__ import annotations

import contextlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlab import bank
from quizlab.bank.attaching import attached, recollection
from quizlab.bank.recalled import Fact, Notes, identity, merged, new_id
from quizlab.bank.recalled_file import attached as attached_file
from quizlab.bank.recalled_file import decoded, text_of, write
from quizlab.model import ChoiceQuestion, OpenQuestion, OptionQuestion, TypedQuestion, weight
from quizlab.question.texts import fill
from quizlab.telling.words import one_line
from tests.conftest import shipped_bank

TEXTS = st.text(max_size=12).map(one_line) | st.sampled_from(
    ["9312", "9 312", "  9312 ", "Da", "da", "{x}", "# &a *b", '"', "no"]
)
SAID = TEXTS.filter(str.strip)
DAYS = st.sampled_from(["2026-11-27", "2026-11-27", "2026-11-28"])
COMMON = {"date": DAYS, "title": st.sampled_from(["blic", "Blic", "prva grupa"]), "answer": TEXTS}
FACTS = st.lists(
    st.builds(Fact, question=st.sampled_from(["q1", "q2", "q19"]), lab=st.just("lab4"), **COMMON)
    | st.builds(Fact, lab=st.just("lab4"), prompt=SAID, options=st.lists(SAID, max_size=4).map(tuple), **COMMON),
    max_size=8,
).map(tuple)
LAB4 = shipped_bank("lab4")


def on(question: str, answer: str = "", *, date: str = "2026-11-27", title: str = "blic") -> Fact:
    return Fact(date, "lab4", title, question, answer=answer)


def new(prompt: str, *options: str, answer: str = "", date: str = "2026-11-27") -> Fact:
    return Fact(date, "lab4", "blic", prompt=prompt, options=options, answer=answer)


def known(facts: list[Fact], name: str):
    found = bank.find(attached([LAB4], facts, "f"), name)
    assert found is not None
    return found


SPELLINGS = st.lists(
    st.builds(
        on, st.just("q1"), st.sampled_from(["Da", "da.", "9 312", "9312"]), title=st.sampled_from(["blic", "Blic"])
    )
)


@given(FACTS | SPELLINGS, FACTS | SPELLINGS, FACTS | SPELLINGS)
def test_merging_is_a_union(one, two, three):
    assert merged(one, one) == merged(one) == merged(merged(one))
    assert merged(one, two) == merged(two, one)
    assert merged(merged(one, two), three) == merged(one, merged(two, three))
    assert {identity(each) for each in merged(one, two)} == {identity(each) for each in (*one, *two)}


def test_the_same_fact_written_differently_is_one_and_another_answer_is_another():
    assert len(merged([on("q1", "9312"), on("q1", " 9 312. "), on("q1", "9312", title="Blic")])) == 1
    assert len(merged([on("q1", "9312"), on("q1", "9313"), on("q1"), on("q1", "9312", date="2026-11-28")])) == 4


@given(FACTS)
def test_a_file_gives_back_what_was_written(facts):
    assert decoded(text_of(facts).encode(), "f").facts == facts


@given(FACTS)
def test_facts_never_keep_banks_from_being_used(facts):
    (found,) = attached([LAB4], merged(facts), "f")
    assert [each.id for each in found.questions[: len(LAB4.questions)]] == [each.id for each in LAB4.questions]
    for each in found.questions:
        assert {one.group for one in each.recollections} <= set(found.groups)
        assert each.id in found.places
        assert each.verify is not None or each.id.startswith("novo-")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=type(found)) == found


@given(st.binary(max_size=60) | FACTS.map(lambda facts: text_of(facts).encode()[:-3]))
def test_a_spoilt_file_is_a_problem_with_a_sentence_and_never_a_traceback(data):
    spoilt = data if data[:1] == b"#" else b"facts:\n  - " + data
    with contextlib.suppress(bank.BankError):
        assert isinstance(decoded(spoilt, "f"), Notes)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("{date: 2026-11-27}", "fact_undecided"),
        ("{date: 2026-11-27, question: q1, prompt: x}", "fact_undecided"),
        ("{date: jučer, question: q1}", "fact_date"),
        ("{date: 2026-02-30, question: q1}", "fact_date"),
        ("{date: 2026-11-27, question: q1, who: x}", "unknown_field"),
        ("{question: q1}", "missing_field"),
        (f"{{date: 2026-11-27, prompt: x, options: [{', '.join(map(str, range(13)))}]}}", "fact_options"),
    ],
)
def test_what_is_wrong_with_a_fact_is_said_with_its_line(row, code):
    with pytest.raises(bank.BankError) as caught:
        decoded(f"facts:\n  - {{date: 2026-11-27, question: q1}}\n  - {row}\n".encode(), "f")
    assert [(each.code, each.line) for each in caught.value.problems] == [(code, 3)]


def test_a_new_source_raises_the_weight_and_the_same_one_does_not():
    before = weight(known([], "q2"))
    assert weight(known([on("q2", "2")], "q2")) == before + 1
    assert weight(known([on("q2", "2"), on("q2", "3"), on("q2")], "q2")) == before + 1
    assert len(known([on("q2", "2"), on("q2")], "q2").recollections) == len(known([], "q2").recollections) + 1
    assert weight(known([on("q2"), on("q2", date="2026-11-28")], "q2")) == before + 2
    assert known([on("q19", "b")], "q2") == known([], "q2")


@pytest.mark.parametrize("question", [each for one in ("lab3", "lab4") for each in shipped_bank(one).questions])
def test_an_answer_is_decided_as_the_bank_decides_it(question):
    if isinstance(question, ChoiceQuestion):
        for letter, option in question.options.items():
            text = one_line(fill(option.text, question.params))
            assert recollection(question, text, "V1").option == letter
    if isinstance(question, TypedQuestion):
        for one in question.recollections:
            if one.answer and not one.claims:
                assert recollection(question, one.answer, one.group).answer == one.answer
    if isinstance(question, OpenQuestion):
        said = recollection(question, " ".join(point.text for point in question.points), "V1")
        assert set(said.claims) <= {point.claim for point in question.points}
    unread = recollection(question, "§", "V1")
    assert not unread.option
    assert not unread.claims
    assert unread.answer or "§" in unread.note


def test_several_right_options_are_judged_by_their_claims():
    (question,) = [
        each
        for each in shipped_bank("lab3").questions
        if each.id and hasattr(each, "answer") and isinstance(each.answer, tuple) and isinstance(each, OptionQuestion)
    ]
    whole = recollection(question, ", ".join(question.answer), "V1")
    assert whole.claims == tuple(question.options[each].claim for each in question.answer)
    assert whole.ruling is None
    part = recollection(question, question.answer[0], "V1")
    assert part.ruling is not None
    assert (part.ruling.verdict, part.ruling.because) == ("incomplete", part.claims)


def test_a_new_question_with_options_is_a_choice_and_its_key_what_most_remember():
    facts = [new("Što je to?", "tuple", "lista", answer="tuple"), new("što je to", answer="lista")]
    facts.append(new("Što je to?", answer="Lista", date="2026-11-28"))
    (found,) = attached([LAB4], facts, "f")
    asked = found.questions[-1]
    assert isinstance(asked, ChoiceQuestion)
    assert asked.verify is None
    assert asked.options[asked.answer].text in ("lista", "Lista")
    assert sorted(each.text.lower() for each in asked.options.values()) == ["lista", "tuple"]
    assert weight(asked) == 2
    assert attached([LAB4], facts[::-1], "f")[0].questions[-1] == asked


@pytest.mark.parametrize(
    ("answer", "kind"), [("9 312", "NumberQuestion"), ("tuple", "TextQuestion"), ("zato što je " * 4, "OpenQuestion")]
)
def test_a_new_question_without_options_is_asked_as_its_answer_reads(answer, kind):
    asked = attached([LAB4], [new("Koliko?", answer=answer.strip())], "f")[0].questions[-1]
    assert (type(asked).__name__, weight(asked)) == (kind, 1)


def test_a_new_question_is_not_asked_as_long_as_nobody_knows_the_answer():
    assert attached([LAB4], [new("Koliko?")], "f")[0].questions == LAB4.questions
    assert weight(attached([LAB4], [new("Koliko?"), new("koliko", answer="3")], "f")[0].questions[-1]) == 1


def test_the_id_of_a_new_question_is_that_of_its_text():
    assert new_id(new("Koliko je?")) == new_id(new("  koliko JE", answer="3")) != new_id(new("Koliko nije?"))


def test_what_was_kept_is_taken_only_while_nothing_changed(tmp_path, monkeypatch):
    path, cache = tmp_path / "f.yaml", tmp_path / "cache"
    write(path, [on("q2", "2")])
    first = attached_file([LAB4], path, cache)
    assert first == attached([LAB4], [on("q2", "2")], str(path))
    with monkeypatch.context() as patch:
        patch.setattr("quizlab.bank.attaching.decided", None)  # not called again
        assert attached_file([LAB4], path, cache) == first
    write(path, [on("q2", "3")])
    assert attached_file([LAB4], path, cache) == attached([LAB4], [on("q2", "3")], str(path))
    fewer = msgspec.structs.replace(LAB4, questions=LAB4.questions[:1])
    assert attached_file([fewer], path, cache) == attached([fewer], [on("q2", "3")], str(path))
    (kept,) = cache.iterdir()
    kept.write_bytes(b"x")
    assert attached_file([LAB4], path, cache) == attached([LAB4], [on("q2", "3")], str(path))
