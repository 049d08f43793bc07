'use strict';

// A decision boundary over the plane, and a confusion matrix.

/** The probability of each class at a place of the plane, in grid steps, between the four nearest grid points. */
function probabilitiesAt(plane, column, row, out) {
  const last = plane.size - 1;
  const c = Math.min(Math.floor(column), last - 1);
  const r = Math.min(Math.floor(row), last - 1);
  const u = column - c;
  const v = row - r;
  const at = (y, x, k) => plane.bytes[(y * plane.size + x) * out.length + k];
  for (let k = 0; k < out.length; k++) {
    out[k] = (1 - v) * ((1 - u) * at(r, c, k) + u * at(r, c + 1, k))
      + v * ((1 - u) * at(r + 1, c, k) + u * at(r + 1, c + 1, k));
  }
}

function rgb(text) {
  const number = parseInt(text.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

const classColour = label => classColours()[label % 8];

/** Every pixel in the colour of its class, mixed with the card's colour where the network is unsure. */
function paintPlane(plane, context, pixels) {
  const image = context.createImageData(pixels, pixels);
  const colours = classColours().map(rgb);
  const ground = rgb(colour('card'));
  const p = new Array(plane.classes.length).fill(0);
  for (let y = 0; y < pixels; y++) {
    for (let x = 0; x < pixels; x++) {
      probabilitiesAt(plane, x / (pixels - 1) * (plane.size - 1), y / (pixels - 1) * (plane.size - 1), p);
      const best = p.indexOf(Math.max(...p));
      const sure = p.length === 1 ? 1 : (p[best] / 255 - 1 / p.length) / (1 - 1 / p.length);
      const share = .1 + .38 * Math.max(0, sure);
      const at = 4 * (y * pixels + x);
      for (let channel = 0; channel < 3; channel++) {
        image.data[at + channel] = (1 - share) * ground[channel] + share * colours[best % 8][channel];
      }
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

function paintPoints(plane, context, pixels) {
  const scale = (at, [low, high]) => pixels * (Number(at) - low) / (high - low);
  const unit = pixels / 440;
  for (const [x, y, label, test] of plane.points) {
    context.save();
    context.translate(scale(x, plane.x), pixels - scale(y, plane.y));
    const path = new Path2D(mark(label, (test ? 4 : 2.1) * unit));
    context.fillStyle = classColour(label);
    if (test) {
      context.lineWidth = 2.2 * unit;
      context.strokeStyle = colour('card');
      context.stroke(path);
    }
    context.fill(path);
    context.restore();
  }
}

/** The plane as a square picture with the ranges of both features below, and the key of the classes. */
function boundary(plane) {
  plane.bytes = plane.bytes || Uint8Array.from(atob(plane.probabilities), c => c.charCodeAt(0));
  const canvas = element('canvas', {class: 'boundary', role: 'img',
    'aria-label': `The plane of ${plane.features.join(' and ')}, and which of ${plane.classes.join(', ')} is predicted where`});
  whenPlaced(() => {
    const pixels = Math.min(1400, Math.round((canvas.clientWidth || 440) * (window.devicePixelRatio || 1)));
    canvas.width = pixels;
    canvas.height = pixels;
    const context = canvas.getContext('2d');
    paintPlane(plane, context, pixels);
    paintPoints(plane, context, pixels);
  });
  const range = (name, [low, high]) => `${name} from ${figure(low, 3)} to ${figure(high, 3)}`;
  return [canvas, element('p', {class: 'hint'},
    `Across: ${range(plane.features[0], plane.x)}; upwards: ${range(plane.features[1], plane.y)}.`),
  element('p', {class: 'keys'}, ...plane.classes.map((name, i) => element('span', {},
    drawn('svg', {viewBox: '-8 -8 16 16', 'aria-hidden': 'true'},
      drawn('path', {d: mark(i, 6), style: `fill: ${classColour(i)}`})), name)))];
}

/** A confusion matrix: a row per true class, a column per predicted one. */
function confusion(table, classes, counts) {
  const heading = text => element('th', {scope: 'col'}, text);
  const rows = counts.map((row, actual) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return element('tr', {}, element('th', {scope: 'row'}, classes[actual]), ...row.map((count, predicted) => {
      if (count === 0) {
        return element('td', {class: 'none'}, '·');
      }
      const right = actual === predicted;
      const strength = right ? .15 + .3 * count / total : .2 + .25 * Math.min(1, count / 3);
      return element('td', {
        style: `background: rgba(var(--${right ? 'blue' : 'red'}-wash), ${strength})`,
        title: `${count} of ${total} times, ${classes[actual]} was taken for ${classes[predicted]}`,
      }, String(count));
    }));
  });
  table.replaceChildren(
    element('thead', {}, element('tr', {}, element('td', {class: 'none'}, '↓→'), ...classes.map(heading))),
    element('tbody', {}, ...rows));
  return table;
}
