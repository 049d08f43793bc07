'use strict';

// Zoom and pan: what part of the drawing is seen. The box of the current step always is.
const view = {x: 0, y: 0, scale: 1, wanted: 1, direction: 'TB', size: {width: 1, height: 1}, onPaper: false};
const EDGE = 14;
const PAPER = {width: 18, height: 20}; // beside each other, as much of a sheet as a drawing takes
const canvas = find('graph');

function look() {
  scene.setAttribute('transform', view.onPaper ? '' : `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(4)})`);
}

const clamp = scale => Math.max(.08, Math.min(2.5, scale));
const whole = () => Math.min(canvas.clientWidth / view.size.width, canvas.clientHeight / view.size.height);

/** Larger or smaller around a place of the screen. */
function zoom(factor, at = {x: canvas.clientWidth / 2, y: canvas.clientHeight / 2}) {
  const scale = clamp(view.scale * factor);
  view.x = at.x - (at.x - view.x) * scale / view.scale;
  view.y = at.y - (at.y - view.y) * scale / view.scale;
  view.scale = view.wanted = scale;
  look();
}

/** The whole graph, in the middle. */
function fit() {
  view.scale = view.wanted = clamp(Math.min(1.2 * pixel(), whole()));
  view.x = (canvas.clientWidth - view.scale * view.size.width) / 2;
  view.y = (canvas.clientHeight - view.scale * view.size.height) / 2;
  look();
}

/** Moves so that boxes are seen: as many of them, from the first, as there is room for; one that is larger is made to fit. */
function reveal(boxes) {
  const sizes = {x: canvas.clientWidth, y: canvas.clientHeight};
  const span = (list, axis) => {
    const size = axis === 'x' ? 'width' : 'height';
    return [Math.min(...list.map(box => box[axis] - box[size] / 2)), Math.max(...list.map(box => box[axis] + box[size] / 2))];
  };
  const fits = list => ['x', 'y'].every(axis => {
    const [low, high] = span(list, axis);
    return (high - low) * view.scale <= sizes[axis] - 2 * EDGE;
  });
  const many = boxes.findIndex((_, i) => !fits(boxes.slice(0, i + 1)));
  const shown = many < 0 ? boxes : boxes.slice(0, Math.max(1, many));
  if (!fits(shown)) {
    view.scale = clamp(Math.min(...['x', 'y'].map(axis => {
      const [low, high] = span(shown, axis);
      return (sizes[axis] - 2 * EDGE) / (high - low);
    })));
  }
  ['x', 'y'].forEach(axis => {
    const [low, high] = span(shown, axis).map(at => view[axis] + at * view.scale);
    const length = view.size[axis === 'x' ? 'width' : 'height'] * view.scale;
    const rest = sizes[axis] - length;
    if (rest > -1) { // there is room for all of it
      view[axis] = view[axis] > -1 && view[axis] < rest + 1 ? view[axis] : rest / 2;
    } else if (low < EDGE || high > sizes[axis] - EDGE) {
      const middle = view[axis] + (sizes[axis] - low - high) / 2;
      view[axis] = Math.max(rest - EDGE, Math.min(EDGE, middle)); // nothing is seen beyond the graph
    }
  });
  look();
}

/** Lays the graph out anew; it begins as large as can be read. */
function turn(direction) {
  view.direction = direction;
  view.size = layOut(direction);
  drawGraph();
  find('graph-turn').textContent = direction === 'TB' ? '→' : '↓';
  canvas.style.height = `${Math.round(Math.max(260, Math.min(.66 * window.innerHeight, view.size.height)))}px`;
  fit();
  const readable = (canvas.clientWidth < 600 ? .85 : 1) * pixel();
  if (view.scale < readable) {
    zoom(readable / view.scale);
    [view.x, view.y] = [Math.max(view.x, EDGE), Math.max(view.y, EDGE)]; // where the computation begins
  }
  showStep(step);
}

const looks = {in: () => zoom(1.25), out: () => zoom(.8), fit, turn: () => turn(view.direction === 'TB' ? 'LR' : 'TB')};
document.querySelectorAll('[data-view]').forEach(button =>
  button.addEventListener('click', () => looks[button.dataset.view]()));

document.addEventListener('keydown', event => {
  const key = {'+': 'in', '=': 'in', '-': 'out', 0: 'fit'}[event.key];
  if (key && event.target.tagName !== 'INPUT' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    looks[key]();
  }
});

canvas.addEventListener('wheel', event => {
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    const frame = canvas.getBoundingClientRect();
    zoom(Math.exp(-.004 * event.deltaY), {x: event.clientX - frame.left, y: event.clientY - frame.top});
  }
}, {passive: false});

const fingers = new Map();
canvas.addEventListener('pointerdown', event => {
  fingers.set(event.pointerId, event);
  canvas.setPointerCapture(event.pointerId);
});
canvas.addEventListener('pointermove', event => {
  const before = fingers.get(event.pointerId);
  if (!before) {
    return;
  }
  const other = [...fingers.values()].find(finger => finger.pointerId !== event.pointerId);
  if (other) {
    const apart = finger => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
    const frame = canvas.getBoundingClientRect();
    zoom(apart(event) / Math.max(1, apart(before)), {x: other.clientX - frame.left, y: other.clientY - frame.top});
  } else {
    view.x += event.clientX - before.clientX;
    view.y += event.clientY - before.clientY;
    look();
  }
  fingers.set(event.pointerId, event);
});
['pointerup', 'pointercancel'].forEach(name =>
  canvas.addEventListener(name, event => fingers.delete(event.pointerId)));

/** Where there was less room for a while, the drawing is as large again as was asked for. */
window.addEventListener('resize', () => {
  view.scale = view.wanted;
  showStep(step);
});

/** Paper shows the whole graph the way that makes it larger, with all its numbers where none is computed, and the table. */
const beforePaper = {};
window.addEventListener('beforeprint', () => {
  Object.assign(beforePaper, {step, direction: view.direction, isOpen: find('graph-all').open});
  const onPaper = direction => {
    const {width, height} = layOut(direction);
    return Math.min(PAPER.width / width, PAPER.height / height);
  };
  turn(onPaper('LR') > onPaper('TB') ? 'LR' : 'TB');
  showStep(step === 0 ? walk.length - 1 : step);
  find('graph-all').open = true;
  tabulate();
  paintPlaced();
  canvas.setAttribute('viewBox', `0 0 ${view.size.width} ${view.size.height}`);
  canvas.style.height = 'auto';
  view.onPaper = true;
  look();
});
window.addEventListener('afterprint', () => {
  canvas.removeAttribute('viewBox');
  view.onPaper = false;
  find('graph-all').open = beforePaper.isOpen;
  step = beforePaper.step;
  turn(beforePaper.direction);
});
turn('TB');
