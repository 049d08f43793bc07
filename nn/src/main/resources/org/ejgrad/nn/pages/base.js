'use strict';

// Helpers for the other scripts, the theme, and the tables that several pages have.
const data = JSON.parse(document.getElementById('data').textContent);
const find = id => document.getElementById(id);

/** An HTML element with attributes and children; text is never parsed as markup. */
function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element with attributes and children. */
function drawn(name, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled(node, attributes, children) {
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children);
  return node;
}

/** Four significant digits or fewer, none of them a 0 at the end; of a whole part every digit, so that no rounded one looks exact. */
function figure(number, digits = 4) {
  if (!Number.isFinite(number)) { // a text, as JSON has none of them
    return Number.isNaN(Number(number)) ? 'NaN' : Number(number) > 0 ? '∞' : '−∞';
  }
  const size = Math.abs(number);
  const text = size !== 0 && (size < 1e-4 || size >= 1e7) ? Number(number.toPrecision(digits)).toExponential()
    : String(Number(number.toPrecision(Math.max(digits, String(Math.trunc(size)).length))));
  return text.replaceAll('-', '−');
}

/** From where to where, as exact as three digits of the distance: what is less is a rest of rounding. */
function range(low, high) {
  const decimals = 2 - Math.floor(Math.log10(high - low));
  const written = end => {
    const rounded = Math.round(end * 10 ** decimals) / 10 ** decimals;
    return figure(rounded, Math.max(1, decimals + 1 + Math.floor(Math.log10(Math.abs(rounded) || 1))));
  };
  return `from ${written(low)} to ${written(high)}`;
}

/** Names of so many letters at most, as different as they were: cut at the end, in the middle, or numbered; what ends in parentheses keeps them. */
function shortened(names, most) {
  const part = (name, first, last) => [...name].length <= most ? name
    : [...name].slice(0, first).join('') + '…' + (last > 0 ? [...name].slice(-last).join('') : '');
  const half = Math.floor((most - 1) / 2);
  const isClear = list => new Set(list).size === new Set(names).size;
  const inMiddle = names.map(name => part(name, most - 1 - half, half));
  const cut = [names.map((name, i) => name.endsWith(')') ? inMiddle[i] : part(name, most - 1, 0)), inMiddle];
  return cut.find(isClear)
    || names.map((name, i) => part(`${i + 1} ${name}`, most - 1, 0));
}

/** Numbers of a column, with as many digits after the point as the one that needs most. */
function aligned(numbers) {
  const texts = numbers.map(number => figure(number));
  const digits = Math.max(...texts.map(text => (text.split('.')[1] || '').length));
  return texts.every(text => /^−?[\d.]+$/.test(text))
    ? numbers.map(number => number.toFixed(digits).replace('-', '−')) : texts;
}

/** A sixteenth of the page's size of letters. */
const pixel = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

if (window.Chart) {
  Object.assign(Chart.defaults.font, {family: 'system-ui, sans-serif', size: 12 * pixel()});
}

const percent = share => (100 * share).toFixed(1) + ' %';
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

/** The colours of classes 0, 1, 2, ... */
const classColours = () => ['blue', 'orange', 'green', 'purple', 'red', 'sky', 'olive', 'soft'].map(colour);

const classColour = label => classColours()[label % 8];

/** The path of a class's mark around (0, 0): a disc, a triangle, a square, a diamond, a cross; with 8 colours 40 that differ. */
function mark(index, r) {
  const a = .8 * r;
  return [
    `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
    `M0 ${-1.25 * r}L${1.15 * r} ${0.8 * r}H${-1.15 * r}z`,
    `M${-0.9 * r} ${-0.9 * r}H${0.9 * r}V${0.9 * r}H${-0.9 * r}z`,
    `M0 ${-1.3 * r}L${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0z`,
    `M${-a / 2} ${-1.5 * a}h${a}v${a}h${a}v${a}h${-a}v${a}h${-a}v${-a}h${-a}v${-a}h${a}z`,
  ][index % 5];
}

/** What redraws itself when the theme changes. */
const drawings = [];

function draw(drawing) {
  drawings.push(drawing);
  drawing();
}

/** What is painted once it has its place and its size: with the next frame, or before the page is printed. */
const unpainted = [];

function whenPlaced(paint) {
  unpainted.push(paint);
  requestAnimationFrame(paintPlaced);
}

function paintPlaced() {
  unpainted.splice(0).forEach(paint => paint());
}

function useTheme(theme) {
  document.documentElement.dataset.theme = theme;
  drawings.forEach(drawing => drawing());
}

const prefersDark = window.matchMedia('(prefers-color-scheme: dark)');
useTheme(prefersDark.matches ? 'dark' : 'light');
prefersDark.addEventListener('change', event => useTheme(event.matches ? 'dark' : 'light'));
find('theme').addEventListener('click',
  () => useTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));

/** Paper is light and of its own width, hides nothing, and no frame comes before the print. */
let onScreen = 'light';
let closed = [];
window.addEventListener('beforeprint', () => {
  onScreen = document.documentElement.dataset.theme;
  document.body.classList.add('paper');
  closed = [...document.querySelectorAll('details:not([open])')];
  closed.forEach(each => { each.open = true; });
  useTheme('light');
  paintPlaced();
  listAll();
});
window.addEventListener('afterprint', () => {
  document.body.classList.remove('paper');
  closed.forEach(each => { each.open = false; });
  useTheme(onScreen);
  listAll();
});

/** Rows of a table, of which the first cell of each is a heading. */
function fill(table, headings, rows) {
  const head = element('tr', {}, ...headings.map(([text, kind]) => element('th', {scope: 'col', class: kind}, text)));
  const body = rows.map(cells => element('tr', {}, ...cells.map((cell, i) =>
    element(i === 0 ? 'th' : 'td',
      {'data-heading': headings[i][0], ...(i === 0 ? {scope: 'row'} : {class: headings[i][1]})},
      Array.isArray(cell) ? element('span', {}, ...cell) : cell))));
  table.classList.toggle('pairs', headings.length === 2); // there is room for them everywhere
  table.replaceChildren(element('thead', {}, head), element('tbody', {}, ...body));
  whenPlaced(() => list(table));
}

/** A table becomes a list of its cells where it has no room for each word and number, or for a few words of each text. */
function list(table) {
  const room = table.parentElement?.clientWidth;
  if (!room || table.rows.length === 0 || table.matches('.pairs')) { // what is not seen has no size
    return;
  }
  const widths = of => {
    table.classList.add(of);
    const all = [...table.rows[0].cells].map(cell => cell.offsetWidth);
    table.classList.remove(of);
    return all;
  };
  table.classList.remove('listed');
  const most = widths('loose');
  const needed = widths('tight').map((least, i) => table.rows[0].cells[i].className === 'number' ? least
    : Math.max(least, Math.min(most[i], 144 * pixel())));
  table.classList.toggle('listed', (table.matches('.heat') ? table.offsetWidth : needed.reduce((a, b) => a + b)) > room);
}

const listAll = () => document.querySelectorAll('.wide > table:not(.matrix)').forEach(list);
window.addEventListener('resize', listAll);

/** The table of a gradient check; its last column is the verdict. */
function showCheck() {
  const check = data.check;
  find('check-intro').textContent = check.text;
  fill(find('check'), check.headings.map((heading, i) => [heading, i === 0 ? '' : 'number']),
    check.rows.map(row => row.map((cell, i) => i === row.length - 1
      ? element('span', {class: cell === check.agreed ? 'good' : 'bad'}, cell)
      : cell)));
}
