import { type Translate, useTranslation } from "@/shared/i18n";

type Key = Parameters<Translate<"questions">>[0];

/** How the paths of a question and its key are called; the first that fits. `$1` is handed on as the part's name. */
const NAMES: readonly [path: RegExp, key: Key][] = [
  [/^title$/, "field.title"],
  [/^points$/, "field.points"],
  [/^state$/, "field.state"],
  [/^stimulus_id$/, "field.stimulus"],
  [/^question\.stem/, "field.stem"],
  [/^question\.body\.options\[(.+?)\]\.fixed$/, "field.optionFixed"],
  [/^question\.body\.options\[(.+?)\]/, "field.option"],
  [/^question\.body\.options$/, "field.optionOrder"],
  [/\.shuffle$/, "field.shuffle"],
  [/^question\.body\.choices_max$/, "field.choicesMax"],
  [/^question\.body\.chars_max$/, "field.charsMax"],
  [/^question\.body\.words_min$/, "field.wordsMin"],
  [/^question\.body\.words_max$/, "field.wordsMax"],
  [/^question\.body\.units/, "field.units"],
  [/^question\.body\.text/, "field.clozeText"],
  [/^question\.body\.gaps\[(.+?)\]/, "field.gap"],
  [/^question\.body\.prompts\[(.+?)\]/, "field.prompt"],
  [/^question\.body\.targets\[(.+?)\]/, "field.target"],
  [/^question\.body\.items\[(.+?)\]/, "field.item"],
  [/^question\.body\.files_max$/, "field.filesMax"],
  [/^question\.body\.bytes_max$/, "field.bytesMax"],
  [/^question\.body\.extensions/, "field.extensions"],
  [/^key\.scheme\.gaps\.([^.]+)/, "field.gapKey"],
  [/^key\.scheme\.fractions\.([^.]+)$/, "field.fraction"],
  [/^key\.scheme\.marking\.weights\.([^.]+)$/, "field.fraction"],
  [/^key\.scheme\.feedback\.([^.]+)/, "field.feedback"],
  [/^key\.scheme\.feedback_true/, "field.feedbackTrue"],
  [/^key\.scheme\.feedback_false/, "field.feedbackFalse"],
  [/^key\.scheme\.feedback_other/, "field.feedbackOther"],
  [/^key\.scheme\.(?:marking\.)?right$/, "field.right"],
  [/^key\.scheme\.(?:marking\.)?rule$/, "field.rule"],
  [/^key\.scheme\.marking/, "field.rule"],
  [/^key\.scheme\.(?:alternatives|answers)\[(\d+)\]\.fraction$/, "field.answerWorth"],
  [/^key\.scheme\.answers\[(\d+)\]\.tolerance/, "field.tolerance"],
  [/^key\.scheme\.(?:alternatives|answers)\[(\d+)\]\.feedback/, "field.answerFeedback"],
  [/^key\.scheme\.(?:alternatives|answers)\[(\d+)\]/, "field.answer"],
  [/^key\.scheme\.folding/, "field.folding"],
  [/^key\.scheme\.units/, "field.unitFactors"],
  [/^key\.scheme\.unit_rule/, "field.unitRule"],
  [/^key\.scheme\.decimal_comma$/, "field.comma"],
  [/^key\.scheme\.pairs\.([^.]+)$/, "field.pair"],
  [/^key\.scheme\.order$/, "field.order"],
  [/^key\.scheme\.marking_notes/, "field.notes"],
  [/^key\.scheme\.model_answer/, "field.model"],
  [/^key\.general_feedback/, "field.general"],
  [/^key\.explanation/, "field.explanation"],
];

/** What a field is called in the person's language. */
export function useFieldName(): (path: string) => string {
  const { t } = useTranslation("questions");
  return (path) => {
    for (const [pattern, key] of NAMES) {
      const found = pattern.exec(path);
      if (found === null) continue;
      const [, part = ""] = found;
      // People count answers from 1, and letters are capital as on the page.
      const counted = /^key\.scheme\.(alternatives|answers)\[/.test(path);
      return t(key, { part: counted ? Number(part) + 1 : part.toUpperCase() });
    }
    return t("field.other", { path });
  };
}
