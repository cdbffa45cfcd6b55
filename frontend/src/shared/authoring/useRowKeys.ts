import { useState } from "react";
import { moved } from "./SortableList";

let issued = 0;
function issue(): string {
  issued += 1;
  return `row-${issued}`;
}

/**
 * Stable keys for the rows of a list whose items have no ids: a row keeps its key when it is moved, so that what is
 * open or focused in it stays with it.
 */
export function useRowKeys(count: number): {
  keys: readonly string[];
  move: (from: number, to: number) => void;
  remove: (at: number) => void;
} {
  const [keys, setKeys] = useState<readonly string[]>([]);
  let current = keys;
  if (current.length !== count) {
    current = Array.from({ length: count }, (_, place) => keys[place] ?? issue());
    setKeys(current);
  }
  return {
    keys: current,
    move: (from, to) => setKeys(moved(current, from, to)),
    remove: (at) => setKeys(current.filter((_, place) => place !== at)),
  };
}
