import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { History, Lock } from "lucide-react";
import { useState } from "react";
import type { QuestionView, VersionSummary } from "@/shared/api";
import { questionQuery } from "@/shared/authoring/requests/readQuestion";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { moment } from "@/shared/time";
import { Badge, Button, Card, Dialog, ErrorNote, Loading, toast } from "@/shared/ui";
import { diffQuery } from "../api/diffVersions";
import { versionsQuery } from "../api/listVersions";
import { restoreVersion } from "../api/restoreVersion";
import { Changes } from "./Changes";

/** All that a question ever was: who saved what when, what changed, and the way back. */
export function VersionsPage({ question }: { question: QuestionView }) {
  const { t } = useTranslation("questions");
  const versions = useInfiniteQuery(versionsQuery(question.id));
  const list = versions.data?.pages.flatMap((page) => page.items) ?? [];
  const [pair, setPair] = useState({
    from: Math.max(1, question.version - 1),
    to: question.version,
  });
  const [restoring, setRestoring] = useState<number | null>(null);
  const choose = (number: number) => setPair({ from: Math.max(1, number - 1), to: number });
  if (versions.error) return <ErrorNote error={versions.error} />;
  if (versions.data === undefined) return <Loading />;
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
      <ol aria-label={t("versions.list")} className="flex flex-col gap-2">
        {list.map((version) => (
          <VersionRow
            key={version.number}
            version={version}
            shown={version.number === pair.to}
            newest={version.number === question.version}
            inUse={version.number === question.ready_version}
            onShow={() => choose(version.number)}
            {...(question.can_edit && { onRestore: () => setRestoring(version.number) })}
          />
        ))}
        {versions.hasNextPage && (
          <Button
            size="sm"
            busy={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            {t("versions.more")}
          </Button>
        )}
      </ol>
      <Comparison
        questionId={question.id}
        {...pair}
        newest={question.version}
        onFrom={(from) => setPair({ ...pair, from })}
      />
      {restoring !== null && (
        <Restore question={question} number={restoring} onClose={() => setRestoring(null)} />
      )}
    </div>
  );
}

function VersionRow({
  version,
  shown,
  newest,
  inUse,
  onShow,
  onRestore,
}: {
  version: VersionSummary;
  shown: boolean;
  newest: boolean;
  /** Exams that are published now get this version. */
  inUse: boolean;
  onShow: () => void;
  onRestore?: () => void;
}) {
  const { t, i18n } = useTranslation("questions");
  return (
    <li
      className={cx(
        "rounded-lg border bg-surface px-4 py-3",
        shown ? "border-accent" : "border-line",
      )}
    >
      <div className="flex flex-wrap items-center gap-2">
        <button
          type="button"
          aria-pressed={shown}
          onClick={onShow}
          className="font-semibold underline-offset-4 hover:underline"
        >
          {t("versions.number", { number: version.number })}
        </button>
        <Badge tone={version.state === "ready" ? "safe" : "neutral"}>
          {t(`state.${version.state}`)}
        </Badge>
        {inUse && <Badge tone="accent">{t("versions.inUse")}</Badge>}
        {version.frozen && (
          <span
            title={t("versions.frozen")}
            className="inline-flex items-center gap-1 text-sm text-muted"
          >
            <Lock aria-hidden className="size-3.5" />
            <span className="sr-only">{t("versions.frozen")}</span>
          </span>
        )}
      </div>
      <p className="text-sm text-muted">{moment(version.saved_at, i18n.language)}</p>
      {version.note !== "" && <p className="mt-1 break-words">{version.note}</p>}
      {onRestore && !newest && (
        <Button
          size="sm"
          look="quiet"
          icon={<History aria-hidden />}
          className="-ms-2.5 mt-1"
          onClick={onRestore}
        >
          {t("versions.restore")}
        </Button>
      )}
    </li>
  );
}

function Comparison({
  questionId,
  from,
  to,
  newest,
  onFrom,
}: {
  questionId: string;
  from: number;
  to: number;
  newest: number;
  onFrom: (from: number) => void;
}) {
  const { t } = useTranslation("questions");
  const diff = useQuery({ ...diffQuery(questionId, from, to), enabled: from !== to });
  return (
    <Card
      title={from === to ? t("versions.first") : t("versions.compare", { from, to })}
      actions={
        to !== newest &&
        from !== newest && (
          <Button size="sm" onClick={() => onFrom(newest)}>
            {t("versions.compareNewest", { number: newest })}
          </Button>
        )
      }
    >
      {from === to ? (
        <p className="text-muted">{t("versions.firstLead")}</p>
      ) : diff.error ? (
        <ErrorNote error={diff.error} />
      ) : diff.data ? (
        <Changes changes={diff.data.changes} />
      ) : (
        <Loading />
      )}
    </Card>
  );
}

function Restore({
  question,
  number,
  onClose,
}: {
  question: QuestionView;
  number: number;
  onClose: () => void;
}) {
  const { t } = useTranslation("questions");
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: () => restoreVersion(question.id, number, question.version),
    onSuccess: (view) => {
      queries.setQueryData(questionQuery(question.id).queryKey, view);
      void queries.invalidateQueries({ queryKey: versionsQuery(question.id).queryKey });
      void queries.invalidateQueries({ queryKey: ["questions", "list"] });
      toast(t("versions.restored", { number, version: view.version }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("versions.restoreTitle", { number })}
      description={t("versions.restoreLead", { next: question.version + 1 })}
      width="sm"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" busy={restore.isPending} onClick={() => restore.mutate()}>
            {t("versions.restore")}
          </Button>
        </>
      }
    >
      {restore.error && <ErrorNote error={restore.error} />}
    </Dialog>
  );
}
