"""What a soak types: commands with options, answers and keys, right ones and odd ones."""

from __future__ import annotations

import random
from pathlib import Path

from quizlab import answers, bank
from quizlab.model import OpenQuestion
from quizlab.telling.words import one_line

QUESTIONS = {question.id: question for path in bank.shipped() for question in bank.load(path).questions}
NAMES = sorted(QUESTIONS)

TYPED = ["b", "1", "sve", "(10, 32)", "9312", "32; 784", ":u", "int", "a c", "tanh(x)", "(-1, 1)", "ne znam", "3,14"]
KEYS = ["\r", "n", "s", "u", "q", "p", "o", "v", "m", "k", "d", "<", ">", "?", ":3", "j", "G", "b", " ", "\x7f"]
ODD = [
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b", "\x0c", "\x1a", "\x03", "\x04", "\t", "\x1b[5~", "\x1b[6~"),
    *(
        "č̌ć€",
        "\u202e\u200b",
        "a" * 3000,
        "(" * 400,
        "\x1b[200~9312\nb\x1b[201~",
        "\x1b[200~nedovršeno",
        "\x1bOP",
        "\x16",
    ),
]
RAW = [b"\xff\xfe", b"\xc5", b"\x00", b"\x1b[999;999R", b"\x80\x90"]

LINES = ["koliko parametara", "q1", "9312", "", "u", "n", "1", "2", "broj", "izbor", "a", "b", "Što je?", "k=3", "4"]
COMMANDS = {
    "practice": 9,
    "blic": 6,
    "recall": 4,
    "new": 3,
    "answer": 3,
    "verify": 2,
    "export": 3,
    "list": 1,
    "show": 2,
    "stats": 3,
    "search": 1,
    "import": 2,
    "reset": 1,
    "check": 2,
    "thread": 2,
    "build": 2,
    "hooks": 1,
    "completion": 1,
    "version": 1,
    "": 2,
}
"""Each with how often it is chosen."""

EXAMS = ["sutra", "petak 8:00", "2026-12-01", "2020-01-01", "29.2.", "jučer", "prekosutra", ""]


def answer(rng: random.Random, name: str = "") -> str:
    """Something to answer; the key as often as not, if the question is known."""
    question = QUESTIONS.get(name)
    if question is None or isinstance(question, OpenQuestion) or rng.random() < 0.3:
        return rng.choice(TYPED)
    return one_line(answers.written(question.answer))


def piped(rng: random.Random, command: str) -> bytes:
    """What comes through a pipe."""
    if rng.random() < 0.15:
        return b""
    some = LINES if command in ("new", "recall") else [*TYPED, *KEYS]
    lines = [rng.choice(some) if rng.random() < 0.9 else rng.choice(ODD) for _ in range(rng.randrange(80))]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    return data + rng.choice(RAW) if rng.random() < 0.1 else data + b"\n"


def pressed(rng: random.Random, command: str, question: str) -> bytes:
    """What is typed next at a terminal."""
    luck = rng.random()
    if luck < 0.04:
        return rng.choice(RAW)
    if luck < 0.16:
        return rng.choice(ODD).encode("utf-8", "surrogatepass")
    if command in ("new", "recall", "reset") or (command == "thread" and luck < 0.5):
        return (rng.choice(LINES) + "\r").encode()
    if luck < 0.65:
        return (answer(rng, question) + "\r").encode()
    return rng.choice(KEYS).encode() + (b"\r" if rng.random() < 0.3 else b"")


def arguments(rng: random.Random, command: str, out: Path) -> list[str]:
    """A command with options, some of which contradict one another."""
    given = [command] if command else []
    own, name = str(out / "moja.yaml"), rng.choice(NAMES)
    some = rng.choice([["lab3"], ["lab4"], [], [name], rng.sample(NAMES, 3), ["nema"]])
    given += _OWN[command](rng, some, name, out) if command in _OWN else []
    if command and rng.random() < 0.2 and command not in ("new", "recall", "import", "reset", "check", "build"):
        given += ["--bank", own]
    if command and rng.random() < 0.2 and command not in ("import", "reset", "check", "export"):
        given += ["--plain"]
    if rng.random() < 0.02:
        given += [rng.choice(["--nema", "-5", "", "--help", "č", "--seed", "--limit", "0"])]
    return given


def _some(rng: random.Random, *options: list[str]) -> list[str]:
    return [word for option in options if rng.random() < 0.2 for word in option]


def _practice(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    if rng.random() < 0.2:
        return ["--resume"]
    code = ["--code", str(out / "kod")] if rng.random() < 0.05 else []
    more = _some(rng, ["--limit", "3"], ["--minutes", "5"], ["--exam", rng.choice(EXAMS)], ["--due"], ["--mistakes"])
    return [*some, *code, *more, *_some(rng, ["--confidence"], ["--oral"], ["--seed", "7"], ["--new"], ["--no-oral"])]


def _blic(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    if rng.random() < 0.25:
        return ["--resume"]
    return [*some, *_some(rng, ["-n", "3"], ["-n", "40"], ["--minutes", "0.05"], ["--seed", "5"], ["--minutes", "2"])]


def _export(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    kind, end = rng.choice(
        ["md md", "sheet html", "html html", "anki apkg", "anki-csv txt", "moodle xml", "qti zip", "json json"]
    ).split()
    where = [] if rng.random() < 0.1 else ["-o", str(out / f"izvoz.{end}")]
    return [f"--{kind}", name if rng.random() < 0.7 else "m1", *where, *_some(rng, ["--variants", "2"])]


def _stats(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    if rng.random() < 0.4:
        return ["--export", str(out / rng.choice(["dnevnik.json", "dnevnik.csv", "dnevnik.txt", "kod"]))]
    if rng.random() < 0.2:
        return ["--regrade", *_some(rng, ["--write"])]
    return [*some, *_some(rng, ["--json"], ["--exam", rng.choice(EXAMS)])]


def _recall(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    if rng.random() < 0.15:
        return ["--merge", str(rng.choice([out.parent / "home" / "prisjecanja.yaml", out / "moja.yaml"]))]
    return [*_some(rng, ["lab3"]), *_some(rng, ["--when", rng.choice(["danas", "jučer", "2030-01-01"])])]


def _import(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    return [str(out / rng.choice(["dnevnik.json", "dnevnik.csv", "nema.json", "moja.yaml", "prazno.txt"]))]


def _thread(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    nit = str(out / rng.choice(["nit.txt", "nit.txt", "prazno.txt"]))
    return [rng.choice([nit, nit, "-"]), *rng.choice([[], ["--json"], ["--md"], ["--practice"]])]


def _build(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    layers = rng.choice(["Conv2d(1, 32, 3), ReLU", "Linear(3, 4)", "Linear(3", "Nema(1)", "Conv2d(k, 8, 3)"])
    return [layers, *_some(rng, ["--input", "64,1,28,28"], ["--without", "bias"], ["--set", "k=3"], ["--json"])]


def _verify(rng: random.Random, some: list[str], name: str, out: Path) -> list[str]:
    if rng.random() < 0.2:
        return [name, "--code", str(out / "kod"), *_some(rng, ["--write-parts"])]
    more = _some(rng, ["--json"], ["--snippet"], ["--variants", "2"], ["--set", "c_in=1"])
    return [name, *more, *_some(rng, ["--junit", str(out / "nalazi.xml")], ["--jobs", "2"], ["--changed"])]


_OWN = {
    "practice": _practice,
    "blic": _blic,
    "export": _export,
    "stats": _stats,
    "recall": _recall,
    "import": _import,
    "thread": _thread,
    "build": _build,
    "verify": _verify,
    "new": lambda rng, some, name, out: [str(out / rng.choice(["moja.yaml", "nova.yaml"])), *_thread_of(rng, out)],
    "answer": lambda rng, some, name, out: [name, answer(rng, name), *_some(rng, ["--json"], ["--proof"])],
    "list": lambda rng, some, name, out: some,
    "show": lambda rng, some, name, out: [name, *_some(rng, ["--all"])],
    "search": lambda rng, some, name, out: [rng.choice(["parametri", "tanh", "č", "", "(" * 50, "0x10"])],
    "reset": lambda rng, some, name, out: rng.choice([["--yes"], []]),
    "check": lambda rng, some, name, out: rng.choice([[], [str(out / "moja.yaml")], [str(out / "kod")]]),
}


def _thread_of(rng: random.Random, out: Path) -> list[str]:
    return ["--from-thread", str(out / "nit.txt")] if rng.random() < 0.15 else []
