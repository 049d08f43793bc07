'use strict';

// Rows of small pictures: grey levels, numbers around 0, or the class of each pixel.
['title', 'said', 'explained'].forEach(id => { find(id).textContent = data[id]; });

const channels = text => text.match(/\w\w/g).map(hex => parseInt(hex, 16));

/** From a number to red, green and blue. */
function palette({kind, pixels}) {
  if (kind === 'class') {
    const colours = [colour('card'), ...classColours()].map(channels);
    return label => label === data.unknown ? channels(colour('line')) : colours[label];
  }
  if (kind === 'grey') {
    return level => Array(3).fill(255 * Math.max(0, Math.min(1, level)));
  }
  const most = Math.max(...pixels.flat().map(Math.abs)) || 1;
  const [above, below, none] = ['blue', 'red', 'card'].map(name => channels(colour(name)));
  return number => none.map((from, i) =>
    from + Math.abs(number) / most * ((number > 0 ? above : below)[i] - from));
}

function picture(row, pixels, name) {
  const canvas = element('canvas', {width: row.width, height: row.height, role: 'img', 'aria-label': `${row.title}: ${name}`});
  const paint = palette(row);
  const image = new ImageData(row.width, row.height);
  pixels.forEach((number, i) => image.data.set([...paint(number), 255], 4 * i));
  canvas.getContext('2d').putImageData(image, 0, 0);
  return element('figure', {}, canvas, element('figcaption', {}, name));
}

draw(() => {
  find('pictures').replaceChildren(...data.pictures.map(row => element('section', {class: 'card'},
    element('h2', {}, row.title),
    element('div', {class: 'pictures'}, ...row.pixels.map((pixels, i) => picture(row, pixels, row.names[i]))))));
  const hasClasses = data.pictures.some(row => row.kind === 'class');
  find('key').replaceChildren(...(hasClasses ? [...data.classes, 'unknown'].map((name, i) => element('span', {},
    drawn('svg', {viewBox: '0 0 16 16', 'aria-hidden': 'true'}, drawn('rect', {width: 16, height: 16,
      stroke: colour('soft'), fill: i === data.classes.length ? colour('line') : [colour('card'), ...classColours()][i]})),
    name)) : []));
});
