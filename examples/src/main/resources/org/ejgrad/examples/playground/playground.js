'use strict';

// The page: a session on the server, its events, the buttons, the curves, painting, and the step-through.
const SPEEDS = [['1', '1 step/s'], ['10', '10 steps/s'], ['100', '100 steps/s'], ['1000', '1000 steps/s'], ['1000000', 'as fast as it goes']];
const MOST_POINTS_OF_CURVE = 500;

const TITLE = document.title;

let session = '';
let plane = null;
let views = [];
let events = null;
let newest = {version: -1, playing: false}; // what the server has said
let wanted = null; // whether it is to play, by a command that is not yet answered
let commands = Promise.resolve();
let unanswered = 0;
let goesOn = false; // when the page is seen again
let shownSession = '';
let curves = [];
let charts = [];

/** What is wrong, by the words that stand beside the field; and there, if it cannot be seen. */
function complain(error) {
  find('complaint').textContent = error ? error.message.replace(/^(\w+)(?= (is|has) )/, name =>
    find('settings').querySelector(`[name="${name}"]`)?.closest('.field, [role=group]')?.firstChild.textContent ?? name) : '';
  if (error) {
    find('complaint').scrollIntoView({block: 'nearest'});
  }
}

const isPlaying = () => wanted ?? newest.playing;
const isTwo = () => views.length > 1;
const nameOf = i => isTwo() ? 'AB'[i] : '';

find('laboratory').href = address('losses');
find('speed').append(...SPEEDS.map(([value, title]) => element('option', {value}, title)));
find('speed').value = '100';

/** Takes what an answer or a frame says, unless something newer is known. */
function hear({version, playing}) {
  if (version >= newest.version) {
    newest = {version, playing};
  }
  showPlaying();
}

function showPlaying() {
  find('play').textContent = isPlaying() ? 'Pause' : '▶ Play';
  find('play').setAttribute('aria-pressed', isPlaying());
}

/** Commands arrive in the order in which they were given; what the last one asks for is shown until all are answered. */
function command(run, playing = wanted) {
  wanted = playing;
  unanswered++;
  showPlaying();
  commands = commands.then(run).finally(() => {
    unanswered--;
    wanted = unanswered > 0 ? wanted : null;
    showPlaying();
  });
  return commands;
}

/** Sends the settings as they are now. */
async function configure() {
  showSettings();
  find('tools').hidden = settings.data !== 'painted';
  if (settings.data === 'csv' && own.csv === '') {
    complain(new Error('Paste a table, or choose a file.'));
    return;
  }
  const body = new URLSearchParams(settings.data === 'csv' ? {...settings, csv: own.csv} : settings).toString();
  await command(() => sendSettings(body));
}

/** A session that is gone is replaced. */
async function sendSettings(body) {
  try {
    const opened = await (session === '' ? answer('session', {}, {method: 'POST', body})
      : answer('settings', {session}, {method: 'POST', body}).catch(error => {
        if (error.status !== 404) {
          throw error;
        }
        return answer('session', {}, {method: 'POST', body});
      }));
    complain(null);
    const isNew = opened.session !== session;
    session = opened.session;
    newest = isNew ? opened : newest;
    hear(opened);
    if (isNew) {
      listen();
      control('speed', {speed: find('speed').value});
    }
  } catch (error) {
    complain(error);
  }
}

/** A hidden page listens to nothing: a browser has few connections for all of its pages, and nobody watches. */
function listen() {
  events?.close();
  if (document.hidden) {
    return;
  }
  events = new EventSource(address('events', {session}));
  events.onmessage = message => receive(JSON.parse(message.data));
  events.onerror = () => {
    if (events.readyState === EventSource.CLOSED) {
      complain(new Error('The playground has stopped, or closed this page’s session. Reset begins anew.'));
      session = '';
      hear({version: newest.version, playing: false});
    }
  };
}

/** What a page that cannot be seen does not do; that stands where it can be seen, on its tab, and on the page for a while. */
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    events?.close();
    goesOn = isPlaying();
    document.title = goesOn ? 'paused while hidden: ejgrad playground' : TITLE;
  } else if (session !== '') {
    document.title = TITLE;
    find('away').textContent = goesOn ? 'It paused while this page was hidden, and goes on.' : '';
    setTimeout(() => find('away').textContent = '', 10_000);
    listen();
  }
});

function control(action, more = {}) {
  goesOn = false; // what is asked for now counts
  command(() => send(action, more), action === 'speed' ? undefined : action === 'play');
}

async function send(action, more) {
  if (session === '') {
    return;
  }
  try {
    hear(await answer('control', {session}, {method: 'POST', body: new URLSearchParams({do: action, ...more}).toString()}));
  } catch (error) {
    complain(error);
  }
}

/** Makes the cards for the networks and empties the curves. */
function show(count) {
  views = Array.from({length: count}, (_, i) => new NetworkView(i, count === 2 ? `Network ${'AB'[i]}` : 'Network', plane));
  views.forEach(view => {
    view.planeCanvas.addEventListener('click', event => clicked(view, event));
    view.planeCanvas.addEventListener('keydown', event => keyed(view, event));
    view.links.replaceChildren('Save: ', ...[['safetensors', 'model, safetensors'], ['onnx', 'model, ONNX'], ['java', 'Java program']]
      .map(([as, title]) => element('a', {href: address('export', {session, network: view.index, as}), download: ''}, title)),
    element('span', {class: 'hint'}, savedInputs(view.index)));
  });
  find('networks').className = count === 1 ? 'networks single' : 'networks';
  find('networks').replaceChildren(...views.map(view => view.card));
  curves = views.map(() => []);
  showCharts();
}

/** What a saved model is to be given. */
function savedInputs(index) {
  const told = (settings[index === 0 ? 'inputs' : 'inputs2'] ?? settings.inputs).split(',');
  return told.every(each => each === 'x' || each === 'y')
    ? `The models take rows with ${told.map(each => plane.features['xy'.indexOf(each)]).join(' and ')}, as they came.`
    : `The models take what the network takes, ${told.length} numbers a row; no table holds them.`;
}

/** The curves of some numbers of the frames, for each network. */
const curvesOf = parts => views.flatMap((_, i) => parts(curves[i][0]).map(([name, of, stroke, dash]) => ({
  name: `${nameOf(i)} ${name}`.trim(), x: curves[i].map(frame => frame.steps), y: curves[i].map(of),
  ...strokeOf(i, stroke, dash, name.startsWith('layer'))})));

/** The second network's curves of rows are red; those of its layers, dotted. */
function strokeOf(i, stroke, dash, isLayer) {
  return i === 0 ? {stroke, dash} : isLayer ? {stroke, dash: [2, 3]} : {stroke: 'red', dash};
}

const ofRows = what => () => [['train', frame => frame.train[what], 'blue', []], ['test', frame => frame.test[what], 'blue', [6, 4]]];
const PARTS = [
  {title: 'Loss', of: ofRows('loss'), logarithmic: true},
  {title: 'Accuracy', of: ofRows('accuracy'), logarithmic: false, written: percent},
  {title: 'Gradient norm of each layer’s weights', logarithmic: true, of: frame => (frame ? frame.norms : [])
    .map((_, k) => [`layer ${k + 1}`, each => each.norms[k], LINE_COLOURS[k % 8], []])},
];

function showCharts() {
  drawings.length = 0;
  draw(() => views.forEach(view => view.paint()));
  charts = [];
  find('curves').replaceChildren(...PARTS.map(({title}) => element('div', {class: 'panel'}, element('h3', {}, title),
    element('div', {class: 'plot'}, element('canvas', {role: 'img', 'aria-label': title})), element('div'))));
  find('curves').querySelectorAll('canvas').forEach((canvas, i) =>
    charts.push(liveChart(canvas, () => curvesOf(PARTS[i].of), {axis: () => 'step', logarithmic: PARTS[i].logarithmic, written: PARTS[i].written})));
}

function showKeys() {
  find('curves').querySelectorAll('.panel').forEach((panel, i) => panel.lastChild.replaceChildren(keys(curvesOf(PARTS[i].of))));
}

/** Buttons that give each hidden layer a unit more or fewer, and the network a layer; they stand above the layers. */
function showWidths(view) {
  const widths = view.frame.weights.slice(0, -1).map(rows => rows[0].length);
  if (view.widths.dataset.of === String(widths)) {
    return;
  }
  view.widths.dataset.of = widths;
  const [mostLayers, mostUnits] = data.most;
  const other = (layer, width) => widths.map((before, i) => i === layer ? width : before);
  const button = (sign, label, wanted, isPossible) => {
    const made = element('button', {type: 'button', 'aria-label': label, title: label}, sign);
    made.disabled = !isPossible;
    made.addEventListener('click', () => {
      settings[view.index === 0 ? 'hidden' : 'hidden2'] = wanted.join(',');
      configure();
    });
    return made;
  };
  const used = view.widths.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
  view.widths.replaceChildren(
    button('+ layer', 'One layer more', [...widths, widths.at(-1) ?? 4], widths.length < mostLayers),
    button('− layer', 'One layer fewer', widths.slice(0, -1), widths.length > 0),
    ...widths.map((width, layer) => element('span', {},
      button('+', `One unit more in layer ${layer + 1}`, other(layer, width + 1), width < mostUnits),
      button('−', `One unit fewer in layer ${layer + 1}`, other(layer, width - 1), width > 1))));
  view.widths.querySelector(`[aria-label="${used}"]`)?.focus();
}

const isShown = frame => shownSession === session && views.length === frame.networks.length
  && JSON.stringify({...plane, bytes: undefined}) === JSON.stringify(frame.plane);

let drawnAt = 0;
function receive(frame) {
  if (frame.plane && !isShown(frame)) { // the first frame of new settings, or of a new stream, brings the data
    plane = frame.plane;
    shownSession = session;
    show(frame.networks.length);
  }
  hear(frame);
  if (goesOn) { // the server has this stream now, and does not miss the one before it any more
    control('play');
  }
  frame.networks.forEach((network, i) => {
    views[i].show(network);
    showWidths(views[i]);
    let kept = curves[i].filter(each => each.steps < network.steps);
    if (kept.length > MOST_POINTS_OF_CURVE) {
      kept = kept.filter((_, k) => k % 2 === 0);
    }
    const {steps, train, test, norms} = network;
    curves[i] = [...kept, {steps, train, test, norms}];
  });
  const {steps, epochs, back} = frame.networks[0];
  find('count').textContent = `step ${steps}, epoch ${epochs.toFixed(1)}`;
  find('back').disabled = !back;
  const now = performance.now();
  if (!isPlaying() || now - drawnAt > 300) {
    drawnAt = now;
    charts.forEach(each => each.update());
    showKeys();
  }
}

find('play').addEventListener('click', () => control(isPlaying() ? 'pause' : 'play'));
find('step').addEventListener('click', () => control('step'));
find('back').addEventListener('click', () => control('back'));
find('reset').addEventListener('click', () => session === '' ? configure() : control('reset'));
find('speed').addEventListener('change', () => control('speed', {speed: find('speed').value}));
find('settings').addEventListener('submit', event => event.preventDefault());
find('settings').addEventListener('change', event => {
  const {name, value} = event.target;
  if (name === 'csv') {
    takeTable(value);
    return;
  }
  takeSetting(event.target);
  configure().then(() => {
    if (document.activeElement === document.body) { // the form was made anew; a person who has moved on stays there
      find('settings').querySelector(`[name="${name}"]${event.target.type === 'checkbox' ? `[value="${value}"]` : ''}`)?.focus();
    }
  });
});
find('text').addEventListener('change', () => {
  readSettings(find('text').value);
  configure();
});
window.addEventListener('hashchange', () => {
  readSettings(location.hash);
  configure();
});
new ResizeObserver(() => views.forEach(view => view.paint())).observe(document.body);

// ---- painting, and the step-through --------------------------------------------------------------------------------

const TOOLS = [['0', 'paint class 0'], ['1', 'class 1'], ['2', 'class 2'], ['erase', 'erase'], ['step', 'step through']];
find('tools').append(...TOOLS.map(([value, title], i) => {
  const radio = element('input', {type: 'radio', name: 'tool', value});
  radio.checked = i === 1;
  return element('label', {class: 'tick'}, radio, title);
}));

/** The nearest point to a place of the plane, in the order of the plane's points. */
function nearest(x, y) {
  const scale = [plane.x[1] - plane.x[0], plane.y[1] - plane.y[0]];
  const far = plane.points.map(point => Math.hypot((point[0] - x) / scale[0], (point[1] - y) / scale[1]));
  return far.indexOf(Math.min(...far));
}

function clicked(view, event) {
  const box = view.planeCanvas.getBoundingClientRect();
  const x = plane.x[0] + (event.clientX - box.left) / box.width * (plane.x[1] - plane.x[0]);
  const y = plane.y[1] - (event.clientY - box.top) / box.height * (plane.y[1] - plane.y[0]);
  const tool = settings.data === 'painted' ? document.querySelector('[name=tool]:checked').value : 'step';
  if (tool !== 'step') {
    paintPoint(x, y, tool);
    return;
  }
  stepThrough(view, nearest(x, y));
}

/** The arrows go from point to point; Enter is a click on the one that has a ring. */
function keyed(view, event) {
  const {points, classes} = plane;
  const move = {ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1}[event.key];
  if (move) {
    event.preventDefault();
    view.chosen = view.chosen === undefined ? 0 : (view.chosen + move + points.length) % points.length;
    const [x, y, label, isTest] = points[view.chosen];
    view.inspected.textContent = `${isTest ? 'Test' : 'Training'} point (${figure(x, 3)}, ${figure(y, 3)}) of class `
      + `${classes[label]}; Enter steps through its backpropagation.`;
    view.paint();
  } else if (event.key === 'Enter' && view.chosen !== undefined) {
    stepThrough(view, view.chosen);
  }
}

function stepThrough(view, index) {
  const isTest = plane.points[index][3] === 1;
  const row = index - (isTest ? plane.points.filter(point => point[3] === 0).length : 0);
  window.open(address('graph', {session, network: view.index, set: isTest ? 'test' : 'train', row}), '_blank', 'noopener');
}

function paintPoint(x, y, tool) {
  if (!Number.isFinite(x + y)) {
    return;
  }
  const numbers = settings.points === '' ? [] : settings.points.split(',').map(Number);
  const points = Array.from({length: numbers.length / 3}, (_, i) => numbers.slice(3 * i, 3 * i + 3));
  if (tool === 'erase') {
    const far = points.map(point => Math.hypot(point[0] - x, point[1] - y));
    if (points.length > 1) {
      points.splice(far.indexOf(Math.min(...far)), 1);
    }
  } else {
    points.push([Number(x.toFixed(2)), Number(y.toFixed(2)), Number(tool)]);
  }
  settings.points = points.flat().join(',');
  configure();
}

readSettings(location.hash);
configure();
