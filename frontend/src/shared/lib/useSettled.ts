import { useEffect, useState } from "react";

/** A value once it has stayed the same for a while: what is typed is looked for when the typing pauses. */
export function useSettled<T>(value: T, afterMs = 300): T {
  const [settled, setSettled] = useState(value);
  // An effect, because time passing is what settles the value.
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
