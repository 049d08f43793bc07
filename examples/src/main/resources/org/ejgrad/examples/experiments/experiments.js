'use strict';

// The V-curves, and the tables of kinks and mistakes.
const lines = () => [[colour('soft'), []], [colour('blue'), []], [colour('orange'), [7, 3]], [colour('green'), [2, 3]]];

/** An error of exactly 0 has no logarithm: it is drawn at the bottom. */
const FLOOR = 1e-17;
const drawable = error => Math.max(FLOOR, Math.min(error, 10));

draw(() => {
  ['usual', 'misleading'].forEach(id => find(id).replaceChildren(...data[id].map(panel)));
  document.querySelectorAll('.curves-key').forEach(key => key.replaceChildren(
    ...data.usual[0].series.map(({name}, i) => element('span', {},
      drawn('svg', {viewBox: '0 0 32 16', class: 'long', 'aria-hidden': 'true'}, drawn('path', {d: 'M0 8H32',
        stroke: lines()[i][0], 'stroke-width': 3, 'stroke-dasharray': lines()[i][1].join(' ')})), name)),
    element('span', {}, drawn('svg', {viewBox: '-8 -8 16 16', 'aria-hidden': 'true'},
      drawn('path', {d: mark(3, 5), fill: colour('red')})), 'the checker')));
});

/** A picture with the sentence on it, and who accepts the right and the wrong slope. */
function panel(curve) {
  const canvas = element('canvas', {role: 'img', 'aria-label': `${curve.title}. ${curve.said}`});
  const table = element('table', {class: 'full words'});
  fill(table, curve.headings.map(heading => [heading, '']), curve.rules);
  whenPlaced(() => chart(canvas, curve));
  return element('div', {class: 'panel'}, element('h3', {}, curve.title), element('p', {}, curve.sentence),
    element('div', {class: 'plot tall'}, canvas), element('p', {class: 'said'}, `The checker: ${curve.said}.`),
    element('div', {class: 'wide'}, table), ...curve.reasons.map(reason => element('p', {class: 'said'}, reason)));
}

function chart(canvas, curve) {
  const formulas = curve.series.map(({name, points}, i) => ({
    label: name, data: points.map(([x, y]) => ({x, y: drawable(y)})), borderColor: lines()[i][0],
    backgroundColor: lines()[i][0], borderDash: lines()[i][1], borderWidth: 2, pointRadius: 0, pointHoverRadius: 4,
    order: 2,
  }));
  const red = {borderColor: colour('red'), backgroundColor: colour('red'), order: 1};
  const measured = 'step' in curve;
  const bar = {label: 'bar', data: [curve.error, curve.bar].map(y => ({x: curve.step, y: drawable(y)})), borderWidth: 3,
    pointRadius: [0, 7], pointStyle: 'line', pointBorderWidth: 3, ...red};
  const checker = {label: 'checker', data: [{x: curve.step, y: drawable(curve.error)}], pointStyle: 'rectRot',
    pointRadius: 7, pointHoverRadius: 9, ...red};
  const axis = text => ({type: 'logarithmic', border: {display: false}, grid: {color: colour('line'), lineWidth: .5},
    title: {display: true, text, color: colour('soft')},
    ticks: {color: colour('soft'), maxRotation: 0, autoSkipPadding: 14, callback: power}});
  new Chart(canvas, {
    type: 'line',
    data: {datasets: [...(measured ? [checker, bar] : []), ...formulas]},
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: {mode: 'nearest', intersect: false},
      plugins: {
        legend: {display: false},
        tooltip: {callbacks: {
          title: items => items[0].dataset.label,
          label: item => `step ${figure(item.parsed.x)}: error ${figure(item.parsed.y)}`,
        }},
      },
      scales: {x: {...axis('step'), min: 1e-15, max: 1}, y: {...axis('relative error'), min: FLOOR, max: 10}},
    },
  });
}

/** Even powers of ten only, written as such. */
function power(value) {
  const exponent = Math.round(Math.log10(value));
  const isPower = Math.abs(Math.log10(value) - exponent) < 1e-9;
  const digits = {'-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹'};
  return isPower && exponent % 3 === 0 ? '10' + [...String(exponent)].map(digit => digits[digit]).join('') : null;
}

const verdict = text => element('span', {class: text === 'confirmed' ? 'good' : 'bad'}, text);

fill(find('kinks'), [['Slope', ''], ['Verdict', ''], ['Kind', ''], ['Why', '']],
  data.kinks.map(([claim, decided, name, why]) => [claim, verdict(decided), name, why]));
fill(find('slips'), [['The student …', ''], ['The checker', '']], data.slips);
showCheck();
find('directions').textContent = data.directions;
