import { CircleAlert, CircleCheck, RefreshCw, TriangleAlert } from "lucide-react";
import type { ExamCheck, ExamFinding } from "@/shared/api";
import { pointsText } from "@/shared/authoring/points";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { ErrorNote, IconButton, Spinner } from "@/shared/ui";
import type { Known } from "../api/readSummaries";
import { type ExamDraft, totalsOf } from "./draft";
import { useExamFindingText } from "./findingText";

/** What the exam comes to, and what speaks against publishing it. Always in sight. */
export function Summary({
  draft,
  known,
  pending,
  check,
  checking,
  error,
  dirty,
  onPlace,
  onRecheck,
}: {
  draft: ExamDraft;
  known: ReadonlyMap<string, Known>;
  pending: boolean;
  check: ExamCheck | undefined;
  checking: boolean;
  error: Error | null;
  dirty: boolean;
  onPlace: (field: string) => void;
  onRecheck: () => void;
}) {
  const { t, i18n } = useTranslation("exams");
  const totals = totalsOf(draft.sections, known);
  const duration = draft.rules.duration_minutes;
  const minutes = Math.ceil(totals.minutes);
  // The server has drawn: it knows what the questions are worth that no draw names.
  const points = totals.pointsOpen && !dirty ? (check?.points_max ?? null) : null;
  const share = duration > 0 ? Math.min(1, minutes / duration) : 1;
  return (
    <div className="flex flex-col gap-4">
      <section
        aria-label={t("summary.title")}
        aria-busy={pending}
        className="rounded-lg border border-line bg-surface p-4 shadow-card"
      >
        <dl className="grid grid-cols-2 gap-3">
          <div>
            <dt className="text-sm text-muted">{t("summary.questions")}</dt>
            <dd className="tabular text-2xl font-semibold">{totals.questions}</dd>
          </div>
          <div>
            <dt className="text-sm text-muted">{t("summary.points")}</dt>
            <dd className="tabular text-2xl font-semibold">
              {points !== null
                ? pointsText(points, i18n.language)
                : totals.pointsOpen
                  ? t("summary.atLeast", { points: pointsText(totals.points, i18n.language) })
                  : pointsText(totals.points, i18n.language)}
            </dd>
          </div>
        </dl>
        <div className="mt-3">
          <p className="flex justify-between gap-2 text-sm">
            <span className="text-muted">{t("summary.time")}</span>
            <span className={cx("tabular font-medium", minutes > duration && "text-warn")}>
              {t("summary.minutes", { minutes, duration })}
            </span>
          </p>
          <div className="mt-1.5 h-2 overflow-hidden rounded-full bg-sunken" aria-hidden="true">
            <div
              className={cx("h-full rounded-full", minutes > duration ? "bg-warn" : "bg-accent")}
              style={{ width: `${share * 100}%` }}
            />
          </div>
          {minutes > duration && <p className="mt-1.5 text-sm text-warn">{t("summary.tight")}</p>}
        </div>
      </section>
      <section
        aria-label={t("check.title")}
        className="rounded-lg border border-line bg-surface p-4 shadow-card"
      >
        <div className="flex items-center justify-between gap-2">
          <h2 className="font-semibold">{t("check.title")}</h2>
          {checking ? (
            <Spinner />
          ) : (
            <IconButton
              size="sm"
              label={t("check.again")}
              icon={<RefreshCw aria-hidden />}
              onClick={onRecheck}
            />
          )}
        </div>
        <div role="status" className="mt-2">
          {error ? (
            <ErrorNote error={error} />
          ) : dirty ? (
            <p className="text-sm text-muted">{t("check.dirty")}</p>
          ) : (
            check && <Findings check={check} onPlace={onPlace} />
          )}
        </div>
      </section>
    </div>
  );
}

function Findings({ check, onPlace }: { check: ExamCheck; onPlace: (field: string) => void }) {
  const { t } = useTranslation("exams");
  const text = useExamFindingText();
  return (
    <>
      {check.publishable && (
        <p className="flex items-start gap-2 text-sm font-medium text-safe">
          <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
          {t("check.good")}
        </p>
      )}
      <ul className="mt-1 flex flex-col gap-2 text-sm">
        {check.findings.map((finding) => (
          <li key={finding.field + finding.code} className="flex items-start gap-2">
            {finding.severity === "error" ? (
              <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />
            ) : (
              <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            )}
            <button
              type="button"
              onClick={() => onPlace(finding.field)}
              className="min-w-0 text-start underline-offset-4 hover:underline"
            >
              <span className="sr-only">{t(`check.severity.${finding.severity}`)}: </span>
              <Place finding={finding} />
              {text(finding)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Where a finding lies: section and item, counted as people do. */
function Place({ finding: { field } }: { finding: ExamFinding }) {
  const { t } = useTranslation("exams");
  const [, section, item] = /^sections\[(\d+)\](?:\.items\[(\d+)\])?/.exec(field) ?? [];
  if (section === undefined) return null;
  const number = Number(section) + 1;
  return (
    <span className="text-muted">
      {item === undefined
        ? t("check.section", { number })
        : t("check.item", { number, item: Number(item) + 1 })}{" "}
    </span>
  );
}
