/* The grid of targets by keyboard, as in a sheet: up, down, Enter, left and right at the
   ends of a text, Escape, a pasted block, Ctrl+Z after it. Nothing is sent before the
   button is pressed; without this script the page is a plain form. */
const rows = [...document.querySelectorAll(".kisi-target tbody tr")]
  .map((row) => [...row.querySelectorAll("input.in")])
  .filter((row) => row.length);
let before = [];

function place(input) {
  const row = rows.findIndex((cells) => cells.includes(input));
  return row < 0 ? null : [row, rows[row].indexOf(input)];
}

function go(row, column) {
  const cells = rows[row];
  if (!cells) return;
  const cell = cells[Math.min(Math.max(column, 0), cells.length - 1)];
  cell.focus();
  cell.select();
}

function atEnd({ selectionStart, selectionEnd, value }, forward) {
  const all = selectionStart === 0 && selectionEnd === value.length;
  return all || (selectionStart === selectionEnd && selectionEnd === (forward ? value.length : 0));
}

function keys(event) {
  const found = place(event.target);
  if (!found || event.altKey || event.ctrlKey || event.metaKey) return;
  const [row, column] = found;
  const { key, shiftKey, target } = event;
  if (key === "ArrowDown" || (key === "Enter" && !shiftKey)) go(row + 1, column);
  else if (key === "ArrowUp" || key === "Enter") go(row - 1, column);
  else if (key === "ArrowRight" && !shiftKey && atEnd(target, true)) go(row, column + 1);
  else if (key === "ArrowLeft" && !shiftKey && atEnd(target, false)) go(row, column - 1);
  else if (key === "Escape") target.value = target.defaultValue;
  else return;
  event.preventDefault();
}

/* A block fills the cells from the one in focus on, right and down; what lies outside the
   grid is counted beside it. */
function pasted(event) {
  const found = place(event.target);
  const text = event.clipboardData?.getData("text").replace(/\r?\n$/, "") ?? "";
  if (!found || !/[\t\n]/.test(text)) return;
  event.preventDefault();
  before = [];
  let outside = 0;
  text.split(/\r?\n/).forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const cell = rows[found[0] + down]?.[found[1] + right];
      if (!cell) {
        outside += value.trim() ? 1 : 0;
        return;
      }
      before.push([cell, cell.value]);
      cell.value = value.trim();
    });
  });
  const status = document.getElementById("sisa-tempelan");
  status.textContent = outside ? `${status.dataset.kata} ${outside}` : "";
}

function undone(event) {
  if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || !before.length) return;
  event.preventDefault();
  for (const [cell, value] of before) cell.value = value;
  before = [];
}

document.addEventListener("keydown", keys);
document.addEventListener("keydown", undone);
document.addEventListener("paste", pasted);
document.addEventListener("input", () => (before = []));
