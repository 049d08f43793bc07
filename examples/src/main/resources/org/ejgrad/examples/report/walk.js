'use strict';

// The steps of a forward and a backward walk through the graph, and what is known after each. No drawing here.
const nodes = new Map(data.graph.nodes.map(node => [node.id, node]));

/** How a node is called in the page's sentences. */
const nameOf = node => node.label || node.operation;

/** The expression that made it, such as "tanh(a1)". */
function expression(node) {
  const inputs = node.inputs.map(id => nameOf(nodes.get(id)));
  return node.kind === 'result' ? `${node.operation}(${[...inputs, ...node.parameters].join(', ')})` : node.kind;
}

/** Forward: every result in order. Backward: the seed at the last node, then every result in reverse order. */
function steps() {
  const results = data.graph.nodes.filter(node => node.kind === 'result');
  const backward = [...results].reverse().filter(node => node.gradient);
  return [
    {phase: 'start'},
    ...results.map(node => ({phase: 'forward', node})),
    {phase: 'seed', node: results.at(-1)},
    ...backward.map(node => ({phase: 'backward', node})),
    {phase: 'done'},
  ];
}

const sum = (a, b) => a.map((row, i) => row.map((entry, j) => entry + b[i][j]));

/** What is known after the first steps: which values are computed, and the gradients that have arrived so far. */
function known(walk, count) {
  const computed = new Set(data.graph.nodes.filter(node => node.kind !== 'result').map(node => node.id));
  const arrived = new Map();
  const passedOn = new Set();
  const arrive = (id, part) => {
    const before = arrived.get(id);
    arrived.set(id, before ? {elements: sum(before.elements, part), parts: before.parts + 1}
      : {elements: part, parts: 1});
  };
  walk.slice(0, count + 1).forEach(({phase, node}) => {
    if (phase === 'forward') {
      computed.add(node.id);
    } else if (phase === 'seed') {
      arrive(node.id, [[1]]);
    } else if (phase === 'backward') {
      passedOn.add(node.id);
      node.contributions.forEach((part, i) => part && arrive(node.inputs[i], part.elements));
    }
  });
  return {computed, arrived, passedOn};
}

/** How many contributions a node will receive in all. */
function usesOf(id) {
  const root = data.graph.nodes.at(-1).id === id ? 1 : 0;
  return data.graph.nodes.flatMap(node => node.inputs.filter((input, i) => input === id && node.contributions[i]))
    .length + root;
}
