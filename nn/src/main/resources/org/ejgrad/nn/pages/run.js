'use strict';

// A training, or several over each other: results, curves, gradients, evaluations, settings.
const runs = data.runs;
const several = runs.length > 1;
const ENDS = {COMPLETED: 'after all epochs', STOPPED_EARLY: 'early, without progress', INTERRUPTED: 'interrupted'};
const measures = [...new Set(runs.flatMap(run => Object.keys(run.curves)))];

const watches = [...new Set(runs.map(run => run.watched))];

find('best-by').textContent = watches.filter(set => runs.some(run => run.curves.loss[set])).join(' or ') || 'training';
find('title').textContent = several ? runs.map(run => run.name).join(' and ') : runs[0].name;
find('summary').textContent = runs.map(run => `${several ? run.name + ': ' : ''}${run.epochs} `
  + `${run.epochs === 1 ? 'epoch' : 'epochs'}, ended ${ENDS[run.end] || run.end.toLowerCase().replaceAll('_', ' ')}`).join('; ');

/** The curves of one measure: each run's training, and the rows that it was watched on. */
function curvesOf(measure) {
  return runs.flatMap((run, i) => Object.entries(run.curves[measure] || {}).map(([set, y]) => ({
    name: several ? `${run.name}, ${set}` : set, x: run.epoch, y,
    ...(several ? {stroke: LINE_COLOURS[i % 8], dash: LINE_DASHES[(2 * Math.floor(i / 8) + (set === 'training' ? 0 : 1)) % 6]}
      : lookOf(set === 'training' ? 0 : 1)),
  })));
}

/** Where the best epoch of each run is, with the value there that is watched. */
function bestOf(measure) {
  return runs.filter(run => run.best > 0 && run.curves[measure]).map(run => {
    const watched = run.curves[measure][run.watched] || run.curves[measure].training;
    return {epoch: run.best, value: watched[run.epoch.indexOf(run.best)],
      stroke: several ? LINE_COLOURS[runs.indexOf(run) % 8] : run.curves[measure][run.watched] ? 'red' : 'blue'};
  });
}

/** Only of what is to become small, each smaller order of magnitude counts alike. */
const isLoss = measure => measure === 'loss' || /error/i.test(measure);

draw(() => find('curves').replaceChildren(...measures.map(measure => {
  const curves = curvesOf(measure);
  return panelOf(measure, told(curves), canvas => chart(canvas, curves, {best: bestOf(measure), ...(isLoss(measure) ? {} : {logarithmic: false})}),
    keys(curves));
})));

/** The losses and measures at the best epoch and at the end. */
function results() {
  const columns = measures.flatMap(measure => ['training', ...watches]
    .filter(set => runs.some(run => run.curves[measure] && run.curves[measure][set])).map(set => [measure, set]));
  const rows = runs.flatMap(run => {
    const best = run.epoch.indexOf(run.best);
    const isLast = run.best === run.epoch.at(-1);
    const last = [run, run.epoch.length - 1, `${run.epoch.at(-1)}, the last${isLast ? ' and best' : ''}`];
    return best < 0 || isLast ? [last] : [[run, best, `${run.best}, the best`], last];
  });
  const cells = columns.map(([measure, set]) => {
    const numbers = rows.map(([run, index]) => run.curves[measure]?.[set]?.[index]);
    const texts = aligned(numbers.filter(number => number !== undefined));
    return numbers.map(number => number === undefined ? '–' : texts.shift());
  });
  fill(find('results'), [['Run', ''], ['Epoch', ''], ...columns.map(([measure, set]) => [`${measure}, ${set}`, 'number'])],
    rows.map(([run, index, epoch], row) => [run.name, epoch,
      ...cells.map(column => element('span', {class: 'figure'}, column[row]))]));
}

draw(() => find('norms').replaceChildren(...runs.filter(run => Object.keys(run.norms).length > 0).map(run => {
  const curves = Object.entries(run.norms).map(([name, y], i) => ({name, x: run.epoch, y, ...lookOf(i), width: 1.6}));
  return panelOf(several ? run.name : 'Norms', told(curves), canvas => chart(canvas, curves, {label: 'norm'}), keys(curves));
})));
find('norms-card').hidden = runs.every(run => Object.keys(run.norms).length === 0);

/** Predicted certainty against what came true, each bin as large as it has rows. */
function calibration(canvas, {calibration: bins, rows}) {
  const points = bins.map(([low, high, count, predicted, observed]) => ({x: predicted, y: observed, low, high, count}));
  const axis = text => ({min: 0, max: 1, border: {display: false}, grid: {color: colour('line'), lineWidth: .6},
    ticks: {color: colour('soft'), padding: 12, callback: x => figure(x)}, title: {display: true, text, color: colour('soft')}});
  return new Chart(canvas, {
    type: 'scatter',
    data: {datasets: [
      {data: points, backgroundColor: colour('blue'),
        pointRadius: points.map(({count}) => 3 + 11 * Math.sqrt(count / rows)), clip: false},
      {data: [{x: 0, y: 0}, {x: 1, y: 1}], showLine: true, pointRadius: 0, borderColor: colour('soft'), borderDash: [4, 4]},
    ]},
    options: {animation: false, maintainAspectRatio: false, layout: {padding: 15},
      plugins: {legend: {display: false}, tooltip: {callbacks: {label: ({raw}) => raw.count === undefined ? ''
        : `${raw.count} rows said ${percent(raw.x)}; ${percent(raw.y)} came true`}}},
      scales: {x: axis('predicted'), y: axis('came true')}},
  });
}

/** So many targets may be in units of their own; more are taken for parts of one thing. */
const MOST_APART = 6;

/** Predictions of a regression beside their targets. */
function scatter(canvas, predictions) {
  const points = predictions.map(([x, y]) => ({x: plottable(x), y: plottable(y)}));
  const ends = [Math.min(...points.map(({x}) => x)), Math.max(...points.map(({x}) => x))];
  const axis = text => ({border: {display: false}, grid: {color: colour('line'), lineWidth: .6},
    ticks: {color: colour('soft'), callback: y => figure(y)}, title: {display: true, text, color: colour('soft')}});
  return new Chart(canvas, {
    type: 'scatter',
    data: {datasets: [{data: points, backgroundColor: colour('blue'), pointRadius: 2.5},
      {data: ends.map(x => ({x, y: x})), showLine: true, pointRadius: 0, borderColor: colour('soft'), borderDash: [4, 4]}]},
    options: {animation: false, maintainAspectRatio: false, plugins: {legend: {display: false}},
      scales: {x: axis('target'), y: axis('prediction')}},
  });
}

/** Each label's scores where it is predicted above one half, and the threshold of the greatest F1. */
function labelTable({labels, thresholds}) {
  const table = element('table', {class: 'full'});
  fill(table, ['Label', 'Rows', 'Accuracy', 'Precision', 'Recall', 'F1', 'Greatest F1'].map((text, i) => [text, i === 0 ? '' : 'number']),
    labels.map(({name, rows, accuracy, precision, recall, f1, f1ByThreshold}) => {
      const best = Math.max(...f1ByThreshold);
      return [name, String(rows), ...[accuracy, precision, recall, f1].map(percent),
        `${percent(best)} at ${thresholds[f1ByThreshold.indexOf(best)]}`]
        .map((cell, i) => i === 0 ? cell : element('span', {class: 'figure'}, cell));
    }));
  return [element('h3', {}, 'Label by label'),
    element('p', {}, 'A label is predicted where its probability exceeds one half.'), element('div', {class: 'wide'}, table)];
}

function evaluation(run, {data: name, rows, accuracy, labelAccuracy, allRight, ...found}) {
  const tables = [];
  const pictures = [];
  if (found.confusion) {
    tables.push(element('h3', {}, 'What is taken for what'),
      element('p', {}, 'In the row of each true class, how often it was taken for which.'),
      confusion(found.classes, found.confusion));
  }
  if (found.labels) {
    const curves = found.labels.map(({name, f1ByThreshold}, i) => ({name, x: found.thresholds, y: f1ByThreshold, ...lookOf(i)}));
    pictures.push(panelOf('F1 by threshold', told(curves),
      canvas => chart(canvas, curves, {axis: 'threshold of the probability', logarithmic: false}), keys(curves),
      element('p', {class: 'hint'}, 'A threshold that is chosen here fits these rows; choose it by rows that nothing is judged by.')));
  }
  if (found.calibration) {
    pictures.push(panelOf('Does its certainty come true?', `Expected calibration error ${figure(found.calibrationError)}`,
      canvas => calibration(canvas, {...found, rows}), element('p', {class: 'hint'}, 'Each disc is the rows of a tenth of '
        + `the certainties. Expected calibration error: ${figure(found.calibrationError)}.`)));
  }
  if (found.boundary) {
    tables.push(...pictures.splice(0));
    pictures.push(element('div', {class: 'panel'}, element('h3', {}, 'What it makes of the plane'),
      ...boundary(found.boundary)));
  }
  if (found.predictions) {
    const apart = found.targets > MOST_APART ? 1 : found.targets;
    pictures.push(...Array.from({length: apart}, (_, target) => found.predictions.filter((_, i) => i % apart === target))
      .map((points, target) => panelOf(`Predictions beside ${apart > 1 ? `target ${target + 1}` : 'targets'}`, `${points.length} of them`,
        canvas => scatter(canvas, points))));
  }
  return element('section', {class: 'card', 'aria-label': `Evaluation of ${run.name}`},
    element('h2', {}, several ? `${run.name}: after training` : 'After training'),
    element('p', {}, `${name}.${accuracy === undefined ? '' : ` ${percent(accuracy)} of the rows are right.`}`
      + (found.classes && !found.confusion ? ' They are too many classes for a table or a picture of them.' : '')
      + (labelAccuracy === undefined ? '' : ` ${percent(labelAccuracy)} of the labels are right; of the rows, ${percent(allRight)} in all labels.`)),
    ...(found.labels ? labelTable(found) : []),
    element('div', {class: 'panels two'}, ...(tables.length ? [element('div', {class: 'panel'}, ...tables)] : []), ...pictures));
}

draw(() => find('evaluations').replaceChildren(
  ...runs.filter(run => run.evaluation).map(run => evaluation(run, run.evaluation))));

/** A row per setting, a column per run. */
function settings() {
  const names = [...new Set(runs.flatMap(run => run.settings.map(([name]) => name)))];
  find('settings-card').hidden = names.length === 0;
  fill(find('settings'), ['Setting', ...runs.map(run => run.name)].map(text => [text, '']),
    names.map(name => [name, ...runs.map(run => (run.settings.find(([other]) => other === name) || [])[1] || '–')]));
}

results();
settings();
