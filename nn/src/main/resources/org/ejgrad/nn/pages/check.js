'use strict';

// The page of a gradient check: the verdict, a table by parameter, and every entry with both figures.
find('checked').textContent = data.checked;
find('verdict-title').append(element('span', {class: data.verdict === 'Confirmed' ? 'good' : 'bad'}, data.verdict));
find('summary').textContent = data.summary;
find('diagnosis').textContent = data.diagnosis;
find('notes').replaceChildren(...data.notes.map(note => element('li', {}, note)));
find('notes').hidden = data.notes.length === 0;
find('evaluations').textContent = `The function was evaluated ${data.evaluations} times.`;
showCheck();
find('entries-intro').textContent = data.entries.length < data.count
  ? `The first ${data.entries.length} of ${data.count}.`
  : 'Each claimed figure beside the numerical one with its error bar.';
fill(find('entries'),
  [['Place', ''], ['Claimed', 'number'], ['Numerical', 'number'], ['Error bar', 'number'], ['Difference', 'number'],
    ['Verdict', '']],
  data.entries.map(([kind, place, claimed, numeric, bar, difference, verdict, detail]) => [place,
    ...[claimed, numeric, bar, difference].map(text => element('span', {class: 'figure'}, text)),
    [element('span', {class: kind}, verdict), ...(detail ? [element('small', {}, detail)] : [])]]));
