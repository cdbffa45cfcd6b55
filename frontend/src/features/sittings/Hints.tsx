import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMay } from "@/shared/api/permissions";
import type { Clash, LiveCounts, Sitting, SittingPhase } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { Banner, buttonClass } from "@/shared/ui";
import { ClashList } from "./ClashList";

/** What is worth doing about a sitting now; nothing when all is well. */
export function Hints({
  sitting,
  phase,
  counts,
  clashes,
}: {
  sitting: Sitting;
  phase: SittingPhase;
  counts: LiveCounts | undefined;
  clashes: readonly Clash[] | undefined;
}) {
  const { t } = useTranslation("sittings");
  const may = useMay();
  const params = { sittingId: sitting.id };
  const hints: { key: string; banner: ReactNode }[] = [];
  const manages = may("manageSittings");
  if (sitting.candidates === 0 && (phase === "upcoming" || phase === "open"))
    hints.push({
      key: "nobody",
      banner: (
        <Banner
          tone="warn"
          live={false}
          title={t("hints.nobody")}
          actions={
            manages && (
              <Link
                to="/officer/sittings/$sittingId/roster/import"
                params={params}
                className={buttonClass("primary", "sm")}
              >
                {t("hints.import")}
              </Link>
            )
          }
        >
          {t("hints.nobodyLead")}
        </Banner>
      ),
    });
  if (phase === "upcoming" && sitting.candidates > 0 && manages)
    hints.push({
      key: "codes",
      banner: (
        <Banner
          live={false}
          title={t("hints.codes")}
          actions={
            <Link
              to="/officer/sittings/$sittingId/codes"
              params={params}
              className={buttonClass("secondary", "sm")}
            >
              {t("hints.printCodes")}
            </Link>
          }
        >
          {t("hints.codesLead")}
        </Banner>
      ),
    });
  if (clashes && clashes.length > 0)
    hints.push({
      key: "clashes",
      banner: (
        <Banner tone="warn" live={false} title={t("hints.clashes", { count: clashes.length })}>
          <ClashList clashes={clashes} zone={sitting.time_zone} />
        </Banner>
      ),
    });
  const toAdmit = {
    late: counts?.with_late_entries ?? 0,
    wentBack: counts?.with_passed_over_entries ?? 0,
  };
  for (const why of ["late", "wentBack"] as const) {
    if (toAdmit[why] === 0 || !may("invigilate")) continue;
    hints.push({
      key: why,
      banner: (
        <Banner
          tone="warn"
          live={false}
          title={t(`hints.${why}`, { count: toAdmit[why] })}
          actions={
            <Link
              to="/officer/sittings/$sittingId/live"
              params={params}
              search={{ show: "late" }}
              className={buttonClass("secondary", "sm")}
            >
              {t("hints.look")}
            </Link>
          }
        >
          {t("hints.lateLead")}
        </Banner>
      ),
    });
  }
  if (phase === "over" && sitting.released_at === null && !sitting.practice && may("readResults"))
    hints.push({
      key: "release",
      banner: (
        <Banner
          live={false}
          title={t("hints.release")}
          actions={
            <Link
              to="/officer/sittings/$sittingId/results"
              params={params}
              className={buttonClass("secondary", "sm")}
            >
              {t("tabs.results")}
            </Link>
          }
        >
          {t("hints.releaseLead")}
        </Banner>
      ),
    });
  if (hints.length === 0) return null;
  return (
    <section aria-label={t("hints.label")} className="flex flex-col gap-3">
      {hints.map(({ key, banner }) => (
        <div key={key}>{banner}</div>
      ))}
    </section>
  );
}
