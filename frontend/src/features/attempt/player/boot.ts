import { ApiError } from "@/shared/api";
import { prepareRichText } from "@/shared/rich";
import { clock } from "@/shared/time";
import { admissionTo, requestAdmission } from "../admission";
import { type AttemptAccess, attemptAccess } from "../api/attemptApi";
import { getAttempt } from "../api/getAttempt";
import { keptPaper } from "../journal/device";
import { deviceJournal } from "../journal/deviceJournal";
import { browserTimer } from "../save-queue/browserTimer";
import { Player, type PlayerParts } from "./Player";
import { type TabLease, tabLease } from "./tabLease";

/** How far the exam's page has come. */
export type Boot =
  | { stage: "loading" }
  /** Nobody has proved on this device who they are. */
  | { stage: "no_ticket" }
  /** Another tab of this browser has the attempt. */
  | { stage: "another_tab" }
  | { stage: "failed"; error: Error }
  | { stage: "ready"; player: Player };

/** Brings an attempt onto the page. With `force`, from another tab of this browser. */
export async function boot(attemptId: string, force: boolean): Promise<Boot> {
  let player: Player | null = null;
  const tab = tabLease(attemptId, () => player?.loseTab());
  try {
    const admission = await admissionTo(attemptId);
    if (admission === null) return { stage: "no_ticket" };
    if (!(await tab.claim(force))) return { stage: "another_tab" };
    player = await playerFor(attemptAccess(attemptId, admission.ticket), tab, true);
    await prepareFirstQuestion(player);
    return { stage: "ready", player };
  } catch (error) {
    return { stage: "failed", error: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** What the first question needs to be drawn is there when it is drawn, so that nothing moves under a finger. */
async function prepareFirstQuestion({ state: { paper, place } }: Player): Promise<void> {
  const question = paper?.questions.find(({ id }) => id === place.current);
  if (question === undefined) return;
  const stimulus = question.stimulus === null ? null : paper?.stimuli[question.stimulus];
  const texts: string[] = [];
  JSON.stringify([question, stimulus], (_, part) => {
    if (typeof part === "string") texts.push(part);
    return part;
  });
  await prepareRichText(texts.join("\n"));
}

async function playerFor(access: AttemptAccess, tab: TabLease, mayRenew: boolean): Promise<Player> {
  const { attemptId } = access;
  const parts: PlayerParts = {
    access,
    tab,
    clock,
    journal: deviceJournal(attemptId),
    timer: browserTimer,
  };
  try {
    const player = new Player(await getAttempt(access), parts);
    await player.prepare();
    return player;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.transient) {
      // The server is away; if this device has the paper, the exam goes on without it.
      const kept = await keptPaper(attemptId);
      if (kept === null) throw error;
      const player = new Player(kept.attempt, parts);
      await player.resumeWithoutServer(kept);
      return player;
    }
    if (error.status === 401 && mayRenew) {
      // A kept ticket may have run out; a signed-in candidate gets another one.
      const { ticket } = await requestAdmission(attemptId);
      return playerFor(attemptAccess(attemptId, ticket), tab, false);
    }
    throw error;
  }
}
