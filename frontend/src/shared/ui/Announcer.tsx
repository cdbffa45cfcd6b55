import { useSyncExternalStore } from "react";

let spoken = { text: "", turn: 0 };
const listeners = new Set<() => void>();

/** Says something to those who hear the page, when they pause; nothing is shown. `text` is in the person's language. */
export function announce(text: string): void {
  spoken = { text, turn: spoken.turn + 1 };
  for (const listener of listeners) listener();
}

/** The place from which `announce` speaks; drawn once per page. */
export function Announcer() {
  const { text, turn } = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => spoken,
  );
  // Two regions take turns, so that the same words twice are read twice.
  return (
    <>
      <p role="status" className="sr-only">
        {turn % 2 === 0 ? text : ""}
      </p>
      <p role="status" className="sr-only">
        {turn % 2 === 1 ? text : ""}
      </p>
    </>
  );
}
