"""Known mistakes of the two models of lab 3: padding that is read, states that are not the last, outputs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quizlab.hooks.common import apart, set_mode, watching
from quizlab.hooks.lab3 import corpus, recurrence
from quizlab.hooks.lab3.head import FAR
from quizlab.hooks.owned import has, needs, reference_of
from quizlab.own.causes.cause import Cause, Probe

CLOSE = 1e-4
LENGTHS = (6, 3, 2)
WORDS = 20


def _sentences() -> list[tuple[Any, Any]]:
    import torch

    return [(torch.randint(2, WORDS, (length,)), torch.tensor(0)) for length in LENGTHS]


def baseline(lab: Any) -> Iterator[Cause]:
    """What enters the first fully connected layer of the baseline."""
    import torch
    from torch import nn

    needs(lab, "baseline")
    vectors = corpus.made(lab, WORDS)
    model = corpus.build(lab, "baseline", vectors)
    set_mode(model, training=False)
    sentences = _sentences()
    texts, _, lengths = corpus.collate(reference_of(lab), sentences)
    with torch.no_grad(), watching(model, (nn.Linear,)) as ran:
        model(texts, lengths)
        own = torch.stack([vectors(words).mean(dim=0) for words, _ in sentences])
        padded = vectors(texts).mean(dim=1)
    fed = ran[0].came[0].reshape(own.shape)
    if apart(fed, own) < CLOSE:
        return
    answer = "Na blicu rečenicu predstavlja prosjek vektora njezinih stvarnih riječi; punjenje se u prosjek ne broji."
    if apart(fed, padded) < CLOSE:
        says = "Osnovni model u prosjek broji i punjenje (avg_pool preko cijele grupe); tekst vježbe to dopušta."
        yield Cause("padding-in-mean", "baseline", "forward", says, answer, ("q44", "q46"), note=True)
    else:
        says = "U prvi potpuno povezani sloj osnovnog modela ne ulazi prosjek vektora riječi, a vježba traži prosjek."
        yield Cause("not-mean", "baseline", "forward", says, answer, ("q46",))


def recurrent(lab: Any) -> Iterator[Cause]:
    """Which state the head gets, and whether padding changes it."""
    import torch
    from torch import nn

    needs(lab, "recurrent")
    vectors = corpus.made(lab, WORDS)
    cell = next(each for each in ("gru", "lstm", "rnn") if corpus.has_cell(lab, each))
    model = corpus.build(lab, cell, vectors)
    set_mode(model, training=False)
    sentences = _sentences()
    texts, _, lengths = corpus.collate(reference_of(lab), sentences)
    one = sentences[0][0]
    with torch.no_grad():
        with watching(model, (nn.Linear,)) as linear:
            seen = recurrence.alone(model, one)
        together = model(texts, lengths).flatten()
        alone = torch.cat([model(each.unsqueeze(0), torch.tensor([len(each)])).flatten() for each, _ in sentences])
    yield from _depth(seen.networks)
    read = apart(together, alone) > CLOSE
    answer = (
        "Na blicu izlazni sloj prima stanje posljednjeg sloja nakon posljednje stvarne riječi; punjenje se ne čita."
    )
    if apart(seen.words, vectors(one)) > CLOSE:
        says = "U povratnu mrežu riječi ne ulaze jedna za drugom, a vježba traži korak za svaku riječ."
        yield Cause("not-word-by-word", "recurrent", "forward", says, answer, ("q46", "q51"))
    elif apart(linear[0].came[0].flatten(), seen.state.flatten()) > CLOSE:
        says = "Izlazni sloj ne prima posljednje stanje posljednjeg sloja, a vježba traži upravo njega."
        yield Cause("not-last-state", "recurrent", "forward", says, answer, ("q51",))
    elif read:
        says = "Povratna mreža čita i punjenje iza kraćih rečenica (bez pakiranja i duljina); tekst vježbe to dopušta."
        yield Cause("padding-read", "recurrent", "forward", says, answer, ("q44", "q51"), note=True)
    yield from _output(model, texts, lengths, linear[-1].layer)


def _depth(networks: tuple[Any, ...]) -> Iterator[Cause]:
    layers = recurrence.layers_of(networks)
    if layers > 2:
        says = (
            f"Povratnih slojeva ima {layers} (mreža jedna iza druge, svaka s više slojeva: {len(networks)}), a vježba "
            "traži dva."
            if len(networks) > 1
            else f"Povratnih slojeva ima {layers}, a vježba traži dva."
        )
        answer = "Na blicu povratni model ima dva povratna sloja, rnn(150) → rnn(150)."
        yield Cause("depth-4" if layers == 4 else "depth", "recurrent", "__init__", says, answer)


def _output(model: Any, texts: Any, lengths: Any, last: Any) -> Iterator[Cause]:
    """Whether what comes out can be below zero."""
    import torch

    if last.bias is None:
        return
    with torch.no_grad():
        last.bias -= FAR
        lowest = float(model(texts, lengths).min())
    if lowest >= 0:
        says = "Izlaz povratnog modela već je prošao kroz sigmoidu, a vježba vraća logit (sigmoida je dio gubitka)."
        answer = "Na blicu je izlaz logit; vjerojatnost od njega čini tek sigmoida u gubitku."
        yield Cause("probabilities", "recurrent", "forward", says, answer, ("q51",))


def nonlinearity(lab: Any) -> Iterator[Cause]:
    """The plain network's function, as torch's module has it."""
    needs(lab, "recurrent")
    if corpus.has_cell(lab, "rnn"):
        model = corpus.build(lab, "rnn", corpus.made(lab, 3))
        if any(each.nonlinearity != "tanh" for each in corpus.networks(model, "rnn")):
            says = "Obični RNN ovdje ima nonlinearity='relu', a vježba ga koristi sa zadanim tangensom hiperbolnim."
            answer = "Na blicu je nelinearnost običnog RNN-a tanh."
            yield Cause("rnn-relu", "recurrent", "__init__", says, answer, ("q28",))


def no_recurrent(lab: Any) -> Iterator[Cause]:
    """A whole lab without the second model; a single file says nothing."""
    if has(lab, "baseline", "vocab", "collate") and not has(lab, "recurrent"):
        says = "U kodu nema povratnog modela, a vježba traži i njega: dva povratna sloja, pa dva potpuno povezana."
        answer = "Na blicu znaj da izlazni sloj prima stanje posljednjeg sloja nakon posljednje stvarne riječi."
        yield Cause("no-rnn", "recurrent", "", says, answer, ("q28", "q46", "q51", "q62"), note=True)


PROBES: tuple[Probe, ...] = (baseline, recurrent, nonlinearity, no_recurrent)
