import { useSyncExternalStore } from "react";
import { clock } from "./clock";

/** Whether the server's clock has passed a moment; the component is drawn again only when that changes. */
export function usePast(instant: number | string | null): boolean {
  const at = typeof instant === "string" ? Date.parse(instant) : instant;
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, 250);
      return () => clearInterval(timer);
    },
    () => at !== null && clock.now() >= at,
  );
}
