'use strict';

// How the pages of this server ask it; every request carries the token of the address.
const token = new URLSearchParams(location.search).get('token') || '';

function address(path, fields = {}) {
  return `${path}?${new URLSearchParams({token, ...fields})}`;
}

let waiting = 0;

/** The answer as JSON; a refusal's sentence is thrown. Until it is there the page calls itself busy. */
async function answer(path, fields, options) {
  document.body.setAttribute('aria-busy', ++waiting > 0);
  try {
    const response = await fetch(address(path, fields), options);
    if (!response.ok) {
      throw Object.assign(new Error(await response.text()), {status: response.status});
    }
    return await response.json();
  } finally {
    document.body.setAttribute('aria-busy', --waiting > 0);
  }
}

/** A labelled control. */
function field(label, control) {
  return element('label', {class: 'field'}, label, control);
}

function select(name, options, chosen) {
  const control = element('select', {name}, ...options.map(([id, title]) => element('option', {value: id}, title)));
  control.value = chosen;
  return control;
}

/** A chart whose curves, and the places marked on them, can be replaced; it comes again when the theme changes. */
function liveChart(canvas, curves, {axis, logarithmic = false, marked = () => [], written}) {
  let shown;
  const best = [];
  const make = () => {
    shown?.destroy();
    best.splice(0, best.length, ...marked());
    shown = chart(canvas, curves(), {best, logarithmic, axis: axis(), written});
    shown.options.layout.padding.right = 76 * pixel();
    update();
  };
  const update = () => {
    shown.options.scales.x.title.text = axis();
    shown.options.plugins.tooltip.callbacks.title = items => `${axis()} ${figure(items[0].parsed.x)}`;
    shown.update('none');
  };
  draw(make);
  return {
    update() {
      best.splice(0, best.length, ...marked());
      const next = curves().map(line);
      const before = shown.data.datasets;
      if (next.length !== before.length || before[0]?.data.length < 2) { // a single point is drawn as one
        make();
        return;
      }
      next.forEach((dataset, i) => Object.assign(shown.data.datasets[i], dataset));
      update();
    },
  };
}
