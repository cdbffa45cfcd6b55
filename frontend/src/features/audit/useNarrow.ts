import { useSyncExternalStore } from "react";

/** Where the log's columns don't fit beside one another; tables leave out columns there, too. */
const narrow = () => window.matchMedia("(width < 64rem)");

export function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = narrow();
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => narrow().matches,
  );
}
