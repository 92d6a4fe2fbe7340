"""Numbers in words: ``devet tisuća tristo dvanaest``, ``milijun dvjesto jedna tisuća sto``."""

from __future__ import annotations

_ONES = {
    **dict.fromkeys(("jedan", "jedna", "jedno", "jednu"), 1),
    **dict.fromkeys(("dva", "dvije"), 2),
    "tri": 3,
    "cetiri": 4,
    "pet": 5,
    "sest": 6,
    "sedam": 7,
    "osam": 8,
    "devet": 9,
}
_TEENS = {
    "deset": 10,
    "jedanaest": 11,
    "dvanaest": 12,
    "trinaest": 13,
    "cetrnaest": 14,
    "petnaest": 15,
    "sesnaest": 16,
    "sedamnaest": 17,
    "osamnaest": 18,
    "devetnaest": 19,
}
_TENS = {
    "dvadeset": 20,
    "trideset": 30,
    "cetrdeset": 40,
    "pedeset": 50,
    "sezdeset": 60,
    "sedamdeset": 70,
    "osamdeset": 80,
    "devedeset": 90,
}
_HUNDREDS = {
    **dict.fromkeys(("sto", "stotinu"), 100),
    **dict.fromkeys(("dvjesto", "dvjesta", "dvije stotine"), 200),
    **dict.fromkeys(("tristo", "trista"), 300),
    "cetiristo": 400,
    "petsto": 500,
    **dict.fromkeys(("sesto", "seststo"), 600),
    "sedamsto": 700,
    "osamsto": 800,
    "devetsto": 900,
}
_PLACES = (
    *((word, value, 3) for word, value in _HUNDREDS.items()),
    *((word, value, 2) for word, value in _TENS.items()),
)
_BELOW = {
    **{word: (value, place) for word, value, place in _PLACES},
    **{word: (value, 1) for word, value in {**_TEENS, **_ONES}.items()},
}
"""Each word for a part of a number under a thousand: its value, and its place (hundreds 3, tens 2, the rest 1)."""

_SCALES = {
    **dict.fromkeys(("tisuca", "tisucu", "tisuce", "hiljada", "hiljadu", "hiljade"), 10**3),
    **dict.fromkeys(("milijun", "milijuna", "milijon", "milijona"), 10**6),
}
_MOST = 16


def spelled(folded: str) -> int | None:
    """The whole number that words in lower case without diacritics say, or None where they say none.

    The words stand in their order, each place at most once: «sto dvadeset tri» is a number, «tri sto» is none.
    """
    words = [word for word in folded.split() if word != "i"]
    if not words or len(words) > _MOST:
        return None
    total, group, place, scale = 0, 0, 4, 10**9
    for word in words:
        if below := _BELOW.get(word):
            if below[1] >= place:
                return None
            group, place = group + below[0], below[1]
        elif (by := _SCALES.get(word, 0)) and by < scale:
            total += (group or 1) * by
            group, place, scale = 0, 4, by
        else:
            return None
    return total + group
