'use strict';

// Curves over epochs, with the value at their end and the best epoch marked; drawn by Chart.js.

/** The look of a curve by its number: 40 differ. */
const LINE_COLOURS = ['blue', 'red', 'green', 'purple', 'orange', 'sky', 'olive', 'soft'];
const LINE_DASHES = [[], [6, 4], [2, 3], [9, 3, 2, 3], [14, 4], [14, 4, 2, 4]];
const lookOf = i => ({stroke: LINE_COLOURS[i % 8], dash: LINE_DASHES[i % 5]});

/** What is not finite has no place on an axis. */
const plottable = y => Number.isFinite(Number(y)) ? Number(y) : null;

function line({name, x, y, stroke, dash = [], width = 2}) {
  return {label: name, data: y.map((value, i) => ({x: x[i], y: plottable(value)})), borderColor: colour(stroke),
    backgroundColor: colour(stroke), borderDash: dash, borderWidth: width, pointRadius: y.length === 1 ? 4 : 0,
    pointBackgroundColor: colour(dash.length === 0 ? stroke : 'card'), pointBorderColor: colour(stroke),
    pointHoverRadius: 4, tension: 0, clip: y.length === 1 ? false : undefined};
}

/** Whether numbers want a logarithmic axis: all positive, and of several orders of magnitude. */
function spread(curves) {
  const numbers = curves.flatMap(curve => curve.y.map(plottable)).filter(y => y !== null);
  return numbers.every(y => y > 0) && Math.max(...numbers) > 20 * Math.min(...numbers);
}

/** A logarithmic axis from 1, 2 or 5 times a power of ten to another, marked there, or at powers of ten if they are many. */
const logarithmicAxis = {
  type: 'logarithmic',
  bounds: 'data',
  afterBuildTicks: axis => {
    const [from, to] = [Math.floor(Math.log10(axis.min)), Math.ceil(Math.log10(axis.max))];
    const values = Array.from({length: to - from + 1}, (_, i) => [1, 2, 5].map(digit => Number(`${digit}e${from + i}`))).flat();
    axis.min = Math.max(...values.filter(value => value <= axis.min));
    axis.max = Math.min(...values.filter(value => value >= axis.max));
    const seen = values.filter(value => value >= axis.min && value <= axis.max);
    axis.ticks = (seen.length > 7 ? seen.filter(value => Number.isInteger(Math.log10(value))) : seen).map(value => ({value}));
  },
};

/** Writes the last value beside the end of each curve, one below the other where they meet; a line at the best epochs. */
const marks = (best, written) => ({
  id: 'marks',
  afterDatasetsDraw({ctx, chartArea, scales, data: {datasets}}) {
    ctx.save();
    ctx.font = `${12 * pixel()}px system-ui, sans-serif`;
    best.forEach(({epoch, value, stroke}) => {
      const x = scales.x.getPixelForValue(epoch);
      ctx.strokeStyle = ctx.fillStyle = colour(stroke);
      ctx.setLineDash([2, 3]);
      ctx.beginPath();
      ctx.moveTo(x, chartArea.top);
      ctx.lineTo(x, chartArea.bottom);
      ctx.stroke();
      if (Number.isFinite(Number(value))) {
        ctx.beginPath();
        ctx.arc(x, scales.y.getPixelForValue(value), 4.5, 0, 7);
        ctx.fill();
      }
    });
    const ends = datasets.map(({data, borderColor}) => {
      const last = data.filter(point => point.y !== null).at(-1);
      return last && {text: written(last.y, 3), y: scales.y.getPixelForValue(last.y), colour: borderColor};
    }).filter(Boolean).sort((a, b) => a.y - b.y);
    ends.forEach((end, i) => {
      end.y = Math.max(end.y, i === 0 ? chartArea.top + 5 : ends[i - 1].y + 13 * pixel());
    });
    ends.forEach((end, i) => {
      end.y = Math.min(end.y, chartArea.bottom - 5 - 13 * pixel() * (ends.length - 1 - i));
    });
    ctx.textBaseline = 'middle';
    if (ends.length <= 6) {
      ends.forEach(end => {
        ctx.fillStyle = end.colour;
        ctx.fillText(end.text, chartArea.right + 6, end.y);
      });
    }
    ctx.restore();
  },
});

/** Charts that stand, so that a change of theme does not pile them up. */
function chart(canvas, curves, {best = [], logarithmic = spread(curves), label = '', axis: across = 'epoch', written = figure} = {}) {
  const isCounted = ['epoch', 'step'].includes(across);
  const starts = [...new Set(curves.flatMap(({x}) => x.length === 1 ? x : []))];
  const axis = {border: {display: false}, title: {display: true, color: colour('soft')}};
  const ticks = {color: colour('soft')};
  return new Chart(canvas, {
    type: 'line',
    data: {datasets: curves.map(line)},
    plugins: [marks(best, written)],
    options: {
      animation: false,
      maintainAspectRatio: false,
      layout: {padding: {right: 70 * pixel(), top: 6}},
      interaction: {mode: 'index', axis: 'x', intersect: false},
      plugins: {
        legend: {display: false},
        tooltip: {callbacks: {
          title: items => `${across} ${figure(items[0].parsed.x)}`,
          label: item => `${item.dataset.label} ${written(item.parsed.y)}`,
        }},
      },
      scales: {
        x: {...axis, type: 'linear', grid: {display: false}, title: {...axis.title, text: across},
          ...(isCounted && starts.length === 1 ? {min: starts[0], max: starts[0] + 1} : {}),
          ticks: {...ticks, maxTicksLimit: 7, callback: x => figure(x), ...(isCounted ? {precision: 0} : {})}},
        y: {...axis, ...(logarithmic ? logarithmicAxis : {type: 'linear'}), grid: {color: colour('line'), lineWidth: .6},
          title: {...axis.title, display: label !== '', text: label},
          ticks: {...ticks, maxTicksLimit: 6, callback: y => written(y)}},
      },
    },
  });
}

/** A panel with a heading and a canvas; the chart is drawn when the panel has its size. */
function panelOf(heading, sentence, paint, ...below) {
  const canvas = element('canvas', {role: 'img', 'aria-label': `${heading}. ${sentence}`});
  whenPlaced(() => paint(canvas));
  return element('div', {class: 'panel'}, element('h3', {}, heading), element('div', {class: 'plot'}, canvas), ...below);
}

/** The first and last value of each curve, in words. */
const told = curves => curves.map(({name, y}) => `${name} from ${figure(y[0])} to ${figure(y.at(-1))}`).join('; ');

/** The keys of curves: a piece of each line, or the dot that it begins with, and its name. */
function keys(curves) {
  return element('p', {class: 'keys'}, ...curves.map(({name, x, stroke, dash = []}) => element('span', {},
    drawn('svg', {viewBox: '0 0 32 16', class: 'long', 'aria-hidden': 'true'}, x.length === 1
      ? drawn('circle', {cx: 24, cy: 8, r: 4, style: `stroke: var(--${stroke}); fill: var(--${dash.length === 0 ? stroke : 'card'})`, 'stroke-width': 2})
      : drawn('path', {d: 'M0 8H32', style: `stroke: var(--${stroke})`, 'stroke-width': 3, 'stroke-dasharray': dash.join(' ')})), name)));
}
