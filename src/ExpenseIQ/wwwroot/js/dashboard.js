// Draws the dashboard's charts from the tables beside them, which have every figure and link for whoever sees no chart.

const panel = document.querySelector(".charts");

/** The rows of a table: what is drawn, and where a click on it leads. */
function read(id) {
  return [...document.querySelectorAll(`#${id} tbody tr`)].map((row) => ({
    label: row.dataset.label,
    value: Number(row.dataset.value),
    text: row.querySelector(".money").textContent.trim(),
    href: row.querySelector("a").href,
    category: row.dataset.category,
  }));
}

/** A colour of the design as the theme has it now. */
function colour(name) {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name})`;
  panel.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

/** What both charts share: the tooltip says the exact amount, a click leads to its rows. */
function options(rows) {
  return {
    maintainAspectRatio: false,
    animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : { duration: 200 },
    onClick: (_event, hits) => {
      if (hits.length > 0) location.assign(rows[hits[0].index].href);
    },
    onHover: (event, hits) => {
      event.native.target.style.cursor = hits.length > 0 ? "pointer" : "";
    },
    plugins: {
      legend: { display: false },
      tooltip: {
        displayColors: false,
        callbacks: { title: (items) => rows[items[0].dataIndex].label, label: (item) => rows[item.dataIndex].text },
      },
    },
  };
}

function drawMonths(canvas) {
  const rows = read("months");
  const short = new Intl.NumberFormat(panel.dataset.locale, {
    style: "currency",
    currency: panel.dataset.currency,
    notation: "compact",
    maximumFractionDigits: 1,
  });
  const line = colour("accent");
  return new Chart(canvas, {
    type: "line",
    data: {
      labels: rows.map((row) => row.label),
      datasets: [
        {
          data: rows.map((row) => row.value),
          borderColor: line,
          borderWidth: 2,
          pointBackgroundColor: line,
          pointRadius: 3,
          pointHoverRadius: 5,
          pointHitRadius: 20,
          cubicInterpolationMode: "monotone",
        },
      ],
    },
    options: {
      ...options(rows),
      interaction: { mode: "index", intersect: false },
      scales: {
        x: {
          grid: { display: false },
          border: { color: colour("line") },
          ticks: { color: colour("ink-soft"), maxRotation: 0, autoSkipPadding: 12 },
        },
        y: {
          beginAtZero: true,
          grid: { color: colour("line") },
          border: { display: false },
          ticks: { color: colour("ink-soft"), maxTicksLimit: 5, callback: (value) => short.format(value) },
        },
      },
    },
  });
}

function drawCategories(canvas) {
  const rows = read("categories");
  return new Chart(canvas, {
    type: "doughnut",
    data: {
      labels: rows.map((row) => row.label),
      datasets: [
        {
          data: rows.map((row) => row.value),
          backgroundColor: rows.map((row) => colour(`category-${row.category}`)),
          borderColor: colour("paper"),
          borderWidth: 2,
        },
      ],
    },
    options: { ...options(rows), cutout: "68%" },
  });
}

let charts = [];

function draw() {
  for (const chart of charts) chart.destroy();
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  charts = [];
  const months = document.getElementById("months-chart");
  const categories = document.getElementById("categories-chart");
  if (months) charts.push(drawMonths(months));
  if (categories) charts.push(drawCategories(categories));
}

if (panel) {
  for (const table of document.querySelectorAll("[data-chart-table]")) table.open = false;
  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
