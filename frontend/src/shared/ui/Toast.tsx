import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "../i18n";
import { cx } from "../lib/cx";

interface Toast {
  id: number;
  tone: "safe" | "danger";
  text: string;
}

/** How long a good message stays; a bad one stays until it is closed. */
const SHOWN_MS = 6_000;
const TOASTS_MAX = 4;

let toasts: readonly Toast[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function become(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says in a corner of the page that something was done, or failed. `text` is already in the person's language. */
export function toast(text: string, tone: Toast["tone"] = "safe"): void {
  become([...toasts.slice(1 - TOASTS_MAX), { id: nextId++, tone, text }]);
}

const close = (id: number) => become(toasts.filter((shown) => shown.id !== id));

/** The corner where toasts appear; drawn once per page. */
export function Toasts() {
  const { t } = useTranslation("common");
  const shown = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => toasts,
  );
  return (
    <section
      aria-label={t("notices")}
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-50 flex flex-col items-center gap-2 p-4 sm:items-end"
    >
      {shown.map((one) => (
        <OneToast key={one.id} toast={one} closeLabel={t("close")} />
      ))}
    </section>
  );
}

function OneToast({ toast: { id, tone, text }, closeLabel }: { toast: Toast; closeLabel: string }) {
  // An effect, because time passing is what takes the message away.
  useEffect(() => {
    if (tone === "danger") return;
    const timer = setTimeout(() => close(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone]);
  const Icon = tone === "safe" ? CircleCheck : CircleAlert;
  return (
    <div className="animate-appear pointer-events-auto flex w-full max-w-sm items-start gap-3 rounded-lg border border-line bg-surface px-4 py-3 shadow-raised">
      <Icon
        aria-hidden
        className={cx("mt-0.5 size-5 shrink-0", tone === "safe" ? "text-safe" : "text-danger")}
      />
      <p className="min-w-0 flex-1">{text}</p>
      <button
        type="button"
        aria-label={closeLabel}
        onClick={() => close(id)}
        className="-me-1 rounded p-1 text-muted hover:text-ink"
      >
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
