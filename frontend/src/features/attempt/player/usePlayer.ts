import { startTransition, useEffect, useState, useSyncExternalStore } from "react";
import { type Boot, boot } from "./boot";
import { keepInTouch } from "./keepInTouch";
import type { Player } from "./Player";
import type { PlayerState } from "./state";

/** How often a failed beginning is tried again by itself, for a candidate who just waits. */
const RETRY_MS = 5_000;

/** Brings the attempt onto the page and keeps it in touch, for as long as the component is drawn. */
export function useBoot(attemptId: string): { state: Boot; retry: (force?: boolean) => void } {
  const [state, setState] = useState<Boot>({ stage: "loading" });
  const [turn, setTurn] = useState({ count: 0, force: false });
  // An effect, because the attempt lives outside of React: on the server, on the device, in other tabs.
  useEffect(() => {
    let gone = false;
    let stop = () => {};
    void boot(attemptId, turn.force).then((result) => {
      if (gone) {
        if (result.stage === "ready") result.player.dispose();
        return;
      }
      // The exam's screen is the largest there is: drawn in slices, the browser can draw and listen in between.
      startTransition(() => setState(result));
      if (result.stage === "ready") {
        const letGo = keepInTouch(result.player);
        stop = () => {
          letGo();
          result.player.dispose();
        };
      }
      if (result.stage === "failed") {
        const timer = setTimeout(
          () => setTurn(({ count }) => ({ count: count + 1, force: false })),
          RETRY_MS,
        );
        stop = () => clearTimeout(timer);
      }
    });
    return () => {
      gone = true;
      stop();
    };
  }, [attemptId, turn]);
  return {
    state,
    retry: (force = false) => {
      setState({ stage: "loading" });
      setTurn(({ count }) => ({ count: count + 1, force }));
    },
  };
}

export function usePlayerState(player: Player): PlayerState {
  return useSyncExternalStore(player.subscribe, () => player.state);
}
