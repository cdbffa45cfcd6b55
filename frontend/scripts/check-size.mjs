// The JavaScript that sign-in and the player load before a person can act, compressed, against its budget.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const JS_GZIP_BYTES_MAX = 180 * 1024;
const dist = resolve(import.meta.dirname, "../dist");
const manifest = JSON.parse(readFileSync(join(dist, ".vite/manifest.json"), "utf8"));
// What a first load takes in: the entry and the parts of the start that it asks for (src/app/main.tsx), then the route's
// own chunk and the texts of one language.
const start = ["index.html", "src/app/routes/root.tsx", "src/app/router.tsx", "src/app/draw.tsx"];
const journeys = {
  "sign-in": [
    ...start,
    "src/app/routes/pages/SignInRoute.tsx",
    "src/locales/en/common.json",
    "src/locales/en/sign-in.json",
  ],
  player: [
    ...start,
    "src/app/routes/pages/ExamRoute.tsx",
    "src/locales/en/common.json",
    "src/locales/en/attempt.json",
  ],
};

function closure(roots) {
  const seen = new Set();
  const walk = (key) => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no chunk for ${key}: adapt scripts/check-size.mjs`);
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of chunk.imports ?? []) walk(next);
  };
  roots.forEach(walk);
  return [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith(".js"));
}

const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
const measured = new Map();
function weigh(file) {
  if (!measured.has(file)) {
    const bytes = readFileSync(join(dist, file));
    measured.set(file, {
      gzip: gzipSync(bytes, { level: 9 }).length,
      brotli: brotliCompressSync(bytes).length,
    });
  }
  return measured.get(file);
}

let tooBig = false;
for (const [name, roots] of Object.entries(journeys)) {
  const files = [...new Set(closure(roots))];
  const sum = (kind) => files.reduce((total, file) => total + weigh(file)[kind], 0);
  const gzip = sum("gzip");
  const within = gzip <= JS_GZIP_BYTES_MAX;
  tooBig ||= !within;
  console.log(
    `${name}: ${kib(gzip)} gzip, ${kib(sum("brotli"))} brotli in ${files.length} files; budget ${kib(JS_GZIP_BYTES_MAX)}${within ? "" : "  TOO BIG"}`,
  );
  if (process.argv.includes("--all")) {
    for (const file of files.sort((a, b) => weigh(b).gzip - weigh(a).gzip))
      console.log(`    ${kib(weigh(file).gzip).padStart(10)}  ${file}`);
  }
}
process.exit(tooBig ? 1 : 0);
