'use strict';

// What a command tells: chapters of sentences, quotations, tables, comparisons, curves, shares and pictures.
document.title = `ejgrad: ${data.title}`;
find('title').textContent = data.title;
find('lead').textContent = data.lead;

function table(headings, rows, kind = 'full') {
  const filled = element('table', {class: kind});
  fill(filled, headings, rows);
  return element('div', {class: 'wide'}, filled);
}

/** A row that begins with an exclamation mark is one to look at. */
const marked = ([first, ...others]) => first.startsWith('! ')
  ? [[element('span', {class: 'bad'}, '!'), first.slice(1)], ...others] : [first, ...others];

/** A table of texts without its empty columns; if all of them but the first hold numbers, these stand one above the other. */
function texts({headings, rows}) {
  const used = headings.map((_, i) => i).filter(i => i === 0 || rows.some(row => row[i] !== ''));
  const isNumeric = rows.every(row => row.slice(1).every(cell => /^[−-]?[\d.,]*$/.test(cell)));
  return table(used.map(i => [headings[i], i > 0 && isNumeric ? 'number' : '']),
    rows.map(row => marked(used.map(i => i > 0 && isNumeric ? element('span', {class: 'figure'}, row[i]) : row[i]))),
    isNumeric ? 'full' : 'full words');
}

/** Each run of each treatment on the axis of a measure, and their mean. */
function strips(canvas, measure, treatments) {
  const names = treatments.map(({name}) => name);
  const points = treatments.flatMap(({name, runs}) => runs[measure].map(x => ({x: plottable(x), y: name})));
  const means = treatments.map(({name, runs}) => (
    {x: plottable(runs[measure].reduce((sum, x) => sum + Number(x), 0) / runs[measure].length), y: name}));
  const ticks = {color: colour('soft')};
  canvas.parentElement.style.minHeight = `${4 + 1.2 * names.length}rem`; // a line for each name
  const all = points.map(({x}) => x).filter(x => x !== null);
  const isOne = all.length > 0 && Math.min(...all) === Math.max(...all); // or the axis would go beyond what can be
  const baseline = names.flatMap((y, i) => i === 0 || i === names.length - 1 ? [{x: means[0].x, y}] : []);
  return new Chart(canvas, {
    type: 'scatter',
    data: {datasets: [
      ...(several(treatments) ? [{label: 'the mean', data: means, pointStyle: 'line', rotation: 90, pointRadius: 9 * pixel(),
        pointHoverRadius: 11 * pixel(), borderColor: colour('red'), borderWidth: 3 * pixel(), order: 0}] : []),
      {label: 'one run', data: points, clip: false, pointRadius: 4 * pixel(), borderColor: colour('blue'), backgroundColor: 'transparent',
        borderWidth: 1.5 * pixel(), order: 1},
      ...(several(treatments) ? [{data: baseline, showLine: true, pointRadius: 0, pointHitRadius: 0, borderColor: colour('soft'),
        borderDash: [3, 4], borderWidth: 1, order: 2}] : []),
    ]},
    options: {
      animation: false,
      maintainAspectRatio: false,
      layout: {padding: {right: 14}},
      plugins: {legend: {display: false}, tooltip: {callbacks: {
        label: ({dataset, raw}) => `${raw.y}, ${dataset.label}: ${figure(raw.x)}`}}},
      scales: {
        x: {...(isOne ? {min: Math.min(0, all[0]), max: Math.max(0, all[0]) || 1} : {}), border: {display: false}, grid: {color: colour('line'), lineWidth: .6},
          ticks: {...ticks, maxTicksLimit: 6, maxRotation: 0, callback: x => figure(x)}},
        y: {type: 'category', labels: names, offset: true, border: {display: false}, grid: {display: false},
          ticks: {...ticks, autoSkip: false, callback: i => shortened(names, Math.floor(canvas.clientWidth / 14))[i]}},
      },
    },
  });
}

/** What the marks of the strips are. */
const stripKeys = treatments => element('p', {class: 'keys curves-key'}, ...[
  [{d: mark(0, 5), style: 'fill: none; stroke: var(--blue); stroke-width: 1.5'}, 'one run'],
  [{d: 'M0-8V8', style: 'stroke: var(--red); stroke-width: 3'}, 'the mean'],
  [{d: 'M0-8V8', style: 'stroke: var(--soft); stroke-dasharray: 2 3'}, `the mean of ${treatments[0].name}`],
].slice(0, several(treatments) ? 3 : 1).map(([path, name]) =>
  element('span', {}, drawn('svg', {viewBox: '-8 -8 16 16', 'aria-hidden': 'true'}, drawn('path', path)), name)));

const several = treatments => treatments[0].runs[0].length > 1;

/** The colours of classes on their ground, and of what has no class. */
const coloursOf = classes => [colour('card'), ...classColours().slice(0, classes.length - 1), colour('line')];

const most = ({pixels}) => Math.max(...pixels.flat().map(Math.abs)) || 1;

/** What the colours of pictures are. */
function keyOf(pictures) {
  const {colours, classes} = pictures;
  return colours === 'class' ? coloursOf(classes).map((fill, i) => [classes[i] || 'unknown', fill])
    : colours === 'grey' ? [['0', '#000'], ['1', '#fff']]
      : [[figure(-most(pictures), 2), colour('red')], ['0', colour('card')], [figure(most(pictures), 2), colour('blue')]];
}

/** From a number to red, green and blue. */
function palette(pictures) {
  const {colours, classes} = pictures;
  if (colours === 'class') {
    const all = coloursOf(classes).map(rgb);
    return label => all[label] || all.at(-1);
  }
  if (colours === 'grey') {
    return level => Array(3).fill(255 * Math.max(0, Math.min(1, level)));
  }
  const largest = most(pictures);
  const [above, below, none] = ['blue', 'red', 'card'].map(name => rgb(colour(name)));
  return number => none.map((from, i) =>
    from + Math.abs(number) / largest * ((number > 0 ? above : below)[i] - from));
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

  quotations: ({parts}) => [element('div', {class: 'panels two'}, ...parts.map(({name, text}) =>
    element('div', {class: 'panel'}, element('h3', {}, name), element('p', {class: 'quoted'}, text))))],

  table: part => [texts(part)],

  shares: ({caption, names, rows}) => [element('p', {}, caption), crossTable(names,
    rows.map(row => row.map(share => share.toFixed(2))),
    (from, to) => ({style: `background: rgba(var(--blue-wash), ${.45 * rows[from][to]})`}))],

  pictures: ({pictures, isLast}) => [element('h3', {}, pictures.title),
    element('div', {class: 'pictures'}, ...pictures.pixels.map((pixels, i) => picture(pictures, pixels, pictures.names[i]))),
    ...(isLast ? [element('p', {class: 'keys'}, ...keyOf(pictures).map(([name, fill]) => square(name, fill)))] : [])],

  comparison: ({comparison: {measures, treatments}, against}) => [
    table([['treatment', ''], ...measures.map(measure => [measure, 'number'])],
      treatments.map(({name, cells}) => [name, ...cells.map(cell => element('span', {class: 'figure'}, cell))])),
    element('p', {class: 'hint'}, several(treatments)
      ? `Mean ± standard deviation over ${treatments[0].runs[0].length} seeds.` : 'One seed.'),
    stripKeys(treatments),
    element('div', {class: `panels ${[3, 5, 6].includes(measures.length) ? 'three' : 'two'}`}, ...measures.filter((_, i) =>
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
    const lines = Object.entries(curves).map(([label, y], i) => ({name: label, x: y.map((_, epoch) => epoch + 1), y, ...lookOf(i)}));
    return [panelOf(name, told(lines), canvas => chart(canvas, lines), keys(lines))];
  },
};

/** Quotations behind one another are one part; pictures of classes that go on have their key below the last of them. */
function joined(parts) {
  const all = [];
  parts.forEach((part, i) => {
    const next = parts[i + 1];
    if (part.kind !== 'quotation') {
      all.push({...part, isLast: next?.pictures?.colours !== part.pictures?.colours || part.pictures?.colours === 'signed'});
    } else if (all.at(-1)?.kind === 'quotations') {
      all.at(-1).parts.push(part);
    } else {
      all.push({kind: 'quotations', parts: [part]});
    }
  });
  return all;
}

draw(() => find('chapters').replaceChildren(...data.chapters.map(({heading, introduction, parts}, i) =>
  element('section', {class: 'card', 'aria-labelledby': `chapter-${i}`},
    element('h2', {id: `chapter-${i}`}, heading),
    ...(introduction ? [element('p', {}, introduction)] : []),
    ...joined(parts).flatMap(part => kinds[part.kind](part))))));
