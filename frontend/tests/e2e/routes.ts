import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROUTES = fileURLToPath(new URL("../../src/app/routes/", import.meta.url));

/**
 * The path of every page, read from where the routes are written: `/officer/sittings/$sittingId/roster`. The files
 * can't be imported here, because what they import is the browser's.
 */
export function routePaths(): string[] {
  const paths = new Set<string>();
  for (const file of readdirSync(ROUTES).filter((name) => name.endsWith(".tsx"))) {
    const source = readFileSync(ROUTES + file, "utf8");
    const known = new Map([
      ["rootRoute", ""],
      ["staffRoute", ""],
    ]);
    const parts = source.split(/^(?:export )?const (\w+) = createRoute\(/m);
    for (let place = 1; place < parts.length; place += 2) {
      const [name = "", text = ""] = [parts[place], parts[place + 1]];
      const parent = /getParentRoute: \(\) => (\w+)/.exec(text)?.[1];
      const path = /^ {2}path: "([^"]+)"/m.exec(text)?.[1];
      const above = parent === undefined ? undefined : known.get(parent);
      if (above === undefined) throw new Error(`${file}: the route ${name} hangs nowhere`);
      // A frame has an id and no path: what hangs in it keeps the path of what the frame hangs in.
      if (path === undefined) {
        known.set(name, above);
        continue;
      }
      const whole = path === "/" ? above : above + path;
      known.set(name, whole);
      paths.add(whole === "" ? "/" : whole);
    }
    const written = source.match(/createRoute\(/g)?.length ?? 0;
    if (written !== (parts.length - 1) / 2)
      throw new Error(`${file}: a route isn't written as \`const name = createRoute({\``);
  }
  return [...paths].sort();
}
