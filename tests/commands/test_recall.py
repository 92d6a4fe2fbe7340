"""Recall, right after a blic: ten questions typed, kept at once, used everywhere, merged without doubling."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pexpect
import pytest

from quizlab import home as homes
from quizlab.bank.recalled_file import decoded
from quizlab.learning import results
from quizlab.learning.memory import State, prior
from quizlab.learning.results import Result
from tests.commands.test_practice import Terminal
from tests.conftest import Run

WALK = [
    ("param jedinice bn relu conv", "", "9312"),
    ("reda get_features", "", "2"),
    ("sto vraca sample_pos", "", "int"),
    ("zadnji sloj", "", "b"),
    ("margina tripletn", "2", "a"),
    ("ulaznih kanala prva", "", "1"),
    ("q20", "c"),
    ("torch.save sprema", "", ""),
    ("pca_lowrank vraca", "", "tuple"),
    ("dataloader workers", "", "1;2;4", "b"),
]
"""As it is typed: half a sentence, which of those offered, the answer; the last one is new."""

MINUTE = 60 * 5
"""Keys in a minute for somebody who types sixty words of five letters."""


def lines(*several: tuple[str, ...]) -> str:
    return "".join(f"{line}\n" for each in several for line in each)


def facts(home: Path):
    return decoded((home / homes.RECALLED).read_bytes(), "f").facts


@pytest.mark.stress
def test_ten_questions_take_a_minute_of_typing_and_are_used_at_once(quizlab: Run, home: Path) -> None:
    before = quizlab("list", "lab4", "--plain").stdout
    typed = lines(*WALK, ("", "7/10"))
    assert len(typed) <= MINUTE
    done = quizlab("recall", "lab4", "--when", "2026-11-20", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Zapisano: 10 pitanja." in done.stdout
    assert "„9312”, točno." in done.stdout
    assert "dobiveno 7 od 10" in done.stdout
    found = facts(home)
    assert {each.question for each in found} == {"q1", "q2", "q11", "q19", "q22", "q10", "q20", "q16", "q12", ""}
    assert {(each.date, each.lab) for each in found} == {("2026-11-20", "lab4")}
    after = quizlab("list", "lab4", "--plain").stdout
    assert "(nedokazano) dataloader workers" in after or "dataloader workers" in after
    assert after.count("\n") == before.count("\n") + 1
    assert "prisjećanje s blica" in quizlab("show", "q2").stdout
    (finding,) = json.loads(quizlab("verify", "q1", "--json").stdout)["findings"]
    assert (finding["verdict"], finding["problems"]) == ("confirmed", [])
    assert [each["verdict"] for each in finding["recollections"]][-1] == "confirmed"
    assert "prisjećanje s blica" in quizlab("export", "--md", "q1").stdout
    practised = quizlab("practice", "lab4", "--topic", "zapamćeno s blica", "--seed", "1", typed="a\n")
    assert "nedokazano" in practised.stdout
    assert "predviđeno" in quizlab("stats").stdout


def test_a_wrong_answer_is_judged_wrong_and_proved_so(quizlab: Run) -> None:
    done = quizlab("recall", "lab4", typed=lines(("q2", "3"), ("q19", "a")))
    assert "q2, „3”, krivo." in done.stdout
    assert done.stdout.count("krivo") == 2
    assert done.returncode == 0
    shown = json.loads(quizlab("verify", "q2", "q19", "--json").stdout)["findings"]
    assert [(each["verdict"], each["problems"]) for each in shown] == [("confirmed", [])] * 2
    assert [each["recollections"][-1]["verdict"] for each in shown] == ["refuted"] * 2


def test_a_step_back_takes_the_last_one_back_and_nothing_that_was_there_before(quizlab: Run, home: Path) -> None:
    quizlab("recall", "lab4", "--when", "2026-11-20", typed=lines(("q1", "9312")))
    before = (home / homes.RECALLED).read_bytes()
    typed = lines(("q2", "2"), ("q1", "9 312"), ("u",), ("u",), ("u",), ("q10", "1"), ("", "u"), ("u",), ("",))
    done = quizlab("recall", "lab4", "--when", "2026-11-20", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert [line for line in done.stdout.splitlines() if "oništ" in line] == [
        "Poništeno: q1. Zapis je uklonjen.",
        "Poništeno: q2. Zapis je uklonjen.",
        "Još nema zapisa koji bi se poništio.",
        "Poništeno: q10. Zapis je uklonjen.",
    ]
    assert "Ništa nije zapisano." in done.stdout
    assert (home / homes.RECALLED).read_bytes() == before


def test_a_step_back_within_a_question_leads_to_the_choice_and_to_its_start(quizlab: Run, home: Path) -> None:
    typed = lines(("zadnji sloj", "2", "u", "1", "b"), ("margina tripletn", "u"), ("nesto treće", "n", "u", "u"))
    done = quizlab("recall", "lab4", typed=typed)
    assert done.returncode == 0
    assert [(each.question, each.answer) for each in facts(home)] == [("q19", "globalno sažimanje prosjekom")]


def test_what_was_entered_is_kept_whenever_it_ends(quizlab: Run, home: Path) -> None:
    assert quizlab("recall", "lab4", typed=lines(("q1", "9312"), ("q2",))).returncode == 0
    assert [each.question for each in facts(home)] == ["q1"]
    assert quizlab("recall", "lab4", typed="\n").returncode == 0
    assert len(facts(home)) == 1


def test_merging_doubles_nothing_and_takes_no_result(quizlab: Run, home: Path, tmp_path: Path) -> None:
    quizlab("recall", "lab4", typed=lines(("q1", "9312"), ("q2", "2"), ("", "7/10")))
    shutil.copy(home / homes.RECALLED, tmp_path / "moja.yaml")
    assert "7" not in [line for line in (tmp_path / "moja.yaml").read_text("utf-8").splitlines() if "got" in line]
    shutil.rmtree(home)
    quizlab("recall", "lab4", typed=lines(("q1", "9 312"), ("q5", "")))
    done = quizlab("recall", "--merge", "moja.yaml")
    assert "Dodano: 1 novi zapis. Već je bilo: 1. Ukupno: 3." in done.stdout
    whole = (home / homes.RECALLED).read_bytes()
    assert "Dodano: 0 novih zapisa. Već je bilo: 2. Ukupno: 3." in quizlab("recall", "--merge", "moja.yaml").stdout
    assert (home / homes.RECALLED).read_bytes() == whole
    assert not (home / results.FILE).exists()


def test_a_spoilt_file_is_one_sentence_and_stops_nothing_but_recall(quizlab: Run, home: Path) -> None:
    home.mkdir()
    path = home / homes.RECALLED
    path.write_text("facts:\n  - {date: 2026-11-27}\n", encoding="utf-8")
    done = quizlab("practice", "q1", "--seed", "1", typed="9312\n")
    assert done.returncode == 0
    assert "Točno" in done.stdout
    (said,) = done.stderr.splitlines()
    assert said.startswith("Vlastita su prisjećanja ovaj put izostavljena: ")
    assert "prisjecanja.yaml:2" in said
    before = path.read_bytes()
    assert quizlab("recall", "lab4", typed=lines(("q1", "9312"))).returncode == 2
    assert quizlab("recall", "--merge", str(path)).returncode == 2
    assert path.read_bytes() == before


def test_the_own_results_are_in_the_statistics_for_programs(quizlab: Run) -> None:
    quizlab("recall", "lab4", "--when", "2026-11-20", typed=lines(("q1", "9312"), ("", "6,5/10")))
    (one,) = json.loads(quizlab("stats", "--json").stdout)["real"]
    assert {name: one[name] for name in ("lab", "date", "got", "of")} == {
        "lab": "lab4",
        "date": "2026-11-20",
        "got": 6.5,
        "of": 10,
    }
    assert 0 <= one["expected"] <= 1
    assert json.loads(quizlab("stats", "lab3", "--json").stdout)["real"] == []


def test_spoilt_results_are_one_sentence(quizlab: Run, home: Path) -> None:
    home.mkdir()
    (home / results.FILE).write_text('[{"lab": "lab4", "date": "x", "got": 11, "of": 10, "expected": 0}]')
    done = quizlab("stats")
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)
    assert "rezultati" in done.stderr.lower()


def test_a_result_is_never_written_over_what_cannot_be_read(quizlab: Run, home: Path) -> None:
    home.mkdir()
    (home / results.FILE).write_text("[")
    done = quizlab("recall", "lab4", typed=lines(("q1", "9312"), ("", "7/10")))
    assert done.returncode == 0
    assert "rezultati" in done.stderr
    assert (home / results.FILE).read_text() == "["
    assert len(facts(home)) == 1


def test_a_result_is_corrected_and_its_forecast_stays(quizlab: Run, home: Path) -> None:
    for typed in ("7/10", "11/10\nsedam\n9,5 od 10"):
        quizlab("recall", "lab4", typed=lines(("q1", "9312"), ("", typed)))
    (found,) = results.read(home)
    assert (found.got, found.of) == (9.5, 10)
    assert found.expected == pytest.approx(prior(0, 0))  # nothing was practised


def test_a_result_counts_as_that_many_first_answers() -> None:
    state = State()
    assert results.weighed(state, ()) == state
    good = Result("lab4", "2026-11-27", 9, 10, 0.5)
    assert results.weighed(state, [good]).prior == prior(9, 10) > state.prior
    bad = Result("lab4", "2026-11-27", 1, 10, 0.5)
    assert results.weighed(state, [bad]).prior < state.prior
    assert results.added([good], bad) == (bad,)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("lab9",), "lab9"), (("lab4", "--when", "sutra"), "sutra"), (("--merge", "nema.yaml"), "nema.yaml")],
)
def test_what_cannot_be_done_is_said(quizlab: Run, home: Path, arguments: tuple[str, ...], said: str) -> None:
    done = quizlab("recall", *arguments, typed="q1\n9312\n")
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (home / homes.RECALLED).exists()


def test_hostile_lines_stay_text(quizlab: Run, home: Path) -> None:
    evil = "\x1b[31m[red]{x} \u2028 # &a *b \"'"
    assert (
        quizlab("recall", "lab4", typed=lines((evil, "n", "", f"{evil};b", "a"), (evil, "n", "", "", evil))).returncode
        == 0
    )
    assert len(facts(home)) == 2
    listed = quizlab("list", "lab4", "--plain")
    assert listed.stderr == ""
    assert "\x1b" not in listed.stdout


def test_at_a_terminal_an_interruption_keeps_what_was_entered(environment: dict[str, str], home: Path) -> None:
    terminal = Terminal(environment, "lab4", command="recall")
    terminal.child.expect("1. pitanje")
    terminal.child.send("q1\r")
    terminal.child.expect("Označeno")
    terminal.child.send("9312\r")
    terminal.child.expect("2. pitanje")
    terminal.child.send("nedovr")
    terminal.child.expect("nedovr")  # shown: the line is being read
    for _ in range(10):  # a key pressed just before readline waits is lost on a busy machine
        terminal.child.sendintr()
        if terminal.child.expect(["Zapisano: 1 pitanje", pexpect.TIMEOUT], timeout=3) == 0:
            break
    assert terminal.child.wait() == 130
    assert [each.answer for each in facts(home)] == ["9312"]


@pytest.mark.parametrize("walk", [("q1", "9312"), ("potpuno novo pitanje o nečemu", "", "", "b")])
def test_what_cannot_be_kept_is_never_said_to_be(quizlab: Run, home: Path, walk: tuple[str, ...]) -> None:
    home.write_bytes(b"")  # a file where the folder would be
    done = quizlab("recall", "lab4", typed=lines(walk))
    assert done.returncode == 3
    assert "Zapisano:" not in done.stdout
    assert "Zapisano kao" not in done.stdout
