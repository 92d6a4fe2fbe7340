"""A model changed: without something, or with its layers in another order. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from quizlab.hooks.torch.layers import LAYERS, Chain, Element, Layer, Step, leaves, numbered
from quizlab.hooks.torch.trouble import trouble

SWITCHES = ("bias", "affine", "elementwise_affine", "bidirectional", "batch_first")
"""What a layer may be without, besides not being there itself."""


def without(chain: Chain, what: str) -> Chain:
    """The model without a layer or a switch, in all places: ``bias``, ``BatchNorm2d``, ``3`` (the third layer).

    Several may stand between commas.

    Raises:
        QuizlabError: the model has nothing of it.
    """
    for word in (each.strip() for each in what.split(",")):
        if not word:
            continue
        changed = _switched_off(chain, word) if word in SWITCHES else _left_out(chain, word)
        if changed == chain or not list(leaves(changed)):
            raise trouble("spec_without", name=word[:60])
        chain = changed
    return numbered(chain)


def _switched_off(chain: Chain, name: str) -> Chain:
    def changed(step: Step) -> Step:
        if isinstance(step, Chain):
            return Chain(tuple(map(changed, step.steps)))
        if isinstance(step, Layer) and f"{name}:flag=True" in LAYERS[step.kind].split():
            return Layer(step.kind, {**step.given, name: False}, step.number, step.at)
        if isinstance(step, Layer) and step.given.get(name) is True:
            return Layer(step.kind, {key: value for key, value in step.given.items() if key != name}, step.number)
        return step

    return Chain(tuple(map(changed, chain.steps)))


def _left_out(chain: Chain, word: str) -> Chain:
    def stays(step: Step) -> bool:
        return not (isinstance(step, Layer) and word in (step.kind, str(step.number)))

    kept: list[Step] = []
    for step in chain.steps:
        if isinstance(step, Chain):
            kept.append(_left_out(step, word))
        elif stays(step) and not (isinstance(step, Element) and kept[-1:] == []):
            kept.append(step)
    return Chain(tuple(kept))


def ordered(chain: Chain, order: str) -> Chain:
    """The model with its layers in another order, each named by its kind or its number: ``Conv2d, BatchNorm2d, ReLU``.

    Raises:
        QuizlabError: these are not exactly its layers, or there are groups or picked elements among them.
    """
    words = [each.strip() for each in order.split(",") if each.strip()]
    left: list[Layer] = [step for step in chain.steps if isinstance(step, Layer)]
    known = ", ".join(each.kind for each in left)
    found: list[Step] = []
    for word in words:
        layer = next((each for each in left if word in (str(each.number), each.kind)), None)
        if layer is None:
            raise trouble("spec_order", order=order[:100], known=known)
        left.remove(layer)
        found.append(layer)
    if left or len(found) != len(chain.steps):
        raise trouble("spec_order", order=order[:100], known=known)
    return numbered(Chain(tuple(found)))


def without_biases(steps: Sequence[Step]) -> bool:
    """Whether no layer has a bias that could be left out."""
    return not any(
        "bias:flag=True" in LAYERS[each.kind].split() and each.value("bias", True)
        for each in leaves(Chain(tuple(steps)))
    )
