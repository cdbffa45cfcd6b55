import { isAnswered } from "../response";
import type { PlayerState } from "./state";

/** The one honest sentence about the answers, as a key of the texts and its numbers. */
export interface Safety {
  tone: "safe" | "busy" | "warn" | "danger";
  key:
    | "nothingYet"
    | "allSafe"
    | "saving"
    | "waitingOffline"
    | "waitingBusy"
    | "waitingRefused"
    | "waitingHereOnly"
    | "safeButOffline"
    | "rejected"
    | "fileRefused"
    | "fileSending"
    | "fileWaiting";
  count: number;
}

export function safetyOf(
  state: Pick<PlayerState, "saves" | "files" | "answers" | "reachable">,
): Safety {
  const { waiting, trouble, onDevice, rejected } = state.saves;
  const refused = state.files.filter((file) => file.refused !== null).length;
  const sending = state.files.length - refused;
  if (rejected.length > 0) return { tone: "danger", key: "rejected", count: rejected.length };
  if (refused > 0) return { tone: "danger", key: "fileRefused", count: refused };
  if (waiting > 0) {
    if (!onDevice && trouble !== null)
      return { tone: "danger", key: "waitingHereOnly", count: waiting };
    if (trouble === "busy") return { tone: "warn", key: "waitingBusy", count: waiting };
    if (trouble === "refused") return { tone: "danger", key: "waitingRefused", count: waiting };
    if (trouble === "offline" || !state.reachable)
      return { tone: "warn", key: "waitingOffline", count: waiting };
    return { tone: "busy", key: "saving", count: waiting };
  }
  if (sending > 0)
    return trouble === null && state.reachable
      ? { tone: "busy", key: "fileSending", count: sending }
      : { tone: "warn", key: "fileWaiting", count: sending };
  const answered = Object.values(state.answers).filter(isAnswered).length;
  if (!state.reachable) return { tone: "warn", key: "safeButOffline", count: answered };
  if (answered === 0) return { tone: "safe", key: "nothingYet", count: 0 };
  return { tone: "safe", key: "allSafe", count: answered };
}
