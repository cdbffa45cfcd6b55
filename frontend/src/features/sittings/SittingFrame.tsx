import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useMay } from "@/shared/api/permissions";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { clockFace, inWords, useNow } from "@/shared/time";
import { Crumbs, PageHeader } from "@/shared/ui";
import { type NavTab, NavTabs } from "@/shared/ui/dense";
import { Countdown } from "./Countdown";
import { PhaseBadges } from "./PhaseBadge";
import { phaseAt } from "./phase";

/** Around all pages of one sitting: its title, how far it is, and the way from one page to the next. */
export function SittingFrame({ sitting, children }: { sitting: Sitting; children: ReactNode }) {
  const { t } = useTranslation("sittings");
  const staff = useTranslation("staff");
  const may = useMay();
  const params = { sittingId: sitting.id };
  const tabs: (NavTab | false)[] = [
    {
      link: { to: "/officer/sittings/$sittingId", params },
      label: t("tabs.overview"),
      exact: true,
    },
    {
      link: { to: "/officer/sittings/$sittingId/roster", params },
      label: t("tabs.roster"),
      also: [`/officer/sittings/${sitting.id}/codes`],
    },
    may("invigilate") && {
      link: { to: "/officer/sittings/$sittingId/live", params },
      label: t("tabs.live"),
    },
    may("readViolations") && {
      link: { to: "/officer/sittings/$sittingId/violations", params },
      label: t("tabs.violations"),
    },
    may("mark") && {
      link: { to: "/officer/sittings/$sittingId/marking", params },
      label: t("tabs.marking"),
    },
    may("readResults") && {
      link: { to: "/officer/sittings/$sittingId/results", params },
      label: t("tabs.results"),
    },
    may("readStatistics") && {
      link: { to: "/officer/sittings/$sittingId/statistics", params },
      label: t("tabs.statistics"),
    },
  ];
  return (
    <>
      <div className="print:hidden">
        <PageHeader
          title={
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
              {sitting.title}
              <span className="flex flex-wrap gap-1.5">
                <PhaseBadges sitting={sitting} />
              </span>
            </span>
          }
          crumbs={
            <Crumbs label={staff.t("way")}>
              <Link to="/officer">{t("title")}</Link>
            </Crumbs>
          }
          actions={<SittingClock sitting={sitting} />}
        />
      </div>
      <NavTabs label={t("tabs.label")} tabs={tabs.filter((tab) => tab !== false)} />
      {children}
    </>
  );
}

/** What the sitting's clock says next: opens in, entry closes in, ends in. */
function SittingClock({ sitting }: { sitting: Sitting }) {
  const { t, i18n } = useTranslation("sittings");
  const now = useNow(1_000);
  const phase = phaseAt(sitting, now);
  if (phase === "over" || phase === "cancelled") return null;
  const next =
    phase === "upcoming"
      ? { label: t("clock.opens"), at: sitting.opens_at }
      : phase === "open"
        ? { label: t("clock.entryCloses"), at: sitting.entry_closes_at }
        : { label: t("clock.ends"), at: sitting.window_ends_at };
  const left = Date.parse(next.at) - now;
  const DAY_MS = 86_400_000;
  return (
    <Countdown
      label={next.label}
      left={
        left > DAY_MS
          ? inWords(Math.ceil(left / 3_600_000) * 3_600_000, i18n.language)
          : left > 0
            ? clockFace(left)
            : t("extraTimeOnly")
      }
    />
  );
}
