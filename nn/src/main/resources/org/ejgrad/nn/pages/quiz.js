'use strict';

// "What is this gradient?", asked of one entry at a time, and what a wrong answer suggests.
const TOLERANCE = .01;
const quiz = {asked: [], at: -1, right: 0, entry: [0, 0], tried: false};

/** Of an infinite number nothing is near, and NaN is NaN. */
const agrees = (answer, truth) => Object.is(answer, truth)
  || (Number.isFinite(truth) && Math.abs(answer - truth) <= TOLERANCE * Math.abs(truth));

/** The number that a person writes: with a point or a comma, ∞ or NaN; null if it is none. */
function typed(text) {
  const plain = text.trim().toLowerCase().replace(',', '.').replaceAll('−', '-');
  const [, sign, size] = /^([-+]?)(.*)$/.exec(plain);
  if (['∞', 'inf', 'infinity'].includes(size)) {
    return sign === '-' ? -Infinity : Infinity;
  }
  return plain === 'nan' ? NaN : /^(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(size) ? Number(plain) : null;
}

/** The nodes to ask for, in the order in which their gradients become known. */
const questions = () => graph.filter(node => node.gradient && node !== root && node.gradient.elements.flat().length > 0)
  .reverse();

/** The step before the last contribution to a node: all that its gradient is made of is known. */
function before(node) {
  return Math.max(...node.uses.map(use => walk.findIndex(each => each.phase === 'backward' && each.node === use.to))) - 1;
}

/** The entry that is largest, so that the answer says most. */
function largest({elements}) {
  const flat = elements.flatMap((row, i) => row.map((entry, j) => [Math.abs(Number(entry)), i, j]));
  const [, i, j] = flat.reduce((best, each) => each[0] > best[0] ? each : best);
  return [i, j];
}

const product = (a, b) => a.length && b.length && a[0].length === b.length
  ? a.map(row => b[0].map((_, j) => row.reduce((total, entry, k) => total + Number(entry) * Number(b[k][j]), 0))) : [];
const entryOf = (matrix, i, j) => matrix[i]?.[j] === undefined ? undefined : Number(matrix[i][j]);
const place = (i, j) => `row ${i + 1}, column ${j + 1}`;

/** What stands between a node and the end of the graph, itself included. */
function after(node, found = new Set()) {
  if (!found.has(node)) {
    found.add(node);
    node.uses.forEach(({to}) => after(to, found));
  }
  return found;
}

/** The number that an operation divides by whatever its input is: a mean by how many it is of; 1 for others. */
function divisor({operation, parameters, inputs, rows, columns}) {
  const input = nodes.get(inputs[0]);
  if (operation === 'mean') {
    return input.rows * input.columns / (rows * columns);
  }
  if (parameters[0] === 'mean') {
    return input.rows * (operation === 'softmaxCrossEntropy' ? 1 : input.columns);
  }
  return operation === 'divide' ? Number(parameters[0]) : 1;
}

/** What one of the usual mistakes would have given, each with what to say of it. */
function mistakes(node, i, j) {
  const truth = entryOf(node.gradient.elements, i, j);
  const transposes = node.uses.some(({to, position}) => to.formulas[position].includes('ᵀ'));
  const list = [[-truth, 'It is the right number with the other sign: look for a lost minus in a rule.'],
    [entryOf(node.gradient.elements, j, i),
      `That is the number of ${place(j, i)}${transposes ? ': a transpose is missing or too much' : ''}.`]];
  [...after(node)].filter(each => divisor(each) > 1).forEach(each => list.push([truth * divisor(each),
    `It is ${divisor(each)} times too large: ${nameOf(each)} divides by ${divisor(each)}.`]));
  node.uses.forEach(({to, part, position}) => {
    const dy = to.gradient;
    const formula = to.formulas[position];
    if (node.uses.length > 1) {
      list.push([entryOf(part.elements, i, j),
        `That is only what comes back from ${nameOf(to)}; the ${node.uses.length} contributions add up.`]);
    }
    const other = nodes.get(to.inputs[1 - position]);
    if (['mult', 'affine'].includes(to.operation) && other && !dy.abbreviated && !other.value.abbreviated) {
      const wrong = position === 0 ? product(dy.elements, other.value.elements) : product(other.value.elements, dy.elements);
      const rest = truth - entryOf(part.elements, i, j); // what comes back from the other uses
      list.push([rest + entryOf(wrong, i, j), `A transpose is missing: the rule is ${formula}.`]);
    }
    dy.elements.flat().forEach(entry => list.push([Number(entry), `That is one entry of the gradient of ${nameOf(to)}; `
      + (formula.startsWith('sum of') || formula.startsWith('dy summed') ? `a sum over all that ${nameOf(node)} was used for is missing.`
        : `what comes back from there is ${formula}.`)]));
  });
  for (let k = 2; k <= 10; k++) {
    list.push([truth * k, `It is ${k} times too large.`], [truth / k, `It is ${k} times too small.`]);
  }
  return list.filter(([wrong]) => Math.abs(wrong) > 0); // 0 may come from anything
}

function diagnose(answer, node, i, j) {
  const found = mistakes(node, i, j).find(([wrong]) => agrees(answer, wrong));
  return found ? found[1] : 'Not yet. The hint tells the rule.';
}

function hint(node) {
  return 'It is ' + node.uses.map(({to, position}) => `what ${nameOf(to)} passes on by its rule, `
    + `“${to.formulas[position]}”, where ${['dy is the gradient of ' + nameOf(to), letters(to, position)].filter(Boolean).join(', ')}`)
    .join(', plus ') + '.';
}

/** From the next step shown on, the box of what is asked has a frame of its own, however often it is drawn. */
function frame(node) {
  graph.forEach(each => { each.isAsked = each === node; });
}

function ask(at) {
  quiz.asked = questions();
  quiz.at = at;
  quiz.tried = false;
  const form = find('quiz');
  if (at >= quiz.asked.length) {
    form.replaceChildren(element('p', {role: 'status'}, `${quiz.right} of ${quiz.asked.length} at the first try.`));
    moves.last();
    return;
  }
  const node = quiz.asked[at];
  const [i, j] = largest(node.gradient);
  quiz.entry = [i, j];
  pause();
  frame(node);
  showStep(before(node));
  reveal([node, ...node.uses.map(use => use.to)].map(each => each.box));
  const which = node.rows * node.columns === 1 ? '' : `, ${place(i, j)}`;
  form.replaceChildren(
    element('label', {for: 'answer'}, element('b', {}, `${at + 1} of ${quiz.asked.length}. `),
      `What is the gradient of ${nameOf(node)}${which}? Its box has a dashed frame.`),
    element('div', {class: 'answer'},
      element('input', {id: 'answer', autocomplete: 'off', inputmode: isFinitelyAnswered() ? 'decimal' : 'text', 'aria-describedby': 'tolerance'}),
      button('±', turnSign, 'Other sign'), element('button', {type: 'submit'}, 'Check')),
    element('small', {id: 'tolerance'}, 'A percent more or less will do. There may be ∞, −∞ and NaN, typed as inf, -inf and nan.'),
    element('div', {class: 'answer'}, button('Hint', () => say(hint(node))),
      button('Show', () => {
        quiz.tried = true;
        say(`It is ${figure(node.gradient.elements[i][j])}. ${hint(node)}`);
      }), button('Skip', () => ask(at + 1))),
    element('p', {id: 'verdict', role: 'status'}));
  find('answer').focus({preventScroll: true});
}

/** Whether a phone's keys for numbers are enough: those of some have no minus, for which there is a button. */
const isFinitelyAnswered = () => quiz.asked.every(({gradient}) => gradient.elements.flat().every(Number.isFinite));

function turnSign() {
  const field = find('answer');
  field.value = /^\s*[-−]/.test(field.value) ? field.value.replace(/[-−]/, '') : `−${field.value.trim()}`;
  field.focus();
}

function button(text, action, label = text) {
  const made = element('button', {type: 'button', 'aria-label': label}, text);
  made.addEventListener('click', action);
  return made;
}

const say = (...text) => find('verdict').replaceChildren(...text);

function check(event) {
  event.preventDefault();
  if (!find('answer') || find('answer').disabled) {
    return;
  }
  const node = quiz.asked[quiz.at];
  const [i, j] = quiz.entry;
  const answer = typed(find('answer').value);
  const truth = entryOf(node.gradient.elements, i, j);
  if (answer === null) {
    say('Expected a number, such as −0.25 or ∞.');
  } else if (agrees(answer, truth)) {
    quiz.right += quiz.tried ? 0 : 1;
    find('answer').disabled = true;
    showStep(before(node) + 1);
    const next = button('Next', () => ask(quiz.at + 1));
    say(element('span', {class: 'good'}, 'Right: '), `${figure(truth)}. `, next);
    next.focus({preventScroll: true});
  } else {
    quiz.tried = true;
    say(element('span', {class: 'bad'}, 'No. '), diagnose(answer, node, i, j));
  }
}

find('quiz').addEventListener('submit', check);
find('quiz-start').disabled = questions().length === 0;
find('quiz-start').addEventListener('click', () => {
  const form = find('quiz');
  form.hidden = !form.hidden;
  find('quiz-start').setAttribute('aria-pressed', String(!form.hidden));
  quiz.right = 0;
  if (form.hidden) {
    frame();
    showStep(step);
  } else {
    ask(0);
  }
});
