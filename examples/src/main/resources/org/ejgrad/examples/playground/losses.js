'use strict';

// The laboratory: sliders, what the server makes of them, and the articles' buttons.
const BINARY = [
  {name: 'target', low: 0, high: 1, step: .05, start: 1},
  {name: 'smoothing', low: 0, high: 1, step: .01, start: 0},
  {name: 'weight', low: 0, high: 20, step: .1, start: 1},
  {name: 'gamma', low: 0, high: 10, step: .1, start: 2},
  {name: 'alpha', low: 0, high: 1, step: .01, start: .5},
  {name: 'delta', low: .05, high: 2, step: .05, start: .5},
];
const EPSILONS = {name: 'epsilon', low: -16, high: -1, step: 1, start: 1e-7};
const STROKES = {cross_entropy: 'blue', clipped: 'sky', epsilon: 'olive', squared: 'red', huber: 'orange', divergence: 'purple',
  hinge: 'green', focal: 'soft'};
const DASHES = {clipped: [6, 4], epsilon: [2, 3], divergence: [9, 3, 2, 3], focal: [4, 2], huber: [12, 4]};
const VERDICTS = {saturated: 'saturated: wrong, but hardly any slope', steep: 'explodes: a slope above 20'};
const MEASURES = {cross_entropy: 'cross-entropy H(y, p)', entropy: 'entropy of the target H(y)', divergence: 'divergence KL(y ‖ p)',
  own_entropy: 'entropy of the belief H(p)', most: 'most there can be, ln K'};

const visible = new Set(['cross_entropy', 'squared', 'hinge', 'focal']);
let binary = {axis: 'logit', at: -3, epsilon: 1e-7, ...Object.fromEntries(BINARY.map(each => [each.name, each.start]))};
let classes = {kind: 'logits', numbers: [2, 1, 0], targets: [1, 0, 0], smoothing: 0};
let labels = {logits: [2, -1, .5], targets: [1, 0, 1], smoothing: 0};
const answers = {binary: null, classes: null, labels: null};
let charts = [];

find('playground').href = address('./');

/** A slider with a field for exact numbers; both tell the same. */
function slider({name, title = data.titles[name], low, high, step, value, shown = x => x, typed = x => x}, changed) {
  let last = value;
  const range = element('input', {type: 'range', min: low, max: high, step, value: shown(value), 'aria-label': title});
  const exact = element('input', {type: 'number', step: 'any', value, 'aria-label': `${title}, exactly`});
  range.addEventListener('input', () => {
    exact.value = last = typed(Number(range.value));
    changed(last);
  });
  exact.addEventListener('change', () => {
    if (Number.isNaN(exact.valueAsNumber)) { // nothing was typed, or no number
      exact.value = last;
      return;
    }
    last = exact.valueAsNumber;
    range.value = shown(last);
    changed(last);
  });
  const label = element('label', {class: 'slider'}, title, exact, range);
  label.show = number => {
    range.value = shown(number);
    exact.value = last = number;
  };
  return label;
}

/** Asks at most once at a time; the last question is always asked. */
function latest(question) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await question();
    } while (again);
    running = null;
  };
  return () => {
    again = true;
    running = running || run();
    return running;
  };
}

async function asked(card, path, fields, show) {
  const complaint = find(card).querySelector('.complaint');
  try {
    answers[card] = await answer(path, fields);
    show(answers[card]);
    complaint.textContent = '';
  } catch (error) {
    complaint.textContent = error.message;
  }
}

// ---- yes or no -----------------------------------------------------------------------------------------------------

const askBinary = latest(() => asked('binary', 'losses/binary', binary, showBinary));

function binarySliders() {
  const isLogit = binary.axis === 'logit';
  const set = name => value => {
    binary[name] = value;
    askBinary();
  };
  const at = isLogit ? {name: 'logit', low: -10, high: 10, step: .1} : {name: 'probability', low: 0, high: 1, step: .005};
  find('binary-sliders').replaceChildren(slider({...at, value: binary.at}, set('at')),
    ...BINARY.map(each => slider({...each, value: binary[each.name]}, set(each.name))),
    slider({...EPSILONS, value: binary.epsilon, shown: x => Math.log10(x), typed: x => Number(`1e${x}`)}, set('epsilon')));
  find('axis').replaceChildren(...[['logit', 'over the logit z'], ['probability', 'over the probability p']].map(([axis, title]) => {
    const radio = element('input', {type: 'radio', name: 'axis', value: axis});
    radio.checked = binary.axis === axis;
    radio.addEventListener('change', () => {
      binary.at = axis === 'logit' ? 0 : .5;
      binary.axis = axis;
      binarySliders();
      askBinary();
    });
    return element('label', {class: 'tick'}, radio, title);
  }));
}

const shownLosses = () => Object.entries(answers.binary ? answers.binary.losses : {}).filter(([id]) => visible.has(id));
const curvesOf = what => shownLosses().map(([id, loss]) => ({name: loss.name, x: answers.binary.x, y: loss[what].map(capped(what)),
  stroke: STROKES[id], dash: DASHES[id] || []}));

/** The slider's place, where it is on the picture. */
const marksOf = what => answers.binary.at < answers.binary.x[0] || answers.binary.at > answers.binary.x.at(-1) ? []
  : shownLosses().map(([id, loss]) => ({epoch: answers.binary.at, value: capped(what === 'loss' ? 'values' : 'slopes')(loss[what]),
    stroke: STROKES[id]}));

/** What is beyond the picture has no place in it, so that the rest can be seen. */
const capped = what => y => Math.abs(Number(y)) > (what === 'values' ? 15 : 20) ? NaN : y;

function showBinary(shown) {
  bars(find('binary-bars'), [['p', shown.p], ['y', shown.target], ['p − y', shown.difference]]);
  fill(find('binary-table'), [['Loss', ''], ['Formula', ''], ['Loss here', 'number'], ['Slope here', 'number'], ['Here', ''], ['Along the axis', '']],
    Object.values(shown.losses).map(loss => [loss.name, loss.formula, element('span', {class: 'figure'}, figure(loss.loss, 6)),
      element('span', {class: 'figure'}, figure(loss.slope, 6)), loss.verdict ? element('span', {class: 'bad'}, VERDICTS[loss.verdict]) : '',
      ranges(shown.x, loss.verdicts)]));
  find('shown').replaceChildren(...Object.entries(shown.losses).map(([id, loss]) => {
    const box = element('input', {type: 'checkbox'});
    box.checked = visible.has(id);
    box.addEventListener('change', () => {
      visible[box.checked ? 'add' : 'delete'](id);
      showBinary(answers.binary);
    });
    return element('label', {class: 'tick'}, box, loss.name);
  }));
  find('binary-keys').replaceChildren(keys(curvesOf('values')));
  if (charts.length === 0) {
    charts = ['values', 'slopes'].map(what => liveChart(find(what), () => curvesOf(what),
      {axis: () => data.titles[binary.axis], marked: () => marksOf(what === 'values' ? 'loss' : 'slope')}));
  }
  charts.forEach(each => each.update());
}

/** Where along the axis a loss saturates or explodes. */
function ranges(x, verdicts) {
  return ['saturated', 'steep'].map(kind => {
    const places = x.filter((_, i) => verdicts[i] === kind);
    return places.length === 0 ? ''
      : `${kind === 'steep' ? 'explodes' : kind} between ${figure(Math.min(...places), 3)} and ${figure(Math.max(...places), 3)}`;
  }).filter(Boolean).join('; ');
}

/** Bars to both sides of zero, from −1 to 1. */
function bars(where, rows) {
  where.setAttribute('aria-label', rows.map(([name, value]) => `${name} ${figure(value)}`).join(', '));
  where.replaceChildren(...rows.flatMap(([name, value]) => {
    const share = 50 * Math.min(1, Math.abs(value));
    return [element('span', {}, name),
      element('span', {class: 'track'}, element('i', {style: `width: ${share}%; ${value < 0 ? 'right' : 'left'}: 50%; `
        + `background: var(--${value < 0 ? 'blue' : 'orange'})`})),
      element('span', {class: 'figure'}, figure(value, 5))];
  }));
}

// ---- classes -------------------------------------------------------------------------------------------------------

const classFields = () => ({[classes.kind]: classes.numbers.join(','), targets: classes.targets.join(','), smoothing: classes.smoothing});
const askClasses = latest(() => asked('classes', 'losses/classes', classFields(), showClasses));

function classSliders() {
  const isLogit = classes.kind === 'logits';
  const put = i => value => {
    classes.numbers[i] = value;
    askClasses();
  };
  /** What one target takes, the others give in proportion, so that their sum stays 1. */
  const putTarget = i => value => {
    const others = classes.targets.reduce((sum, target, k) => k === i ? sum : sum + target, 0);
    const rest = 1 - Math.max(0, Math.min(1, value)); // what is out of bounds itself is refused under its own name
    classes.targets = classes.targets.map((target, k) => k === i ? value
      : others > 0 ? target * rest / others : rest / (classes.targets.length - 1));
    targets.forEach((each, k) => k !== i && each.show(Number(classes.targets[k].toFixed(6))));
    askClasses();
  };
  const targets = classes.targets.map((value, i) => slider({title: `target ${i + 1}`, low: 0, high: 1, step: .05, value}, putTarget(i)));
  const hard = i => {
    const button = element('button', {type: 'button'}, `target: class ${i + 1}`);
    button.addEventListener('click', () => {
      classes.targets = classes.numbers.map((_, k) => k === i ? 1 : 0);
      classSliders();
      askClasses();
    });
    return button;
  };
  find('class-sliders').replaceChildren(
    ...classes.numbers.map((value, i) => slider({title: `${isLogit ? 'logit' : 'probability'} ${i + 1}`, low: isLogit ? -10 : 0,
      high: isLogit ? 10 : 1, step: isLogit ? .1 : .01, value}, put(i))),
    ...targets,
    slider({name: 'smoothing', low: 0, high: 1, step: .01, value: classes.smoothing}, value => {
      classes.smoothing = value;
      askClasses();
    }));
  find('count').replaceChildren(...[2, 3, 4, 5].map(count => {
    const button = element('button', {type: 'button', 'aria-pressed': classes.numbers.length === count}, `${count} classes`);
    button.addEventListener('click', () => {
      classes = {kind: 'logits', numbers: Array.from({length: count}, (_, i) => count - 1 - i),
        targets: Array.from({length: count}, (_, i) => i === 0 ? 1 : 0), smoothing: 0};
      classSliders();
      askClasses();
    });
    return button;
  }), ...classes.numbers.map((_, i) => hard(i)));
}

function showClasses(shown) {
  const named = row => row.map((value, i) => [`class ${i + 1}`, value]);
  bars(find('class-bars'), named(shown.gradient));
  bars(find('squared-bars'), named(shown.squaredGradient));
  const number = value => element('span', {class: 'figure'}, figure(value, 6));
  fill(find('class-table'), [['Class', ''], ['Logit z', 'number'], ['Probability p', 'number'], ['Target y', 'number'], ['Gradient p − y', 'number']],
    shown.p.map((p, i) => [`${i + 1}`, number(shown.logits[i]), number(p), number(shown.y[i]), number(shown.gradient[i])]));
  fill(find('measures'), [['What', ''], ['Nats', 'number'], ['Bits', 'number']],
    Object.entries(MEASURES).map(([id, title]) => [title, number(shown.measures[id][0]), number(shown.measures[id][1])]));
}

// ---- several labels ------------------------------------------------------------------------------------------------

const askLabels = latest(() => asked('labels', 'losses/labels',
  {logits: labels.logits.join(','), targets: labels.targets.join(','), smoothing: labels.smoothing}, showLabels));

function labelSliders() {
  const put = (numbers, i) => value => {
    numbers[i] = value;
    askLabels();
  };
  find('label-sliders').replaceChildren(
    ...labels.logits.map((value, i) => slider({title: `logit of label ${i + 1}`, low: -10, high: 10, step: .1, value}, put(labels.logits, i))),
    ...labels.targets.map((value, i) => slider({title: `target of label ${i + 1}`, low: 0, high: 1, step: .05, value}, put(labels.targets, i))),
    slider({name: 'smoothing', low: 0, high: 1, step: .01, value: labels.smoothing}, value => {
      labels.smoothing = value;
      askLabels();
    }));
  find('label-count').replaceChildren(...[1, 2, 3, 4, 5].map(count => {
    const button = element('button', {type: 'button', 'aria-pressed': labels.logits.length === count},
      `${count} label${count === 1 ? '' : 's'}`);
    button.addEventListener('click', () => {
      labels = {logits: Array.from({length: count}, (_, i) => 2 - i), targets: Array.from({length: count}, (_, i) => 1 - i % 2), smoothing: 0};
      labelSliders();
      askLabels();
    });
    return button;
  }));
}

function showLabels(shown) {
  bars(find('label-bars'), shown.gradient.map((value, i) => [`label ${i + 1}`, value]));
  const number = value => element('span', {class: 'figure'}, figure(value, 6));
  fill(find('label-table'), [['Label', ''], ['Logit z', 'number'], ['Probability σ(z)', 'number'], ['Target y', 'number'], ['Loss', 'number'],
    ['Gradient p − y', 'number'], ['of the mean', 'number'], ['softmax, if only one were true', 'number']],
  shown.p.map((p, i) => [`${i + 1}`, ...[shown.logits[i], p, shown.y[i], shown.losses[i], shown.gradient[i], shown.meanGradient[i],
    shown.softmax[i]].map(number)]));
  find('label-sum').replaceChildren('The losses sum to ', number(shown.sum), '; their mean is ', number(shown.mean), '.');
}

// ---- the articles' figures -----------------------------------------------------------------------------------------

/** Sets the sliders to a figure and says what both sides print. */
async function visit([, card, query, path], figureOfArticle) {
  const fields = Object.fromEntries(new URLSearchParams(query));
  if (card === 'binary') {
    binary = {...binary, ...Object.fromEntries(BINARY.map(each => [each.name, each.start])), epsilon: 1e-7,
      ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, name === 'axis' ? value : Number(value)]))};
    const loss = path.split('/')[1];
    if (loss) {
      visible.add(loss);
    }
    binarySliders();
    await askBinary();
  } else if (card === 'labels') {
    labels = {logits: fields.logits.split(',').map(Number), targets: fields.targets.split(',').map(Number), smoothing: 0};
    labelSliders();
    await askLabels();
  } else {
    const kind = fields.probabilities ? 'probabilities' : 'logits';
    classes = {kind, numbers: fields[kind].split(',').map(Number), targets: fields.targets.split(',').map(Number),
      smoothing: Number(fields.smoothing || 0)};
    classSliders();
    await askClasses();
  }
  const here = figure(path.split('/').reduce((value, key) => value[key], answers[card]), 13);
  const {what, article, ours, rounded, remark} = figureOfArticle;
  find('found').hidden = false;
  find('found').textContent = `${what}: ${article === '' ? 'the article prints no figure' : `the article prints ${article}`}, `
    + `ejgrad computes ${ours.startsWith('[') ? `${ours}; the first of them stands here, ${here}` : here}`
    + `${rounded ? `, which rounds to ${rounded}` : ''}.${remark ? ` ${remark}.` : ''}`;
  find(card).scrollIntoView({block: 'start'});
  find('found').scrollIntoView({block: 'start'});
}

const buttons = new Map(data.buttons.map(button => [button[0], button]));
find('articles').append(...data.chapters.map(chapter => {
  const table = element('table', {class: 'full articles'});
  fill(table, [['Figure', ''], ['Article', ''], ['ejgrad', ''], ['Remark', '']], chapter.figures.map(each => {
    const button = buttons.has(each.id) ? element('button', {type: 'button'}, each.what) : each.what;
    if (buttons.has(each.id)) {
      button.addEventListener('click', () => visit(buttons.get(each.id), each));
    }
    return [button, element('span', {class: each.disputed ? 'bad' : ''}, each.article),
      element('span', {class: 'figure'}, each.ours),
      [each.rounded ? `rounds to ${each.rounded}` : '', each.remark].filter(Boolean).join('; ')];
  }));
  return element('details', {}, element('summary', {}, chapter.title), element('p', {}, chapter.introduction),
    element('div', {class: 'wide'}, table));
}));

binarySliders();
classSliders();
labelSliders();
askLabels();
askBinary();
askClasses();
