'use strict';

// Where the boxes and arrows of the graph are. Dagre places the boxes, the labels of the arrows and the points that an
// arrow passes; the arrows are drawn here: straight through every rank of boxes at such a point, where dagre has left
// room, and bent only between the ranks. So no arrow runs behind a box.
const CELL = {letter: 7, margin: 6, height: 17};
const LETTERS = 8; // of most numbers
const SHOWN = {rows: 4, columns: 3};
const LONGEST = 34;
let isBare = false; // names and formulas without numbers
const short = text => [...text].length > LONGEST ? [...text].slice(0, LONGEST - 1).join('') + '…' : text;

/** The part of a matrix that stands in a box. */
function corner(matrix, node) {
  const elements = matrix.elements.slice(0, SHOWN.rows).map(row => row.slice(0, SHOWN.columns));
  const more = node.rows > elements.length || node.columns > (elements[0] || []).length;
  return {elements, more};
}

/** How wide the cells of a box are: there is room for its longest number. */
function cellWidth(node) {
  const shown = [node.value, node.gradient].filter(Boolean).flatMap(each => corner(each, node).elements.flat());
  return CELL.letter * Math.max(LETTERS, ...shown.map(entry => figure(entry, 3).length)) + CELL.margin;
}

/** The size of a box, and where in it the value and the gradient stand. */
function measure(node, wide) {
  if (isBare) {
    return {width: Math.max(7.6 * [...short(title(node))].length, 7 * shape(node).length) + 20, height: 44, places: []};
  }
  const rows = Math.min(node.rows, SHOWN.rows);
  const columns = Math.min(node.columns, SHOWN.columns);
  const cell = cellWidth(node);
  const block = {
    width: Math.max(columns, 1) * cell,
    height: 14 + rows * CELL.height + (node.rows > rows || node.columns > columns ? 12 : 0),
  };
  const blocks = node.gradient ? 2 : 1;
  const gap = 10;
  const beside = wide || block.width === cell;
  const inner = {
    width: beside ? blocks * block.width + (blocks - 1) * gap : block.width,
    height: beside ? block.height : blocks * block.height + (blocks - 1) * 4,
  };
  const width = Math.max(inner.width, 7.6 * [...short(title(node))].length, 7 * shape(node).length) + 20;
  const left = -inner.width / 2;
  const height = inner.height + 48;
  const top = -height / 2 + 40;
  const second = beside ? {x: left + block.width + gap, y: top} : {x: left, y: top + block.height + 4};
  return {width, height, cell, places: [{x: left, y: top}, second]};
}

/** What stands beside an arrow: the rule's formula, and the contribution as a number or a small picture. */
function measureEdge({to, position, part}) {
  if (!part) {
    return {width: 0, height: 0};
  }
  const rows = part.elements.length;
  const columns = (part.elements[0] || []).length;
  if (isBare) {
    return {width: 7 * [...short(to.formulas[position])].length + 12, height: 20};
  }
  const number = to.contributions[position] && rows === 1 && columns === 1;
  return {
    width: Math.max(7 * [...short(to.formulas[position])].length, number ? 60 : 9 * columns) + 12,
    height: 20 + (number ? 15 : 9 * rows),
  };
}

/** Boxes with places and arrows with paths, from top to bottom or from left to right. */
function layOut(direction) {
  const across = direction === 'TB';
  const beside = across && window.innerWidth > 800;
  const layout = new dagre.graphlib.Graph({multigraph: true});
  layout.setGraph({rankdir: direction, nodesep: 22, edgesep: 16, ranksep: across ? 44 : 60, marginx: 20, marginy: 20});
  graph.forEach(node => {
    node.box = measure(node, beside);
    layout.setNode(node.id, {width: node.box.width, height: node.box.height});
  });
  edges.forEach(edge => {
    edge.label = measureEdge(edge);
    layout.setEdge(edge.from.id, edge.to.id, {...edge.label, labelpos: 'c'}, String(edge.position));
  });
  dagre.layout(layout);
  graph.forEach(node => Object.assign(node.box, {x: layout.node(node.id).x, y: layout.node(node.id).y}));
  const placed = edge => layout.edge({v: edge.from.id, w: edge.to.id, name: String(edge.position)});
  const bands = ranks(across, edges.map(edge => ({...edge.label, ...placed(edge), width: edge.label.width,
    height: edge.label.height})));
  edges.forEach(edge => {
    const {points, x, y} = placed(edge);
    Object.assign(edge.label, {x, y});
    edge.route = route(edge, points.slice(1, -1), bands, across);
  });
  return layout.graph();
}

/** Half the thickness of each rank, by where its middle is. */
function ranks(across, labels) {
  const bands = new Map();
  [...graph.map(node => node.box), ...labels].forEach(({x, y, width, height}) => {
    const at = Math.round(across ? y : x);
    bands.set(at, Math.max(bands.get(at) || 0, (across ? height : width) / 2));
  });
  return bands;
}

function route({from, to}, points, bands, across) {
  const main = point => across ? point.y : point.x;
  const cross = point => across ? point.x : point.y;
  const write = (along, beside) => across ? `${beside.toFixed(1)} ${along.toFixed(1)}`
    : `${along.toFixed(1)} ${beside.toFixed(1)}`;
  const half = box => (across ? box.height : box.width) / 2;
  const near = (box, point) => {
    const reach = .38 * (across ? box.width : box.height);
    return Math.max(cross(box) - reach, Math.min(cross(box) + reach, point ? cross(point) : cross(box)));
  };
  const band = at => bands.get(Math.round(at)) || 0;
  const start = near(from.box, points[0] || to.box);
  const end = near(to.box, points.at(-1) || from.box);
  let path = `M${write(main(from.box) + half(from.box), start)}`;
  let along = main(from.box) + half(from.box);
  let beside = start;
  const straight = until => {
    path += until > along + .05 ? `L${write(until, beside)}` : '';
    along = Math.max(until, along);
  };
  const bend = (before, nextBeside, after) => {
    const middle = (along + before) / 2;
    path += `C${write(middle, beside)} ${write(middle, nextBeside)} ${write(before, nextBeside)}`;
    along = before;
    beside = nextBeside;
    straight(after);
  };
  straight(main(from.box) + band(main(from.box)));
  points.forEach(point => bend(main(point) - band(main(point)), cross(point), main(point) + band(main(point))));
  bend(main(to.box) - band(main(to.box)), end, main(to.box) - half(to.box));
  return path;
}
