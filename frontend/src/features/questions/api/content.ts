import type {
  Key,
  MarkScheme,
  NumericKey,
  SentKey,
  SentQuestion,
  SentVersion,
  VersionBody,
} from "@/shared/api";

/** What a version consists of. */
export type Content = VersionBody;

/** Where a question is filed; belongs to no version. */
export interface Filing {
  category_id: string | null;
  tags: string[];
  idnumber: string | null;
}

/** Rows for numbers that nobody typed are left out: they stand for nothing. */
const typedNumbers = <K extends NumericKey>(key: K): K => ({
  ...key,
  answers: key.answers.filter((answer) => !Number.isNaN(answer.value)),
});

/** A key as it may be sent. */
export function sendable(key: Key): Key {
  const blank = (text: Key["explanation"]) => text === null || text?.text.trim() === "";
  const { general_feedback, explanation, ...rest } = key;
  return {
    ...rest,
    scheme: sendableScheme(key.scheme),
    ...(!blank(general_feedback) && { general_feedback }),
    ...(!blank(explanation) && { explanation }),
  } as Key;
}

function sendableScheme(scheme: MarkScheme): MarkScheme {
  if (scheme.type === "numeric") return typedNumbers(scheme);
  if (scheme.type !== "cloze") return scheme;
  return {
    ...scheme,
    gaps: Object.fromEntries(
      Object.entries(scheme.gaps).map(([id, gap]) => [
        id,
        gap.scheme.kind === "number" ? { ...gap, scheme: typedNumbers(gap.scheme) } : gap,
      ]),
    ),
  };
}

export function sentContent(content: Content): SentVersion {
  return {
    ...content,
    question: content.question as SentQuestion,
    key: sendable(content.key) as SentKey,
  };
}
