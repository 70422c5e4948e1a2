// Draws every .chart of the page with uPlot, from the values in its data-chart; the table below it says the same.
(function () {
  "use strict";
  var LINES = [["#1d2b5a", []], ["#d99a00", []], ["#1f8a5b", [8, 4]], ["#d8322a", [3, 3]], ["#2a7fb8", [10, 3, 3, 3]]];
  var GRID = { stroke: "#e7dcc3", width: 1 }, FONT = "14px system-ui, sans-serif";
  var lang = document.documentElement.lang;

  function written(value, unit) {
    if (value === null || value === undefined) return "–";
    return unit === "percent" ? Math.round(value * 100) + "%" : value.toLocaleString(lang === "vi" ? "vi-VN" : "en-GB");
  }

  function series(line, index, told) {
    var look = LINES[index % LINES.length];
    return {
      label: line.name, stroke: look[0], dash: look[1], width: 2.5, points: { show: told.unit === "percent", size: 6 },
      fill: told.unit === "count" && index === 0 ? "rgba(169, 216, 245, .35)" : undefined,
      value: function (_, value) { return written(value, told.unit); }
    };
  }

  function draw(place) {
    var told = JSON.parse(place.dataset.chart), high = Number(place.dataset.high);
    var index = told.x.map(function (_, at) { return at; }), week = index.length > 20;
    var options = {
      width: place.clientWidth, height: high, pxRatio: Math.max(2, window.devicePixelRatio || 1),
      scales: { x: { time: false }, y: { range: function (_, low, top) { return [0, told.unit === "percent" ? 1 : Math.max(top * 1.08, 4)]; } } },
      series: [{ label: place.dataset.head, value: function (_, at) { return at === null || at === undefined ? "–" : told.labels[at]; } }].concat(
        told.lines.map(function (line, at) { return series(line, at, told); })),
      axes: [
        { incrs: week ? [7, 14, 28] : [1, 2, 3, 4, 6], font: FONT, stroke: "#1d2440", grid: { show: false }, ticks: GRID, space: 64,
          values: function (_, splits) { return splits.map(function (at) { return told.labels[at] || ""; }); } },
        { font: FONT, stroke: "#1d2440", grid: GRID, ticks: { show: false }, size: 74,
          values: function (_, splits) { return splits.map(function (value) { return written(value, told.unit); }); } }
      ],
      cursor: { y: false, points: { size: 9 } }, legend: { live: true }
    };
    var chart = new uPlot(options, [index].concat(told.lines.map(function (line) { return line.values; })), place);
    new ResizeObserver(function () { chart.setSize({ width: place.clientWidth, height: high }); }).observe(place);
  }

  document.querySelectorAll(".chart").forEach(draw);
})();
