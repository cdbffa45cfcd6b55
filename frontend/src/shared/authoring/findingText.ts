import type { FieldFinding } from "../api";
import { useTranslation } from "../i18n";

/** Where the same finding needs other words. */
const VARIANTS: readonly [code: string, path: RegExp, key: string][] = [
  ["no_right_answer", /\.gaps\.[^.]+$/, "Gap"],
  ["no_right_answer", /\.pairs\./, "Pair"],
  ["no_right_answer", /\.order$/, "Order"],
  ["no_right_answer", /\.weights$/, "Weights"],
  ["no_right_answer", /\.(alternatives|answers)$/, "Answer"],
  ["too_few", /\.(alternatives|answers)$/, "Answer"],
  ["too_few", /\.gaps$/, "Gap"],
  ["too_few", /\.units$/, "Unit"],
];

/** The sentence for one finding in the person's language; the server's own where we have none. */
export function useFindingText(): (finding: FieldFinding) => string {
  const { t, i18n } = useTranslation("author");
  return ({ code, field, message }) => {
    const plain = code.replace(/^\w+\./, "");
    const variant =
      VARIANTS.find(([name, path]) => name === plain && path.test(field ?? ""))?.[2] ?? "";
    const name = plain.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const key = `findings.${name}${variant}`;
    if (!i18n.exists(key)) return message;
    // The bounds and names are in the server's sentence; a sentence of ours tells them too.
    const [first = "", second = ""] = message.match(/-?\d+/g) ?? [];
    const part = /\[\[(.+?)\]\]/.exec(message)?.[1] ?? "";
    return t(key as "findings.textEmpty", { first, second, part });
  };
}
