// Cuts a font down to what css/base.css uses of it: those characters, and weights from 300 to 600. Called by the build.
import { readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";

/** The ranges of unicode-range in css/base.css. */
const RANGES = [
  [0x20, 0x7e],
  [0xa0, 0xff],
  [0x131],
  [0x152, 0x153],
  [0x2bb, 0x2bc],
  [0x2c6],
  [0x2da],
  [0x2dc],
  [0x304],
  [0x308],
  [0x329],
  [0x2000, 0x206f],
  [0x20ac],
  [0x2122],
  [0x2191],
  [0x2193],
  [0x2212],
  [0x2215],
];
const characters = RANGES.flatMap(([first, last = first]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
).join("");

const [from, to] = process.argv.slice(2);
const font = await subsetFont(readFileSync(from), characters, {
  targetFormat: "woff2",
  variationAxes: { wght: { min: 300, max: 600 } },
});
writeFileSync(to, font);
