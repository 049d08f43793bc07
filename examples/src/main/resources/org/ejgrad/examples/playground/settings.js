'use strict';

// The settings: a form, the part of the address after #, and a line of text, which always say the same.
const DEFAULTS = {data: 'moons', f: 'sin(2x)', across: '2', upwards: '3', rows: '200', noise: '0.1', seed: '1', points: '',
  column_x: '', column_y: '', target: '', inputs: 'x,y', hidden: '4,4', activation: 'tanh', loss: 'cross_entropy', optimizer: 'sgd', rate: '0.1', l2: '0', batch: '16', networks: '1'};
const OF_NETWORK = ['inputs', 'hidden', 'activation', 'loss', 'optimizer', 'rate', 'l2', 'batch'];
const IRIS = [['0', 'sepal length'], ['1', 'sepal width'], ['2', 'petal length'], ['3', 'petal width']];
const FIRST_POINTS = '-1,-1,0,1,1,0,-1,1,1,1,-1,1';

let settings = {...DEFAULTS};

const ONLY_OF = {points: 'painted', f: 'function', across: 'iris', upwards: 'iris', column_x: 'csv', column_y: 'csv', target: 'csv'};

/** The rows of a table are too many for an address: they stay in the page. */
const own = {csv: '', columns: []};

/** Only what differs from the defaults and has a meaning. */
function settingsText() {
  const said = Object.entries(settings).filter(([name, value]) => value !== DEFAULTS[name]
    && (ONLY_OF[name] || settings.data) === settings.data);
  return new URLSearchParams(said).toString().replaceAll('%2C', ',');
}

/** A plane without points cannot be painted on. */
function beginPainting() {
  if (settings.data === 'painted' && settings.points === '') {
    settings.points = FIRST_POINTS;
  }
}

/** Names that are not known are left for the server to refuse. */
function readSettings(text) {
  settings = {...DEFAULTS, ...Object.fromEntries(new URLSearchParams(text.replace(/^.*#/, '')))};
  beginPainting();
}

const number = (name, min, max, step) => element('input', {name, type: 'number', min, max, step, value: settings[name]});

function networkFields(legend, suffix) {
  const name = each => each + suffix;
  const value = each => settings[name(each)] ?? settings[each];
  const input = (each, attributes) => element('input', {name: name(each), value: value(each), ...attributes});
  const told = value('inputs').split(',');
  return element('fieldset', {}, element('legend', {}, legend),
    element('div', {class: 'inputs', role: 'group', 'aria-label': 'Inputs'}, 'Inputs', ...data.inputs.map(([id, title]) => {
      const box = element('input', {type: 'checkbox', name: name('inputs'), value: id});
      box.checked = told.includes(id);
      return element('label', {class: 'tick'}, box, title);
    })),
    field('Hidden widths', input('hidden', {class: 'short', pattern: '[0-9, ]*', placeholder: 'none'})),
    field('Activation', select(name('activation'), data.activation, value('activation'))),
    field('Loss', select(name('loss'), data.loss, value('loss'))),
    field('Optimizer', select(name('optimizer'), data.optimizer, value('optimizer'))),
    field('Learning rate', input('rate', {type: 'number', min: 1e-9, max: 1000, step: 'any'})),
    field('L2', input('l2', {type: 'number', min: 0, max: 10, step: 'any'})),
    field('Batch', input('batch', {type: 'number', min: 1, max: 600, step: 1})));
}

function showSettings() {
  const kind = settings.data;
  const isMade = !['painted', 'iris', 'csv'].includes(kind);
  const two = element('input', {name: 'networks', type: 'checkbox'});
  two.checked = settings.networks === '2';
  find('settings').replaceChildren(
    element('fieldset', {}, element('legend', {}, 'Data'),
      field('Set', select('data', data.data, kind)),
      ...kind === 'function' ? [field('f(x) =', element('input', {name: 'f', class: 'formula', maxlength: 100, value: settings.f}))] : [],
      ...kind === 'iris' ? [field('Across', select('across', IRIS, settings.across)),
        field('Upwards', select('upwards', IRIS, settings.upwards))] : [],
      ...kind === 'csv' ? tableFields() : [],
      ...isMade ? [field('Points', number('rows', 20, 400, 1)),
        ...kind === 'blobs' ? [] : [field('Noise', number('noise', 0, 2, 'any'))]] : [],
      field('Seed', number('seed', -2147483648, 2147483647, 1))),
    networkFields(settings.networks === '2' ? 'Network A' : 'Network', ''),
    element('label', {class: 'tick'}, two, 'A second network beside it, on the same data and seed'),
    ...settings.networks === '2' ? [networkFields('Network B', '2')] : []);
  find('text').value = settingsText();
  history.replaceState(null, '', location.search + (settingsText() ? '#' + settingsText() : ''));
}

/** The table as text or from a file, and, once it is read, its columns. */
function tableFields() {
  const file = element('input', {type: 'file', accept: '.csv,.tsv,.txt,text/csv'});
  file.addEventListener('change', async event => {
    event.stopPropagation(); // its rows change the settings, it does not
    if (file.files.length > 0) {
      takeTable(await file.files[0].text());
    }
  });
  const text = element('textarea', {name: 'csv', rows: 4, spellcheck: 'false', placeholder: 'height,width,kind\n1.5,2.0,oak\n…'});
  text.value = own.csv;
  const column = (label, name, columns) => field(label, select(name, columns.map(each => [each.name, each.name]), settings[name]));
  const numbers = own.columns.filter(each => each.numbers);
  return [element('label', {class: 'field table'}, 'A table as CSV', text), field('or a file', file),
    ...own.columns.length === 0 ? [] : [column('Across', 'column_x', numbers), column('Upwards', 'column_y', numbers),
      column('Class', 'target', own.columns)],
    element('p', {class: 'hint'}, 'A line of names, then a line a row: at most 400 rows and 32 kB. The address and the text '
      + 'below hold the chosen columns, not the rows: who opens them elsewhere pastes the table again.')];
}

/** Reads a table's columns; two of numbers are chosen, and as class the last of the others. */
async function takeTable(csv) {
  own.csv = csv;
  own.columns = [];
  try {
    const {columns} = await answer('columns', {}, {method: 'POST', body: new URLSearchParams({csv}).toString()});
    own.columns = columns;
    const has = name => columns.some(each => each.name === settings[name]);
    if (!has('column_x') || !has('column_y') || !has('target')) {
      const target = columns.filter(each => !each.numbers).at(-1) || columns.at(-1);
      const numbers = columns.filter(each => each.numbers && each !== target);
      [settings.column_x, settings.column_y, settings.target] = [numbers[0]?.name ?? '', numbers[1]?.name ?? '', target.name];
    }
  } catch (error) {
    showSettings();
    complain(error);
    return;
  }
  await configure();
}

/** Takes what one control says. */
function takeSetting(control) {
  if (control.name.startsWith('inputs')) {
    const all = [...find('settings').querySelectorAll(`[name="${control.name}"]`)];
    settings[control.name] = all.filter(each => each.checked).map(each => each.value).join(',');
    return;
  }
  settings[control.name] = ONLY_OF[control.name] === 'csv' ? control.value : control.type === 'checkbox' ? (control.checked ? '2' : '1') : control.value.trim().replace(/ *, */g, ',');
  beginPainting();
  if (control.name === 'networks') {
    OF_NETWORK.forEach(each => delete settings[each + '2']);
    if (control.checked) {
      settings.loss2 = settings.loss === 'squared_error' ? 'cross_entropy' : 'squared_error';
    }
  }
}
