// Makes src/serve/assets/world.svg: land and borders of Natural Earth (public domain) at 1:110 million, from the npm package
// world-atlas. Equirectangular, a unit is a degree, so that a place stands where its coordinates say.
//
//   cd tests/web && npm ci && node world.mjs > ../../src/serve/assets/world.svg
import { readFileSync } from "node:fs";

const topology = JSON.parse(readFileSync(new URL("node_modules/world-atlas/countries-110m.json", import.meta.url)));
const { scale, translate } = topology.transform;

// Arcs are differences of whole numbers.
const arcs = topology.arcs.map((arc) => {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], -((y += dy) * scale[1] + translate[1])]);
});

const ring = (indexes) =>
  indexes.flatMap((i, n) => (i >= 0 ? arcs[i] : [...arcs[~i]].reverse()).slice(n ? 1 : 0));

const uses = new Map();
const rings = [];
for (const { type, arcs: of } of topology.objects.countries.geometries) {
  const polygons = type === "Polygon" ? [of] : of;
  for (const r of polygons.flat()) {
    rings.push(ring(r));
    for (const i of r) uses.set(i >= 0 ? i : ~i, (uses.get(i >= 0 ? i : ~i) ?? 0) + 1);
  }
}

// Tenths of a degree, relative: what differs less is the same point.
const path = (points, closed) => {
  const out = [];
  let last = null;
  for (const [x, y] of points.map((p) => p.map((v) => Math.round(v * 10)))) {
    if (last && last[0] === x && last[1] === y) continue;
    // Over the edge of the map: the line goes on at its other side.
    if (last && Math.abs(x - last[0]) > 1800) last = null;
    // A line is begun by the point after its first: one without any is an error, at which a picture ends.
    out.push(last ? `${out.at(-1).startsWith("M") ? "l" : ""}${x - last[0]} ${y - last[1]}` : `M${x} ${y}`);
    last = [x, y];
  }
  return out.length < 3 ? "" : out.join(" ").replace(/ (?=[-Ml])/g, "") + (closed ? "z" : "");
};

const land = rings.map((r) => path(r, true)).join("");
const borders = [...uses].filter(([, n]) => n > 1).map(([i]) => path(arcs[i], false)).join("");
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1800 -900 3600 1800" width="360" height="180" preserveAspectRatio="none">` +
    `<path fill="#8a8577" fill-opacity=".28" d="${land}"/>` +
    `<path fill="none" stroke="#8a8577" stroke-opacity=".5" stroke-width="3" d="${borders}"/></svg>\n`,
);
