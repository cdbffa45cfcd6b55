import type { Attempt, AttemptStatus, CandidatePaper, QuestionResponse } from "@/shared/api";
import type { FileStatus } from "../files/FileSender";
import type { KeptPlace } from "../journal/journal";
import { ALL_SAFE, type SaveStatus } from "../save-queue/status";
import type { Elsewhere } from "./elsewhere";
import { mayGoTo, placeAfter, placeToBegin, whereabouts } from "./navigation";
import type { NotCounted } from "./notCounted";

/** The states of the player; what is on the screen follows from nothing else. */
export type PlayerName =
  | "lobby"
  | "writing"
  | "saving"
  | "offline"
  | "paused"
  | "taken_over"
  | "submitted"
  | "closed"
  | "terminated";

export interface PlayerState {
  readonly name: PlayerName;
  /** The server's view, as last heard. Never guessed. */
  readonly attempt: Attempt;
  /** The newest version that was heard of as a whole; the reply to a save tells less. */
  readonly wholeVersion: number;
  readonly paper: CandidatePaper | null;
  readonly answers: Readonly<Record<string, QuestionResponse>>;
  /** Files of answers that the server doesn't have yet. */
  readonly files: readonly FileStatus[];
  readonly place: KeptPlace;
  readonly saves: SaveStatus;
  /** Whether the last request for the attempt got an answer. */
  readonly reachable: boolean;
  /** Who else has the right to write now. */
  readonly writer: "me" | "another_device" | "another_tab";
  /** What is known of the other device that has the attempt. */
  readonly elsewhere: Elsewhere | null;
  /** What was written here while another device had the right to write. */
  readonly notCounted: readonly NotCounted[];
  /** The dialog for handing in, or the act itself. */
  readonly handIn: "no" | "asking" | "sending";
  /** A change of the deadline that the candidate hasn't acknowledged yet. */
  readonly deadlineMoved: {
    readonly from: string;
    readonly to: string;
    /** Whether the clock had stood, so that as much time is left as there was. */
    readonly paused: boolean;
  } | null;
}

export type PlayerEvent =
  | { type: "attempt_heard"; attempt: Attempt }
  | { type: "status_heard"; status: AttemptStatus }
  | {
      type: "begun";
      attempt: Attempt;
      paper: CandidatePaper;
      answers: Record<string, QuestionResponse>;
      place: KeptPlace | null;
      now: number;
    }
  | { type: "writer_changed"; writer: PlayerState["writer"] }
  | { type: "open_elsewhere"; elsewhere: Elsewhere }
  | { type: "not_counted"; answers: readonly NotCounted[] }
  | { type: "answered"; question: string; response: QuestionResponse }
  | { type: "files_changed"; files: readonly FileStatus[] }
  | { type: "flag_toggled"; question: string }
  | { type: "went_to"; question: string; now: number }
  | { type: "saves_changed"; saves: SaveStatus }
  | { type: "server_reached"; reachable: boolean }
  | { type: "hand_in_asked" }
  | { type: "hand_in_called_off" }
  | { type: "hand_in_confirmed" }
  | { type: "deadline_change_read" };

export const NOWHERE: KeptPlace = { current: null, flagged: [], furthest: {}, entered: {} };

export function initialState(attempt: Attempt): PlayerState {
  return named({
    name: "lobby",
    attempt,
    wholeVersion: attempt.version,
    paper: null,
    answers: {},
    files: [],
    place: NOWHERE,
    saves: ALL_SAFE,
    reachable: true,
    writer: "me",
    elsewhere: null,
    notCounted: [],
    handIn: "no",
    deadlineMoved: null,
  });
}

export function reduce(state: PlayerState, event: PlayerEvent): PlayerState {
  return named(next(state, event));
}

function next(state: PlayerState, event: PlayerEvent): PlayerState {
  switch (event.type) {
    case "attempt_heard":
      return heardWhole(state, event.attempt);
    case "status_heard":
      return heard(state, { ...state.attempt, ...event.status });
    case "begun": {
      const { paper, answers, now } = event;
      const place = placeToBegin(event.place ?? NOWHERE, paper, answers, now);
      // What was joined with the others counts now; what the other device has overwritten stays in sight.
      const notCounted = state.notCounted.filter(
        ({ question, response }) => !isSame(response, answers[question]),
      );
      const begun = { ...heardWhole(state, event.attempt), paper, answers, place, notCounted };
      return { ...begun, writer: "me", elsewhere: null };
    }
    case "writer_changed":
      return {
        ...state,
        writer: event.writer,
        elsewhere: event.writer === state.writer ? state.elsewhere : null,
        handIn: "no",
      };
    case "open_elsewhere":
      return { ...state, writer: "another_device", elsewhere: event.elsewhere, handIn: "no" };
    case "not_counted":
      return { ...state, notCounted: event.answers };
    case "answered":
      return { ...state, answers: { ...state.answers, [event.question]: event.response } };
    case "files_changed":
      return { ...state, files: event.files };
    case "flag_toggled": {
      const { flagged } = state.place;
      const without = flagged.filter((question) => question !== event.question);
      return {
        ...state,
        place: {
          ...state.place,
          flagged: without.length < flagged.length ? without : [...flagged, event.question],
        },
      };
    }
    case "went_to": {
      const at = whereabouts(state);
      return at !== null && mayGoTo(at, event.question, event.now)
        ? { ...state, place: placeAfter(at.place, at.paper, event.question, event.now) }
        : state;
    }
    case "saves_changed":
      return { ...state, saves: event.saves };
    case "server_reached":
      return { ...state, reachable: event.reachable };
    case "hand_in_asked":
      return { ...state, handIn: "asking" };
    case "hand_in_called_off":
      return { ...state, handIn: "no" };
    case "hand_in_confirmed":
      return { ...state, handIn: "sending" };
    case "deadline_change_read":
      return { ...state, deadlineMoved: null };
  }
}

const isSame = (one: QuestionResponse, other: QuestionResponse | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

/** Whether no candidate comes back from where the attempt stands. */
export function isOver({ state, closed }: Attempt): boolean {
  return closed || state === "submitted" || state === "terminated" || state === "absent";
}

/** Whether something that the candidate gave isn't at the server yet, and is on its way. */
export function isWaiting({ saves, files }: Pick<PlayerState, "saves" | "files">): boolean {
  return saves.waiting > 0 || files.some(({ refused }) => refused === null);
}

function heardWhole(state: PlayerState, attempt: Attempt): PlayerState {
  const wholeVersion = Math.max(state.wholeVersion, attempt.version);
  return { ...heard(state, attempt), wholeVersion };
}

/** Replies may overtake one another: an older version of the attempt changes nothing. */
function heard(state: PlayerState, attempt: Attempt): PlayerState {
  if (attempt.version < state.attempt.version) return state;
  const from = state.attempt.deadline;
  const to = attempt.deadline;
  const paused = state.attempt.state === "paused" && attempt.state === "in_progress";
  // What was given and not yet read about adds up; how long the clock stood is said by itself.
  const unread = paused || state.deadlineMoved?.paused ? undefined : state.deadlineMoved?.from;
  const moved =
    from !== null && to !== null && Date.parse(from) !== Date.parse(to)
      ? {
          from: unread ?? from,
          to,
          paused,
        }
      : state.deadlineMoved;
  return { ...state, attempt, deadlineMoved: moved };
}

function named(state: PlayerState): PlayerState {
  const name = nameOf(state);
  return name === state.name ? state : { ...state, name };
}

function nameOf(state: PlayerState): PlayerName {
  const { attempt, paper, writer, saves, reachable } = state;
  if (attempt.state === "terminated") return "terminated";
  if (attempt.state === "submitted") return "submitted";
  if (attempt.closed || attempt.state === "absent") return "closed";
  if (writer !== "me") return "taken_over";
  if (attempt.state === "paused") return "paused";
  if (attempt.state !== "in_progress" || paper === null) return "lobby";
  if (saves.trouble !== null || !reachable) return "offline";
  return isWaiting(state) ? "saving" : "writing";
}

/** Whether the candidate may still write. Without the server one goes on past the end: it is kept, and marked late. */
export function mayWrite(state: PlayerState, now: number): boolean {
  if (state.handIn === "sending") return false;
  if (state.name === "offline") return true;
  return (state.name === "writing" || state.name === "saving") && !isTimeUp(state.attempt, now);
}

export function isTimeUp(attempt: Attempt, now: number): boolean {
  // While the clock stands it can't run out.
  return (
    attempt.state !== "paused" && attempt.deadline !== null && now >= Date.parse(attempt.deadline)
  );
}
