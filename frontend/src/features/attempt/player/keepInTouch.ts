import { clock } from "@/shared/time";
import { watchAttempt } from "../api/watchAttempt";
import type { Player } from "./Player";
import { ShownVersion } from "./ShownVersion";
import { StallTeller } from "./StallTeller";
import { isTimeUp, isWaiting } from "./state";

/** How long nothing may be heard of the attempt before it is asked after, whether or not hints come. */
const POLL_MS = 15_000;
/** How long it may not have been asked after, though replies to saves tell of no change: they don't tell everything. */
const WHOLE_MS = 120_000;
/** After the end of working time, until the server has closed the attempt. */
const POLL_AT_END_MS = 3_000;
/** Closed by time: whoever decides about an outage may open it again, and the hint that says so may be lost. */
const POLL_WHEN_CLOSED_MS = 30_000;
const OVER = ["submitted", "terminated", "absent"];

/** Keeps a player in touch with the server and with its page; returns how to stop. */
export function keepInTouch(player: Player): () => void {
  let asked = clock.mark();
  let heard = asked;
  let heardOf = player.state.attempt.server_time;
  let timeWasUp = false;
  const ask = () => {
    asked = clock.mark();
    heard = asked;
    void player.ask();
  };
  const endOfHints = watchAttempt(player.access, ask);
  const shown = new ShownVersion(player.access, () => player.state);
  const endOfShown = player.subscribe(shown.look);
  shown.look();
  const stalls = new StallTeller(player.access, clock, () => player.state);
  const endOfStalls = player.subscribe(stalls.look);
  stalls.look();

  const tick = setInterval(() => {
    const { attempt, wholeVersion } = player.state;
    // The reply to a save that tells of no change says nearly as much as one to a question would.
    if (attempt.server_time !== heardOf && attempt.version === wholeVersion) heard = clock.mark();
    heardOf = attempt.server_time;
    if (OVER.includes(attempt.state)) return;
    if (attempt.closed) {
      if (clock.mark() - asked >= POLL_WHEN_CLOSED_MS) ask();
      return;
    }
    const timeUp = isTimeUp(attempt, clock.now());
    // The last answers go out the moment the time ends, not a second later.
    if (timeUp && !timeWasUp) player.flush();
    timeWasUp = timeUp;
    const silence = clock.mark() - heard;
    if (silence >= (timeUp ? POLL_AT_END_MS : POLL_MS) || clock.mark() - asked >= WHOLE_MS) ask();
  }, 500);

  const online = () => player.networkBack();
  const visibility = () => {
    if (document.visibilityState === "hidden") player.beforeLeaving();
    else ask();
  };
  const leaving = () => player.beforeLeaving();
  // Something waits: the browser asks before it closes the page.
  const unload = (event: BeforeUnloadEvent) => {
    if (isWaiting(player.state)) event.preventDefault();
  };
  window.addEventListener("online", online);
  document.addEventListener("visibilitychange", visibility);
  window.addEventListener("pagehide", leaving);
  window.addEventListener("beforeunload", unload);
  return () => {
    endOfHints();
    endOfShown();
    endOfStalls();
    clearInterval(tick);
    window.removeEventListener("online", online);
    document.removeEventListener("visibilitychange", visibility);
    window.removeEventListener("pagehide", leaving);
    window.removeEventListener("beforeunload", unload);
  };
}
