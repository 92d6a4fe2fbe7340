"""What people call the types: in English, in Croatian, with case endings."""

from __future__ import annotations

_SPELLINGS = {
    "int": "integer|integeri|integera|intova|inta|intom|intu|cijeli broj|cijeli|cjelobrojni|cjelobrojna vrijednost|"
    "cijelih brojeva|cijela broja|cjelobrojni tip|cijeli brojevi|cijelog broja|cjeli broj",
    "float": "realni broj|realni|decimalni broj|broj s pomicnim zarezom|realnih brojeva|realna broja|floatova",
    "str": "string|stringova|stringa|stringovi|znakovni niz|niz znakova|tekst|znakovnih nizova",
    "bool": "boolean|logicka vrijednost|logicki|istinitosna vrijednost",
    "list": "lista|listu|liste|listi|popis|lista vrijednosti",
    "dict": "rjecnik|rijecnik|rjecnika|dictionary|mapa",
    "tuple": "n-torka|ntorka|n torka|n-torke|torka|n-torku|ntorku|torku|torke|"
    "namedtuple|named tuple|imenovana n-torka|imenovana ntorka|imenovana torka|"
    "uredena n-torka|uredena ntorka|uredena torka",
    "set": "skup|skupova",
    "None": "nonetype|nista|nema povratne vrijednosti|ne vraca nista",
    "torch.Tensor": "tensor|tensors|tensora|tensori|tenzor|tenzora|tenzori|torch tensor|torch tenzor|"
    "pytorch tensor|pytorch tenzor|torch.floattensor",
    "numpy.ndarray": "ndarray|np.ndarray|array|polje|numpy array|numpy arrays|numpy polje|numpy polja|"
    "np array|np.array|numpy.array|numpy matrica",
}
_PLAIN = (
    "object|bytes|bytearray|complex|frozenset|range|slice|generator|function|type|iterator|iterable|callable|"
    "any|module|property|int8|uint8|int32|int64|float16|float32|float64|defaultdict"
)

NAMES = {name.casefold(): name for name in (*_SPELLINGS, *_PLAIN.split("|"))} | {
    spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings.split("|")
}
"""Each spelling, without diacritics and in lower case, and the type that it means."""

KNOWN = ", ".join(_SPELLINGS)
"""The types to name in a message."""
