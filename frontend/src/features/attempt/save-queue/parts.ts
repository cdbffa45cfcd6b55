import type { ApiError, SaveReceipt } from "@/shared/api";
import type { Journal, SealedEntry } from "../journal/journal";
import type { SaveStatus } from "./status";

/** The way to the server. Rejects with an `ApiError`. */
export interface Transport {
  send(lease: number, entries: readonly SealedEntry[], keepalive: boolean): Promise<SaveReceipt[]>;
  /** The highest number that the server knows of a lease. */
  lastSeq(lease: number): Promise<number>;
}

export interface Timer {
  /** Milliseconds on a counter that never goes back. */
  now(): number;
  /** Runs something later; returns how to call it off. */
  after(milliseconds: number, run: () => void): () => void;
  /** Between 0 and 1: keeps many devices from acting at once. */
  random(): number;
}

export interface QueueEvents {
  statusChanged(status: SaveStatus): void;
  /** Another device has the right to write now; what is sent is kept as superseded. Said for each refusal. */
  leaseLost(): void;
  /** The server refuses entries of this attempt: it is time to ask how the attempt stands. */
  refused(error: ApiError): void;
}

export interface QueueParts {
  journal: Journal;
  transport: Transport;
  timer: Timer;
  events: QueueEvents;
  /** The sections without a way back, each with its questions in their order. */
  oneWay?: readonly (readonly string[])[];
}
