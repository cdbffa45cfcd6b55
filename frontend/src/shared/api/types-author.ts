// Wire types of questions, banks and exams, by the names that this side uses for them.
// What an author writes is named as it is sent: members that may be left out may be missing in replies too.
import type { components } from "./schema.gen";
import type { Sent } from "./sent";

type Schemas = components["schemas"];
type Reply<Name extends keyof Schemas> = Sent<Schemas[Name]>;

// A question and its key
export type RichText = Schemas["RichText"];
export type TextFormat = Schemas["TextFormat"];
/** The generator can't say "an object with a tag and nothing else"; these are the ones. */
type Bare = { type: "true_false" } | { type: "description" };
export type QuestionBody = Exclude<Schemas["QuestionBody"], Record<string, never>> | Bare;
export type Question = Omit<Schemas["Question"], "body"> & { body: QuestionBody };
export type QuestionType = Schemas["QuestionType"];
export type ChoiceOption = Schemas["ChoiceOption"];
export type TextPart = Schemas["TextPart"];
export type Gap = Schemas["Gap"];
export type GapKind = Schemas["GapKind"];
export type GapOption = Schemas["GapOption"];
export type MarkScheme =
  | Exclude<Schemas["MarkScheme"], Record<string, never>>
  | { type: "description" };
export type Key = Omit<Schemas["Key"], "scheme"> & { scheme: MarkScheme };
/** A question and its key as the generated types want them in a request. */
export type SentQuestion = Schemas["Question"];
export type SentKey = Schemas["Key"];
export type SentVersion = Schemas["VersionBody"];
export type SingleChoiceKey = Schemas["SingleChoiceKey"];
export type MultipleChoiceRule = Schemas["MultipleChoiceRule"];
export type ShortTextKey = Schemas["ShortTextKey"];
export type TextAlternative = Schemas["TextAlternative"];
export type Folding = Schemas["Folding"];
export type NumericKey = Schemas["NumericKey"];
export type NumericAnswer = Schemas["NumericAnswer"];
export type Tolerance = Schemas["Tolerance"];
export type UnitRule = Schemas["UnitRule"];
export type GapKey = Schemas["GapKey"];

// Banks and what lies in them
export type Bank = Reply<"BankView">;
export type Category = Reply<"CategoryView">;
export type Tag = Reply<"TagView">;
export type QuestionState = Schemas["QuestionState"];
export type QuestionSummary = Reply<"QuestionSummary">;
/** A question as stored. Its content is as the author left it, with members left out that say nothing. */
export type QuestionView = Omit<Reply<"QuestionView">, "question" | "key"> & {
  question: Question;
  key: Key;
};
export type VersionBody = Omit<Schemas["VersionBody"], "question" | "key"> & {
  question: Question;
  key: Key;
};
export type VersionSummary = Reply<"VersionSummary">;
export type VersionChange = Reply<"Change">;
export type VersionDiff = Reply<"VersionDiff">;
export type StimulusSummary = Reply<"StimulusSummary">;
export type StimulusView = Omit<Reply<"StimulusView">, "text"> & { text: RichText };
export type MediaUploaded = Reply<"MediaView">;

// Trying a question
export type QuestionPreview = Reply<"Preview">;
export type TriedResponse = Reply<"TriedResponse">;
export type Marked = Reply<"Marked">;

// Import and export
/** With notes, of which only what they have is written. */
export type ReportEntry = Omit<Reply<"ReportEntry">, "notes"> &
  Pick<Schemas["ReportEntry"], "notes">;
export type ReportStatus = Schemas["ReportStatus"];
export type ExportReport = Reply<"ExportReport">;

// Exams
export type Exam = Omit<Reply<"ExamView">, "definition"> & { definition: ExamDefinition };
export type ExamSummary = Reply<"ExamSummary">;
export type ExamDefinition = Schemas["ExamDefinition"];
export type ExamSection = Schemas["Section"];
export type ExamItem = Schemas["Item"];
export type FixedQuestion = Schemas["FixedQuestion"];
export type Draw = Schemas["Draw"];
export type ExamCheck = Reply<"ExamCheck">;
export type ExamFinding = Reply<"Finding">;
export type Publication = Reply<"PublicationHead">;
export type PublicationOutline = Omit<Reply<"PublicationOutline">, "rules"> & {
  rules: ExamDefinition;
};

/** One thing wrong with a question, a file or a request, as replies name it. */
export type FieldFinding = Schemas["FieldProblem"];
/** What became of a file of questions. */
export type ImportReport = Omit<Reply<"QuestionImportReport">, "entries"> & {
  entries: ReportEntry[];
};
