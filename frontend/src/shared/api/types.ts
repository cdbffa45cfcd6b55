// The one door to the wire types: names as this side of the wire uses them, for what the generated file holds.
import type { components } from "./schema.gen";
import type { Sent } from "./sent";

type Schemas = components["schemas"];
type Reply<Name extends keyof Schemas> = Sent<Schemas[Name]>;

export type { paths } from "./schema.gen";

export type Uuid = string;
/** RFC 3339 in UTC, with microseconds. */
export type Instant = Schemas["Instant"];
export interface Page<T> {
  items: T[];
  next: string | null;
}

// People
export type Account = Reply<"Account">;
export type Role = Schemas["Role"];
export type SignedIn = Reply<"SignedIn">;
export type Admission = Reply<"CheckedIn">;

// Questions as a candidate sees them, and what is answered
export type CandidatePaper = Reply<"CandidatePaper">;
export type CandidateQuestion = Reply<"CandidateQuestion">;
export type PaperSection = Reply<"CandidateSection">;
export type Interaction = Reply<"Interaction">;
export type HtmlChoice = Reply<"PartView">;
export type ClozeGap = Reply<"GapView">;
export type QuestionResponse = Reply<"Response">;
export type UploadedFile = Reply<"UploadedFile">;

// Attempts
export type Attempt = Reply<"AttemptView">;
/** When a section with a time limit of its own was entered, and when it ends. */
export type SectionTime = Reply<"SectionTime">;
export type AttemptState = Schemas["AttemptState"];
/** How an attempt stands: what every reply to a save carries. */
export type AttemptStatus = Reply<"AttemptStatus">;
export type SaveEntry = Schemas["SaveEntry"];
export type SaveReceipt = Reply<"EntryReceipt">;
export type HeldResponse = Reply<"HeldResponse">;

export type * from "./types-author";

// Results
export type MyAttempt = Reply<"MyAttempt">;
export type Outcome = Schemas["Outcome"];
export type Why = Reply<"Why">;
export type PartMark = Reply<"PartMark">;
export type ReviewMark = Reply<"ReviewMark">;
export type ReviewQuestion = Reply<"ReviewQuestion">;
export type Solution = Reply<"Solution">;
/** With solutions where the release policy shows them. */
export type Review = Reply<"Review"> & { solutions?: Solution[] };
export type { Sent } from "./sent";

/** The lease, the attempt, and what to fetch before the start. */
export type OpenedAttempt = Reply<"OpenResponse">;

/** A started attempt, and what opens its paper. */
export type StartedAttempt = Reply<"StartResponse">;

/** What makes a candidate's paper out of the sealed one. */
export type Unsealing = Reply<"Unsealing">;

/** A candidate's order of questions and options. */
export type Arrangement = Schemas["Arrangement"];

/** The order of a question's options. */
export type OptionOrder = Schemas["OptionOrder"];

/** An attempt that was handed in, and what proves it. */
export type HandedIn = Reply<"SubmitResponse">;
