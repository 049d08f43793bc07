'use strict';

// The sentences and the table of a toy, the texts that it wrote, and where its attention went.
find('title').textContent = data.title;
find('sentences').replaceChildren(...data.sentences.map(sentence => element('p', {}, sentence)));
fill(find('results'), data.headings.map((heading, i) => [heading, i === 0 ? '' : 'number']), data.rows);

find('written').hidden = data.texts.length === 0;
find('texts').replaceChildren(...data.texts.flatMap(([name, text]) =>
  [element('h3', {}, name), element('p', {class: 'sample'}, text)]));

find('looks').hidden = data.symbols.length === 0;
find('caption').textContent = data.caption;
const head = element('tr', {}, element('th', {}, ''), ...data.symbols.map(symbol => element('th', {scope: 'col'}, symbol)));
const places = data.weights.map((row, from) => element('tr', {}, element('th', {scope: 'row'}, data.symbols[from]),
  ...row.map(weight => element('td', {style: `background: rgba(var(--blue-wash), ${weight})`},
    Number(weight).toFixed(2)))));
find('weights').replaceChildren(element('thead', {}, head), element('tbody', {}, ...places));
