/** What can be done from the keyboard: Alt, Shift and a letter, so that typing an answer never sets one off. */
export const SHORTCUTS = [
  { code: "KeyN", act: "next" },
  { code: "KeyP", act: "previous" },
  { code: "KeyF", act: "flag" },
  { code: "KeyL", act: "list" },
  { code: "KeyT", act: "time" },
  { code: "KeyH", act: "handIn" },
  { code: "KeyK", act: "keys" },
] as const;

export type Act = (typeof SHORTCUTS)[number]["act"];
