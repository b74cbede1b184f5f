// Bakes the outlines of States into entraide/ui/pictures/world.json. Run at development only: npm ci && node bake.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { geoCentroid, geoNaturalEarth1, geoPath } from "d3-geo";
import { feature } from "topojson-client";

const WIDTH = 1000;
const HEIGHT = 500;
const read = (name) => JSON.parse(readFileSync(new URL(`node_modules/world-atlas/${name}`, import.meta.url)));
const shapes = (file) => feature(file, file.objects.countries).features;
const coarse = shapes(read("countries-110m.json"));
const fine = shapes(read("countries-50m.json"));
const codes = JSON.parse(readFileSync(new URL("codes.json", import.meta.url))); // ISO 3166-1: numeric to alpha-2
const projection = geoNaturalEarth1().fitExtent([[0, 0], [WIDTH, HEIGHT]], { type: "Sphere" });
const outline = geoPath(projection).digits(0);
const states = {};
const others = [];
for (const shape of coarse) {
  if (shape.properties.name === "Antarctica") continue;
  const code = codes[shape.id];
  const path = outline(shape);
  if (code) states[code] = path;
  else if (path) others.push(path);
}
for (const shape of fine) {
  const code = codes[shape.id];
  if (code && code !== "AQ" && !(code in states)) states[code] = projection(geoCentroid(shape)).map((n) => Math.round(n));
}
// Too small for either outline; degrees of longitude and latitude.
const points = { TV: [179.2, -8.5] };
for (const [code, point] of Object.entries(points)) states[code] ??= projection(point).map((n) => Math.round(n));
const sorted = Object.fromEntries(Object.entries(states).sort());
const out = { width: WIDTH, height: HEIGHT, source: "Natural Earth 1:110m and 1:50m (public domain), by world-atlas 2.0.2", others, states: sorted };
writeFileSync(new URL("../../entraide/ui/pictures/world.json", import.meta.url), JSON.stringify(out).replaceAll('","', '",\n"') + "\n");
