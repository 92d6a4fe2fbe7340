"""A page opened in a browser as a student opens it: from a file, without network."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
VIOLATIONS = (
    "document.addEventListener('securitypolicyviolation', (e) => console.error('POLICY ' + e.violatedDirective))"
)
RIGHT = {"q1": "9312", "q2": "druga", "q3": "druga", "q6": "M-1; (K-1)*M", "q7": "(B, 784)", "q8": "9312"}


class Visit:
    """A page opened without network; at the end nothing may have been asked for, refused or broken."""

    def __init__(self, browser: Any, file: Path, **options: Any) -> None:
        self.context = browser.new_context(accept_downloads=True, **options)
        self.context.set_offline(True)
        self.context.add_init_script(VIOLATIONS)
        self.context.set_default_timeout(30_000)  # ten seconds are not enough where the machine is busy
        self.wrong: list[str] = []
        self.address = file.as_uri()
        self.page = self.open()

    def open(self) -> Any:
        found = self.context.new_page()
        found.on("request", lambda each: self.wrong.append(each.url) if self._foreign(each.url) else None)
        found.on("pageerror", lambda each: self.wrong.append(str(each)))
        found.on("console", lambda each: self.wrong.append(each.text) if each.type in ("error", "warning") else None)
        found.goto(self.address)
        return found

    def _foreign(self, url: str) -> bool:
        return not url.startswith((self.address, "data:", "blob:"))

    def practise(self, only: str = "", limit: str = "0", order: str = "new") -> None:
        """Begin a practice of the questions in which a text is found."""
        self.page.get_by_role("button", name="Vježbaj", exact=True).click()
        if only:
            self.page.get_by_label("Traži").fill(only)
            self.page.get_by_text(re.compile(r"^\d+ pitanj\w od 8$")).wait_for()
        self.page.locator(f"input[name=limit][value='{limit}']").check()
        self.page.locator(f"input[name=order][value='{order}']").check()
        self.page.get_by_role("button", name="Započni vježbanje").click()

    def asked(self) -> str:
        """The id of the question on screen."""
        return str(self.page.locator("#crumbs").inner_text().split(" · ")[2])

    def letter(self, text: str) -> str:
        """The letter under which an option stands this time."""
        return str(self.page.locator("#field [data-letter]").filter(has_text=text).get_attribute("data-letter"))

    def answer_right(self) -> None:
        """Give the right answer to the question on screen."""
        name = self.asked()
        if name == "q5":
            self.page.get_by_role("button", name="Otkrij točke").click()
            for box in self.page.locator("#field input").all():
                box.check()
            self.page.get_by_role("button", name="Odgovori").click()
        elif name == "q4":
            for text in ("druga", "treća"):
                self.page.locator("#field label").filter(has_text=text).click()
            self.page.get_by_role("button", name="Odgovori").click()
        elif name in ("q2", "q3"):
            self.page.locator("#field button").filter(has_text=RIGHT[name]).click()
        else:
            self.page.get_by_label("Odgovor", exact=True).fill(RIGHT[name])
            self.page.get_by_role("button", name="Odgovori").click()

    def verdict(self) -> str:
        return re.sub(r"\n+", "\n", self.page.locator("#verdict").inner_text())

    def log(self) -> list[dict[str, Any]]:
        kept = self.page.evaluate("localStorage.getItem('quizlab:napredak:1')")
        return list(json.loads(kept)["answers"]) if kept else []
