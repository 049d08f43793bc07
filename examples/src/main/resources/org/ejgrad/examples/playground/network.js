'use strict';

// A network while it trains: the plane, each unit's output over it, weights as lines, numbers, and what is wrong.
const decoded = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));
const UNIT = 21;

/** A unit's picture: blue where it is negative, orange where it is positive, by size. */
function unitPicture(bytes) {
  const picture = element('canvas', {width: UNIT, height: UNIT});
  const context = picture.getContext('2d');
  const image = context.createImageData(UNIT, UNIT);
  const [ground, low, high] = ['card', 'blue', 'orange'].map(colour).map(rgb);
  bytes.forEach((byte, i) => {
    const size = Math.abs(byte / 127.5 - 1);
    const side = byte < 127.5 ? low : high;
    for (let channel = 0; channel < 3; channel++) {
      image.data[4 * i + channel] = (1 - size) * ground[channel] + size * side[channel];
    }
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
  return picture;
}

function sized(canvas, ratio) {
  const pixels = Math.round(canvas.clientWidth * (window.devicePixelRatio || 1));
  if (canvas.width !== pixels || canvas.height !== Math.round(pixels * ratio)) {
    canvas.width = pixels;
    canvas.height = Math.round(pixels * ratio);
  }
  return canvas.getContext('2d');
}

class NetworkView {
  constructor(index, name, plane) {
    this.index = index;
    this.plane = plane;
    this.planeCanvas = element('canvas', {class: 'plane', role: 'img', tabindex: '0'});
    this.netCanvas = element('canvas', {role: 'img'});
    this.numbers = element('div', {class: 'numbers'});
    this.words = element('ul', {class: 'remarks', 'aria-live': 'polite'});
    this.inspected = element('p', {class: 'inspected', 'aria-live': 'polite'}, 'Point at a unit to read its weights.');
    this.links = element('p', {class: 'exports'});
    this.widths = element('div', {class: 'widths', role: 'group', 'aria-label': 'Hidden layers'});
    this.card = element('section', {class: 'card', 'aria-label': name}, element('h2', {}, name),
      this.numbers,
      element('div', {class: 'both'},
        element('div', {}, this.planeCanvas, this.key()),
        element('div', {}, this.widths, this.netCanvas, this.signs(), this.inspected)),
      this.words, this.links);
    this.netCanvas.addEventListener('pointermove', event => this.inspect(event));
  }

  /** What the colours of lines and of units' pictures are. */
  signs() {
    const stroke = (sign, dash, text) => element('span', {}, drawn('svg', {viewBox: '0 0 32 16', class: 'long', 'aria-hidden': 'true'},
      drawn('path', {d: 'M0 8H32', style: `stroke: var(--${sign})`, 'stroke-width': 4, 'stroke-dasharray': dash})), text);
    return element('div', {}, element('p', {class: 'keys'}, stroke('orange', '', 'weight above 0'), stroke('blue', '6 4', 'below 0')),
      element('p', {class: 'hint'}, 'The larger a weight beside the others of its layer, the thicker its line. A unit shows its output '
        + 'over the plane, in the same two colours.'));
  }

  key() {
    const isTested = this.plane.points.some(point => point[3] === 1);
    const click = settings.data === 'painted' ? 'A click does what is chosen above the network; the tool “step through”' : 'A click on a point';
    return element('div', {}, element('p', {class: 'keys'}, ...classKeys(this.plane), ...(isTested ? ['small: train, large: test'] : [])),
      ...this.plane.remarks.map(text => element('p', {}, text)),
      element('p', {class: 'hint'}, `${sides(this.plane)}${['csv', 'iris'].includes(settings.data) ? ', standardised' : ''}. ${click}, `
        + 'or Enter on one that the arrow keys have chosen, steps through its backpropagation.'));
  }

  show(frame) {
    this.frame = frame;
    this.plane.bytes = undefined;
    this.awaited ??= requestAnimationFrame(() => { // however many frames arrive until then
      this.awaited = undefined;
      this.paint();
    });
    const result = (name, {loss, accuracy}) => element('span', {}, `${name} `, element('b', {}, figure(loss)),
      ` · ${typeof accuracy === 'number' ? percent(accuracy) : 'NaN'}`);
    this.numbers.replaceChildren(result('train loss', frame.train), result('test loss', frame.test),
      element('span', {}, `‖∇W‖ ${frame.norms.map(norm => figure(norm, 3)).join('  ')}`));
    if (this.words.textContent !== frame.words.join('')) {
      this.words.replaceChildren(...frame.words.map(text => element('li', {}, text)));
    }
    this.planeCanvas.setAttribute('aria-label', `The plane, and which class the network predicts where; test accuracy `
      + `${typeof frame.test.accuracy === 'number' ? percent(frame.test.accuracy) : 'NaN'}`);
    this.netCanvas.setAttribute('aria-label', `The network: ${frame.weights.map(rows => rows[0].length).join(', ')} units in its layers`);
  }

  paint() {
    if (!this.frame || this.planeCanvas.clientWidth === 0) {
      return;
    }
    const context = sized(this.planeCanvas, 1);
    const coarse = element('canvas', {width: 160, height: 160});
    const shown = {...this.plane, size: data.size, bytes: decoded(this.frame.plane)};
    paintPlane(shown, coarse.getContext('2d'), 160);
    context.drawImage(coarse, 0, 0, this.planeCanvas.width, this.planeCanvas.height);
    paintPoints(shown, context, this.planeCanvas.width);
    if (this.chosen !== undefined) {
      this.paintRing(context, shown.points[this.chosen]);
    }
    this.paintNetwork();
  }

  paintRing(context, [x, y]) {
    const pixels = this.planeCanvas.width;
    const at = (value, [low, high]) => pixels * (value - low) / (high - low);
    context.lineWidth = pixels / 130;
    context.strokeStyle = colour('text');
    context.beginPath();
    context.arc(at(x, this.plane.x), pixels - at(y, this.plane.y), pixels / 40, 0, 7);
    context.stroke();
  }

  /** Where each unit stands: layer by layer, inputs first. */
  places(width, height) {
    const counts = [this.frame.inputs.length, ...this.frame.weights.map(rows => rows[0].length)];
    const most = Math.max(...counts);
    const size = Math.min(height / (1.15 * most + .4), width / (counts.length + 1), width / 9);
    return counts.map((count, layer) => Array.from({length: count}, (_, unit) => ({
      x: size * .75 + layer * (width - size * 1.5) / (counts.length - 1),
      y: height / 2 + (unit - (count - 1) / 2) * Math.min(size * 1.25, (height - 1.2 * size) / Math.max(1, count - 1)),
      size: Math.min(size, .92 * (height - 1.2 * size) / Math.max(1, count - 1)),
    })));
  }

  /** The network is as high as the plane, or as its units need. */
  ratio() {
    const counts = [this.frame.inputs.length, ...this.frame.weights.map(rows => rows[0].length)];
    const needed = (1.3 * Math.max(...counts) + .4) / Math.max(9, counts.length + 1);
    return Math.min(1, needed, this.planeCanvas.clientHeight / this.netCanvas.clientWidth);
  }

  paintNetwork() {
    const context = sized(this.netCanvas, this.ratio());
    const {width, height} = this.netCanvas;
    const places = this.places(width, height);
    context.clearRect(0, 0, width, height);
    this.widths.querySelectorAll('span').forEach((pair, layer) => pair.style.left = `${100 * places[layer + 1][0].x / width}%`);
    const [low, high] = [colour('blue'), colour('orange')];
    this.frame.weights.forEach((rows, layer) => {
      const largest = Math.max(...rows.slice(0, -1).flat().map(Math.abs), 1e-9);
      rows.slice(0, -1).forEach((row, from) => row.forEach((weight, to) => {
        const [a, b] = [places[layer][from], places[layer + 1][to]];
        context.strokeStyle = weight < 0 ? low : high;
        context.setLineDash(weight < 0 ? [a.size / 5, a.size / 8] : []);
        context.globalAlpha = .2 + .7 * Math.abs(weight) / largest;
        context.lineWidth = a.size / 40 + a.size / 8 * Math.abs(weight) / largest;
        context.beginPath();
        context.moveTo(a.x, a.y);
        context.bezierCurveTo((a.x + b.x) / 2, a.y, (a.x + b.x) / 2, b.y, b.x, b.y);
        context.stroke();
      }));
    });
    context.globalAlpha = 1;
    context.setLineDash([]);
    places.forEach((column, layer) => column.forEach((place, unit) => this.paintUnit(context, place, layer, unit)));
  }

  paintUnit(context, {x, y, size}, layer, unit) {
    const hidden = this.frame.hidden[layer - 1];
    const last = layer === this.frame.weights.length;
    context.lineWidth = Math.max(1.5, size / 22);
    context.strokeStyle = colour('soft');
    if (last) {
      context.save();
      context.translate(x, y);
      context.fillStyle = classColour(unit);
      context.fill(new Path2D(mark(unit, size * .3)));
      context.restore();
      return;
    }
    const picture = unitPicture(decoded(layer === 0 ? this.frame.inputs[unit].picture : hidden.units[unit]));
    context.imageSmoothingEnabled = false;
    context.drawImage(picture, x - size / 2, y - size / 2, size, size);
    const state = hidden ? hidden.marks[unit] : '';
    if (state !== '') {
      context.strokeStyle = colour('red');
      context.lineWidth = Math.max(3, size / 10);
      context.setLineDash(state === 'dead' ? [] : [size / 5, size / 9]);
    }
    context.strokeRect(x - size / 2, y - size / 2, size, size);
    if (state === 'dead') {
      context.beginPath();
      context.moveTo(x - size / 2, y - size / 2);
      context.lineTo(x + size / 2, y + size / 2);
      context.stroke();
    }
    context.setLineDash([]);
    if (layer === 0) {
      context.font = `600 ${Math.max(11 * (window.devicePixelRatio || 1), size / 4)}px system-ui, sans-serif`;
      context.lineJoin = 'round';
      context.lineWidth = size / 8;
      context.strokeStyle = colour('card');
      context.fillStyle = colour('text');
      context.strokeText(this.frame.inputs[unit].name, x - size * .42, y + size * .4);
      context.fillText(this.frame.inputs[unit].name, x - size * .42, y + size * .4);
    }
  }

  /** Tells the weights of the unit under the pointer. */
  inspect(event) {
    if (!this.frame) {
      return;
    }
    const box = this.netCanvas.getBoundingClientRect();
    const [x, y] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.width];
    const places = this.places(1, this.ratio());
    places.slice(1).forEach((column, layer) => column.forEach((place, unit) => {
      if (Math.abs(place.x - x) < place.size * .6 && Math.abs(place.y - y) < place.size * .6) {
        const rows = this.frame.weights[layer];
        const weights = rows.slice(0, -1).map(row => figure(row[unit], 3)).join(', ');
        const state = this.frame.hidden[layer]?.marks[unit];
        this.inspected.textContent = `${this.frame.hidden[layer] ? `Layer ${layer + 1}, unit ${unit + 1}`
          : `Logit of ${this.plane.classes[unit]}`}: weights ${weights}; bias ${figure(rows.at(-1)[unit], 3)}`
          + `${state ? `; ${state}` : ''}.`;
      }
    }));
  }
}
