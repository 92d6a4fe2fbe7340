"""Moments in Croatian."""

from __future__ import annotations

from datetime import datetime

WEEKDAYS = ("ponedjeljak", "utorak", "srijeda", "četvrtak", "petak", "subota", "nedjelja")
NEAR = ("danas", "sutra", "prekosutra")
WEEK = 7


def said(moment: datetime, now: datetime) -> str:
    """A moment as a label, in its own zone: «petak u 8:00», «sutra u 8:00», «1. 12. u 8:00», «15. 1. 2027. u 8:00»."""
    return f"{_day(moment, now)} u {moment.hour}:{moment.minute:02}"


def _day(moment: datetime, now: datetime) -> str:
    today = now.astimezone(moment.tzinfo).date()
    days = (moment.date() - today).days
    if 0 <= days < len(NEAR):
        return NEAR[days]
    if 0 <= days < WEEK:
        return WEEKDAYS[moment.weekday()]
    year = f" {moment.year}." if moment.year != today.year else ""
    return f"{moment.day}. {moment.month}.{year}"
