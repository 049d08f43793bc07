'use strict';

// The graph's drawing, and the controls that step through it.
let step = 0;
let inspected = null;
let timer = null;
const scene = drawn('g', {});

function arrow(kind, fill) {
  return drawn('marker', {id: `arrow-${kind}`, viewBox: '0 0 10 10', refX: kind === 'backward' ? 1 : 9, refY: 5,
    markerUnits: 'userSpaceOnUse', markerWidth: 10, markerHeight: 10, orient: 'auto'},
  drawn('path', {d: kind === 'backward' ? 'M10 0L0 5L10 10z' : 'M0 0L10 5L0 10z', style: `fill: var(--${fill})`}));
}

function drawGraph() {
  find('graph').replaceChildren(
    drawn('defs', {}, arrow('idle', 'soft'), arrow('forward', 'blue'), arrow('backward', 'red')), scene);
  scene.replaceChildren(...edges.map(drawEdge), ...graph.map(drawNode), ...edges.filter(edge => edge.part).map(drawLabel));
}

function drawEdge(edge) {
  edge.path = drawn('path', {d: edge.route});
  edge.group = drawn('g', {class: 'edge'}, edge.path);
  return edge.group;
}

/** The formula beside an arrow, and what it passes back. */
function drawLabel(edge) {
  const {x, y, width, height} = edge.label;
  const {elements} = edge.part;
  const top = y - height / 2;
  const single = elements.length === 1 && elements[0].length === 1;
  const picture = isBare ? [] : single
    ? [drawn('text', {x, y: top + 29, class: 'number'}, fitting(elements[0][0], 4, 10))]
    : cells(elements, 9, 9, x - 4.5 * (elements[0] || []).length, top + 18, false);
  edge.text = drawn('g', {class: 'passed'}, drawn('title', {},
    `${edge.to.formulas[edge.position]}: ${JSON.stringify(elements)}`),
  drawn('rect', {x: x - width / 2, y: top, width, height, rx: 4}),
  drawn('text', {x, y: top + 13}, short(edge.to.formulas[edge.position])), ...picture);
  return edge.text;
}

/** As many of the digits as there is room for, where there is none made for the number, such as a sum of some parts. */
const fitting = (number, digits, room) => {
  const text = figure(number, digits);
  return text.length <= room || digits === 1 ? text : fitting(number, digits - 1, room);
};

/** A matrix as squares, with numbers or without. */
function cells(elements, width, height, left, top, numbers) {
  const largest = Math.max(...elements.flat().map(entry => Math.abs(Number(entry))).filter(Number.isFinite), 1e-300);
  return elements.flatMap((row, i) => row.flatMap((entry, j) => {
    const x = left + j * width;
    const y = top + i * height;
    const square = drawn('rect', {x, y, width: width - 1, height: height - 1, class: 'cell',
      style: wash(entry, largest).replace('background', 'fill')});
    return numbers ? [square, drawn('text', {x: x + width - 4, y: y + height - 5, class: 'number'}, fitting(entry, 3, (width - CELL.margin) / CELL.letter))]
      : [square];
  }));
}

function block(name, whole, node, {x, y}) {
  const {elements, more} = corner(whole, node);
  return [drawn('text', {x, y: y + 10, class: 'caption'}, name),
    ...cells(elements, node.box.cell, CELL.height, x, y + 14, true),
    ...(more ? [drawn('text', {x, y: y + 23 + elements.length * CELL.height, class: 'caption'}, `… ${shape(node)}`)] : [])];
}

function drawNode(node) {
  const {x, y, width, height, places} = node.box;
  node.value.group = drawn('g', {class: 'value'}, ...(isBare ? [] : block('value', node.value, node, places[0])));
  node.slope = drawn('g', {class: 'slope'});
  node.known = '';
  node.group = drawn('g', {tabindex: 0, role: 'img', transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`},
    drawn('rect', {x: -width / 2, y: -height / 2, width, height, rx: 9, class: 'box'}),
    drawn('text', {y: 18 - height / 2, class: 'title'}, short(title(node))),
    drawn('text', {y: 33 - height / 2, class: 'shape'}, shape(node)), node.value.group, node.slope);
  const inspect = () => {
    inspected = node;
    showPanel();
  };
  const leave = () => {
    inspected = null;
    showPanel();
  };
  node.group.addEventListener('focus', () => {
    inspect();
    reveal([node.box]);
  });
  node.group.addEventListener('mouseenter', inspect);
  node.group.addEventListener('mouseleave', leave);
  node.group.addEventListener('blur', leave);
  return node.group;
}

function showPanel() {
  const state = known(step);
  find('graph-panel').replaceChildren(
    ...(inspected ? describeNode(inspected, state) : describeStep(walk[step], state)));
}

/** Draws the gradient that has arrived, if it is another than the one drawn. */
function showSlope(node, state) {
  const gradient = state.arrived.get(node);
  const now = gradient ? String(gradient.parts) : '';
  if (now !== node.known && !isBare) {
    const name = gradient && !gradient.whole ? `∂ ${gradient.parts} of ${node.uses.length}` : 'gradient';
    node.slope.replaceChildren(...(gradient ? block(name, gradient.total, node, node.box.places[1]) : []));
    node.known = now;
  }
}

function showStep(next) {
  step = Math.max(0, Math.min(walk.length - 1, next));
  const state = known(step);
  const current = walk[step];
  graph.forEach(node => {
    const status = state.arrived.has(node) ? 'differentiated' : state.computed.has(node) ? 'computed' : 'waiting';
    const marks = `${current.node === node ? ' current' : ''}${node.isAsked ? ' asked' : ''}`;
    node.group.setAttribute('class', `node ${node.kind} ${status}${marks}`);
    node.group.setAttribute('aria-label', spoken(node, state));
    showSlope(node, state);
  });
  edges.forEach(({to, part, group, path, text}) => {
    const back = state.passedOn.has(to) && part;
    const kind = back ? 'backward' : state.computed.has(to) && to.kind === 'result' ? 'forward' : 'idle';
    const active = current.node === to && (current.phase === 'forward' || (current.phase === 'backward' && back));
    group.setAttribute('class', `edge ${kind}${active ? ' current' : ''}`);
    path.removeAttribute('marker-end');
    path.removeAttribute('marker-start');
    path.setAttribute(back ? 'marker-start' : 'marker-end', `url(#arrow-${kind})`);
    if (text) {
      text.setAttribute('class', `passed${back ? ' there' : ''}${active ? ' current' : ''}`);
    }
  });
  find('graph-slider').value = step;
  find('graph-slider').setAttribute('aria-valuetext', `${current.phase} ${current.node ? title(current.node) : ''}`);
  find('graph-count').textContent = `${step} / ${walk.length - 1}`;
  document.querySelector('[data-step=first]').disabled = step === 0;
  document.querySelector('[data-step=back]').disabled = step === 0;
  document.querySelector('[data-step=next]').disabled = step === walk.length - 1;
  document.querySelector('[data-step=last]').disabled = step === walk.length - 1;
  showPanel();
  if (current.node) {
    const inputs = current.node.inputs.map(id => nodes.get(id));
    reveal((current.phase === 'start' ? [...inputs, current.node] : [current.node, ...inputs]).map(node => node.box));
  }
}

function pause() {
  clearInterval(timer);
  timer = null;
  document.querySelector('[data-step=play]').textContent = 'Play';
  find('graph-panel').setAttribute('aria-live', 'polite');
}

function play() {
  if (timer) {
    pause();
    return;
  }
  showStep(step === walk.length - 1 ? 0 : step + 1);
  document.querySelector('[data-step=play]').textContent = 'Stop';
  find('graph-panel').setAttribute('aria-live', 'off');
  timer = setInterval(() => {
    showStep(step + 1);
    if (step === walk.length - 1) {
      pause();
    }
  }, 900);
}

const moves = {
  first: () => showStep(0), back: () => showStep(step - 1), next: () => showStep(step + 1),
  last: () => showStep(walk.length - 1),
};
document.querySelectorAll('[data-step]').forEach(button => button.addEventListener('click', () => {
  if (button.dataset.step === 'play') {
    play();
  } else {
    pause();
    moves[button.dataset.step]();
  }
}));
find('graph-slider').max = walk.length - 1;
find('graph-slider').addEventListener('input', event => {
  pause();
  showStep(Number(event.target.value));
});

/** The arrows step from anywhere on the page; Home and End, which scroll it, only from within. */
document.addEventListener('keydown', event => {
  const within = event.target.closest('.stepper') !== null;
  const key = {ArrowLeft: 'back', ArrowRight: 'next', Home: within && 'first', End: within && 'last'}[event.key];
  if (event.target.tagName === 'INPUT' || event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (key) {
    event.preventDefault();
    pause();
    moves[key]();
  } else if (event.key.toLowerCase() === 'p') {
    play();
  }
});
find('graph-intro').textContent = data.graph.text;
find('graph-title').textContent = data.graph.title;
find('graph-all').addEventListener('toggle', tabulate);
