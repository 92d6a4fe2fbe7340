// Makes the list of options a game. Without it the list is still there to be read. Texts of questions are only
// moved and marked here, never read as anything.
(function () {
  "use strict";
  var card = document.querySelector(".quizlab");
  if (!card) { return; }
  var key = "quizlab " + card.querySelector(".oznaka").textContent;

  function kept(value) {
    try {
      if (value === undefined) { return window.sessionStorage.getItem(key) || ""; }
      window.sessionStorage.setItem(key, value);
    } catch (closed) {
      if (value === undefined) { return (window.quizlabKept || {})[key] || ""; }
      window.quizlabKept = {};
      window.quizlabKept[key] = value;
    }
    return "";
  }

  if (card.id === "odgovor") {
    var chosen = kept().split(" ");
    card.querySelectorAll(".rjesenje li").forEach(function (item, place) {
      if (chosen.indexOf(String(place)) >= 0) { item.classList.add("odabrano"); }
    });
    return;
  }

  kept("");
  var list = card.querySelector(".ponuda");
  if (!list) { return; }
  var right = card.querySelector(".tocni").textContent.split(" ");
  var single = list.classList.contains("jedan");
  var items = Array.prototype.slice.call(list.querySelectorAll("li"));
  var done = false;
  var said = document.createElement("p");
  said.className = "ishod";
  said.setAttribute("role", "status");

  function finish() {
    var all = true;
    done = true;
    items.forEach(function (item, place) {
      var holds = right.indexOf(String(place)) >= 0;
      var picked = item.classList.contains("odabrano");
      item.classList.toggle("tocno", holds);
      item.classList.toggle("krivo", picked && !holds);
      if (picked !== holds) { all = false; }
    });
    if (single) { all = !list.querySelector(".krivo"); }
    said.textContent = all ? "Točno." : "Krivo.";
  }

  function pick(item) {
    if (done) { return; }
    item.classList.toggle("odabrano");
    item.setAttribute("aria-checked", String(item.classList.contains("odabrano")));
    kept(items.reduce(function (places, each, place) {
      return each.classList.contains("odabrano") ? places.concat(place) : places;
    }, []).join(" "));
    if (single) { finish(); }
  }

  list.setAttribute("role", single ? "radiogroup" : "group");
  items.forEach(function (item) {
    item.setAttribute("role", single ? "radio" : "checkbox");
    item.setAttribute("aria-checked", "false");
    item.setAttribute("tabindex", "0");
    item.addEventListener("click", function (event) { event.stopPropagation(); pick(item); });
    item.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); event.stopPropagation(); pick(item); }
    });
  });

  var free = items.filter(function (item) { return !item.classList.contains("zadnji"); });
  for (var left = free.length - 1; left > 0; left -= 1) {
    var other = Math.floor(Math.random() * (left + 1));
    var moved = free[left];
    free[left] = free[other];
    free[other] = moved;
  }
  free.concat(items.filter(function (item) { return item.classList.contains("zadnji"); })).forEach(function (item) {
    list.appendChild(item);
  });

  if (!single) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "provjeri";
    button.textContent = "Provjeri";
    button.addEventListener("click", function (event) { event.stopPropagation(); finish(); });
    list.insertAdjacentElement("afterend", button);
    button.insertAdjacentElement("afterend", said);
  } else {
    list.insertAdjacentElement("afterend", said);
  }
}());
