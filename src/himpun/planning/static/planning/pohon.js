/* The drawing is moved by dragging it with the mouse. Touch and arrow keys scroll it as
   they scroll everything. It opens with its root in the middle. */
for (const canvas of document.querySelectorAll("[data-geser]")) {
  let from = null;
  canvas.classList.add("geser");
  const root = canvas.querySelector(".kondisi").getBBox();
  canvas.scrollTop = root.y + root.height / 2 - canvas.clientHeight / 2;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    from = { x: event.clientX + canvas.scrollLeft, y: event.clientY + canvas.scrollTop };
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add("digeser");
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!from) return;
    canvas.scrollLeft = from.x - event.clientX;
    canvas.scrollTop = from.y - event.clientY;
  });
  const stop = () => {
    from = null;
    canvas.classList.remove("digeser");
  };
  canvas.addEventListener("pointerup", stop);
  canvas.addEventListener("pointercancel", stop);
}
