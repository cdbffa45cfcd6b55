/** Why nothing gets through at the moment. */
export type Trouble =
  /** No answer: the network or the server is away. */
  | "offline"
  /** The server answers that it can't save now. */
  | "busy"
  /** The server refuses: the ticket isn't good any more, or the attempt doesn't take entries. */
  | "refused";

/** What a candidate has to know about the safety of the answers. */
export interface SaveStatus {
  /** Questions whose newest answer the server hasn't confirmed yet. */
  readonly waiting: number;
  readonly trouble: Trouble | null;
  /** Whether everything that waits is kept on this device, so that a crash loses nothing. */
  readonly onDevice: boolean;
  /** Questions whose newest confirmed answer came after the end. */
  readonly late: readonly string[];
  /** Questions whose newest answer went back where there is no way back: it is held, and doesn't count. */
  readonly passedOver: readonly string[];
  /** Questions whose newest answer the server won't take as it is. */
  readonly rejected: readonly string[];
}

export const ALL_SAFE: SaveStatus = {
  waiting: 0,
  trouble: null,
  onDevice: true,
  late: [],
  passedOver: [],
  rejected: [],
};

export function sameStatus(one: SaveStatus, other: SaveStatus): boolean {
  return (
    one.waiting === other.waiting &&
    one.trouble === other.trouble &&
    one.onDevice === other.onDevice &&
    one.late.join() === other.late.join() &&
    one.passedOver.join() === other.passedOver.join() &&
    one.rejected.join() === other.rejected.join()
  );
}
