// A chart in JupyterLab whose parts can be clicked: each is a button over the picture, so that it
// can be reached by keyboard and is read aloud. The HTML comes escaped from our own template.
function render({ model, el }) {
  const draw = () => {
    el.innerHTML = model.get("html");
    const chart = el.querySelector(".chart");
    if (!chart) return;
    chart.removeAttribute("tabindex");
    model.get("spots").forEach((spot, index) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "spot";
      button.title = spot.words;
      button.setAttribute("aria-label", spot.words);
      for (const side of ["left", "top", "width", "height"]) {
        button.style[side] = `${spot[side] * 100}%`;
      }
      button.addEventListener("click", () => model.send({ picked: index }));
      chart.append(button);
    });
  };
  model.on("change:html", draw);
  draw();
}
export default { render };
