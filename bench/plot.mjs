// A bar for each page, with a mark for each round.

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** An SVG of `bars`, each `{ title, times, median }` in milliseconds. */
export function plot(title, bars) {
  const [left, width, row] = [250, 420, 34];
  const most = Math.max(...bars.flatMap(({ times }) => times)) * 1.05;
  const x = (time) => left + (time / most) * width;
  const rows = bars.map(({ title, times, median }, index) => {
    const y = 44 + index * row;
    const fill = title.startsWith("this widget") ? "#1c72e0" : "#9aa3ad";
    const marks = times.map((time) => `<circle cx="${x(time).toFixed(1)}" cy="${y + 10}" r="3" fill="none" stroke="#333"/>`).join("");
    return `<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escape(title)}</text>
<rect x="${left}" y="${y}" width="${(x(median) - left).toFixed(1)}" height="20" fill="${fill}"/>${marks}
<text x="${left + width + 60}" y="${y + 14}" text-anchor="end">${Math.round(median)}</text>`;
  });
  const height = 60 + bars.length * row;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 ${height}" font-family="sans-serif" font-size="13">
<rect width="760" height="${height}" fill="#fff"/>
<text x="12" y="24" font-weight="bold">${escape(title)}</text>
${rows.join("\n")}
</svg>
`;
}
