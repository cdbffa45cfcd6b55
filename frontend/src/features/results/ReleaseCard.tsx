import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Check, Eye, EyeOff, X } from "lucide-react";
import { useState } from "react";
import { useMay } from "@/shared/api/permissions";
import type { ScoreSummary, Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Banner, Button, ErrorNote, Loading, toast } from "@/shared/ui";
import { ReasonDialog } from "@/shared/ui/dense";
import { releasePolicyQuery, releaseResults, withdrawRelease } from "./api/release";

/** Whether the results are out, and the way to let them out or take them back. */
export function ReleaseCard({ sitting, summary }: { sitting: Sitting; summary: ScoreSummary }) {
  const { t, i18n } = useTranslation("results");
  const may = useMay();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<"release" | "withdraw" | null>(null);
  const open = summary.unfinished + summary.unmarked + summary.partial;
  const done = (said: string) => {
    void queries.invalidateQueries({ queryKey: ["sittings"] });
    setAsking(null);
    toast(said);
  };
  const release = useMutation({
    mutationFn: (reason: string) => releaseResults(sitting.id, open > 0, reason),
    onSuccess: () => done(t("release.done")),
  });
  const withdraw = useMutation({
    mutationFn: (reason: string) => withdrawRelease(sitting.id, reason),
    onSuccess: () => done(t("release.withdrawn")),
  });
  const ended = summary.unmarked + summary.partial + summary.marked;
  return (
    <>
      {summary.released_at !== null ? (
        <Banner
          tone="safe"
          live={false}
          title={t("release.isOut", { when: moment(summary.released_at, i18n.language) })}
          actions={
            may("releaseResults") && (
              <Button size="sm" icon={<EyeOff aria-hidden />} onClick={() => setAsking("withdraw")}>
                {t("release.withdraw")}
              </Button>
            )
          }
        >
          {t("release.isOutLead")}
        </Banner>
      ) : (
        <Banner
          tone={open > 0 ? "warn" : "info"}
          live={false}
          title={t("release.notOut")}
          actions={
            may("releaseResults") && (
              <Button
                size="sm"
                look="primary"
                icon={<Eye aria-hidden />}
                disabled={ended === 0}
                onClick={() => setAsking("release")}
              >
                {t("release.release")}
              </Button>
            )
          }
        >
          {open > 0 ? <Waiting summary={summary} /> : t("release.ready")}
        </Banner>
      )}
      {asking === "release" && (
        <ReasonDialog
          title={t("release.title", { title: sitting.title })}
          description={t("release.lead", { count: summary.marked + summary.partial })}
          confirm={open > 0 ? t("release.force") : t("release.release")}
          danger={open > 0}
          optional={open === 0}
          busy={release.isPending}
          error={release.error}
          onConfirm={(reason) => release.mutate(reason)}
          onClose={() => {
            release.reset();
            setAsking(null);
          }}
        >
          <WhatIsSeen sitting={sitting} />
          {open > 0 && (
            <Banner tone="warn" live={false} title={t("release.notAll")}>
              <Waiting summary={summary} />
            </Banner>
          )}
        </ReasonDialog>
      )}
      {asking === "withdraw" && (
        <ReasonDialog
          title={t("release.withdrawTitle")}
          description={t("release.withdrawLead")}
          confirm={t("release.withdraw")}
          danger
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={(reason) => withdraw.mutate(reason)}
          onClose={() => {
            withdraw.reset();
            setAsking(null);
          }}
        />
      )}
    </>
  );
}

/** What isn't finished, in words. */
function Waiting({ summary }: { summary: ScoreSummary }) {
  const { t } = useTranslation("results");
  const parts = [
    summary.unfinished > 0 && t("unfinished", { count: summary.unfinished }),
    summary.unmarked > 0 && t("unmarked", { count: summary.unmarked }),
    summary.partial > 0 && t("waiting", { count: summary.partial }),
  ].filter((part) => part !== false);
  return (
    <ul className="list-disc ps-5">
      {parts.map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ul>
  );
}

const PARTS = ["score", "marks", "responses", "solutions"] as const;

/** What each candidate will see, by the exam's own policy. */
function WhatIsSeen({ sitting }: { sitting: Sitting }) {
  const { t } = useTranslation("results");
  const query = useQuery(releasePolicyQuery(sitting.exam_id, sitting.publication_id));
  const policy = query.data;
  // Nobody should let results out without having been told what of them is shown.
  if (query.error && policy === undefined)
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  if (policy === undefined) return <Loading />;
  return (
    <div>
      <p className="mb-1.5 font-medium">{t("release.sees")}</p>
      <ul className="flex flex-col gap-1">
        {PARTS.map((part) => {
          const shown = policy.parts[part];
          const Icon = shown ? Check : X;
          return (
            <li key={part} className="flex items-start gap-2">
              <Icon
                role="img"
                aria-label={shown ? t("release.shown") : t("release.hidden")}
                className={`mt-1 size-4 shrink-0 ${shown ? "text-safe" : "text-muted"}`}
              />
              <span className={shown ? undefined : "text-muted"}>{t(`release.parts.${part}`)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
