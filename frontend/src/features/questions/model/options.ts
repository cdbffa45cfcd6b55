import type { ChoiceOption, MultipleChoiceRule } from "@/shared/api";
import { nextLetter, without } from "./ids";
import type { BodyOf, SchemeOf } from "./types";

type Choice = "single_choice" | "multiple_choice";
/** A choice question's body and key together. */
export interface ChoicePair<T extends Choice> {
  body: BodyOf<T>;
  scheme: SchemeOf<T>;
}

export function addOption(options: readonly ChoiceOption[]): ChoiceOption[] {
  const id = nextLetter(options.map((option) => option.id));
  return [...options, { id, text: { format: "markdown", text: "" } }];
}

/** Takes an option out, and everything that the key says of it. */
export function removeOption<T extends Choice>(pair: ChoicePair<T>, id: string): ChoicePair<T>;
export function removeOption(pair: ChoicePair<Choice>, id: string): ChoicePair<Choice> {
  const body = { ...pair.body, options: pair.body.options.filter((option) => option.id !== id) };
  const { scheme } = pair;
  const feedback = scheme.feedback && { feedback: without(scheme.feedback, id) };
  if (scheme.type === "single_choice")
    return { body, scheme: { ...scheme, ...feedback, fractions: without(scheme.fractions, id) } };
  return { body, scheme: { ...scheme, ...feedback, marking: forget(scheme.marking, id) } };
}

function forget(rule: MultipleChoiceRule, id: string): MultipleChoiceRule {
  return rule.rule === "weighted"
    ? { ...rule, weights: without(rule.weights, id) }
    : { ...rule, right: rule.right.filter((right) => right !== id) };
}

/** The right options of a rule: those that bring something. */
export function rightOptions(rule: MultipleChoiceRule): string[] {
  return rule.rule === "weighted"
    ? Object.keys(rule.weights).filter((id) => (rule.weights[id] ?? 0) > 0)
    : rule.right;
}

/** The nearest share that the server keeps exactly: seven decimals. */
const DECIMALS = 1e7;
export const share = (part: number, whole: number) =>
  whole === 0 ? 0 : Math.round((part / whole) * DECIMALS) / DECIMALS;

/** The same right options under another rule; weights are shared out evenly among them. */
export function withRule(
  rule: MultipleChoiceRule,
  to: MultipleChoiceRule["rule"],
  options: readonly ChoiceOption[],
): MultipleChoiceRule {
  const right = rightOptions(rule);
  if (to === rule.rule) return rule;
  if (to !== "weighted") return { rule: to, right };
  return { rule: to, weights: evenWeights(right, options), floor_zero: true };
}

/** All the points over the right options, and as much taken off over the wrong ones. */
export function evenWeights(
  right: readonly string[],
  options: readonly ChoiceOption[],
): Record<string, number> {
  const wrong = options.length - right.length;
  return Object.fromEntries(
    options.map(({ id }) => [
      id,
      right.includes(id) ? share(1, right.length) : -share(1, Math.max(wrong, 1)),
    ]),
  );
}
