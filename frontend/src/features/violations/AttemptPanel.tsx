import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useState } from "react";
import { useProblemText } from "@/shared/api";
import { useMay } from "@/shared/api/permissions";
import type { AttemptViolations, Judgement, Sitting, Violation } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { inWords, moment } from "@/shared/time";
import { Badge, Button, Card, ErrorNote, Loading, toast } from "@/shared/ui";
import { MoreRows, ReasonDialog } from "@/shared/ui/dense";
import { judge, violationsQuery } from "./api/violations";

/** The violations of one attempt, to be judged one by one. */
export function AttemptPanel({
  sitting,
  summary,
  name,
}: {
  sitting: Sitting;
  summary: AttemptViolations;
  name: string;
}) {
  const { t } = useTranslation("violations");
  const may = useMay();
  const problem = useProblemText();
  const queries = useQueryClient();
  const [confirming, setConfirming] = useState<Violation | null>(null);
  const query = useInfiniteQuery(violationsQuery(sitting.id, summary.attempt_id));
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const decide = useMutation({
    mutationFn: (given: { violation: Violation; judgement: Judgement; note: string }) =>
      judge(given.violation.id, given.judgement, given.note),
    onSuccess: () => {
      setConfirming(null);
      void queries.invalidateQueries({ queryKey: ["sittings", "violations", sitting.id] });
    },
    onError: (error) => {
      if (confirming === null) toast(problem(error), "danger");
    },
  });
  return (
    <Card title={t("of", { name })}>
      {summary.left_out > 0 && (
        <p className="mb-3 text-sm text-muted">{t("leftOut", { count: summary.left_out })}</p>
      )}
      {query.error && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      <ol className="flex flex-col divide-y divide-line">
        {rows.map((violation) => (
          <li
            key={violation.id}
            className="flex flex-wrap items-start gap-x-4 gap-y-2 py-3 first:pt-0"
          >
            <div className="min-w-0 flex-1 basis-56">
              <p className="flex flex-wrap items-center gap-2 font-medium">
                {t(`kinds.${violation.kind}`)}
                {violation.judgement !== null && (
                  <Badge tone={violation.judgement === "confirmed" ? "danger" : "safe"}>
                    {t(`judgements.${violation.judgement}`)}
                  </Badge>
                )}
              </p>
              <When violation={violation} zone={sitting.time_zone} />
              {violation.detail !== "" && <p className="text-sm">{violation.detail}</p>}
              {violation.note !== "" && (
                <p className="mt-1 border-s-2 border-line ps-2 text-sm">{violation.note}</p>
              )}
            </div>
            {may("invigilate") && (
              <span className="flex gap-2">
                <Button
                  size="sm"
                  icon={<X aria-hidden />}
                  disabled={violation.judgement === "dismissed"}
                  busy={decide.isPending && decide.variables.violation === violation}
                  onClick={() => decide.mutate({ violation, judgement: "dismissed", note: "" })}
                >
                  {t("dismiss")}
                </Button>
                <Button
                  size="sm"
                  icon={<Check aria-hidden />}
                  disabled={violation.judgement === "confirmed"}
                  onClick={() => {
                    // What went wrong with another one isn't said of this one.
                    decide.reset();
                    setConfirming(violation);
                  }}
                >
                  {t("confirm")}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ol>
      {rows.length > 0 && (
        <MoreRows
          shown={rows.length}
          more={query.hasNextPage}
          busy={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      )}
      {confirming && (
        <ReasonDialog
          title={t("confirmTitle")}
          description={t("confirmLead")}
          confirm={t("confirm")}
          busy={decide.isPending}
          error={decide.error}
          onConfirm={(note) =>
            decide.mutate({ violation: confirming, judgement: "confirmed", note })
          }
          onClose={() => {
            decide.reset();
            setConfirming(null);
          }}
        />
      )}
    </Card>
  );
}

function When({ violation, zone }: { violation: Violation; zone: string }) {
  const { t, i18n } = useTranslation("violations");
  const at = moment(violation.recorded_at, i18n.language, { timeZone: zone });
  return (
    <p className="tabular text-sm text-muted">
      {violation.duration_seconds === null
        ? at
        : t("lasted", {
            at,
            time: inWords(violation.duration_seconds * 1_000, i18n.language),
          })}
    </p>
  );
}
