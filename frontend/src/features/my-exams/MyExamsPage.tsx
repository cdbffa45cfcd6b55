import { useQuery } from "@tanstack/react-query";
import { CalendarX } from "lucide-react";
import type { ReactNode } from "react";
import type { MyAttempt } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { useNow } from "@/shared/time";
import { EmptyState, ErrorNote, Loading, PageHeader } from "@/shared/ui";
import { ExamCard } from "./ExamCard";
import { grouped, type Standing } from "./group";
import { listMyAttempts } from "./listMyAttempts";

/** Draws the way into an exam; the app knows the addresses. */
export interface ExamLinkProps {
  attempt: MyAttempt;
  to: "exam" | "review";
  className: string;
  children: ReactNode;
}

const STANDINGS: readonly Standing[] = ["now", "later", "over"];
const LIST_POLL_MS = 30_000;

/** All of a candidate's exams, with what can be done about each. */
export function MyExamsPage({
  name,
  ExamLink,
}: {
  name: string;
  ExamLink: (props: ExamLinkProps) => ReactNode;
}) {
  const { t } = useTranslation("lobby");
  const now = useNow(1_000);
  const attempts = useQuery({
    queryKey: ["my attempts"],
    queryFn: listMyAttempts,
    refetchInterval: LIST_POLL_MS,
  });
  if (attempts.isPending) return <Loading />;
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead", { name })} />
      {attempts.error && (
        <ErrorNote error={attempts.error} onRetry={() => void attempts.refetch()} />
      )}
      {attempts.data?.length === 0 && (
        <EmptyState icon={<CalendarX />} title={t("none")}>
          {t("noneLead")}
        </EmptyState>
      )}
      {attempts.data && (
        <div className="flex flex-col gap-8">
          {STANDINGS.map((standing) => {
            const group = grouped(attempts.data, now)[standing];
            return (
              group.length > 0 && (
                <section key={standing} aria-labelledby={`exams-${standing}`}>
                  <h2 id={`exams-${standing}`} className="mb-3 text-lg font-semibold">
                    {t(`group.${standing}`)}
                  </h2>
                  <ul className="flex flex-col gap-3">
                    {group.map((attempt) => (
                      <li key={attempt.attempt_id}>
                        <ExamCard
                          attempt={attempt}
                          standing={standing}
                          now={now}
                          ExamLink={ExamLink}
                        />
                      </li>
                    ))}
                  </ul>
                </section>
              )
            );
          })}
        </div>
      )}
    </>
  );
}
