import type { QuestionView } from "@/shared/api";
import { plainText } from "@/shared/rich";

type Text = QuestionView["question"]["stem"];

/** As long as the server's excerpts. */
const EXCERPT_CHARS = 160;
/** Mathematics by the server's rules: a dollar has no space inside it, and no digit behind the closing one. */
const MATHS =
  /\$\$(.+?)\$\$|\\\[(.+?)\\\]|\\\((.+?)\\\)|\$(?!\s)((?:(?!\n\n)(?:\\\$|[^$]))*?[^\s\\$])\$(?!\d)/gs;

/** The beginning of a text in one line and without mark-up, much as the server's lists show it: TeX stays, bare. */
export function excerptOf({ text, format = "markdown" }: Text): string {
  const plain = format === "plain" ? text : withoutMarkup(text, format === "markdown");
  const chars = [...plain.replace(/\s+/g, " ").trim()];
  return chars.length < EXCERPT_CHARS
    ? chars.join("")
    : `${chars
        .slice(0, EXCERPT_CHARS - 1)
        .join("")
        .trimEnd()}…`;
}

function withoutMarkup(text: string, isMarkdown: boolean): string {
  const strip = isMarkdown ? withoutMarkdown : withoutTags;
  // What is between dollars is no mark-up: `_` and `*` stay, and `<` begins no tag. It waits behind a mark.
  const maths: string[] = [];
  const marked = text.replaceAll("\uE000", "").replace(MATHS, (...found: unknown[]) => {
    maths.push(String(found.slice(1, 5).find((tex) => tex !== undefined) ?? ""));
    return `\uE000${maths.length - 1}\uE000`;
  });
  return strip(marked).replace(/\uE000(\d+)\uE000/g, (_, place) => maths[Number(place)] ?? "");
}

const withoutTags = (html: string) =>
  plainText(
    html.replace(/<img\b[^>]*>/gi, " ").replace(/<(?:br|\/p|\/li|\/div|\/h\d|\/t[dh])\b/gi, " $&"),
  );

const withoutMarkdown = (text: string) =>
  withoutTags(
    text
      .replace(/!\[[^\]]*\]\([^)]*\)/g, " ")
      .replace(/(?<!\[)\[([^[\]]+)\]\([^)]*\)/g, "$1")
      .replace(/^\s*\|?[\s:|-]*-{3}[\s:|-]*$/gm, "")
      .replace(/^\s*(?:#{1,6}\s|>\s?|[-*+]\s|\d+[.)]\s|`{3}.*$)/gm, "")
      .replace(/^\s*\||\|\s*$/gm, "")
      .replace(/\s\|\s/g, " ")
      .replace(/(\*\*|__|~~)(?=\S)(.+?)\1/g, "$2")
      .replace(/\*(?=\S)([^*\n]*[^*\s])\*/g, "$1")
      .replace(/(?<!\w)_(?=[^\s_])([^_\n]*[^_\s])_(?!\w)/g, "$1")
      .replace(/`([^`\n]+)`/g, "$1")
      .replace(/\\([!-/:-@[-`{-~])/g, "$1"),
  );
