import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync("src/shared/ui/tokens.css", "utf8");

/** The custom properties that the rule with exactly this selector sets. */
function tokens(selector: string): Record<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const light = tokens(":root");
const dark = { ...light, ...tokens(':root[data-theme="dark"]') };
const themes = {
  light,
  dark,
  "light, more contrast": { ...light, ...tokens(':root[data-contrast="more"]') },
  "dark, more contrast": {
    ...dark,
    ...tokens(':root[data-contrast="more"][data-theme="dark"]'),
  },
};

const TEXT = 4.5;
const EDGE = 3;
const grounds = ["ground", "surface", "sunken"];
const pairs: [ink: string, grounds: string[], least: number][] = [
  ["ink", [...grounds, "accent-soft", "safe-soft", "warn-soft", "danger-soft"], 7],
  ["muted", [...grounds, "accent-soft"], TEXT],
  ["accent", [...grounds, "accent-soft"], TEXT],
  ["safe", [...grounds, "safe-soft"], TEXT],
  ["warn", [...grounds, "warn-soft"], TEXT],
  ["danger", [...grounds, "danger-soft"], TEXT],
  ["on-accent", ["accent", "accent-strong"], TEXT],
  ["on-danger", ["danger", "danger-strong"], TEXT],
  ["edge", grounds, EDGE],
  ["focus", grounds, EDGE],
];

describe.each(Object.entries(themes))("in %s", (_name, theme) => {
  it.each(pairs.flatMap(([ink, on, least]) => on.map((ground) => [ink, ground, least] as const)))(
    "%s on %s can be told apart (%d:1)",
    (ink, ground, least) => {
      expect(contrast(theme[ink] ?? "", theme[ground] ?? "")).toBeGreaterThanOrEqual(least);
    },
  );
});
