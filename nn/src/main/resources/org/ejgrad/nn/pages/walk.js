'use strict';

// The steps of a forward and a backward walk through the graph, and what is known after each. No drawing here.
const graph = data.graph.drawing.nodes;
const nodes = new Map(graph.map(node => [node.id, node]));
const root = graph.at(-1);
const edges = graph.flatMap(node => node.inputs.map((from, position) => (
  {from: nodes.get(from), to: node, position, part: node.contributions[position] || null})));
graph.forEach(node => {
  node.uses = edges.filter(edge => edge.from === node && edge.part);
});

/** How a node is called in the page's sentences. */
const nameOf = node => node.label || node.operation;

function title(node) {
  return node.kind === 'result' && node.label ? `${node.label} = ${node.operation}` : nameOf(node);
}

/** The expression that made it, such as "tanh(a1)". */
function expression(node) {
  const inputs = node.inputs.map(id => nameOf(nodes.get(id)));
  return node.kind === 'result' ? `${node.operation}(${[...inputs, ...node.parameters].join(', ')})` : node.kind;
}

/** Which of the letters of a rule stand for what, in words. */
function letters(node, position) {
  const known = [...node.letters.map((letter, i) => [letter, nodes.get(node.inputs[i])]), ['y', node]];
  return known.filter(([letter, each]) => letter !== nameOf(each)
      && new RegExp(`(?<![\\p{Lu}\\p{Ll}\\p{Lo}])${letter}(?![\\p{Lu}\\p{Ll}\\p{Lo}′])`, 'u').test(node.formulas[position]))
    .map(([letter, each]) => `${letter} is ${nameOf(each)}`).join(', ');
}

const shape = node => `${node.rows}×${node.columns}`;

/** Forward: every result in order. Backward: the seed at the last node, then every result in reverse order. */
function steps() {
  const results = graph.filter(node => node.kind === 'result');
  return [
    {phase: 'start', node: results[0] || root},
    ...results.map(node => ({phase: 'forward', node})),
    {phase: 'seed', node: root},
    ...[...results].reverse().filter(node => node.gradient).map(node => ({phase: 'backward', node})),
    {phase: 'done', node: root},
  ];
}

const walk = steps();

/** JSON has no NaN and no infinity: they are texts. */
const sum = (a, b) => a.map((row, i) => row.map((entry, j) => Number(entry) + Number(b[i][j])));

/**
 * What is known after a step: which values are computed, which have passed their gradients on, and of the gradients
 * that have arrived by then how many parts there are, their sum, and the sum before the last part. A sum that is
 * complete is the engine's own.
 */
function known(step) {
  const computed = new Set(graph.filter(node => node.kind !== 'result'));
  const arrived = new Map();
  const passedOn = new Set();
  const arrive = (node, part) => {
    const before = arrived.get(node);
    const parts = before ? before.parts + 1 : 1;
    const whole = parts === Math.max(1, node.uses.length);
    const total = whole ? node.gradient
      : {...part, elements: before ? sum(before.total.elements, part.elements) : part.elements};
    arrived.set(node, {parts, whole, total, before: before && before.total, part});
  };
  walk.slice(0, step + 1).forEach(({phase, node}) => {
    if (phase === 'forward') {
      computed.add(node);
    } else if (phase === 'seed') {
      arrive(node, node.gradient);
    } else if (phase === 'backward') {
      passedOn.add(node);
      node.contributions.forEach((part, i) => part && arrive(nodes.get(node.inputs[i]), part));
    }
  });
  return {computed, arrived, passedOn};
}
