// A chart in JupyterLab whose parts can be clicked: each is a button over the picture, so that it
// is read aloud and reached by keyboard: Tab to the chart, arrows within it, Enter or Space to
// choose. The HTML comes escaped from our own template.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const middle = (spot) => [spot.left + spot.width / 2, spot.top + spot.height / 2];

// The nearest spot in a direction; what lies aside counts double, so that rows are kept.
function nearest(spots, from, [right, down]) {
  const [x, y] = middle(spots[from]);
  let best = from;
  let least = Infinity;
  spots.forEach((spot, index) => {
    const [dx, dy] = [middle(spot)[0] - x, middle(spot)[1] - y];
    const ahead = dx * right + dy * down;
    const cost = ahead + 2 * Math.abs(dx * down + dy * right);
    if (ahead > 0.001 && cost < least) [best, least] = [index, cost];
  });
  return best;
}

function render({ model, el }) {
  // JupyterLab would take Enter and the arrows for the notebook.
  el.dataset.lmSuppressShortcuts = "true";

  const buttons = () => [...el.querySelectorAll(".spot")];

  const reach = (index, focus) => {
    buttons().forEach((button, each) => { button.tabIndex = each === index ? 0 : -1; });
    if (focus) buttons()[index].focus();
  };

  const move = (event, index) => {
    const spots = model.get("spots");
    if (event.key in STEPS) reach(nearest(spots, index, STEPS[event.key]), true);
    else if (event.key === "Home") reach(0, true);
    else if (event.key === "End") reach(spots.length - 1, true);
    else return;
    event.preventDefault();
  };

  const button = (spot, index) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "spot";
    made.title = spot.words;
    made.setAttribute("aria-label", spot.words);
    if (spot.place) made.setAttribute("aria-pressed", spot.pressed);
    for (const side of ["left", "top", "width", "height"]) made.style[side] = `${spot[side] * 100}%`;
    made.addEventListener("focus", () => reach(index, false));
    made.addEventListener("keydown", (event) => move(event, index));
    made.addEventListener("click", () => model.send({ picked: index }));
    return made;
  };

  // A chart that is drawn anew keeps the focus on the place that it was on.
  let focused = null;
  el.addEventListener("focusin", (event) => { focused = event.target.dataset?.place || null; });
  el.addEventListener("focusout", (event) => { if (event.target.isConnected) focused = null; });

  const draw = () => {
    const kept = focused;
    el.innerHTML = model.get("html");
    const chart = el.querySelector(".chart");
    const spots = model.get("spots");
    if (!chart) return;
    chart.removeAttribute("tabindex");
    chart.setAttribute("aria-label", model.get("label"));
    spots.forEach((spot, index) => {
      const made = button(spot, index);
      if (spot.place) made.dataset.place = spot.place;
      chart.append(made);
    });
    const again = spots.findIndex((spot) => spot.place && spot.place === kept);
    const first = spots.findIndex((spot) => spot.pressed);
    if (spots.length) reach(Math.max(again, first, 0), again >= 0);
  };
  model.on("change", draw);
  draw();
}
export default { render };
