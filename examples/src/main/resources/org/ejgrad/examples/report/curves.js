'use strict';

// The loss curves, one small chart per run.
draw(() => {
  find('curves').replaceChildren(...data.runs.map(run => {
    const canvas = element('canvas', {role: 'img', 'aria-label': describe(run)});
    const panel = element('div', {class: 'panel'},
      element('h3', {}, run.name), element('div', {class: 'plot'}, canvas));
    requestAnimationFrame(() => chart(canvas, run));
    return panel;
  }));
});

function describe(run) {
  return `${run.name}: the training loss falls from ${figure(run.trainLoss[0])} to ${figure(run.trainLoss.at(-1))}, `
    + `the test loss from ${figure(run.testLoss[0])} to ${figure(run.testLoss.at(-1))}`;
}

function chart(canvas, run) {
  const line = (label, values, stroke, dash) => ({
    label, data: values.map((y, i) => ({x: i + 1, y})), borderColor: stroke, backgroundColor: stroke, borderDash: dash,
    borderWidth: 2, pointRadius: 0, pointHoverRadius: 4, tension: 0,
  });
  const axis = {grid: {color: colour('line'), lineWidth: .6}, border: {display: false}};
  const ticks = {color: colour('soft'), font: {size: 12}};
  new Chart(canvas, {
    type: 'line',
    data: {
      datasets: [
        line('training', run.trainLoss, colour('blue'), []),
        line('test', run.testLoss, colour('red'), [6, 4]),
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: {mode: 'index', axis: 'x', intersect: false},
      plugins: {
        legend: {display: false},
        tooltip: {callbacks: {
          title: items => `epoch ${items[0].parsed.x}`,
          label: item => `${item.dataset.label} ${figure(item.parsed.y)}`,
        }},
      },
      scales: {
        x: {...axis, type: 'linear', min: 0, grid: {display: false}, ticks: {...ticks, maxTicksLimit: 7},
          title: {display: true, text: 'epoch', color: colour('soft')}},
        y: {...axis, type: 'logarithmic', ticks: {...ticks, maxTicksLimit: 6, callback: y => figure(y)}},
      },
    },
  });
}
