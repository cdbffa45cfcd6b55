// Holds the direction shared → features → app: a layer imports only what lies below it,
// and a feature never imports another feature. Says which line breaks the rule, and why.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const src = resolve(import.meta.dirname, "../src");
const rank = { locales: 0, shared: 1, features: 2, app: 3 };
const importPattern = /(?:from\s+|import\s*\(\s*|import\s+)["']([^"']+)["']/g;
const complaints = [];

function place(path) {
  const [layer, feature] = relative(src, path).split("/");
  return { layer, feature };
}

for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
  const file = join(entry.parentPath, entry.name);
  const from = place(file);
  if (!(from.layer in rank)) {
    complaints.push(`${relative(src, file)}: lies in no layer (shared, features or app)`);
    continue;
  }
  readFileSync(file, "utf8")
    .split("\n")
    .forEach((line, index) => {
      for (const [, target] of line.matchAll(importPattern)) {
        const path = target.startsWith("@/")
          ? join(src, target.slice(2))
          : target.startsWith(".")
            ? resolve(dirname(file), target)
            : null;
        if (path === null) continue;
        const to = place(path);
        const where = `${relative(src, file)}:${index + 1}: imports ${target}`;
        if (!(to.layer in rank)) complaints.push(`${where}, which lies in no layer`);
        else if (rank[to.layer] > rank[from.layer])
          complaints.push(`${where}: ${from.layer} may not use ${to.layer}`);
        else if (
          from.layer === "features" &&
          to.layer === "features" &&
          from.feature !== to.feature
        )
          complaints.push(
            `${where}: feature "${from.feature}" may not use feature "${to.feature}"; let a route in app compose them`,
          );
      }
    });
}

if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
console.log("layers: shared → features → app holds");
