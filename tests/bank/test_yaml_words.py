"""What the YAML library complains of is said in Croatian, whatever is wrong."""

from __future__ import annotations

import random

import pytest
import yaml

from quizlab import bank
from quizlab.telling import sentences

PIECES = (
    *("\t", ":", "- ", "{", "}", "[", "]", "'", '"', "&", "*", "!", "%", "|", "> ", "@", "`", "\\", "? ", "---\n"),
    *("...\n", "#", ",", "\n", "  ", "!!x ", "|0", "&a &b", "%YAML 3.0\n", '"\\xZZ', '"\\uD800"', "<<: *x", "\n\t"),
)


@pytest.mark.parametrize("seed", range(4))
def test_every_complaint_has_its_words(seed: int) -> None:
    loader = getattr(yaml, "CSafeLoader", None)
    if loader is None:
        pytest.skip("PyYAML was built without libyaml, whose words these are")
    whole = bank.shipped()[0].read_text(encoding="utf-8")[:4000]
    rng = random.Random(seed)
    complaints = set()
    for _ in range(1500):
        text = list(whole[: rng.randrange(50, 2000)])
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(text))
            text[at : at + rng.choice([0, 0, 1, 4])] = rng.choice(PIECES)
        try:
            list(yaml.parse("".join(text), Loader=loader))
        except yaml.MarkedYAMLError as error:
            complaints.add(str(error.problem))
        except yaml.YAMLError:  # a character that may stand in no text: it has a sentence of its own
            continue
    assert len(complaints) > 15
    assert complaints <= set(sentences.YAML)
