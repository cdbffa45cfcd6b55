import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useProblemText } from "@/shared/api";
import type { AccountDetails } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Badge, Button, Card, ErrorNote, Loading, toast } from "@/shared/ui";
import { endSessions, sessionsQuery } from "./api/sessions";
import { browserName } from "./browserName";

/** Where a person is signed in, and a way to end all of it. */
export function SessionsCard({ account }: { account: AccountDetails }) {
  const { t, i18n } = useTranslation("people");
  const problem = useProblemText();
  const queries = useQueryClient();
  const sessions = useQuery(sessionsQuery(account.id));
  const end = useMutation({
    mutationFn: () => endSessions(account.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: sessionsQuery(account.id).queryKey });
      toast(t("sessions.ended"));
    },
    onError: (error) => toast(problem(error), "danger"),
  });
  return (
    <Card
      title={t("sessions.title")}
      actions={
        sessions.data &&
        sessions.data.length > 0 && (
          <Button size="sm" busy={end.isPending} onClick={() => end.mutate()}>
            {t("sessions.end")}
          </Button>
        )
      }
    >
      {sessions.error && (
        <ErrorNote error={sessions.error} onRetry={() => void sessions.refetch()} />
      )}
      {sessions.isPending && <Loading />}
      {sessions.data?.length === 0 && <p className="text-muted">{t("sessions.none")}</p>}
      {sessions.data && sessions.data.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {sessions.data.map((session) => (
            <li key={session.id} className="flex items-start gap-3 py-2">
              <MonitorSmartphone aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
              <span className="min-w-0">
                <span className="flex flex-wrap items-center gap-2 font-medium">
                  {browserName(session.user_agent) ?? t("sessions.unknown")}
                  {session.current && <Badge tone="accent">{t("sessions.current")}</Badge>}
                </span>
                <span className="block text-sm text-muted">
                  {t("sessions.used", {
                    last: moment(session.last_used_at, i18n.language),
                    first: moment(session.created_at, i18n.language),
                  })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
