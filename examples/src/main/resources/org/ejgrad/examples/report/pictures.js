'use strict';

// The spirals' plane, the digits' confusion matrix and the digits that were misread.
const plane = data.boundary;
const probabilities = Uint8Array.from(atob(plane.probabilities), c => c.charCodeAt(0));

/** The probability of each class at a place of the plane, in grid steps, between the four nearest grid points. */
function probabilitiesAt(column, row, out) {
  const last = plane.size - 1;
  const c = Math.min(Math.floor(column), last - 1);
  const r = Math.min(Math.floor(row), last - 1);
  const u = column - c;
  const v = row - r;
  const at = (y, x, k) => probabilities[(y * plane.size + x) * out.length + k];
  for (let k = 0; k < out.length; k++) {
    out[k] = (1 - v) * ((1 - u) * at(r, c, k) + u * at(r, c + 1, k))
      + v * ((1 - u) * at(r + 1, c, k) + u * at(r + 1, c + 1, k));
  }
}

function rgb(text) {
  const number = parseInt(text.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** Every pixel in the colour of its class, mixed with the card's colour where the network is unsure. */
function paintPlane(context, pixels) {
  const image = context.createImageData(pixels, pixels);
  const colours = classColours().map(rgb);
  const ground = rgb(colour('card'));
  const p = new Array(plane.classes.length).fill(0);
  for (let y = 0; y < pixels; y++) {
    for (let x = 0; x < pixels; x++) {
      probabilitiesAt(x / (pixels - 1) * (plane.size - 1), y / (pixels - 1) * (plane.size - 1), p);
      const best = p.indexOf(Math.max(...p));
      const share = .1 + .38 * Math.max(0, p[best] / 255 - 1 / p.length) / (1 - 1 / p.length);
      const at = 4 * (y * pixels + x);
      for (let channel = 0; channel < 3; channel++) {
        image.data[at + channel] = (1 - share) * ground[channel] + share * colours[best][channel];
      }
      image.data[at + 3] = 255;
    }
  }
  context.putImageData(image, 0, 0);
}

function paintPoints(context, pixels) {
  const scale = pixels / (plane.high - plane.low);
  const unit = pixels / 440;
  const colours = classColours();
  for (const [x, y, label, test] of plane.points) {
    context.save();
    context.translate((x - plane.low) * scale, (plane.high - y) * scale);
    const path = new Path2D(mark(label, (test ? 4 : 2.1) * unit));
    context.fillStyle = colours[label];
    if (test) {
      context.lineWidth = 2.2 * unit;
      context.strokeStyle = colour('card');
      context.stroke(path);
    }
    context.fill(path);
    context.restore();
  }
}

draw(() => {
  const canvas = find('boundary');
  const pixels = Math.min(1400, Math.round((canvas.clientWidth || 440) * (window.devicePixelRatio || 1)));
  canvas.width = pixels;
  canvas.height = pixels;
  const context = canvas.getContext('2d');
  paintPlane(context, pixels);
  paintPoints(context, pixels);
  canvas.setAttribute('aria-label', `${plane.classes.length} spiral arms and the regions predicted for each`);
  find('boundary-key').replaceChildren(...plane.classes.map((name, i) => element('span', {},
    drawn('svg', {viewBox: '-8 -8 16 16', 'aria-hidden': 'true'},
      drawn('path', {d: mark(i, 6), fill: classColours()[i]})), `arm ${name}`)));
});

draw(() => {
  const run = data.runs.find(candidate => candidate.name === data.mistakes.run);
  const heading = text => element('th', {scope: 'col'}, text);
  const rows = run.confusion.map((counts, actual) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return element('tr', {}, element('th', {scope: 'row'}, run.classes[actual]), ...counts.map((count, predicted) => {
      if (count === 0) {
        return element('td', {class: 'none'}, '·');
      }
      const right = actual === predicted;
      const strength = right ? .15 + .3 * count / total : .2 + .25 * Math.min(1, count / 3);
      const wash = right ? 'blue' : 'red';
      return element('td', {
        style: `background: rgba(var(--${wash}-wash), ${strength})`,
        title: `${count} of ${total} times, ${run.classes[actual]} was read as ${run.classes[predicted]}`,
      }, String(count));
    }));
  });
  find('confusion').replaceChildren(
    element('thead', {}, element('tr', {}, element('td', {class: 'none'}, '↓→'), ...run.classes.map(heading))),
    element('tbody', {}, ...rows));
});

/** A grey image of one square per pixel. */
function picture(pixels) {
  const {side, highest} = data.mistakes;
  const squares = pixels.map((ink, i) => drawn('rect', {
    x: i % side, y: Math.floor(i / side), width: 1.02, height: 1.02, fill: '#fff', 'fill-opacity': ink / highest,
  }));
  return drawn('svg', {viewBox: `0 0 ${side} ${side}`, 'aria-hidden': 'true'},
    drawn('rect', {width: side, height: side, fill: '#11151a'}), ...squares);
}

const {total, rows: misread} = data.mistakes;
find('mistakes-title').textContent = total === 0 ? 'None was misread'
  : `Misread${misread.length < total ? `: the ${misread.length} surest of ${total}` : ''}`;
find('mistakes').append(...misread.map(mistake => element('li', {}, element('figure', {},
  picture(mistake.pixels),
  element('figcaption', {}, element('b', {}, mistake.actual), ' read as ', element('b', {}, mistake.predicted),
    element('br'), `${Math.round(100 * mistake.certainty)} % sure`)))));
