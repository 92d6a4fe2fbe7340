"""The collection inside a package: the tables that every Anki since 2012 reads, written with ``sqlite3``.

What Anki counts and hashes on import is left to it; ids and times come from the notes, so nothing here depends on
when or where it runs.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from quizlab.export.anki import note_type
from quizlab.export.anki.notes import ROOT

SCHEMA = """
CREATE TABLE col (id integer PRIMARY KEY, crt integer NOT NULL, mod integer NOT NULL, scm integer NOT NULL,
  ver integer NOT NULL, dty integer NOT NULL, usn integer NOT NULL, ls integer NOT NULL, conf text NOT NULL,
  models text NOT NULL, decks text NOT NULL, dconf text NOT NULL, tags text NOT NULL);
CREATE TABLE notes (id integer PRIMARY KEY, guid text NOT NULL, mid integer NOT NULL, mod integer NOT NULL,
  usn integer NOT NULL, tags text NOT NULL, flds text NOT NULL, sfld integer NOT NULL, csum integer NOT NULL,
  flags integer NOT NULL, data text NOT NULL);
CREATE TABLE cards (id integer PRIMARY KEY, nid integer NOT NULL, did integer NOT NULL, ord integer NOT NULL,
  mod integer NOT NULL, usn integer NOT NULL, type integer NOT NULL, queue integer NOT NULL, due integer NOT NULL,
  ivl integer NOT NULL, factor integer NOT NULL, reps integer NOT NULL, lapses integer NOT NULL, left integer NOT NULL,
  odue integer NOT NULL, odid integer NOT NULL, flags integer NOT NULL, data text NOT NULL);
CREATE TABLE revlog (id integer PRIMARY KEY, cid integer NOT NULL, usn integer NOT NULL, ease integer NOT NULL,
  ivl integer NOT NULL, lastIvl integer NOT NULL, factor integer NOT NULL, time integer NOT NULL,
  type integer NOT NULL);
CREATE TABLE graves (usn integer NOT NULL, oid integer NOT NULL, type integer NOT NULL);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""
VERSION = 11
CREATED = 1_400_000_000
"""The day from which Anki counts; its own value is of no use to notes that are not yet learned."""
FIRST_NOTE, NOTES = 1_400_000_000_000, 300_000_000_000
"""Ids of notes and cards are moments in milliseconds; these lie in the past."""
FIRST_DECK, DECKS = 1_764_100_000_000, 1_000_000_000


class Row(Struct, frozen=True):
    """A note as a collection holds it; ``fields`` begin with its name, and ``stamp`` is when it last changed."""

    guid: str
    name: str
    deck: str
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    stamp: int


def made(description: str, rows: Iterable[Row], stamp: int) -> bytes:
    """A collection with these notes, a new card for each; it is made in memory, so no disk can be full.

    Args:
        description: what the deck above all others says of itself, in HTML.
        rows: the notes, one at a time.
        stamp: when the note type last changed.
    """
    decks = {"Default": 1, ROOT: FIRST_DECK}
    taken: set[int] = set()
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; {SCHEMA}")
        for position, row in enumerate(rows, 1):
            deck = decks.setdefault(row.deck, FIRST_DECK + 1 + _number(row.deck) % DECKS)
            note = _free(FIRST_NOTE + _number(row.guid) % NOTES, taken)
            _note(connection, note, row)
            _card(connection, note, deck, row.stamp, position)
        _head(connection, description, decks, stamp)
        connection.execute("COMMIT")
        return connection.serialize()
    finally:
        connection.close()


def _number(text: str) -> int:
    """A number that stands for a text for ever."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8")).digest()[:8], "big")


def _free(number: int, taken: set[int]) -> int:
    """This number, or the next one that no other note has."""
    while number in taken:
        number += 1
    taken.add(number)
    return number


def _note(connection: sqlite3.Connection, number: int, row: Row) -> None:
    checksum = int(hashlib.sha1(row.name.encode("utf-8")).hexdigest()[:8], 16)
    tags, fields = f" {' '.join(row.tags)} ", "\x1f".join(row.fields)
    values = (number, row.guid, note_type.ID, row.stamp, -1, tags, fields, row.name, checksum, 0, "")
    connection.execute(f"INSERT INTO notes VALUES ({','.join('?' * len(values))})", values)


def _card(connection: sqlite3.Connection, number: int, deck: int, stamp: int, position: int) -> None:
    """The card of a note: new, in its place in the order of the bank."""
    values = (number, number, deck, 0, stamp, -1, 0, 0, position, *[0] * 8, "")
    connection.execute(f"INSERT INTO cards VALUES ({','.join('?' * len(values))})", values)


def _head(connection: sqlite3.Connection, description: str, decks: dict[str, int], stamp: int) -> None:
    found = {
        str(number): _deck(name, number, description if name == ROOT else "", stamp) for name, number in decks.items()
    }
    types = {str(note_type.ID): note_type.note_type(FIRST_DECK, stamp)}
    conf = {"nextPos": 1, "curDeck": 1, "activeDecks": [1], "schedVer": 2}
    texts = [json.dumps(each, ensure_ascii=False) for each in (conf, types, found, {"1": _limits()}, {})]
    milliseconds = stamp * 1000
    values = (1, CREATED, milliseconds, milliseconds, VERSION, 0, -1, 0, *texts)
    connection.execute(f"INSERT INTO col VALUES ({','.join('?' * len(values))})", values)


def _deck(name: str, number: int, description: str, stamp: int) -> dict[str, object]:
    today = {day: [0, 0] for day in ("newToday", "revToday", "lrnToday", "timeToday")}
    return {
        "id": number, "name": name, "desc": description, "mod": stamp, "usn": -1, "dyn": 0, "conf": 1,
        "collapsed": False, "browserCollapsed": False, "extendNew": 0, "extendRev": 0, **today,
    }  # fmt: skip


def _limits() -> dict[str, object]:
    """The options of the decks, which Anki demands and, unless asked to, does not import."""
    new = {"bury": False, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20}
    lapse = {"delays": [10], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0}
    review = {"bury": False, "ease4": 1.3, "ivlFct": 1, "maxIvl": 36500, "perDay": 200, "hardFactor": 1.2}
    return {
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "dyn": False, "maxTaken": 60, "timer": 0, "autoplay": True,
        "replayq": True, "new": new, "lapse": lapse, "rev": review,
    }  # fmt: skip
