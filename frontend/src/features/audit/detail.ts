/** One thing that an audit record says of a change. */
export interface Fact {
  readonly name: string;
  readonly value: unknown;
}

/**
 * What an audit record says of a change, as names and values; what says nothing is left out. What isn't readable is shown
 * as it is, without a name.
 */
export function factsOf(json: string): readonly Fact[] {
  let detail: unknown;
  try {
    detail = JSON.parse(json);
  } catch {
    return json.trim() === "" ? [] : [{ name: "", value: json }];
  }
  if (typeof detail !== "object" || detail === null) return [];
  return Object.entries(detail).flatMap(([name, value]) =>
    saysNothing(value) ? [] : [{ name, value }],
  );
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  // Counts of what there was none of.
  return typeof value === "object" && Object.values(value).every((count) => !count);
}

const ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const PATH = /^\/([\da-f-]{36}\/)*$/;

export const isId = (value: unknown): value is string =>
  typeof value === "string" && ID.test(value);
export const isInstant = (value: string) => INSTANT.test(value);
export const isDay = (value: string) => DAY.test(value);

/** The ids on the way down to a unit, which `/` of the whole institution has none of; null for what is no such path. */
export function unitPath(value: string): readonly string[] | null {
  return PATH.test(value) ? value.split("/").filter((id) => id !== "") : null;
}

/** What the codes stand for that are a fact's values, by the fact's name; others are words or numbers already. */
const CODES: Readonly<Record<string, string>> = {
  role: "roles",
  kind: "units",
  state: "questions",
  type: "types",
  from: "places",
  to: "places",
  before: "judgements",
  after: "judgements",
  source: "sources",
  how: "signIns",
  format: "formats",
  outage_decision: "outageDecisions",
};

/** The key of the words for a code in the texts of the audit log, if there are any; a name of a thing has none. */
export function codeKey(action: string, name: string, code: string): string | null {
  // What people give as a reason are words of theirs; a session's end has one of a few.
  const codes = name === "reason" && action === "session.ended" ? "ends" : CODES[name];
  return codes === undefined ? null : `codes.${codes}.${code}`;
}

/** The people whom a record names, apart from who acted: they are shown by their names. */
export function peopleOf({
  subject_kind,
  subject_id,
  detail,
}: {
  subject_kind: string;
  subject_id: string;
  detail: string;
}): readonly string[] {
  const named = factsOf(detail).flatMap(({ name, value }) =>
    name === "account" && isId(value) ? [value] : [],
  );
  return subject_kind === "account" && isId(subject_id) ? [subject_id, ...named] : named;
}
