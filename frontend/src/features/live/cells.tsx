import { Eye, Wifi, WifiOff } from "lucide-react";
import type { LiveAttempt } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { clockFace, inWords, useNow } from "@/shared/time";
import { Badge, Button, type Tone } from "@/shared/ui";
import type { Acting } from "./Actions";
import { isWriting, type WatchedRow } from "./triage";

const TONES: Record<LiveAttempt["state"], Tone> = {
  scheduled: "neutral",
  ready: "accent",
  in_progress: "accent",
  paused: "warn",
  submitted: "safe",
  terminated: "danger",
  absent: "neutral",
};

/** Where an attempt stands, and why its candidate may need help. */
export function StateCell({ row, onAct }: { row: WatchedRow; onAct: (acting: Acting) => void }) {
  const { t } = useTranslation("live");
  const staff = useTranslation("staff");
  const out = row.roster_status !== "expected";
  const timeUp =
    row.closed && !row.handed_in && row.state !== "terminated" && row.state !== "absent";
  const isTold = isWriting(row) || row.state === "terminated";
  const word = out
    ? staff.t(`state.${row.roster_status === "deferred" ? "deferred" : "withdrawn"}`)
    : timeUp
      ? staff.t("state.timeUp")
      : staff.t(`state.${row.state}`);
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <Badge tone={out ? "neutral" : timeUp ? "safe" : TONES[row.state]}>{word}</Badge>
      {row.need !== null && (
        <Badge tone={row.need === "offline" || row.need === "move" ? "danger" : "warn"}>
          {row.need === "late"
            ? t("needs.late", { count: row.late_entries })
            : row.need === "went_back"
              ? t("needs.went_back", { count: row.passed_over_entries })
              : t(`needs.${row.need}`)}
        </Badge>
      )}
      {row.need === "move" && (
        <Button size="sm" onClick={() => onAct({ act: "move", row })}>
          {t("move.answer")}
        </Button>
      )}
      {isTold && row.unseen_since !== null && <Badge>{t("seen.waits")}</Badge>}
      {isTold && row.change_seen_at !== null && (
        <span className="inline-flex items-center gap-1 text-sm text-muted">
          <Eye aria-hidden className="size-4" />
          {t("seen.seen")}
        </span>
      )}
      {row.lease_no > 1 && (
        <span className="text-sm text-muted">{t("devices", { count: row.lease_no })}</span>
      )}
    </span>
  );
}

/** How much is answered, as a number and a bar. */
export function AnsweredCell({ row }: { row: WatchedRow }) {
  const { t } = useTranslation("live");
  if (row.started_at === null) return <span className="text-muted">–</span>;
  const share = row.question_count > 0 ? row.answered / row.question_count : 0;
  return (
    <span className="inline-flex flex-col gap-1">
      <span className="tabular">
        {t("answeredOf", { answered: row.answered, count: row.question_count })}
      </span>
      <span aria-hidden="true" className="block h-1 w-16 overflow-hidden rounded-full bg-line">
        <span
          className="block h-full bg-accent"
          style={{ width: `${Math.min(1, share) * 100}%` }}
        />
      </span>
    </span>
  );
}

const STEP_MS = 5_000;

/** How long ago the last answer came. */
export function SavedCell({ row }: { row: WatchedRow }) {
  const { t, i18n } = useTranslation("live");
  const now = useNow(STEP_MS);
  if (row.last_saved_at === null) return <span className="text-muted">–</span>;
  const ago = Math.max(0, now - Date.parse(row.last_saved_at));
  if (ago < 10_000) return <>{t("justNow")}</>;
  const coarse =
    ago < 60_000 ? Math.floor(ago / STEP_MS) * STEP_MS : Math.floor(ago / 60_000) * 60_000;
  return (
    <span className="tabular whitespace-nowrap">
      {t("ago", { time: inWords(coarse, i18n.language) })}
    </span>
  );
}

/** Whether a device is connected. Says nothing for those who don't write. */
export function OnlineCell({ row }: { row: WatchedRow }) {
  const { t } = useTranslation("live");
  if (!row.online && !isWriting(row)) return <span className="text-muted">–</span>;
  const Icon = row.online ? Wifi : WifiOff;
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap ${row.online ? "text-safe" : "text-danger"}`}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      {row.online ? t("online") : t("offline")}
    </span>
  );
}

/** How long somebody may still write. */
export function LeftCell({ row }: { row: WatchedRow }) {
  const { t } = useTranslation("live");
  const now = useNow(1_000);
  if (!isWriting(row) || row.deadline === null) return <span className="text-muted">–</span>;
  if (row.paused_at !== null)
    return (
      <span className="tabular text-warn">
        {clockFace(Date.parse(row.deadline) - Date.parse(row.paused_at))}
        <span className="block text-sm">{t("stands")}</span>
      </span>
    );
  return <span className="tabular">{clockFace(Date.parse(row.deadline) - now)}</span>;
}

/** All extra time, and of it what was given during the sitting. */
export function ExtraCell({ row }: { row: WatchedRow }) {
  const { t } = useTranslation("live");
  if (row.extra_seconds === 0) return <span className="text-muted">–</span>;
  return (
    <span className="tabular whitespace-nowrap">
      {t("plusMinutes", { minutes: Math.round(row.extra_seconds / 60) })}
      {row.credit_seconds !== 0 && row.credit_seconds !== row.extra_seconds && (
        <span className="block text-sm text-muted">
          {t("ofItGiven", { minutes: Math.round(row.credit_seconds / 60) })}
        </span>
      )}
    </span>
  );
}
