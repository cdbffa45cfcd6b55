import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../lib/cx";

const TONES = {
  info: { look: "bg-accent-soft text-ink border-accent", mark: "text-accent", Icon: Info },
  safe: { look: "bg-safe-soft text-ink border-safe", mark: "text-safe", Icon: CircleCheck },
  warn: { look: "bg-warn-soft text-ink border-warn", mark: "text-warn", Icon: TriangleAlert },
  danger: { look: "bg-danger-soft text-ink border-danger", mark: "text-danger", Icon: CircleAlert },
} as const;

/** A message that stays in its place on the page. `danger` interrupts a screen reader, the others wait. */
export function Banner({
  tone = "info",
  title,
  actions,
  live = true,
  children,
}: {
  tone?: keyof typeof TONES;
  title?: ReactNode;
  actions?: ReactNode;
  /** Whether its appearance is announced. */
  live?: boolean;
  children?: ReactNode;
}) {
  const { look, mark, Icon } = TONES[tone];
  return (
    <div
      role={live ? (tone === "danger" ? "alert" : "status") : undefined}
      className={cx(
        "flex flex-wrap items-start gap-x-3 gap-y-2 rounded-md border-s-4 px-4 py-3",
        look,
      )}
    >
      <Icon aria-hidden className={cx("mt-0.5 size-5 shrink-0", mark)} />
      <div className="min-w-0 flex-1 basis-60">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
