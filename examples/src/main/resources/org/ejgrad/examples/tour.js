'use strict';

// The main job's texts, its table of results, and the pictures of its runs.
function accuracyBar(run) {
  const bar = element('span', {class: 'bar', 'aria-hidden': 'true'},
    element('i', {style: `width: ${100 * run.accuracy}%`}));
  if (run.baseline !== null) {
    bar.append(element('b', {style: `left: ${100 * run.baseline}%`}));
  }
  return bar;
}

function results() {
  fill(find('results'),
    [['Data', ''], ['Network', ''], ['Training', ''], ['Test accuracy', ''], ['Baseline', ''],
      ['Test loss', 'number'], ['Time', 'number']],
    data.runs.map(run => [
      run.name,
      [run.network, element('small', {}, `${run.parameters} parameters`)],
      [`${run.trainRows} rows`, element('small', {}, run.settings)],
      [accuracyBar(run), element('span', {class: 'figure'}, percent(run.accuracy)),
        element('small', {}, `${Math.round(run.accuracy * run.testRows)} of ${run.testRows}`)],
      run.baseline === null ? '' : [element('span', {class: 'figure'}, percent(run.baseline)),
        element('small', {}, run.baselineName)],
      element('span', {class: 'figure'}, run.loss.toFixed(3)),
      element('span', {class: 'figure'}, run.seconds.toFixed(1) + ' s'),
    ]));
}

const names = data.runs.map(run => run.name);
find('summary').textContent = `Networks for ${names.slice(0, -1).join(', ')} and ${names.at(-1)}, `
  + `trained in ${data.seconds.toFixed(1)} seconds: what they learnt, how, and whether the gradients were right.`;
find('made').textContent = `Made by ejgrad with seed ${data.seed} on Java ${data.java} `
  + `with the elementary functions of ${data.functions}. This file is complete in itself `
  + 'and asks nothing of the network. Chart.js and dagre, both under the MIT licence, are inside.';
results();
showCheck();

draw(() => find('curves').replaceChildren(...data.runs.map(run => {
  const x = run.trainLoss.map((_, i) => i + 1);
  const curves = [{name: 'training', x, y: run.trainLoss, stroke: 'blue'},
    {name: 'test', x, y: run.testLoss, stroke: 'red', dash: [6, 4]}];
  const best = [{epoch: run.best, value: run.testLoss[run.best - 1], stroke: 'red'}];
  return panelOf(run.name, told(curves), canvas => chart(canvas, curves, {best, logarithmic: true}), keys(curves));
})));

draw(() => find('boundary').replaceChildren(...boundary(data.boundary)));

const misreading = data.runs.find(candidate => candidate.name === data.mistakes.run);
find('confusion').append(confusion(misreading.classes, misreading.confusion));

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
