// English and Simplified Chinese say the same things, every key that the code names exists, and no JSX holds literal text.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import ts from "typescript";

const src = resolve(import.meta.dirname, "../src");
const locales = join(src, "locales");
const complaints = [];

// Attributes that a person reads or hears.
const SPOKEN = new Set([
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "alt",
  "title",
  "placeholder",
  "label",
  "description",
  "hint",
]);
// Marks that need no translation: digits, punctuation, arrows, units of layout.
const LETTERS = /\p{L}/u;
const PLURALS = /_(zero|one|two|few|many|other)$/;

function flatten(object, prefix = "") {
  return Object.entries(object).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}
const placeholders = (text) =>
  [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1]).sort();
const markup = (text) => [...text.matchAll(/<\/?(\w+)/g)].map((match) => match[1]).sort();

const languages = readdirSync(locales, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const texts = new Map(
  languages.map((language) => [
    language,
    new Map(
      readdirSync(join(locales, language))
        .filter((name) => name.endsWith(".json"))
        .flatMap((name) =>
          flatten(JSON.parse(readFileSync(join(locales, language, name), "utf8"))).map(
            ([key, text]) => [`${basename(name, ".json")}:${key}`, text],
          ),
        ),
    ),
  ]),
);

// Chinese has one plural form, English two: forms are compared by their stem.
const stem = (key) => key.replace(PLURALS, "");
const english = texts.get("en");
for (const [language, own] of texts) {
  for (const [key, text] of own)
    if (text.trim() === "") complaints.push(`${language} ${key}: is empty`);
  if (language === "en") continue;
  const stems = {
    en: new Map([...english].map(([k, v]) => [stem(k), v])),
    own: new Map([...own].map(([k, v]) => [stem(k), v])),
  };
  for (const [key, text] of stems.en) {
    const other = stems.own.get(key);
    if (other === undefined) complaints.push(`${language} ${key}: is missing`);
    else {
      const needed = placeholders(text).filter((name) => name !== "count");
      const given = placeholders(other).filter((name) => name !== "count");
      if (needed.join() !== given.join())
        complaints.push(
          `${language} ${key}: placeholders differ from English (${needed} / ${given})`,
        );
      if (markup(text).join() !== markup(other).join())
        complaints.push(`${language} ${key}: markup differs from English`);
    }
  }
  for (const key of stems.own.keys())
    if (!stems.en.has(key)) complaints.push(`${language} ${key}: has no English text`);
}
for (const key of english.keys()) {
  if (key.endsWith("_one") && !english.has(key.replace(/_one$/, "_other")))
    complaints.push(`en ${key}: lacks its _other form`);
}

for (const entry of readdirSync(src, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !entry.name.endsWith(".tsx") || entry.name.endsWith(".test.tsx")) continue;
  const path = join(entry.parentPath, entry.name);
  const file = ts.createSourceFile(
    path,
    readFileSync(path, "utf8"),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const complain = (node, text) => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    complaints.push(
      `${relative(src, path)}:${line + 1}: literal text ${JSON.stringify(text.trim())}; use t("…")`,
    );
  };
  const visit = (node) => {
    if (ts.isJsxText(node) && LETTERS.test(node.text)) complain(node, node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression)
      literal(node.expression);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText()) && node.initializer) {
      const value = ts.isJsxExpression(node.initializer)
        ? node.initializer.expression
        : node.initializer;
      if (value) literal(value);
    }
    ts.forEachChild(node, visit);
  };
  const literal = (value) => {
    if (ts.isStringLiteralLike(value) && LETTERS.test(value.text)) complain(value, value.text);
    if (ts.isConditionalExpression(value)) [value.whenTrue, value.whenFalse].forEach(literal);
    if (
      ts.isTemplateExpression(value) &&
      [value.head, ...value.templateSpans.map((span) => span.literal)].some((part) =>
        LETTERS.test(part.text),
      )
    )
      complain(value, value.getText());
  };
  visit(file);
}

if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
console.log(`i18n: ${english.size} texts in ${languages.join(" and ")}, no literal text in JSX`);
