'use strict';

// What the panel beside the graph says of a step, or of the box that is pointed at.

/** So many columns of a matrix stand beside each other on paper. */
const MOST_ON_PAPER = 8;

/** A matrix as a small table; the deeper the colour, the larger the number, blue above and red below zero. */
function matrix({elements, abbreviated}) {
  const largest = Math.max(...elements.flat().map(entry => Math.abs(Number(entry))).filter(Number.isFinite), 1e-300);
  const cell = entry => element('td', {style: wash(entry, largest), title: String(entry)}, figure(entry));
  const columns = (elements[0] || []).length;
  const most = document.body.matches('.paper') ? MOST_ON_PAPER : columns;
  const starts = Array.from({length: Math.ceil(columns / most) || 1}, (_, i) => i * most);
  const table = from => element('table', {class: 'matrix'}, ...elements.map(row => element('tr', {}, ...row.slice(from, from + most).map(cell))));
  const blocks = starts.flatMap(from => [...(starts.length > 1 ? [element('small', {}, `columns ${from + 1} to ${Math.min(columns, from + most)}`)] : []), table(from)]);
  return element('div', {class: 'wide'}, ...blocks, abbreviated ? element('small', {}, '… a corner of it') : '');
}

function wash(entry, largest) {
  const share = Number.isFinite(Number(entry)) ? Math.min(1, Math.abs(Number(entry)) / largest) : 1;
  return `background: rgba(var(--${Number(entry) < 0 ? 'red' : 'blue'}-wash), ${(.42 * share).toFixed(3)})`;
}

function heading(phase, text) {
  return [element('div', {class: `phase ${phase}`}, phase), element('h3', {}, text)];
}

const paragraph = (...children) => element('p', {}, ...children);
const code = text => element('code', {}, text);
const made = node => node.kind === 'result' ? paragraph(code(expression(node)), ` ${shape(node)}`)
  : paragraph(`${node.kind === 'constant' ? 'data' : 'parameter'} ${shape(node)}`);

/** How a gradient came together: two terms and their sum, where there are several. */
function addition({before, part, total}) {
  return before ? element('div', {class: 'sum'}, matrix(before), element('b', {}, '+'), matrix(part),
    element('b', {}, '='), matrix(total)) : matrix(total);
}

/** What the panel says of one node at this step. */
function describeNode(node, state) {
  const gradient = state.arrived.get(node);
  const parts = [element('h3', {}, title(node)), made(node), element('h4', {}, 'value')];
  parts.push(state.computed.has(node) ? matrix(node.value) : paragraph('not computed yet'));
  if (gradient) {
    parts.push(element('h4', {}, node.uses.length < 2 ? 'gradient'
      : `gradient, the sum of ${gradient.parts} of ${node.uses.length} contributions`), matrix(gradient.total));
  }
  node.uses.forEach(use => parts.push(element('h4', {}, `from ${nameOf(use.to)}: `, code(use.to.formulas[use.position])),
    state.passedOn.has(use.to) ? matrix(use.part) : paragraph('not passed back yet')));
  return parts;
}

function describeStep({phase, node}, state) {
  switch (phase) {
    case 'start':
      return [...heading('forward', 'Inputs and parameters'), paragraph('Blue boxes are parameters, dashed ones data. '
        + `Step on to compute ${nameOf(root)}, then to walk back from it. Point at a box to see its numbers.`)];
    case 'forward':
      return [...heading(phase, title(node)), made(node), matrix(node.value)];
    case 'seed':
      return [...heading('backward', `Start at ${nameOf(node)}`),
        paragraph(`The derivative of ${nameOf(node)} with respect to itself is 1.`), matrix(node.gradient)];
    case 'backward':
      return [...heading(phase, title(node)), made(node), element('h4', {}, 'dy, the gradient that has arrived here'),
        matrix(state.arrived.get(node).total), ...node.inputs.flatMap((id, i) => passed(node, nodes.get(id), i, state))];
    default:
      return [...heading('backward', 'Every parameter has its gradient'),
        ...graph.filter(each => each.kind === 'variable')
          .flatMap(each => [element('h4', {}, nameOf(each)), matrix(each.gradient)])];
  }
}

/** What a node passes on to one of its inputs, and what that input has received by now. */
function passed(node, input, position, state) {
  const part = node.contributions[position];
  if (!part) {
    return [];
  }
  const total = state.arrived.get(input);
  const said = letters(node, position);
  const parts = [element('h4', {}, 'to ', nameOf(input), ': ', code(node.formulas[position]), said ? `; ${said}` : '')];
  if (total.before && total.part === part) {
    parts.push(paragraph(`added to what came before, ${total.parts} of ${input.uses.length} contributions:`),
      addition(total));
  } else {
    parts.push(matrix(part));
  }
  return parts;
}

/** Everything at once, for those who read rather than look. */
function tabulate() {
  const cells = node => [title(node), node.kind === 'result' ? code(expression(node)) : made(node).textContent, shape(node),
    matrix(node.value), node.gradient ? matrix(node.gradient) : ''];
  fill(find('graph-table'), ['Name', 'Made by', 'Shape', 'Value', 'Gradient'].map(name => [name, '']), graph.map(cells));
}

/** A box in one sentence. */
function spoken(node, state) {
  const numbers = ({elements}) => elements.length * (elements[0] || []).length <= 9
    ? elements.map(row => row.map(entry => figure(entry)).join(' ')).join('; ') : 'a larger matrix, in the table below';
  const gradient = state.arrived.get(node);
  return `${title(node)}, ${made(node).textContent}. `
    + (state.computed.has(node) ? `Value ${numbers(node.value)}. ` : 'Not computed yet. ')
    + (gradient ? `Gradient ${numbers(gradient.total)}.` : '');
}
