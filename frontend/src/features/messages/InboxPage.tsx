import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { CheckCheck, Inbox as InboxIcon } from "lucide-react";
import { useProblemText } from "@/shared/api";
import type { Message } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Badge, Button, EmptyState, ErrorNote, Loading, PageHeader, toast } from "@/shared/ui";
import { MoreRows } from "@/shared/ui/dense";
import { inboxQuery, markAllRead, markRead } from "./api/messages";
import { useMessageText } from "./useMessageText";

/** One's messages: what the system says, and what colleagues wrote. */
export function InboxPage() {
  const { t } = useTranslation("messages");
  const problem = useProblemText();
  const queries = useQueryClient();
  const inbox = useInfiniteQuery(inboxQuery());
  const messages = inbox.data?.pages.flatMap((page) => page.items) ?? [];
  const unread = inbox.data?.pages[0]?.unread ?? 0;
  const refresh = () => void queries.invalidateQueries({ queryKey: ["messages"] });
  const failed = (error: Error) => toast(problem(error), "danger");
  const read = useMutation({ mutationFn: markRead, onSuccess: refresh, onError: failed });
  const all = useMutation({ mutationFn: markAllRead, onSuccess: refresh, onError: failed });
  const textOf = useMessageText(messages);
  const newest = messages[0]?.id;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title={t("title")}
        actions={
          unread > 0 &&
          newest !== undefined && (
            <Button
              icon={<CheckCheck aria-hidden />}
              busy={all.isPending}
              onClick={() => all.mutate(newest)}
            >
              {t("readAll")}
            </Button>
          )
        }
      />
      {inbox.error && <ErrorNote error={inbox.error} onRetry={() => void inbox.refetch()} />}
      {inbox.isPending && <Loading />}
      {inbox.data && messages.length === 0 && (
        <EmptyState icon={<InboxIcon />} title={t("empty")}>
          {t("emptyLead")}
        </EmptyState>
      )}
      {messages.length > 0 && (
        <>
          <ul className="flex flex-col gap-3">
            {messages.map((message) => (
              <OneMessage
                key={message.id}
                message={message}
                text={textOf(message)}
                busy={read.isPending && read.variables === message.id}
                onRead={() => read.mutate(message.id)}
              />
            ))}
          </ul>
          <MoreRows
            shown={messages.length}
            counted={t(inbox.hasNextPage ? "shownMore" : "shown", { count: messages.length })}
            more={inbox.hasNextPage}
            busy={inbox.isFetchingNextPage}
            onMore={() => void inbox.fetchNextPage()}
          />
        </>
      )}
    </div>
  );
}

function OneMessage({
  message,
  text: { subject, body },
  busy,
  onRead,
}: {
  message: Message;
  text: { subject: string; body: string };
  busy: boolean;
  onRead: () => void;
}) {
  const { t, i18n } = useTranslation("messages");
  const fresh = message.read_at === null;
  return (
    <li
      className={`rounded-lg border px-5 py-4 ${fresh ? "border-accent bg-surface" : "border-line bg-ground"}`}
    >
      <article className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="flex flex-wrap items-center gap-2 font-semibold">
            {subject}
            {fresh && <Badge tone="accent">{t("new")}</Badge>}
          </h2>
          <p className="mt-1 whitespace-pre-wrap">{body}</p>
          <p className="mt-1 text-sm text-muted">
            <time dateTime={message.sent_at}>{moment(message.sent_at, i18n.language)}</time>
          </p>
        </div>
        {fresh && (
          <Button
            size="sm"
            look="quiet"
            busy={busy}
            aria-label={t("readOf", { subject })}
            onClick={onRead}
          >
            {t("read")}
          </Button>
        )}
      </article>
    </li>
  );
}
