import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useNow } from "@/shared/time";
import { Badge } from "@/shared/ui";
import { PHASE_TONES, phaseAt } from "./phase";

/** How far a sitting is, in a word, and what kind of sitting it is. */
export function PhaseBadges({ sitting }: { sitting: Sitting }) {
  const { t } = useTranslation("sittings");
  const phase = phaseAt(sitting, useNow(5_000));
  return (
    <>
      <Badge tone={PHASE_TONES[phase]}>{t(`phases.${phase}`)}</Badge>
      {sitting.practice && <Badge>{t("practice")}</Badge>}
      {sitting.replaces_id !== null && <Badge>{t("replacement")}</Badge>}
      {sitting.released_at !== null && <Badge tone="safe">{t("released")}</Badge>}
    </>
  );
}
