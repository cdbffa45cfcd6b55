// English and Simplified Chinese say the same things, every key that the code names exists, and no JSX holds literal text.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import ts from "typescript";

const src = resolve(import.meta.dirname, "../src");
const repository = resolve(import.meta.dirname, "../..");
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

// What the server refuses has a sentence in every language: the codes are read where the server makes them. (Kinds of
// finding about questions and exams, and of warning about imported files, have texts of their own.)
const PROBLEM =
  /\b(?:Problem|Self)::(?:new|bad_request|unauthenticated|not_found|conflict|invalid|unavailable)\(\s*(?:\d+\s*,\s*)?"([\w.]+)"/g;
// The same through a helper, and the two texts of a refusal chosen by a match.
const BY_HELPER = /\b(?:refused|taken)\(\s*"(\w+\.\w+)"/g;
const BY_MATCH = /=>\s*\{?\s*\(\s*"(\w+\.\w+)"/g;
const FIELD = /\bFieldProblem::at\(\s*(?:[^()"]|"[^"]*")*?,\s*"([\w.]+)"/g;
// `add("opens_at", "exam.too_far_ahead", …)` of the times of a sitting, `invalid("term", "unknown", …)` of units.
const FIELD_BY_HELPER = /\b(?:add|invalid)\(\s*"\w+",\s*"([\w.]+)"/g;
// What the audit log says was done: `record(…, "exam.published", …)`, `action: "message.sent"`, and the names of facts
// that are acts too. Acts chosen by a condition are missed.
const ACT = /\brecord\((?:[^()"]|\([^()]*\))*?"(\w+\.\w+)"/g;
const ACT_BY_FIELD = /\baction: "(\w+\.\w+)"/g;
const ACT_AND_FACT = /: &str = "(question\.\w+)"/g;
// How somebody signed in, which the audit log shows too: `open_session::open(…, "password")`.
const SIGN_IN = /\bopen_session::open\([^;]*?"(\w+)",?\s*\)/g;
// What nobody is shown, with the reason.
const NEVER_SHOWN = new Map([
  ["push.hello_needed", "the socket's own greeting"],
  [
    "proctoring.attempt_not_found",
    "signals are sent beside the exam, and their refusal is dropped",
  ],
  ["proctoring.attempt_over", "as above"],
  ["proctoring.signal_invalid", "as above"],
  ["proctoring.too_many_signals", "as above"],
  // A page that sends what can't be read is out of date, or wrong: `problem.request` says so for all of them.
  ["request.form_malformed", "problem.request"],
  ["request.idempotency_key_invalid", "problem.request"],
  ["request.idempotency_key_reused", "problem.request"],
  ["request.invalid", "problem.request"],
  ["request.malformed", "problem.request"],
  ["request.method_not_allowed", "problem.request"],
  ["request.not_a_file", "problem.request"],
  ["request.not_json", "problem.request"],
  ["request.query_invalid", "problem.request"],
]);
// Whose fields' refusals are placed by `useFieldText`; those of questions, exams and files have tables of their own.
const WITH_FIELDS =
  /^services\/(auth|exam|notification|proctoring)-service\/src\/(app|domain|http)\//;
const NO_FIELD_OF_A_FORM =
  /(import|roster|admissions|save_responses|save_entries|record_violation|activation_codes|issue_|add_members|members|find_people|finding|table|problems)\w*\.rs$/;

const problems = new Map();
const fieldProblems = new Map();
const acts = new Map();
const signIns = new Map();
for (const root of ["crates", "services"])
  for (const entry of readdirSync(join(repository, root), {
    recursive: true,
    withFileTypes: true,
  })) {
    if (!entry.isFile() || !entry.name.endsWith(".rs")) continue;
    const path = relative(repository, join(entry.parentPath, entry.name));
    if (/\/(tests|benches|test-kit)\//.test(path)) continue;
    const code = readFileSync(join(repository, path), "utf8").split("#[cfg(test)]\nmod ")[0];
    const keep = (found, of) => {
      for (const [, name] of code.matchAll(of)) if (!found.has(name)) found.set(name, path);
    };
    keep(problems, PROBLEM);
    if (/\/src\/app\//.test(path)) {
      keep(problems, BY_HELPER);
      keep(problems, BY_MATCH);
    }
    if (/^services\/[\w-]+\/(src\/app|api)\//.test(path)) {
      keep(acts, ACT);
      keep(acts, ACT_BY_FIELD);
      keep(acts, ACT_AND_FACT);
      keep(signIns, SIGN_IN);
    }
    if (WITH_FIELDS.test(path) && !NO_FIELD_OF_A_FORM.test(path)) {
      keep(fieldProblems, FIELD);
      keep(fieldProblems, FIELD_BY_HELPER);
    }
  }
if (problems.size < 100)
  complaints.push(`only ${problems.size} codes found in the Rust sources: adapt this script`);
if (acts.size < 50) complaints.push(`only ${acts.size} acts found there: adapt this script`);
if (signIns.size < 2) complaints.push("ways of signing in not found there: adapt this script");
for (const [language, own] of texts) {
  const has = (code, ...places) =>
    places.some((place) => own.has(`${place}.${code.replaceAll(".", "_")}`));
  for (const [code, path] of problems)
    if (
      !NEVER_SHOWN.has(code) &&
      !has(code, "common:problem.code", "staff:problem", "staff:refused")
    )
      complaints.push(`${language}: no text for the problem ${code} of ${path}`);
  for (const [code, path] of acts)
    if (!has(code, "audit:acts"))
      complaints.push(`${language}: no text for the act ${code} of ${path}`);
  for (const [code, path] of signIns)
    if (!has(code, "audit:codes.signIns"))
      complaints.push(`${language}: no text for the way of signing in ${code} of ${path}`);
  for (const [code, path] of fieldProblems)
    if (!has(code, "staff:refused", "common:problem.field"))
      complaints.push(`${language}: no text for the field's problem ${code} of ${path}`);
}
for (const code of NEVER_SHOWN.keys())
  if (!problems.has(code)) complaints.push(`${code} is sent no more: strike it off NEVER_SHOWN`);

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
console.log(
  `i18n: ${english.size} texts in ${languages.join(" and ")}, no literal text in JSX; ${problems.size} problems and ${fieldProblems.size} of fields that the server can name, ${acts.size} acts`,
);
