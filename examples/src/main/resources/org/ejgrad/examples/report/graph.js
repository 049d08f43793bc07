'use strict';

// The graph's drawing, laid out by dagre, and the controls and panel that step through it.
const walk = steps();
let step = 0;
let inspected = null;
let timer = null;

const edges = data.graph.nodes.flatMap(node => node.inputs.map((from, position) => ({from, to: node, position})));

function layOut() {
  const layout = new dagre.graphlib.Graph({multigraph: true});
  layout.setGraph({rankdir: 'TB', nodesep: 26, ranksep: 34, marginx: 12, marginy: 12});
  layout.setDefaultEdgeLabel(() => ({}));
  data.graph.nodes.forEach(node => {
    const width = Math.max(84, 8 * Math.max(title(node).length, 7) + 20);
    layout.setNode(node.id, {width, height: 46});
  });
  edges.forEach(({from, to, position}) => {
    const formula = to.contributions[position] ? to.formulas[position] : '';
    layout.setEdge(from, to.id, {width: 7 * formula.length, height: 16, labelpos: 'c'}, String(position));
  });
  dagre.layout(layout);
  return layout;
}

function title(node) {
  return node.kind === 'result' && node.label ? `${node.label} = ${node.operation}` : nameOf(node);
}

function curve(points) {
  const middle = (a, b) => `${(a.x + b.x) / 2} ${(a.y + b.y) / 2}`;
  const turns = points.slice(1, -1).map((point, i) => `Q${point.x} ${point.y} ${middle(point, points[i + 2])}`);
  return `M${points[0].x} ${points[0].y}${turns.join('')}L${points.at(-1).x} ${points.at(-1).y}`;
}

function arrow(kind, fill) {
  return drawn('marker', {id: `arrow-${kind}`, viewBox: '0 0 10 10', refX: kind === 'backward' ? 1 : 9, refY: 5,
    markerUnits: 'userSpaceOnUse', markerWidth: 9, markerHeight: 9, orient: 'auto'},
  drawn('path', {d: kind === 'backward' ? 'M10 0L0 5L10 10z' : 'M0 0L10 5L0 10z', style: `fill: var(--${fill})`}));
}

function drawGraph() {
  const layout = layOut();
  const {width, height} = layout.graph();
  const svg = find('graph');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', width);
  svg.replaceChildren(drawn('defs', {}, arrow('idle', 'line'), arrow('forward', 'blue'), arrow('backward', 'red')));
  edges.forEach(edge => {
    const place = layout.edge({v: edge.from, w: edge.to.id, name: String(edge.position)});
    edge.path = drawn('path', {d: curve(place.points)});
    edge.group = drawn('g', {class: 'edge'}, edge.path);
    if (edge.to.contributions[edge.position]) {
      edge.group.append(drawn('text', {x: place.x, y: place.y + 4}, edge.to.formulas[edge.position]));
    }
    svg.append(edge.group);
  });
  data.graph.nodes.forEach(node => svg.append(drawNode(node, layout.node(node.id))));
}

function drawNode(node, {x, y, width, height}) {
  node.group = drawn('g', {tabindex: 0, role: 'button', transform: `translate(${x} ${y})`},
  drawn('rect', {x: -width / 2, y: -height / 2, width, height, rx: 9}),
  drawn('text', {y: -3}, `${title(node)} `),
  drawn('text', {y: 14, class: 'shape'}, `${node.rows}×${node.columns}`));
  const inspect = () => {
    inspected = node;
    showPanel();
  };
  node.group.addEventListener('focus', inspect);
  node.group.addEventListener('mouseenter', inspect);
  node.group.addEventListener('mouseleave', () => {
    inspected = null;
    showPanel();
  });
  node.group.addEventListener('blur', () => {
    inspected = null;
    showPanel();
  });
  return node.group;
}

/** A matrix as a small table; the deeper the colour, the larger the number, blue above and red below zero. */
function matrix({elements, abbreviated}) {
  const largest = Math.max(...elements.flat().map(Math.abs), 1e-300);
  const cell = entry => element('td', {style: `background: rgba(var(--${entry < 0 ? 'red' : 'blue'}-wash), `
    + `${Math.min(.45, .45 * Math.abs(entry) / largest).toFixed(3)})`}, figure(entry));
  const table = element('table', {class: 'matrix'}, ...elements.map(row => element('tr', {}, ...row.map(cell))));
  return element('div', {class: 'wide'}, table, abbreviated ? '…' : '');
}

function heading(phase, text) {
  return [element('div', {class: `phase ${phase}`}, phase), element('h3', {}, text)];
}

const paragraph = (...children) => element('p', {}, ...children);
const code = text => element('code', {}, text);

/** What the panel says of one node at this step. */
function describeNode(node, state) {
  const gradient = state.arrived.get(node.id);
  const parts = [element('h3', {}, title(node)), paragraph(code(expression(node)), ` ${node.rows}×${node.columns}`)];
  parts.push(element('h4', {}, 'value'));
  parts.push(state.computed.has(node.id) ? matrix(node.value) : paragraph('not computed yet'));
  if (gradient) {
    const uses = usesOf(node.id);
    const whole = gradient.parts === uses;
    parts.push(element('h4', {}, uses === 1 ? 'gradient'
      : `gradient, the sum of ${whole ? uses : `${gradient.parts} of ${uses}`} contributions`));
    parts.push(matrix(gradient));
  }
  return parts;
}

function describeStep({phase, node}, state) {
  switch (phase) {
    case 'start':
      return [...heading('forward', 'Inputs and parameters'), paragraph('Blue boxes are parameters, dashed ones data. '
        + 'Step on to compute the loss, then to walk back from it. Point at a box to see its numbers.')];
    case 'forward':
      return [...heading(phase, title(node)), paragraph(code(expression(node))), matrix(node.value)];
    case 'seed':
      return [...heading('backward', `Start at ${nameOf(node)}`),
        paragraph('The derivative of the loss with respect to itself is 1.'), matrix({elements: [[1]]})];
    case 'backward':
      return [...heading(phase, title(node)), element('h4', {}, 'dy, the gradient that has arrived here'),
        matrix(state.arrived.get(node.id)), ...node.inputs.flatMap((id, i) => passed(node, id, i, state))];
    default:
      return [...heading('backward', 'Every parameter has its gradient'),
        ...data.graph.nodes.filter(each => each.kind === 'variable')
          .flatMap(each => [element('h4', {}, nameOf(each)), matrix(state.arrived.get(each.id))])];
  }
}

/** What a node passes on to one of its inputs, and what that input has received by now. */
function passed(node, id, position, state) {
  const part = node.contributions[position];
  if (!part) {
    return [];
  }
  const total = state.arrived.get(id);
  const parts = [element('h4', {}, 'to ', nameOf(nodes.get(id)), ': ', code(node.formulas[position])), matrix(part)];
  if (total.parts > 1) {
    parts.push(paragraph(`added to what came before; the sum is now`), matrix(total));
  }
  return parts;
}

function showPanel() {
  const state = known(walk, step);
  find('graph-panel').replaceChildren(
    ...(inspected ? describeNode(inspected, state) : describeStep(walk[step], state)));
}

function showStep(next) {
  step = Math.max(0, Math.min(walk.length - 1, next));
  const state = known(walk, step);
  const current = walk[step];
  data.graph.nodes.forEach(node => {
    const status = state.arrived.has(node.id) ? 'differentiated' : state.computed.has(node.id) ? 'computed' : 'waiting';
    node.group.setAttribute('class', `node ${node.kind} ${status}${current.node === node ? ' current' : ''}`);
  });
  edges.forEach(({to, position, group, path}) => {
    const back = state.passedOn.has(to.id) && to.contributions[position];
    const kind = back ? 'backward' : state.computed.has(to.id) ? 'forward' : 'idle';
    const active = current.node === to && (current.phase !== 'backward' || back) && current.phase !== 'seed';
    group.setAttribute('class', `edge ${kind}${active ? ' current' : ''}`);
    path.removeAttribute('marker-end');
    path.removeAttribute('marker-start');
    path.setAttribute(back ? 'marker-start' : 'marker-end', `url(#arrow-${kind})`);
  });
  find('graph-slider').value = step;
  find('graph-count').textContent = `${step} / ${walk.length - 1}`;
  document.querySelector('[data-step=first]').disabled = step === 0;
  document.querySelector('[data-step=back]').disabled = step === 0;
  document.querySelector('[data-step=next]').disabled = step === walk.length - 1;
  document.querySelector('[data-step=last]').disabled = step === walk.length - 1;
  showPanel();
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
  if (key && event.target.type !== 'range' && !event.altKey && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    pause();
    moves[key]();
  }
});
find('graph-intro').textContent = data.graphText;
drawGraph();
showStep(0);
