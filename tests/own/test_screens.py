"""What the student sees: causes first, never «krivo», what is not checked and why; statuses and JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from quizlab.commands import _own
from quizlab.errors import QuizlabError
from quizlab.own.guard import DEEDS, Attempt
from quizlab.own.messages import CAUSES, Judged, Named
from quizlab.own.opening import Place
from quizlab.own.reading import Trouble
from quizlab.own.runner import Examined
from quizlab.telling import own as telling
from quizlab.telling.machine import encode
from quizlab.view import own as view
from quizlab.view.screen import Screen
from tests.conftest import Run
from tests.own.looking import questions
from tests.thinned import thinned

PLACES = (
    Place("unit", "_BNReluConv", "model.py", 6, "model.py:6"),
    Place("model", "SimpleMetricEmbedding", "model.py", 14, "model.py:14"),
    Place("train", "train", "utils.py", 7, "utils.py:7"),
    Place("evaluate", "evaluate", "utils.py", 60, "utils.py:60"),
)
GROUPNORM = Named(
    "groupnorm", "unit", "model.py", 9, "model.py:9", "Jedinica ima GroupNorm, a vježba traži BatchNorm2d.",
    "Na blicu odgovaraj za BatchNorm2d.", ("q1", "q9"), False,
)  # fmt: skip
ANCHOR = Named(
    "anchor-as-positive", "dataset", "dataset.py", 3, "dataset.py:3", "Sidro može biti i vlastiti pozitiv.",
    "Na blicu ga ne broji.", ("q5",), True,
)  # fmt: skip
ASKED = ("q1", "q2", "q5", "q9", "q15", "q12")


def report(*, causes: tuple[Named, ...] = (), **outcomes: Judged) -> telling.Report:
    """A report on six questions: those not named agree, and q12 is general."""
    judged = {name: outcomes.get(name, Judged(name, "agrees", key="k", own="k")) for name in ASKED[:-1]}
    found = Examined(places=PLACES, judged=judged, causes=causes, versions={"torch": "2.6"})
    return telling.reported("lab4", questions("lab4", *ASKED), frozenset({"q12"}), found, 6.1)


def shown(found: telling.Report, *, plain: bool = False, width: int = 80) -> str:
    """The screen of a report."""
    file = io.StringIO()
    screen = Screen(plain=plain, file=file)
    screen.console.width = width
    view.report(screen, found, "~/du")
    return file.getvalue()


ALL_AGREE = report()
DIFFERS = report(
    causes=(GROUPNORM, ANCHOR),
    q1=Judged("q1", "differs", "slojevi su redom GroupNorm, ReLU i Conv2d", key="9312", own="9312"),
    q9=Judged("q9", "differs", "oba načina daju isti izlaz"),
    q15=Judged("q15", "unchecked", missing="identity"),
    q2=Judged("q2", "unchecked", "kôd je htio otvoriti mrežnu vezu"),
)


def test_all_that_agrees_is_one_bar_with_the_parts_above_it() -> None:
    text = shown(ALL_AGREE)
    assert "model.py:6" in text
    assert "train i još 1 funkcija" in text
    assert "umjesto toga radi quizlabov" in text
    assert "5/5 slaže se s ključem\n" in text
    assert "1 pitanje ne ovisi o tvojem kodu (q12)" in text
    assert _own.status([ALL_AGREE]) == 0


def test_a_cause_comes_before_its_questions_and_says_where_it_is_and_what_to_answer() -> None:
    text = shown(DIFFERS)
    places = [
        text.index(each) for each in ("1/3 slaže", "✗ Jedinica", "model.py:9", "q1", "q9", "Na blicu", "nema modela")
    ]
    assert places == sorted(places)
    assert "2 se razlikuju" in text
    assert "slojevi su redom GroupNorm" in text  # equal values would explain nothing
    assert "Nije provjereno: q15 (nema modela identiteta)." in text
    assert "Nije provjereno: q2 (kôd je htio otvoriti mrežnu vezu)." in text
    assert "Napomene" in text
    assert "Potanko: quizlab verify q1 --code ~/du" in text
    assert "krivo" not in text.lower()
    assert _own.status([DIFFERS]) == 1


@pytest.mark.parametrize("width", [80, 40])
@pytest.mark.parametrize("found", [ALL_AGREE, DIFFERS])
def test_no_line_is_wider_than_the_screen(found: telling.Report, width: int) -> None:
    assert max(map(len, shown(found, width=width).splitlines())) <= width


def test_plain_output_has_a_statement_a_line() -> None:
    text = shown(DIFFERS, plain=True)
    assert "lab4: 1/3 slaže se s ključem, 2 se razlikuju, 2 nije provjereno." in text.splitlines()
    assert "█" not in text


def test_a_difference_that_only_a_note_speaks_of_is_no_difference() -> None:
    noted = report(causes=(ANCHOR,), q5=Judged("q5", "differs", "sidro"))
    assert _own.status([noted]) == 0
    assert "1 uz napomenu" in shown(noted)


def test_a_difference_without_a_cause_is_said_as_such() -> None:
    text = shown(report(q2=Judged("q2", "differs", "jedna dimenzija manje")))
    assert "uzrok nije među poznatima" in text
    assert "jedna dimenzija manje" in text


def test_nothing_run_is_a_status_of_its_own() -> None:
    found = report(**{name: Judged(name, "unchecked", "ne radi") for name in ASKED[:-1]})
    assert _own.status([found]) == 3


def test_the_json_has_what_the_guide_says() -> None:
    told = json.loads(encode(DIFFERS))
    assert {"parts", "causes", "questions", "notes"} <= set(told)
    assert told["causes"][0] | {"line": 9, "file": "model.py", "questions": ["q1", "q9"]} == told["causes"][0]
    assert {each["id"]: each["outcome"] for each in told["questions"]}["q12"] == "general"
    assert [each["id"] for each in told["notes"]] == ["anchor-as-positive"]


def test_text_of_a_student_is_no_markup_and_no_escape() -> None:
    text = shown(report(q2=Judged("q2", "differs", "[red]\x1b[31m\u202ezlo")))
    assert "[red]" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_what_could_not_be_read_is_said_with_line_and_remedy() -> None:
    fault = Trouble("syntax", "vocab.py", 114, "expected an indented block after function definition on line 113")
    assert telling.trouble(fault, (), True) == (
        "vocab.py se ne može pročitati: u retku 114 nedostaje uvučeni blok iza retka 113. Ni Python je ne bi uvezao."
    )
    assert telling.trouble(fault, PLACES, False) == ""
    assert "python -m pip install einops" in telling.trouble(Trouble("package", "model.py", 1, "einops"), PLACES, False)
    broken = Examined(places=PLACES, attempts=(Attempt("ask", "/du/model.py", 3),), threads=2, broken={CAUSES: "time"})
    said = telling.reported("lab4", (), frozenset(), broken, 1.0).warnings
    assert said[0] == f"model.py:3: kôd je htio {DEEDS['ask']}; to je spriječeno."
    assert len(said) == 3


def test_parts_are_written_for_the_student_to_change_and_read_again(tmp_path: Path) -> None:
    file = tmp_path / "quizlab.toml"
    file.write_text("[lab3]\nvocab = 'a.py:Rjecnik'\n", encoding="utf-8")
    _own.write_parts(tmp_path, "lab4", PLACES)
    assert _own.settings(tmp_path, "lab4")[0] == "unit=model.py:_BNReluConv"
    assert _own.settings(tmp_path, "lab3") == ("vocab=a.py:Rjecnik",)
    file.write_text("lab4 = [", encoding="utf-8")
    with pytest.raises(QuizlabError, match="own_settings"):
        _own.settings(tmp_path, "lab4")


MODEL = """\
from torch import nn


class Jedinka(nn.Module):
    def get_features(self, img):
        return img.flatten(1)


class Kriva(nn.Module):
    def get_features(self, img):
        return img.flatten(2)
"""


def test_the_command_from_end_to_end(quizlab: Run, tmp_path: Path) -> None:
    (tmp_path / "du").mkdir()
    (tmp_path / "du" / "model.py").write_text(MODEL, encoding="utf-8")
    code = ("--code", str(tmp_path / "du"))
    agrees = quizlab("verify", "q15", *code, "--part", "identity=model.py:Jedinka")
    assert agrees.returncode == 0, agrees.stderr
    assert "Slaže se s ključem" in agrees.stdout
    differs = quizlab("verify", "q15", *code, "--part", "identity=model.py:Kriva", "--json")
    assert differs.returncode == 1, differs.stderr
    assert json.loads(differs.stdout)["questions"][0]["outcome"] == "differs"


@pytest.mark.parametrize(
    ("arguments", "said"),
    thinned(
        [
            (("--code", "nema"), "Nema ni mape ni datoteke"),
            (("--code", "."), "nema koda vježbe lab4"),
            (("--code", ".", "--part", "model"), "nije oblika"),
            (("--code", ".", "--part", "model=nema.py:X"), "Nema datoteke nema.py"),
            (("--code", ".", "--set", "k=1"), "Uz --code ne idu"),
            (("--part", "model=a.py:X"), "samo uz --code"),
        ],
        2,
    ),
)
def test_bad_input_is_one_sentence(
    arguments: tuple[str, ...], said: str, quizlab: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = quizlab("verify", "q15", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
