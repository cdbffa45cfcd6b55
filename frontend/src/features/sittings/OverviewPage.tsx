import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Ban, CopyPlus, Pencil } from "lucide-react";
import { useState } from "react";
import { outagesQuery } from "@/shared/api/listOutages";
import { useMay } from "@/shared/api/permissions";
import type { Sitting } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { useSittingHints } from "@/shared/push";
import { deviceZone, inWords, moment, useNow, zoneLabel, zoneOffsetMinutes } from "@/shared/time";
import { Banner, Button, buttonClass, Card, toast } from "@/shared/ui";
import { Facts, ReasonDialog, StatTile } from "@/shared/ui/dense";
import { countsQuery } from "./api/getCounts";
import { sittingQuery } from "./api/getSitting";
import { clashesQuery } from "./api/listClashes";
import { incidentsQuery } from "./api/listIncidents";
import { cancelSitting } from "./api/saveSitting";
import { Hints } from "./Hints";
import { IncidentsCard } from "./IncidentsCard";
import { OutagesCard } from "./OutagesCard";
import { phaseAt } from "./phase";
import { runsOf } from "./runs";

const REFRESH_MS = 15_000;

/** A sitting at a glance: its times, how its candidates stand, and what there is to do about it. */
export function OverviewPage({ sitting }: { sitting: Sitting }) {
  const { t, i18n } = useTranslation("sittings");
  const staff = useTranslation("staff");
  const may = useMay();
  const queries = useQueryClient();
  const phase = phaseAt(sitting, useNow(5_000));
  const [cancelling, setCancelling] = useState(false);
  const connected = useSittingHints(sitting.id, () => {
    void queries.invalidateQueries({ queryKey: countsQuery(sitting.id).queryKey });
    void queries.invalidateQueries({ queryKey: incidentsQuery(sitting.id).queryKey });
    void queries.invalidateQueries({ queryKey: outagesQuery(sitting.id).queryKey });
  });
  const counts = useQuery({
    ...countsQuery(sitting.id),
    refetchInterval: connected ? REFRESH_MS * 4 : REFRESH_MS,
    // The server counts for those who invigilate, and refuses all others.
    enabled: may("invigilate"),
  }).data;
  const clashes = useQuery({
    ...clashesQuery(sitting.id),
    enabled: may("manageSittings") && phase === "upcoming",
  }).data;
  const incidents = useQuery({ ...incidentsQuery(sitting.id), enabled: phase !== "upcoming" }).data;
  const outages = useQuery({ ...outagesQuery(sitting.id), enabled: phase !== "upcoming" }).data;
  const cancel = useMutation({
    mutationFn: (reason: string) => cancelSitting(sitting.id, reason),
    onSuccess: (saved) => {
      queries.setQueryData(sittingQuery(sitting.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["sittings"] });
      setCancelling(false);
      toast(t("cancelled"));
    },
  });
  const params = { sittingId: sitting.id };
  return (
    <div className="flex flex-col gap-6">
      {sitting.cancelled_at !== null && (
        <Banner tone="danger" live={false} title={t("cancelledTitle")}>
          {t("cancelledLead")}
        </Banner>
      )}
      {sitting.paused_at !== null && (
        <Banner
          tone="warn"
          live={false}
          title={t("pausedSince", {
            time: moment(sitting.paused_at, i18n.language, { timeZone: sitting.time_zone }),
          })}
        >
          {t("pausedLead")}
        </Banner>
      )}
      {counts && (
        <section aria-label={t("counts")} className="flex flex-wrap gap-3">
          <StatTile label={t("expected")} value={counts.expected} />
          <StatTile label={staff.t("state.ready")} value={counts.ready} tone="accent" />
          <StatTile
            label={staff.t("state.in_progress")}
            value={counts.in_progress + counts.paused}
            tone="accent"
          />
          <StatTile label={staff.t("state.submitted")} value={counts.submitted} tone="safe" />
          <StatTile
            label={phase === "over" ? staff.t("state.absent") : staff.t("state.scheduled")}
            value={phase === "over" ? counts.absent + counts.scheduled : counts.scheduled}
            tone="neutral"
          />
        </section>
      )}
      <Hints sitting={sitting} phase={phase} counts={counts} clashes={clashes} />
      <div className="grid items-start gap-6 xl:grid-cols-[1.4fr_1fr]">
        <Card
          title={t("times")}
          actions={
            may("manageSittings") &&
            phase !== "over" &&
            phase !== "cancelled" && (
              <Link
                to="/officer/sittings/$sittingId/edit"
                params={params}
                className={buttonClass("secondary", "sm")}
              >
                <Pencil aria-hidden />
                {t("edit")}
              </Link>
            )
          }
        >
          <Times sitting={sitting} />
        </Card>
        <Card title={t("rules")}>
          <Rules sitting={sitting} />
        </Card>
      </div>
      {incidents && incidents.length > 0 && (
        <IncidentsCard sitting={sitting} incidents={incidents} />
      )}
      {outages && outages.length > 0 && <OutagesCard sitting={sitting} outages={outages} />}
      {may("manageSittings") && (
        <div className="flex flex-wrap gap-3">
          <Link
            to="/officer/new"
            search={{ replaces: sitting.id }}
            className={buttonClass("secondary")}
          >
            <CopyPlus aria-hidden />
            {t("scheduleReplacement")}
          </Link>
          {phase !== "over" && phase !== "cancelled" && (
            <Button icon={<Ban aria-hidden />} onClick={() => setCancelling(true)}>
              {t("cancel")}
            </Button>
          )}
        </div>
      )}
      {cancelling && (
        <ReasonDialog
          title={t("cancelTitle")}
          description={t("cancelLead")}
          confirm={t("cancel")}
          danger
          busy={cancel.isPending}
          error={cancel.error}
          onConfirm={(reason) => cancel.mutate(reason)}
          onClose={() => {
            cancel.reset();
            setCancelling(false);
          }}
        />
      )}
    </div>
  );
}

function Times({ sitting }: { sitting: Sitting }) {
  const { t, i18n } = useTranslation("sittings");
  const staff = useTranslation("staff");
  const own = deviceZone();
  const opens = Date.parse(sitting.opens_at);
  const elsewhere = zoneOffsetMinutes(opens, own) !== zoneOffsetMinutes(opens, sitting.time_zone);
  const fact = (term: string, instant: string) => ({
    term,
    value: (
      <time dateTime={instant}>
        {moment(instant, i18n.language, { timeZone: sitting.time_zone })}
      </time>
    ),
    note: elsewhere && staff.t("yourTime", { time: moment(instant, i18n.language) }),
  });
  return (
    <Facts
      facts={[
        fact(t("timeline.opens"), sitting.opens_at),
        fact(t("timeline.entryCloses"), sitting.entry_closes_at),
        fact(t("timeline.ends"), sitting.window_ends_at),
        { term: t("form.zone"), value: zoneLabel(sitting.time_zone, opens) },
      ]}
    />
  );
}

function Rules({ sitting }: { sitting: Sitting }) {
  const { t, i18n } = useTranslation("sittings");
  return (
    <Facts
      className="sm:grid-cols-1"
      facts={[
        { term: t("form.exam"), value: sitting.exam_title },
        {
          term: t("form.duration"),
          value: inWords(sitting.duration_minutes * 60_000, i18n.language),
          note: t("graceNote", { time: inWords(sitting.grace_seconds * 1_000, i18n.language) }),
        },
        ...(sitting.start_spread_seconds > 0
          ? [
              {
                term: t("form.spread"),
                value: inWords(sitting.start_spread_seconds * 1_000, i18n.language),
              },
            ]
          : []),
        { term: t("form.takeover"), value: t(`takeover.${sitting.takeover}`) },
        {
          term: t("form.outage"),
          value:
            sitting.outage_credit_minutes_max === 0
              ? t("form.outageNever")
              : t("form.outageUpTo", {
                  time: inWords(sitting.outage_credit_minutes_max * 60_000, i18n.language),
                }),
        },
        {
          term: t("form.forms"),
          value:
            sitting.forms.length === 0
              ? t("allForms")
              : new Intl.ListFormat(i18n.language).format(
                  runsOf(sitting.forms).map((run) => t("form.formNo", { number: run })),
                ),
        },
      ]}
    />
  );
}
