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

/**
 * Every pixel in the colour of its class, mixed with the card's colour where the network is unsure; from the ninth class
 * on with lines, which fall, and from the seventeenth on rise.
 */
function paintPlane(plane, context, pixels) {
  const image = context.createImageData(pixels, pixels);
  const colours = classColours().map(rgb);
  const ground = rgb(colour('card'));
  const p = new Array(plane.classes.length).fill(0);
  const period = Math.max(3, Math.round(pixels / 55));
  for (let y = 0; y < pixels; y++) {
    for (let x = 0; x < pixels; x++) {
      probabilitiesAt(plane, x / (pixels - 1) * (plane.size - 1), y / (pixels - 1) * (plane.size - 1), p);
      const best = p.indexOf(Math.max(...p));
      const sure = p.length === 1 ? 1 : (p[best] / 255 - 1 / p.length) / (1 - 1 / p.length);
      const isLine = best > 7 && (x + (Math.floor(best / 8) % 2 === 1 ? y : pixels - y)) % period < period / 3;
      const share = (.1 + .38 * Math.max(0, sure)) * (isLine ? .35 : 1);
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
  return [canvas, element('p', {class: 'hint'}, sides(plane) + '.'), element('p', {class: 'keys'}, ...classKeys(plane))];
}

/** What both sides of the plane are. */
const sides = ({features, x, y}) => `Across: ${features[0]} ${range(...x)}; upwards: ${features[1]} ${range(...y)}`;

/** The marks of the classes. */
const classKeys = ({classes}) => classes.map((name, i) => element('span', {},
  drawn('svg', {viewBox: '-8 -8 16 16', 'aria-hidden': 'true'},
    drawn('path', {d: mark(i, 6), style: `fill: ${classColour(i)}`})), name));

/** Letters in a line of a table for which every place has room, a phone too. */
const NARROW = 44;

/**
 * A square table of texts, in which the name of a row meets that of a column; what a cell is besides its text is made
 * from where it stands. As a list, what is said of a row follows its name. Where the names are too long for columns, these have numbers, which stand beside the rows' names.
 */
function crossTable(names, texts, made, said = '') {
  const longest = list => Math.max(...list.map(text => [...text].length));
  const isNumbered = longest(names) > 3 && (names.length + 1) * longest(names) > NARROW;
  const columns = isNumbered ? names.map((_, i) => String(i + 1)) : names;
  const rows = shortened(names, 16);
  const letters = longest(rows) + 4 + names.length * (.8 + longest([...columns, ...texts.flat()]));
  const table = element('table', {class: 'heat', style: `--letters: ${Math.round(letters)}`},
    element('thead', {}, element('tr', {}, element('td', {class: 'none'}, '↓→'), ...columns.map((name, i) =>
      element('th', {scope: 'col', title: names[i], style: `width: ${100 / names.length}%`}, name)))),
    element('tbody', {}, ...texts.map((row, from) => element('tr', {}, element('th', {scope: 'row', title: names[from], 'data-said': said},
      rows[from], ...(isNumbered ? [element('small', {}, ` ${from + 1}`)] : [])),
    ...row.map((text, to) => element('td', {'data-heading': rows[to], ...made(from, to)}, text))))));
  whenPlaced(() => list(table));
  return element('div', {class: letters < 1.5 * NARROW ? 'wide' : letters < 3 * NARROW ? 'wide large' : 'wide large dense'}, table, ...(isNumbered ? [element('p', {class: 'hint'}, 'Columns have the rows’ numbers.')] : []));
}

/** A confusion matrix: a row per true class, a column per predicted one. */
function confusion(classes, counts) {
  const totals = counts.map(row => row.reduce((sum, count) => sum + count, 0));
  return crossTable(classes, counts.map(row => row.map(count => count === 0 ? '·' : String(count))), (actual, predicted) => {
    const count = counts[actual][predicted];
    const right = actual === predicted;
    const strength = right ? .15 + .3 * count / totals[actual] : .2 + .25 * Math.min(1, count / 3);
    return count === 0 ? {class: 'none'} : {
      style: `background: rgba(var(--${right ? 'blue' : 'red'}-wash), ${strength})`,
      title: `${count} of ${totals[actual]} times, ${classes[actual]} was taken for ${classes[predicted]}`,
    };
  }, ' was taken for');
}
