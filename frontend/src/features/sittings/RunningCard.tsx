import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { MonitorDot } from "lucide-react";
import { useMay } from "@/shared/api/permissions";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { clockFace, useNow } from "@/shared/time";
import { buttonClass } from "@/shared/ui";
import { countsQuery } from "./api/getCounts";
import { Countdown } from "./Countdown";
import { PhaseBadges } from "./PhaseBadge";

const REFRESH_MS = 15_000;

/** A sitting that runs now: how many write, and the way to where help is given. */
export function RunningCard({ sitting }: { sitting: Sitting }) {
  const { t } = useTranslation("sittings");
  const staff = useTranslation("staff");
  const may = useMay();
  const now = useNow(1_000);
  const watches = may("invigilate");
  const counts = useQuery({
    ...countsQuery(sitting.id),
    refetchInterval: REFRESH_MS,
    // The server counts for those who invigilate, and refuses all others.
    enabled: watches,
  }).data;
  const left = Date.parse(sitting.window_ends_at) - now;
  const shown = counts && [
    { label: staff.t("state.in_progress"), value: counts.in_progress + counts.paused },
    { label: staff.t("state.submitted"), value: counts.submitted + counts.terminated },
    { label: staff.t("state.ready"), value: counts.ready },
    { label: staff.t("state.scheduled"), value: counts.scheduled },
    ...(counts.absent > 0 ? [{ label: staff.t("state.absent"), value: counts.absent }] : []),
  ];
  return (
    <article className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5 shadow-card">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 className="text-lg leading-snug font-semibold">
            <Link
              to="/officer/sittings/$sittingId"
              params={{ sittingId: sitting.id }}
              className="text-accent underline-offset-4 hover:underline"
            >
              {sitting.title}
            </Link>
          </h3>
          <p className="mt-1 flex flex-wrap items-center gap-1.5">
            <PhaseBadges sitting={sitting} />
          </p>
        </div>
        <Countdown
          label={t("windowEndsIn")}
          left={left > 0 ? clockFace(left) : t("extraTimeOnly")}
        />
      </div>
      <div className="flex flex-wrap items-end justify-between gap-4">
        {shown && (
          <dl className="flex flex-wrap gap-x-6 gap-y-2">
            {shown.map(({ label, value }) => (
              <div key={label}>
                <dt className="text-sm text-muted">{label}</dt>
                <dd className="tabular text-xl font-semibold">{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {watches && (
          <Link
            to="/officer/sittings/$sittingId/live"
            params={{ sittingId: sitting.id }}
            className={buttonClass("primary")}
            aria-label={t("watchOf", { title: sitting.title })}
          >
            <MonitorDot aria-hidden />
            {t("watch")}
          </Link>
        )}
      </div>
    </article>
  );
}
