'use strict';

// Other numbers for the input and the weights: the server computes the graph of the same point with them.
const changeable = data.names.map(name => graph.find(node => node.label === name));
const changes = new Map(); // from "which,row,column" to the number and what stood there
const firstLoss = root.value.elements[0][0];
let asking = 0;

const choice = select('which', data.names.map((name, i) => [String(i), name]), '0');
const counted = name => element('input', {name, type: 'number', min: 1, step: 1, value: 1, class: 'short'});
const [rowField, columnField] = [counted('row'), counted('column')];
const numberField = element('input', {name: 'number', type: 'number', step: 'any', required: '', class: 'exact'});
const undo = button('As it was', () => {
  changes.clear();
  recompute();
});
find('change').append(element('fieldset', {}, field('Value', choice), field('Row', rowField), field('Column', columnField),
  field('Number', numberField), element('button', {type: 'submit'}, 'Recompute'), undo));

/** Shows the number that stands at the chosen place, if the page holds it. */
function showPlace() {
  const node = changeable[Number(choice.value)];
  [[rowField, node.rows], [columnField, node.columns]].forEach(([each, count]) => {
    each.max = count;
    each.value = Math.max(1, Math.min(count, Math.round(Number(each.value)) || 1));
  });
  numberField.value = node.value.elements[rowField.value - 1]?.[columnField.value - 1] ?? '';
}

[choice, rowField, columnField].forEach(each => each.addEventListener('change', showPlace));
find('graph').addEventListener('focusin', event => {
  const chosen = changeable.findIndex(node => node.group.contains(event.target));
  if (chosen >= 0) {
    choice.value = String(chosen);
    showPlace();
  }
});

find('change').addEventListener('submit', event => {
  event.preventDefault();
  const place = [choice.value, rowField.value - 1, columnField.value - 1].join(',');
  const before = changes.get(place)?.before ?? changeable[choice.value].value.elements[rowField.value - 1]?.[columnField.value - 1];
  const previous = changes.get(place);
  changes.set(place, {before, number: Number(numberField.value), name: data.names[choice.value]});
  recompute(() => previous ? changes.set(place, previous) : changes.delete(place));
});

async function recompute(giveUp = () => {}) {
  const own = ++asking;
  const said = [...changes].map(([at, {number}]) => `${at},${number}`).join(',');
  try {
    const {drawing} = await answer('changed', {session: data.session, point: data.point, changes: said});
    if (own === asking) {
      find('refusal').textContent = '';
      show(drawing.nodes);
    }
  } catch (error) {
    giveUp();
    find('refusal').textContent = error.message;
  }
}

/** Puts the numbers of the same graph in the place of those that are shown. */
function show(next) {
  graph.forEach((node, i) => {
    const {value, gradient, contributions} = next[i];
    Object.assign(node, {value, gradient, contributions});
  });
  edges.forEach(edge => {
    edge.part = edge.to.contributions[edge.position] || null;
  });
  drawGraph();
  showStep(step);
  showPlace();
  if (find('graph-all').open) {
    tabulate();
  }
  const list = [...changes].map(([at, {name, before, number}]) => {
    const [, row, column] = at.split(',').map(Number);
    return `${name} [${row + 1}, ${column + 1}] ${before === undefined ? '' : `from ${figure(before)} `}to ${figure(number)}`;
  });
  find('changed').textContent = list.length === 0 ? 'Everything is as it was.'
    : `Changed: ${list.join('; ')}. The loss was ${figure(firstLoss)} and is ${figure(root.value.elements[0][0])}.`;
}

showPlace();
