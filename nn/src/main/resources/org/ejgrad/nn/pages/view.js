'use strict';

// Zoom and pan: what part of the drawing is seen. The box of the current step always is. On paper all of it is.
const view = {x: 0, y: 0, scale: 1, wanted: 1, direction: 'TB', size: {width: 1, height: 1}};
const EDGE = 14;
const PAPER = {x: 670, y: 780}; // so much of a sheet a drawing takes, on the first beside the heading
const LEAST = .75; // as small as its letters can be read on paper
const MOST_HEIGHT = 5 * PAPER.y; // with numbers in the boxes, which the table below has, too
const MOST_EMPTY = 12; // with arrows only
const canvas = find('graph');

function look() {
  scene.setAttribute('transform', `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(4)})`);
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
  canvas.style.height = `max(260px, min(66vh, ${Math.round(view.size.height)}px))`;
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

/** Boxes in groups that have room on a sheet, along one axis; each begins where the one before has no more room. */
function groups(boxes, axis, room) {
  const size = axis === 'x' ? 'width' : 'height';
  const [start, end] = [box => box[axis] - box[size] / 2, box => box[axis] + box[size] / 2];
  const made = [];
  let rest = [...boxes];
  while (rest.length > 0) {
    const from = Math.min(...rest.map(start));
    const group = rest.filter(box => end(box) <= from + room);
    made.push(group.length > 0 ? group : [rest.find(box => start(box) === from)]);
    rest = rest.filter(box => !made.at(-1).includes(box));
  }
  return made;
}

const between = (box, {x, y, width, height}) => box.x + box.width / 2 >= x && box.x - box.width / 2 <= x + width
  && box.y + box.height / 2 >= y && box.y - box.height / 2 <= y + height;

/** The frame around boxes, with a margin in which arrows are seen to go on. */
function framed(boxes) {
  const [x, y] = ['x', 'y'].map(axis => Math.min(...boxes.map(box => box[axis] - box[axis === 'x' ? 'width' : 'height'] / 2)) - EDGE);
  const [right, bottom] = ['x', 'y'].map(axis => Math.max(...boxes.map(box => box[axis] + box[axis === 'x' ? 'width' : 'height'] / 2)) + EDGE);
  return {x, y, width: right - x, height: bottom - y};
}

/** The frames of the parts in which a graph that is laid out fits on paper: one, if it can be read then; if many, those with boxes. */
function parts() {
  const boxes = [...graph.map(node => node.box), ...edges.filter(edge => edge.part).map(edge => edge.label)];
  const [along, across] = view.direction === 'TB' ? ['y', 'x'] : ['x', 'y'];
  const room = axis => PAPER[axis] / LEAST - 2 * EDGE;
  const all = groups(boxes, along, room(along)).flatMap(band => groups(band, across, room(across)));
  return (all.length > MOST_EMPTY ? all.filter(group => group.some(box => box.places)) : all).map(framed);
}

const onPaper = frame => Math.min(1, PAPER.x / frame.width, PAPER.y / frame.height);

/** A part of the drawing on paper, with what it shows of the boxes, the arrows and their labels. */
function sheet(frame, i, {length}) {
  const copies = [...edges.filter(({path}) => {
    const {x, y, width, height} = path.getBBox();
    return between({x: x + width / 2, y: y + height / 2, width, height}, frame);
  }).map(edge => edge.group), ...graph.filter(node => between(node.box, frame)).map(node => node.group),
  ...edges.filter(edge => edge.part && between(edge.label, frame)).map(edge => edge.text)].map(each => each.cloneNode(true));
  const scale = onPaper(frame);
  return element('figure', {class: 'sheet'}, ...(length > 1 ? [element('figcaption', {class: 'hint'}, `Part ${i + 1} of ${length}`)] : []),
    drawn('svg', {viewBox: `${frame.x} ${frame.y} ${frame.width} ${frame.height}`, width: scale * frame.width, height: scale * frame.height}, ...copies));
}

/** Paper shows the whole graph in one piece or the way that takes less of it, at the end of the walk where it has not begun, and the table. */
const beforePaper = {};
window.addEventListener('beforeprint', () => {
  Object.assign(beforePaper, {step, direction: view.direction});
  const height = direction => {
    turn(direction);
    const all = parts();
    return all.length > 1 ? all.reduce((sum, frame) => sum + onPaper(frame) * frame.height, 0) : 0;
  };
  const least = () => {
    const [across, down] = ['LR', 'TB'].map(height);
    turn(across < down ? 'LR' : 'TB');
    return Math.min(across, down);
  };
  if (least() > MOST_HEIGHT) {
    isBare = true;
    least();
  }
  showStep(step === 0 ? walk.length - 1 : step);
  tabulate();
  paintPlaced();
  canvas.after(element('div', {id: 'sheets'}, ...parts().map(sheet)));
  canvas.style.height = 0;
});
window.addEventListener('afterprint', () => {
  find('sheets').remove();
  isBare = false;
  step = beforePaper.step;
  turn(beforePaper.direction);
});
turn('TB');
