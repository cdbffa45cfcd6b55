import { useSyncExternalStore } from "react";
import { clock } from "./clock";

/** The server's time, read anew each `periodMs`; the component is drawn again when it changes. */
export function useNow(periodMs = 1_000): number {
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, Math.min(periodMs, 250));
      return () => clearInterval(timer);
    },
    () => Math.floor(clock.now() / periodMs) * periodMs,
  );
}
