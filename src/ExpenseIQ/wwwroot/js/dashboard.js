// Draws each chart from the table beside it, so that chart and table can't disagree.
// A row's link is where a click on its point or slice leads; a cell's text is what the tooltip says.

/**
 * @typedef {object} Row
 * @property {string} label
 * @property {number} value      only for drawing; money is never added up here
 * @property {string} text       the amount as the server wrote it
 * @property {string} share
 * @property {string} href
 * @property {string} category   1 to 12, or empty
 */

/** @param {HTMLTableElement} table @returns {Row[]} */
const rowsOf = (table) =>
  [...table.tBodies[0].rows].map((row) => {
    const cell = row.querySelector("[data-value]");
    return {
      label: row.querySelector("th")?.textContent?.trim() ?? "",
      value: Number(cell?.getAttribute("data-value")),
      text: cell?.textContent?.trim() ?? "",
      share: row.querySelector(".share")?.textContent?.trim() ?? "",
      href: row.querySelector("a")?.href ?? "",
      category: row.querySelector("[data-category]")?.getAttribute("data-category") ?? "",
    };
  });

/** What a custom property comes to in the theme of the moment, and nearer or fainter than that. */
const probe = document.createElement("span");
probe.hidden = true;
document.body.append(probe);
/** @param {string} name @param {number} [alpha] */
const colour = (name, alpha = 1) => {
  probe.style.color =
    alpha === 1 ? `var(--${name})` : `color-mix(in srgb, var(--${name}) ${alpha * 100}%, transparent)`;
  return getComputedStyle(probe).color;
};

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const compact = new Intl.NumberFormat(document.documentElement.dataset.locale || undefined, { notation: "compact" });

/** What both charts have in common. @param {Row[]} rows */
const common = (rows) => ({
  responsive: true,
  maintainAspectRatio: false,
  animation: false,
  /** @param {unknown} _ @param {{ index: number, datasetIndex: number }[]} hit */
  onClick: (_, hit) => {
    const row = hit.length > 0 ? rows[hit[0].index] : undefined;
    if (row?.href) location.assign(row.href);
  },
  /** @param {{ native: Event }} event @param {unknown[]} hit */
  onHover: (event, hit) => {
    const canvas = event.native?.target;
    if (canvas instanceof HTMLElement) canvas.style.cursor = hit.length > 0 ? "pointer" : "default";
  },
});

const tooltip = () => ({
  backgroundColor: colour("ink"),
  titleColor: colour("paper"),
  bodyColor: colour("paper"),
  titleFont: { weight: "normal" },
  bodyFont: { weight: 600 },
  padding: 10,
  cornerRadius: 4,
  caretSize: 4,
  displayColors: false,
});

/** @param {HTMLTableElement} table */
function lineOf(table) {
  const rows = rowsOf(table);
  const average = table.querySelector("tfoot [data-value]")?.getAttribute("data-value");
  return {
    type: "line",
    data: {
      labels: rows.map((row) => row.label),
      datasets: [
        {
          data: rows.map((row) => row.value),
          borderColor: colour("accent"),
          borderWidth: 2,
          fill: "origin",
          backgroundColor: colour("accent", 0.07),
          pointRadius: 3,
          pointHoverRadius: 5,
          pointHitRadius: 16,
          pointBackgroundColor: colour("paper"),
          pointBorderColor: colour("accent"),
          pointHoverBackgroundColor: colour("accent"),
          pointHoverBorderColor: colour("accent"),
          pointBorderWidth: 2,
        },
        ...(average
          ? [
              {
                data: rows.map(() => Number(average)),
                borderColor: colour("ink-faint"),
                borderWidth: 1,
                borderDash: [4, 4],
                pointRadius: 0,
                pointHitRadius: 0,
                pointHoverRadius: 0,
              },
            ]
          : []),
      ],
    },
    options: {
      ...common(rows),
      interaction: { mode: "index", intersect: false },
      scales: {
        x: {
          grid: { display: false },
          border: { color: colour("edge") },
          ticks: { color: colour("ink-soft"), maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          beginAtZero: true,
          grid: { color: colour("hairline") },
          border: { display: false },
          ticks: {
            color: colour("ink-soft"),
            maxTicksLimit: 5,
            /** @param {number} value */
            callback: (value) => compact.format(value),
          },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...tooltip(),
          /** @param {{ datasetIndex: number }} item */
          filter: (item) => item.datasetIndex === 0,
          callbacks: {
            /** @param {{ dataIndex: number }} item */
            label: (item) => rows[item.dataIndex].text,
          },
        },
      },
    },
  };
}

/** @param {HTMLTableElement} table */
function doughnutOf(table) {
  const rows = rowsOf(table);
  const colours = rows.map((row) => colour(row.category ? `category-${row.category}` : "ink-faint"));
  return {
    type: "doughnut",
    data: {
      labels: rows.map((row) => row.label),
      datasets: [
        {
          data: rows.map((row) => row.value),
          backgroundColor: colours,
          hoverBackgroundColor: colours,
          borderColor: colour("paper"),
          borderWidth: 2,
          hoverOffset: 4,
        },
      ],
    },
    options: {
      ...common(rows),
      cutout: "70%",
      layout: { padding: 4 },
      plugins: {
        legend: { display: false },
        tooltip: {
          ...tooltip(),
          callbacks: {
            /** @param {{ dataIndex: number }} item */
            label: (item) => `${rows[item.dataIndex].text} · ${rows[item.dataIndex].share}`,
          },
        },
      },
    },
  };
}

/** Chart.js comes as a plain script that is run before this one and leaves one name behind. */
const Chart = /** @type {any} */ (window).Chart;
/** @type {Record<string, (table: HTMLTableElement) => object>} */
const makers = { line: lineOf, doughnut: doughnutOf };
/** @type {any[]} */
let drawn = [];

/** Makes the marks of a table its chart's legend. @param {HTMLTableElement} table @param {any} chart */
function legend(table, chart) {
  for (const old of table.querySelectorAll(".legend-toggle")) old.remove();
  for (const [index, row] of [...table.tBodies[0].rows].entries()) {
    const mark = row.querySelector("[data-category]");
    if (!mark) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "legend-toggle";
    button.setAttribute("aria-label", `${mark.textContent?.trim()} in the chart`);
    button.setAttribute("aria-pressed", "true");
    button.addEventListener("click", () => {
      // What moves here is what was asked for; a page that opens stands still.
      chart.options.animation = still ? false : { duration: 180 };
      chart.toggleDataVisibility(index);
      button.setAttribute("aria-pressed", String(chart.getDataVisibility(index)));
      chart.update();
    });
    row.querySelector("th")?.prepend(button);
  }
}

/** @param {Element} section */
function drawOne(section) {
  const canvas = section.querySelector("canvas");
  const table = section.querySelector("table");
  const kind = section.getAttribute("data-chart") ?? "";
  if (!canvas || !table || !makers[kind]) return;
  const chart = new Chart(canvas, makers[kind](table));
  canvas.parentElement?.classList.remove("is-waiting");
  if (kind === "doughnut") legend(table, chart);
  drawn.push(chart);
}

// A chart is drawn when it comes into view: what a phone has below its fold costs nothing until somebody looks.
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    drawOne(target);
  }
});

/** Draws the charts, those on paper at once. @param {boolean} [all] */
function draw(all = false) {
  for (const chart of drawn) chart.destroy();
  drawn = [];
  seen.disconnect();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 13;
  for (const section of document.querySelectorAll("[data-chart]")) {
    if (all) drawOne(section);
    else seen.observe(section);
  }
}

const COUNTING = 200;
let counted = "";

/**
 * Counts the month's total up to what it is. The digits of the text are filled from the right, so its form stays that of the server.
 */
function countUp() {
  const figure = document.querySelector("[data-count-up]");
  const text = figure?.textContent ?? "";
  if (!figure || still || text === counted) return;
  counted = text;
  const whole = Number(text.replace(/\D/g, ""));
  if (!Number.isSafeInteger(whole) || whole === 0) return;
  const start = performance.now();
  /** @param {number} now */
  const step = (now) => {
    const part = Math.min((now - start) / COUNTING, 1);
    if (part === 1 || !figure.isConnected) {
      figure.textContent = text;
      return;
    }
    const digits = [...String(Math.round(whole * (1 - (1 - part) ** 3)))].reverse();
    const length = text.replace(/\D/g, "").length;
    let at = length;
    figure.textContent = [...text].map((c) => (/\d/.test(c) ? (digits[--at] ?? "\u2007") : c)).join("");
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

function show() {
  if (document.querySelector("[data-chart]")) countUp();
  if (Chart) {
    document.fonts.ready.then(() => draw());
    return;
  }
  // No Chart.js, no chart: its place goes, the tables stay.
  for (const place of document.querySelectorAll(".chart-canvas")) place.setAttribute("hidden", "");
  for (const details of document.querySelectorAll(".chart-table")) details.setAttribute("open", "");
}

show();
document.addEventListener("renewed", show);
if (Chart) {
  // Another theme, other colours.
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw());
  matchMedia("(prefers-contrast: more)").addEventListener("change", () => draw());
  addEventListener("beforeprint", () => draw(true));
}
