'use strict';

// The main job's texts and its table of results.
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
