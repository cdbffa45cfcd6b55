// Wire types of sittings, rosters, results, people and what belongs to them, by the names that this side uses.
import type { components } from "./schema.gen";
import type { Sent } from "./sent";

type Schemas = components["schemas"];
type Reply<Name extends keyof Schemas> = Sent<Schemas[Name]>;
/** One item of a generated list. */
type ItemOf<Name extends keyof Schemas> =
  Reply<Name> extends { items: (infer Item)[] } ? Item : never;

// Sittings
export type Sitting = Reply<"SittingView">;
export type SittingPhase = Schemas["SittingPhase"];
export type NewSitting = Schemas["ScheduleSittingRequest"];
export type SittingChange = Schemas["UpdateSittingRequest"];
export type Clash = Reply<"Clash">;
export type ExamSummary = ItemOf<"Page_ExamSummary">;

// Rosters
export type RosterEntry = Reply<"RosterEntry">;
export type RosterStatus = Schemas["RosterStatus"];
/** With what is wrong by line; of a problem only what it has is written. */
export type RosterReport = Omit<Reply<"RosterReport">, "errors" | "warnings"> &
  Pick<Schemas["RosterReport"], "errors" | "warnings">;
export type AdmissionSlip = Reply<"AdmissionSlip">;
export type IssuedCodes = Reply<"IssuedCodes">;

// Live
export type LiveAttempt = Reply<"LiveAttempt">;
export type LiveCounts = Reply<"LiveCounts">;
export type LiveList = Reply<"LiveList">;
export type LateEntry = Reply<"LateEntryView">;
export type Stall = Reply<"StallView">;
export type ExtraTimeGiven = Reply<"ExtraTimeGiven">;
export type Incident = Reply<"Incident">;
export type Outage = Reply<"Outage">;
export type AnswerFileTaken = Reply<"AnswerFileTaken">;

// Marking and results
export type MarkingState = Schemas["MarkingState"];
export type WaitingSitting = Reply<"WaitingSitting">;
export type MarkingOverview = Reply<"MarkingOverview">;
export type MarkingQuestion = Reply<"MarkingQuestion">;
export type MarkerQuestion = Reply<"MarkerQuestion">;
export type ResponseToMark = Reply<"ResponseToMarkView">;
export type ResponsesToMark = Reply<"ResponsesToMark">;
export type ResultRow = Reply<"ResultRow">;
export type ResultList = Reply<"ResultList">;
export type ScoreSummary = Reply<"ScoreSummary">;
export type AttemptMarks = Reply<"AttemptMarks">;
export type MarkView = Reply<"MarkView">;

// People and units
export type AccountStatus = Schemas["AccountStatus"];
export type AccountSummary = ItemOf<"Page_AccountSummary">;
export type AccountDetails = Reply<"AccountDetails">;
export type NewAccount = Schemas["CreateAccountRequest"];
export type AccountChange = Schemas["UpdateAccountRequest"];
export type ActivationCode = Reply<"ActivationCode">;
export type CreatedAccount = Reply<"CreatedAccount">;
export type FoundPerson = ItemOf<"Page_FoundPerson">;
export type RoleHeld = Reply<"RoleHeld">;
export type RoleInUnit = Schemas["RoleInUnit"];
export type SignInSession = Reply<"Session">;
export type ImportReport = Reply<"PeopleImportReport">;
export type Unit = Reply<"OrganisationUnit">;
export type UnitKind = Schemas["UnitKind"];
export type NewUnit = Schemas["CreateUnitRequest"];
export type UnitChange = Schemas["UpdateUnitRequest"];
export type Term = Reply<"Term">;
export type NewTerm = Schemas["TermRequest"];
export type Person = Reply<"Person">;
export type AuditEntry = ItemOf<"Page_AuditRecord">;

// Violations and messages
export type Violation = Reply<"Violation">;
export type ViolationKind = Schemas["ViolationKind"];
export type Judgement = Schemas["Judgement"];
export type AttemptViolations = Reply<"AttemptViolations">;
export type SittingViolations = Reply<"SittingViolations">;
export type Inbox = Reply<"Inbox">;
export type Message = Reply<"Message">;

// Statistics
export type SittingStatistics = Reply<"SittingStatistics">;
export type ScoreDistribution = Reply<"ScoreDistribution">;
