// Lets the author sort the table of articles by a column. Without it, those that want work stand first.
(() => {
  "use strict";
  const table = document.querySelector("table.articles");
  if (!table) return;
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...table.tBodies[0].rows];
  const value = (row, column) => row.cells[column].textContent;
  const sort = (column, down) => {
    const isNumber = heads[column].classList.contains("number");
    const compare = isNumber ? (a, b) => parseFloat(a) - parseFloat(b) : (a, b) => a.localeCompare(b);
    const sorted = [...rows].sort((a, b) => (down ? -1 : 1) * compare(value(a, column), value(b, column)));
    table.tBodies[0].append(...sorted);
    heads.forEach((head, at) => at === column ? head.setAttribute("aria-sort", down ? "descending" : "ascending") : head.removeAttribute("aria-sort"));
    try { sessionStorage.setItem("gen-sort", JSON.stringify([column, down])); } catch { /* It is not remembered then. */ }
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.onclick = () => sort(column, head.getAttribute("aria-sort") === "ascending");
    head.append(button);
  });
  let last = null;
  try { last = JSON.parse(sessionStorage.getItem("gen-sort")); } catch { /* Nothing is remembered. */ }
  if (Array.isArray(last) && heads[last[0]]) sort(last[0], last[1]);
})();
