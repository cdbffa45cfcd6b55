import type { TextPart } from "@/shared/api";
import { nextLetter, without } from "./ids";
import type { BodyOf, SchemeOf } from "./types";

export interface MatchingPair {
  body: BodyOf<"matching">;
  scheme: SchemeOf<"matching">;
}
export interface OrderingPair {
  body: BodyOf<"ordering">;
  scheme: SchemeOf<"ordering">;
}

function addPart(parts: readonly TextPart[]): { parts: TextPart[]; id: string } {
  const id = nextLetter(parts.map((part) => part.id));
  return { id, parts: [...parts, { id, text: { format: "markdown", text: "" } }] };
}

export function withText(
  parts: readonly TextPart[],
  id: string,
  text: TextPart["text"],
): TextPart[] {
  return parts.map((part) => (part.id === id ? { ...part, text } : part));
}

/** A new prompt with a target of its own. */
export function addMatch({ body, scheme }: MatchingPair): MatchingPair {
  const prompts = addPart(body.prompts);
  const targets = addPart(body.targets);
  return {
    body: { ...body, prompts: prompts.parts, targets: targets.parts },
    scheme: { ...scheme, pairs: { ...scheme.pairs, [prompts.id]: targets.id } },
  };
}

/** A target that belongs to no prompt. */
export function addDistractor({ body, scheme }: MatchingPair): MatchingPair {
  return { body: { ...body, targets: addPart(body.targets).parts }, scheme };
}

export function removePrompt({ body, scheme }: MatchingPair, id: string): MatchingPair {
  return {
    body: { ...body, prompts: body.prompts.filter((part) => part.id !== id) },
    scheme: { ...scheme, pairs: without(scheme.pairs, id) },
  };
}

export function removeTarget({ body, scheme }: MatchingPair, id: string): MatchingPair {
  return {
    body: { ...body, targets: body.targets.filter((part) => part.id !== id) },
    scheme: {
      ...scheme,
      pairs: Object.fromEntries(Object.entries(scheme.pairs).filter(([, to]) => to !== id)),
    },
  };
}

export function addItem({ body, scheme }: OrderingPair): OrderingPair {
  const { parts, id } = addPart(body.items);
  return { body: { ...body, items: parts }, scheme: { ...scheme, order: [...scheme.order, id] } };
}

export function removeItem({ body, scheme }: OrderingPair, id: string): OrderingPair {
  return {
    body: { ...body, items: body.items.filter((item) => item.id !== id) },
    scheme: { ...scheme, order: scheme.order.filter((other) => other !== id) },
  };
}

/** The items first to last, as the key has them: their own order says nothing. */
export function inKeyOrder({ body, scheme }: OrderingPair): TextPart[] {
  const named = scheme.order.flatMap((id) => body.items.find((item) => item.id === id) ?? []);
  return [...named, ...body.items.filter((item) => !scheme.order.includes(item.id))];
}
