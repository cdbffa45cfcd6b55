import type { Gap, GapKey, GapKind } from "@/shared/api";
import { nextNumber, without } from "./ids";
import type { BodyOf, SchemeOf } from "./types";

export interface ClozePair {
  body: BodyOf<"cloze">;
  scheme: SchemeOf<"cloze">;
}

export type GapKindName = GapKind["kind"];

/** Ids of the gaps that the text names, in its order, each once. */
export function gapsInText(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\[\[([A-Za-z0-9._-]{1,32})\]\]/g)].map(([, id = ""]) => id)),
  ];
}

/** A gap of a kind; what was selected in the text is its right answer. */
function makeGap(id: string, kind: GapKindName, answer: string): { gap: Gap; key: GapKey } {
  const text = answer.trim();
  if (kind === "number") {
    const value = Number(text.replace(",", "."));
    const answers = text !== "" && Number.isFinite(value) ? [{ value, fraction: 1 }] : [];
    return {
      gap: { id, input: { kind: "number" } },
      key: { weight: 1, scheme: { kind: "number", answers } },
    };
  }
  if (kind === "choice")
    return {
      gap: {
        id,
        input: {
          kind: "choice",
          shuffle: true,
          options: [
            { id: "a", text },
            { id: "b", text: "" },
          ],
        },
      },
      key: {
        weight: 1,
        scheme: { kind: "choice", fractions: text === "" ? {} : { a: 1 } },
      },
    };
  return {
    gap: { id, input: { kind: "text", chars_max: 200 } },
    key: {
      weight: 1,
      scheme: {
        kind: "text",
        alternatives: [{ pattern: text.replaceAll("*", "\\*"), fraction: 1 }],
        folding: { case_sensitive: false, fold_width: true, fold_space: true },
      },
    },
  };
}

/** A new gap where `answer` stood in the text; `marker` is what takes its place there. */
export function addGap(
  { body, scheme }: ClozePair,
  kind: GapKindName,
  answer: string,
): { pair: ClozePair; id: string; marker: string } {
  const taken = [...body.gaps.map((gap) => gap.id), ...gapsInText(body.text.text)];
  const id = nextNumber(taken);
  const { gap, key } = makeGap(id, kind, answer);
  return {
    id,
    marker: `[[${id}]]`,
    pair: {
      body: { ...body, gaps: [...body.gaps, gap] },
      scheme: { ...scheme, gaps: { ...scheme.gaps, [id]: key } },
    },
  };
}

/** Describes a gap that stands in the text already. */
export function describeGap({ body, scheme }: ClozePair, id: string, kind: GapKindName): ClozePair {
  const { gap, key } = makeGap(id, kind, "");
  return {
    body: { ...body, gaps: [...body.gaps, gap] },
    scheme: { ...scheme, gaps: { ...scheme.gaps, [id]: key } },
  };
}

/** What the candidate is offered in a gap. What the key says of an option that isn't there any more goes with it. */
export function changeInput({ body, scheme }: ClozePair, id: string, input: GapKind): ClozePair {
  const gaps = body.gaps.map((gap) => (gap.id === id ? { ...gap, input } : gap));
  const key = scheme.gaps[id];
  if (input.kind !== "choice" || key?.scheme.kind !== "choice")
    return { body: { ...body, gaps }, scheme };
  const there = <V>(record: Readonly<Record<string, V>>): Record<string, V> =>
    Object.fromEntries(
      Object.entries(record).filter(([option]) => input.options.some((one) => one.id === option)),
    );
  const { fractions, feedback } = key.scheme;
  const kept = {
    ...key.scheme,
    fractions: there(fractions),
    ...(feedback && { feedback: there(feedback) }),
  };
  return {
    body: { ...body, gaps },
    scheme: { ...scheme, gaps: { ...scheme.gaps, [id]: { ...key, scheme: kept } } },
  };
}

/** Another kind for a gap; what was right before stays right where the kinds allow it. */
export function changeKind(pair: ClozePair, id: string, kind: GapKindName): ClozePair {
  const made = makeGap(id, kind, firstAnswer(pair, id));
  return {
    body: {
      ...pair.body,
      gaps: pair.body.gaps.map((gap) => (gap.id === id ? made.gap : gap)),
    },
    scheme: {
      ...pair.scheme,
      gaps: {
        ...pair.scheme.gaps,
        [id]: { ...made.key, weight: pair.scheme.gaps[id]?.weight ?? 1 },
      },
    },
  };
}

/** What is right in a gap, in a word; empty when nothing is yet. */
export function firstAnswer({ body, scheme }: ClozePair, id: string): string {
  const key = scheme.gaps[id]?.scheme;
  switch (key?.kind) {
    case "text":
      return key.alternatives[0]?.pattern ?? "";
    case "number": {
      const value = key.answers[0]?.value;
      // A number that was never typed stands as `NaN`.
      return value === undefined || Number.isNaN(value) ? "" : String(value);
    }
    case "choice": {
      const best = Object.entries(key.fractions).find(([, fraction]) => fraction === 1)?.[0];
      const input = body.gaps.find((gap) => gap.id === id)?.input;
      return input?.kind === "choice"
        ? (input.options.find((option) => option.id === best)?.text ?? "")
        : "";
    }
    case undefined:
      return "";
  }
}

/** Takes a gap out of list, key and text; its right answer stands in the text again. */
export function removeGap(pair: ClozePair, id: string): ClozePair {
  const answer = firstAnswer(pair, id).replaceAll("\\*", "*");
  const { text } = pair.body;
  return {
    body: {
      ...pair.body,
      text: { ...text, text: text.text.replaceAll(`[[${id}]]`, answer) },
      gaps: pair.body.gaps.filter((gap) => gap.id !== id),
    },
    scheme: { ...pair.scheme, gaps: without(pair.scheme.gaps, id) },
  };
}

/** The gaps in the text's order; those that the text doesn't name come last. */
export function inTextOrder(body: BodyOf<"cloze">): Gap[] {
  const order = gapsInText(body.text.text);
  const place = (gap: Gap) => {
    const at = order.indexOf(gap.id);
    return at < 0 ? order.length : at;
  };
  return body.gaps.toSorted((one, other) => place(one) - place(other));
}
