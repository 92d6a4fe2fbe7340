"""How a question of one's own is proved: a model, one call, or a proof that is there; each tried before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Struct

from quizlab import bank
from quizlab.commands._values import settings, written
from quizlab.errors import QuizlabError
from quizlab.hooks import registry
from quizlab.model import AnyQuestion, SimpleQuestion, hook_of, kind_of
from quizlab.proof import binding
from quizlab.question.texts import fill
from quizlab.telling import sentences
from quizlab.telling.proofs import PROOFS
from quizlab.telling.words import one_line

Ask = Callable[[str], str]
Speak = Callable[[str], object]
Found = TypeVar("Found")

MODEL, CALL = "torch.module", "torch.return"
MEASURED = {
    MODEL: {"number": "parameters", "shape": "shape", "formula": "parameters", "type": "type"},
    CALL: {"number": "length", "shape": "shape", "type": "type"},
}
"""What a model or a call is asked for, by the kind of the question."""

NONE = ("", "ništa", "nista", "ničim", "nicim")


class Proof(Struct, frozen=True):
    """What proves a key: the hook, and what it is given besides the numbers of the question."""

    hook: str
    fixed: Mapping[str, object]

    def lines(self) -> list[str]:
        """The fields of the entry in YAML."""
        what = {MODEL: "model koji se izgradi", CALL: "poziv koji se izvede"}.get(self.hook, "gotov dokaz")
        with_ = f"\n      with: {{{', '.join(f'{name}: {written(one)}' for name, one in self.fixed.items())}}}"
        return [f"    verify:  # dokaz: {what}", f"      hook: {self.hook}{with_ if self.fixed else ''}"]


def proof(ask: Ask, speak: Speak, kind: str, numbers: Mapping[str, object]) -> Proof | None:
    """The proof that is chosen; None for none.

    Args:
        ask: asks a line.
        speak: says a line.
        kind: of the question, as in a bank.
        numbers: the parameters of the question.
    """
    roads: dict[str, Callable[[Ask, Speak, str, Mapping[str, object]], Proof | None]] = {
        "model": _model,
        "poziv": _call,
        "gotov": _ready,
    }
    while True:
        said = ask("Što dokazuje ključ: model, poziv, gotov dokaz (prazno: ništa)").lower()
        if said in NONE:
            return None
        if road := next((road for name, road in roads.items() if name.startswith(said.split()[0])), None):
            return road(ask, speak, kind, numbers)
        speak(f"„{one_line(said)}” nije ponuđeno.")


def change(ask: Ask, speak: Speak, proved: Proof, numbers: Mapping[str, object]) -> dict[str, object]:
    """The changed settings with which the proof gives a wrong answer; none where there are none."""
    example = {MODEL: "bias: false", CALL: "call: sum([64, 10], dim=1)"}.get(proved.hook) or _example(proved.hook)

    def read() -> dict[str, object]:
        found = settings(ask(f"Promjena dokaza koja to daje, npr. {example} (prazno: nema je)"))
        _bound(proved.hook, found)
        if found:
            tried(Proof(proved.hook, {**proved.fixed, **found}), numbers)
        return found

    return _sound(read, speak)


def tried(one: Proof, numbers: Mapping[str, object]) -> None:
    """See whether a model or a call can be read, as far as that needs no torch.

    Raises:
        QuizlabError: it cannot, and where.
    """
    sizes = {name: number for name, number in numbers.items() if type(number) is int}
    texts = {name: text for name, text in one.fixed.items() if isinstance(text, str)}
    if one.hook == MODEL:
        from quizlab.hooks.torch import module

        names = ("without", "order")
        more = {name: texts[name] for name in names if name in texts}
        read = module.described(
            texts["layers"], texts.get("input", ""), bias=one.fixed.get("bias") is not False, **more
        )
        read.chain(sizes)
        read.shape(sizes)
    elif one.hook == CALL:
        from quizlab.hooks.torch import returns

        returns.described(texts["call"], sizes)


def _sound(read: Callable[[], Found], speak: Speak) -> Found:
    """What is read, asked for again as long as it has a fault."""
    while True:
        try:
            return read()
        except QuizlabError as error:
            for problem in error.problems:
                speak(sentences.problem(problem))


def _bound(hook: str, given: Mapping[str, object]) -> None:
    if problems := binding.check(hook, given, ""):
        raise QuizlabError([msgspec.structs.replace(each, field="") for each in problems])


def _model(ask: Ask, speak: Speak, kind: str, numbers: Mapping[str, object]) -> Proof:
    def read() -> Proof:
        fixed: dict[str, object] = {"layers": _needed(ask, "Model, npr. Conv2d(1, c, k), ReLU")}
        if shape := ask("Oblik ulaza modela, npr. 64, 1, 28, 28 (prazno: nema ga)"):
            fixed["input"] = shape
        tried(Proof(MODEL, fixed), numbers)
        return Proof(MODEL, fixed)

    return _measured(ask, speak, kind, _sound(read, speak))


def _call(ask: Ask, speak: Speak, kind: str, numbers: Mapping[str, object]) -> Proof:
    def read() -> Proof:
        found = Proof(CALL, {"call": _needed(ask, "Poziv; tenzor je svoj oblik, npr. topk([64, n], k=3)")})
        tried(found, numbers)
        return found

    found = _measured(ask, speak, kind, _sound(read, speak))
    if found.fixed["asks"] != "shape":
        return found

    def element() -> Proof:
        given = settings(f"element: {ask('Koji element, ako vraća n-torku, od 0 (prazno: 0)') or 0}")
        _bound(CALL, given)
        return Proof(CALL, {**found.fixed, **given} if given["element"] else found.fixed)

    return _sound(element, speak)


def _measured(ask: Ask, speak: Speak, kind: str, found: Proof) -> Proof:
    """The proof with what is measured."""
    usual = MEASURED[found.hook].get(kind, "parameters" if found.hook == MODEL else "type")
    wanted = binding.describe(binding.parameters(found.hook)["asks"][0]).replace(" | ", ", ")

    def read() -> Proof:
        asks = {"asks": ask(f"Što se mjeri: {wanted} (prazno: {usual})") or usual}
        _bound(found.hook, asks)
        return Proof(found.hook, {**found.fixed, **asks})

    return _sound(read, speak)


def _ready(ask: Ask, speak: Speak, kind: str, numbers: Mapping[str, object]) -> Proof | None:
    """A proof of the labs, from a list of those that take the numbers of the question, or of all where none does."""
    every = ready(kind)
    offered = {hook: told for hook, told in every.items() if not binding.check(hook, numbers, "")} or every
    if not offered:
        speak("Za tu vrstu pitanja nema gotova dokaza.")
        return None
    for number, (hook, told) in enumerate(offered.items(), 1):
        speak(f"{number}) {hook}: {told}")

    def chosen() -> str:
        said = ask(f"Koji ({'1' if len(offered) == 1 else f'1–{len(offered)}'}, prazno: nijedan)")
        hook = list(offered)[int(said) - 1] if said.isdecimal() and 1 <= int(said) <= len(offered) else said
        if hook and hook not in offered:
            raise QuizlabError("new_no_proof", {"text": one_line(said)})
        if hook:
            _bound(hook, numbers)
        return hook

    if not (hook := _sound(chosen, speak)):
        return None
    known = binding.parameters(hook)
    others = [f"{name} ({binding.describe(kind)})" for name, (kind, _) in known.items() if name not in numbers]
    if others:
        speak(f"Ostale postavke: {', '.join(others)}.")

    def fixed() -> dict[str, object]:
        found = settings(ask(f"Zadaj drukčije, npr. {_example(hook)} (prazno: kako jest)")) if others else {}
        _bound(hook, found)
        return found

    return Proof(hook, _sound(fixed, speak))


def ready(kind: str) -> dict[str, str]:
    """The proofs of the labs that take parameters and fit a kind of question, each with a sentence on what it gives."""
    found: dict[str, str] = {}
    for question in _asked():
        hook = hook_of(question)
        free = isinstance(question, SimpleQuestion) and (kind == "formula" or not question.symbols)
        if kind_of(question) == kind and free and not hook.startswith("torch.") and binding.parameters(hook):
            found.setdefault(hook, PROOFS.get(hook) or one_line(fill(question.prompt, question.params)))
    return found


def _asked() -> list[AnyQuestion]:
    aside = registry.aside()
    banks = [bank.load(path) for path in bank.shipped() if path.stem not in aside]
    return [question for each in banks for question in each.questions if hook_of(question)]


def _example(hook: str) -> str:
    """A setting of a hook with another value than its usual one."""
    for name, (kind, default) in binding.parameters(hook).items():
        words = binding.describe(kind).split(" | ")
        other = [each for each in words if each.lower() != str(default).lower()]
        if len(words) > 1 and other:
            return f"{name}: {other[0]}"
    return "ime: vrijednost"


def _needed(ask: Ask, question: str) -> str:
    while not (said := ask(question)):
        pass
    return said
