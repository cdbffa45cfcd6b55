import { useEffect, useEffectEvent, useState } from "react";
import { watchSitting } from "./watchSitting";

/** Hints come in bursts when a hall starts; answering each would ask the server hundreds of times a minute. */
const HINTS_APART_MS = 2_000;

/** Calls `onHint` when the sitting has changed, at most every two seconds; tells whether hints can come at all. */
export function useSittingHints(sittingId: string, onHint: () => void): boolean {
  const [connected, setConnected] = useState(false);
  const tell = useEffectEvent(onHint);
  // An effect, because a socket lives as long as the page looks at the sitting.
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let last = Number.NEGATIVE_INFINITY;
    const hint = () => {
      if (waiting !== undefined) return;
      const wait = Math.max(0, last + HINTS_APART_MS - performance.now());
      waiting = setTimeout(() => {
        waiting = undefined;
        last = performance.now();
        tell();
      }, wait);
    };
    const leave = watchSitting(sittingId, hint, setConnected);
    return () => {
      clearTimeout(waiting);
      leave();
    };
  }, [sittingId]);
  return connected;
}
