'use strict';

// What a command tells: chapters of sentences, quotations, tables, comparisons, curves, shares and pictures.
const STROKES = ['blue', 'red', 'green', 'purple', 'orange', 'sky', 'olive', 'soft'];

document.title = `ejgrad: ${data.title}`;
find('title').textContent = data.title;
find('lead').textContent = data.lead;

function table(headings, rows, kind = 'full words') {
  const filled = element('table', {class: kind});
  fill(filled, headings, rows);
  return element('div', {class: 'wide'}, filled);
}

/** Each run of each treatment on the axis of a measure, and their mean. */
function strips(canvas, measure, treatments) {
  const names = treatments.map(({name}) => name);
  const points = treatments.flatMap(({name, runs}) => runs[measure].map(x => ({x: plottable(x), y: name})));
  const means = treatments.map(({name, runs}) => (
    {x: plottable(runs[measure].reduce((sum, x) => sum + Number(x), 0) / runs[measure].length), y: name}));
  const ticks = {color: colour('soft'), font: {size: 12}};
  return new Chart(canvas, {
    type: 'scatter',
    data: {datasets: [
      {label: 'mean', data: means, pointStyle: 'rectRot', pointRadius: 7, backgroundColor: colour('red'), order: 1},
      {label: 'one run', data: points, pointRadius: 4, borderColor: colour('blue'), backgroundColor: 'transparent',
        borderWidth: 1.5, order: 0},
    ]},
    options: {
      animation: false,
      maintainAspectRatio: false,
      layout: {padding: {right: 14}},
      plugins: {legend: {display: false}, tooltip: {callbacks: {
        label: ({dataset, raw}) => `${raw.y}, ${dataset.label}: ${figure(raw.x)}`}}},
      scales: {
        x: {border: {display: false}, grid: {color: colour('line'), lineWidth: .6},
          ticks: {...ticks, maxTicksLimit: 6, callback: x => figure(x)}},
        y: {type: 'category', labels: names, offset: true, border: {display: false}, grid: {display: false}, ticks},
      },
    },
  });
}

const stripKeys = () => element('p', {class: 'keys curves-key'},
  ...[[0, 'blue', 'one run'], [3, 'red', 'the mean']].map(([kind, stroke, name]) => element('span', {},
    drawn('svg', {viewBox: '-8 -8 16 16', 'aria-hidden': 'true'}, drawn('path', {d: mark(kind, 5),
      style: kind === 0 ? `fill: none; stroke: var(--${stroke}); stroke-width: 1.5` : `fill: var(--${stroke})`})), name)));

const several = treatments => treatments[0].runs[0].length > 1;

/** The colours of classes on their ground, and of what has no class. */
const coloursOf = classes => [colour('card'), ...classColours().slice(0, classes.length - 1), colour('line')];

/** From a number to red, green and blue. */
function palette({colours, classes, pixels}) {
  if (colours === 'class') {
    const all = coloursOf(classes).map(rgb);
    return label => all[label] || all.at(-1);
  }
  if (colours === 'grey') {
    return level => Array(3).fill(255 * Math.max(0, Math.min(1, level)));
  }
  const most = Math.max(...pixels.flat().map(Math.abs)) || 1;
  const [above, below, none] = ['blue', 'red', 'card'].map(name => rgb(colour(name)));
  return number => none.map((from, i) =>
    from + Math.abs(number) / most * ((number > 0 ? above : below)[i] - from));
}

function picture(row, pixels, name) {
  const canvas = element('canvas', {width: row.width, height: row.height, role: 'img', 'aria-label': `${row.title}: ${name}`});
  const paint = palette(row);
  const image = new ImageData(row.width, row.height);
  pixels.forEach((number, i) => image.data.set([...paint(number), 255], 4 * i));
  canvas.getContext('2d').putImageData(image, 0, 0);
  return element('figure', {}, canvas, element('figcaption', {}, name));
}

const square = (name, fill) => element('span', {}, drawn('svg', {viewBox: '0 0 16 16', 'aria-hidden': 'true'},
  drawn('rect', {width: 16, height: 16, stroke: colour('soft'), fill})), name);

const kinds = {
  text: ({text}) => [element('p', {}, text)],

  quotation: ({name, text}) => [element('h3', {}, name), element('p', {class: 'quoted'}, text)],

  table: ({headings, rows}) => [table(headings.map(heading => [heading, '']), rows)],

  shares: ({caption, names, rows}) => [element('p', {}, caption), element('div', {class: 'wide'},
    element('table', {class: 'heat'},
      element('thead', {}, element('tr', {}, element('td', {class: 'none'}, '↓→'),
        ...names.map(name => element('th', {scope: 'col'}, name)))),
      element('tbody', {}, ...rows.map((row, from) => element('tr', {}, element('th', {scope: 'row'}, names[from]),
        ...row.map(share => element('td', {style: `background: rgba(var(--blue-wash), ${.45 * share})`},
          share.toFixed(2))))))))],

  pictures: ({pictures}) => [element('h3', {}, pictures.title),
    element('div', {class: 'pictures'}, ...pictures.pixels.map((pixels, i) => picture(pictures, pixels, pictures.names[i]))),
    ...(pictures.classes.length ? [element('p', {class: 'keys'},
      ...coloursOf(pictures.classes).map((fill, i) => square(pictures.classes[i] || 'unknown', fill)))] : [])],

  comparison: ({comparison: {measures, treatments}, against}) => [
    table([['treatment', ''], ...measures.map(measure => [measure, 'number'])],
      treatments.map(({name, cells}) => [name, ...cells.map(cell => element('span', {class: 'figure'}, cell))]), 'full'),
    element('p', {class: 'hint'}, several(treatments)
      ? `Mean ± standard deviation over ${treatments[0].runs[0].length} seeds.` : 'One seed.'),
    ...(several(treatments) ? [stripKeys()] : []),
    element('div', {class: 'panels two'}, ...measures.filter((_, i) =>
      treatments.some(({runs}) => runs[i].some(x => plottable(x) !== null))).map(measure => {
      const i = measures.indexOf(measure);
      const panel = panelOf(measure, treatments.map(({name, cells}) => `${name}: ${cells[i]}`).join('; '),
        canvas => strips(canvas, i, treatments));
      if (against[measure]) {
        panel.append(element('ul', {class: 'plain'}, ...against[measure].map(([head, ...names]) =>
          element('li', {}, element('b', {}, head), ` than ${treatments[0].name}: ${names.join('; ')}`))));
      }
      return panel;
    })),
  ],

  curves: ({name, curves}) => {
    const lines = Object.entries(curves).map(([label, y], i) => ({name: label, x: y.map((_, epoch) => epoch + 1), y,
      stroke: STROKES[i % 8], dash: i % 2 === 0 ? [] : [6, 4]}));
    return [panelOf(name, told(lines), canvas => chart(canvas, lines), keys(lines))];
  },
};

draw(() => find('chapters').replaceChildren(...data.chapters.map(({heading, introduction, parts}, i) =>
  element('section', {class: 'card', 'aria-labelledby': `chapter-${i}`},
    element('h2', {id: `chapter-${i}`}, heading),
    ...(introduction ? [element('p', {}, introduction)] : []),
    ...parts.flatMap(part => kinds[part.kind](part))))));
