import type { RosterEntry } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Badge, type Tone } from "@/shared/ui";

const TONES: Record<RosterEntry["state"], Tone> = {
  scheduled: "neutral",
  ready: "accent",
  in_progress: "accent",
  paused: "warn",
  submitted: "safe",
  terminated: "danger",
  absent: "danger",
};

/** Where a candidate stands: what an officer says of their place, else how far their attempt is. */
export function EntryBadge({ entry }: { entry: RosterEntry }) {
  const { t } = useTranslation("roster");
  const staff = useTranslation("staff");
  if (entry.roster_status !== "expected")
    return <Badge tone="warn">{staff.t(`state.${entry.roster_status}`)}</Badge>;
  if (entry.state === "scheduled") return <Badge>{t("expected")}</Badge>;
  return <Badge tone={TONES[entry.state]}>{staff.t(`state.${entry.state}`)}</Badge>;
}
