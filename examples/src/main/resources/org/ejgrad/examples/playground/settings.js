'use strict';

// The settings: a form, the part of the address after #, and a line of text, which always say the same.
const DEFAULTS = {data: 'moons', f: 'sin(2x)', across: '2', upwards: '3', rows: '200', noise: '0.1', seed: '1', points: '',
  hidden: '4,4', activation: 'tanh', loss: 'cross_entropy', optimizer: 'sgd', rate: '0.1', l2: '0', batch: '16', networks: '1'};
const OF_NETWORK = ['hidden', 'activation', 'loss', 'optimizer', 'rate', 'l2', 'batch'];
const IRIS = [['0', 'sepal length'], ['1', 'sepal width'], ['2', 'petal length'], ['3', 'petal width']];
const FIRST_POINTS = '-1,-1,0,1,1,0,-1,1,1,1,-1,1';

let settings = {...DEFAULTS};

const ONLY_OF = {points: 'painted', f: 'function', across: 'iris', upwards: 'iris'};

/** Only what differs from the defaults and has a meaning. */
function settingsText() {
  const said = Object.entries(settings).filter(([name, value]) => value !== DEFAULTS[name] && value !== ''
    && (ONLY_OF[name] || settings.data) === settings.data);
  return new URLSearchParams(said).toString().replaceAll('%2C', ',');
}

/** Names that are not known are left for the server to refuse. */
function readSettings(text) {
  settings = {...DEFAULTS, ...Object.fromEntries(new URLSearchParams(text.replace(/^.*#/, '')))};
}

const number = (name, min, max, step) => element('input', {name, type: 'number', min, max, step, value: settings[name]});

function networkFields(legend, suffix) {
  const name = each => each + suffix;
  const value = each => settings[name(each)] ?? settings[each];
  const input = (each, attributes) => element('input', {name: name(each), value: value(each), ...attributes});
  return element('fieldset', {}, element('legend', {}, legend),
    field('Hidden widths', input('hidden', {class: 'short', pattern: '[0-9, ]*'})),
    field('Activation', select(name('activation'), data.activation, value('activation'))),
    field('Loss', select(name('loss'), data.loss, value('loss'))),
    field('Optimizer', select(name('optimizer'), data.optimizer, value('optimizer'))),
    field('Learning rate', input('rate', {type: 'number', min: 1e-9, max: 1000, step: 'any'})),
    field('L2', input('l2', {type: 'number', min: 0, max: 10, step: 'any'})),
    field('Batch', input('batch', {type: 'number', min: 1, max: 600, step: 1})));
}

function showSettings() {
  const kind = settings.data;
  const isMade = !['painted', 'iris'].includes(kind);
  const two = element('input', {name: 'networks', type: 'checkbox'});
  two.checked = settings.networks === '2';
  find('settings').replaceChildren(
    element('fieldset', {}, element('legend', {}, 'Data'),
      field('Set', select('data', data.data, kind)),
      ...kind === 'function' ? [field('f(x) =', element('input', {name: 'f', class: 'formula', maxlength: 100, value: settings.f}))] : [],
      ...kind === 'iris' ? [field('Across', select('across', IRIS, settings.across)),
        field('Upwards', select('upwards', IRIS, settings.upwards))] : [],
      ...isMade ? [field('Points', number('rows', 20, 400, 1)),
        ...kind === 'blobs' ? [] : [field('Noise', number('noise', 0, 2, 'any'))]] : [],
      field('Seed', number('seed', -2147483648, 2147483647, 1))),
    networkFields(settings.networks === '2' ? 'Network A' : 'Network', ''),
    element('label', {class: 'tick'}, two, 'A second network beside it, on the same data and seed'),
    ...settings.networks === '2' ? [networkFields('Network B', '2')] : []);
  find('text').value = settingsText();
  history.replaceState(null, '', location.search + (settingsText() ? '#' + settingsText() : ''));
}

/** Takes what one control says. */
function takeSetting(control) {
  settings[control.name] = control.type === 'checkbox' ? (control.checked ? '2' : '1') : control.value.replaceAll(' ', '');
  if (control.name === 'data' && settings.data === 'painted' && settings.points === '') {
    settings.points = FIRST_POINTS;
  }
  if (control.name === 'networks') {
    OF_NETWORK.forEach(each => delete settings[each + '2']);
    if (control.checked) {
      settings.loss2 = settings.loss === 'squared_error' ? 'cross_entropy' : 'squared_error';
    }
  }
}
