import { useSyncExternalStore } from "react";

/** How a person wants to see the page; kept on the device. */
export interface Preferences {
  theme: "system" | "light" | "dark";
  contrast: "normal" | "more";
  textSize: "normal" | "large" | "larger" | "largest";
  /** Whether the exam's clock is in sight before the last minutes. */
  clock: "shown" | "hidden";
}

export const THEMES = ["system", "light", "dark"] as const;
export const TEXT_SIZES = ["normal", "large", "larger", "largest"] as const;

const STORED_AS = "exam-system.preferences";
const DEFAULTS: Preferences = {
  theme: "system",
  contrast: "normal",
  textSize: "normal",
  clock: "shown",
};

const prefersDark = window.matchMedia("(prefers-color-scheme: dark)");
const prefersContrast = window.matchMedia("(prefers-contrast: more)");
const listeners = new Set<() => void>();
let preferences = read();

function read(): Preferences {
  let stored: unknown = null;
  try {
    stored = JSON.parse(localStorage.getItem(STORED_AS) ?? "null");
  } catch {
    // storage is forbidden or holds something else: the defaults serve
  }
  const start: Preferences = { ...DEFAULTS, contrast: prefersContrast.matches ? "more" : "normal" };
  if (typeof stored !== "object" || stored === null) return start;
  const one = <T extends string>(value: unknown, allowed: readonly T[], otherwise: T) =>
    allowed.find((choice) => choice === value) ?? otherwise;
  const record = stored as Record<string, unknown>;
  return {
    theme: one(record["theme"], THEMES, start.theme),
    contrast: one(record["contrast"], ["normal", "more"], start.contrast),
    textSize: one(record["textSize"], TEXT_SIZES, start.textSize),
    clock: one(record["clock"], ["shown", "hidden"], start.clock),
  };
}

/** Puts the preferences on the root element, where the tokens look for them. */
export function applyPreferences(): void {
  const root = document.documentElement;
  const dark =
    preferences.theme === "dark" || (preferences.theme === "system" && prefersDark.matches);
  root.dataset["theme"] = dark ? "dark" : "light";
  root.dataset["contrast"] = preferences.contrast;
  root.dataset["textSize"] = preferences.textSize;
}

prefersDark.addEventListener("change", applyPreferences);

export function setPreferences(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  applyPreferences();
  for (const listener of listeners) listener();
  try {
    localStorage.setItem(STORED_AS, JSON.stringify(preferences));
  } catch {
    // storage is forbidden: the choice lasts as long as the page
  }
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => preferences,
  );
}
