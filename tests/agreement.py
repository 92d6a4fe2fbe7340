"""Whether a counted noun agrees with its number: «21 element», «22 elementa», «25 elemenata»; read from finished text.

In Croatian 2, 3 and 4, also at the end of 32 or 104, want one form (*elementa*), 5 and more another (*elemenata*), and
1 the singular; 11–14 count as more. A genitive singular, as in «od 21 skupa», looks like the form of few. A noun is
looked at where it follows a whole number at once, or with an adjective in the genitive plural between them, which only
many may have («5 ulaznih kanala»). What follows a decimal, a share or a product is no count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizlab.numbers import form

NOUNS = """
    bod boda bodova, broj broja brojeva, element elementa elemenata, parametar parametra parametara, put puta puta,
    tenzor tenzora tenzora, redak retka redaka, član člana članova, skup skupa skupova, gubitak gubitka gubitaka,
    odgovor odgovora odgovora, dan dana dana, sloj sloja slojeva, stupac stupca stupaca, token tokena tokena,
    primjer primjera primjera, razred razreda razreda, korak koraka koraka, kanal kanala kanala, znak znaka znakova,
    problem problema problema, piksel piksela piksela, pitanje pitanja pitanja, oblik oblika oblika,
    dio dijela dijelova,
    slika/sliku slike slika, znamenka/znamenku znamenke znamenki, grupa/grupu grupe grupa, razina/razinu razine razina,
    rečenica/rečenicu rečenice rečenica, trojka/trojku trojke trojki/trojka, mreža/mrežu mreže mreža,
    epoha/epohu epohe epoha, točka/točku točke točaka, dimenzija/dimenziju dimenzije dimenzija,
    mapa/mapu mape mapa, komponenta/komponentu komponente komponenti/komponenata, težina/težinu težine težina,
    minuta/minutu minute minuta, sekunda/sekundu sekunde sekunda, pogreška/pogrešku pogreške pogrešaka/pogreški
"""
"""One, few, many; spellings that all do stand apart by strokes."""

FORMS = [[set(each.split("/")) for each in noun.split()] for noun in NOUNS.split(",")]
COUNTED = re.compile(
    r"(?<![\w.,·×−^*/+=-])(?<![·×−+/=,-] )([0-9]{1,3}(?:\u202f[0-9]{3})+|[0-9]+)[ \u00a0]"
    r"([a-zčćđšž]{3,}ih[ \u00a0])?([a-zčćđšž]+)(?!\w)"
)


def disagreeing(text: str) -> Iterator[str]:
    """Every count in a text that does not agree with the noun behind it."""
    for found in COUNTED.finditer(text):
        number = int(found[1].replace("\u202f", ""))
        for one, few, many in FORMS:
            if found[3] in one | few | many:
                kind = form(number, "one", "few", "many")
                right = {"one": one | few, "few": few, "many": many}[kind]
                if found[3] not in right or (found[2] and kind != "many"):
                    yield found[0]
                break
