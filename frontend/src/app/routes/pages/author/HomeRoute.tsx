import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, FilePlus2, Library } from "lucide-react";
import { examsQuery } from "@/features/exams/api/listExams";
import { banksQuery } from "@/shared/authoring/requests/listBanks";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Badge, buttonClass, Card, EmptyState, ErrorNote, Loading, PageHeader } from "@/shared/ui";

/** Entries of each list on the start page. */
const SHOWN_MAX = 6;

/** Where an author starts: the banks and exams at hand, newest first, and the way to all of them. */
export function HomeRoute() {
  const { t } = useTranslation("common");
  return (
    <>
      <PageHeader title={t("shell.author")} />
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <Exams />
        <Banks />
      </div>
    </>
  );
}

function Exams() {
  const { t, i18n } = useTranslation("exams");
  const { t: nav } = useTranslation("nav");
  const list = useInfiniteQuery(examsQuery({}));
  const items = list.data?.pages[0]?.items.slice(0, SHOWN_MAX);
  return (
    <Card
      title={t("exams")}
      actions={<All to="/author/exams" label={nav("allExams")} />}
      padded={false}
    >
      {list.error ? (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      ) : items === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        <div className="p-5">
          <EmptyState
            icon={<FilePlus2 />}
            title={t("list.none")}
            action={
              <Link to="/author/exams" className={buttonClass("primary")}>
                {t("new")}
              </Link>
            }
          >
            {t("list.noneLead")}
          </EmptyState>
        </div>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((exam) => (
            <li key={exam.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3">
              <div className="min-w-0 flex-1">
                <Link
                  to="/author/exams/$examId"
                  params={{ examId: exam.id }}
                  className="font-medium underline-offset-4 hover:underline"
                >
                  {exam.title}
                </Link>
                <p className="tabular text-sm text-muted">
                  {t("list.items", { count: exam.item_count })} ·{" "}
                  {t("minutes", { count: exam.duration_minutes })} ·{" "}
                  {moment(exam.updated_at, i18n.language, { style: "date" })}
                </p>
              </div>
              {exam.publication_id === null ? (
                <Badge tone="warn">{t("state.unpublished")}</Badge>
              ) : (
                <Badge tone="safe">{t("list.published")}</Badge>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Banks() {
  const { t, i18n } = useTranslation("banks");
  const { t: nav } = useTranslation("nav");
  const list = useInfiniteQuery(banksQuery());
  const items = list.data?.pages[0]?.items.slice(0, SHOWN_MAX);
  return (
    <Card
      title={t("banks")}
      actions={<All to="/author/banks" label={nav("allBanks")} />}
      padded={false}
    >
      {list.error ? (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      ) : items === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        <div className="p-5">
          <EmptyState
            icon={<Library />}
            title={t("none")}
            action={
              <Link to="/author/banks" className={buttonClass("primary")}>
                {t("new")}
              </Link>
            }
          >
            {t("noneLead")}
          </EmptyState>
        </div>
      ) : (
        <ul className="divide-y divide-line">
          {items.map((bank) => (
            <li key={bank.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-5 py-3">
              <div className="min-w-0 flex-1">
                <Link
                  to="/author/banks/$bankId"
                  params={{ bankId: bank.id }}
                  className="font-medium underline-offset-4 hover:underline"
                >
                  {bank.title}
                </Link>
                <p className="tabular text-sm text-muted">
                  {t("questions", { count: bank.questions })} ·{" "}
                  {t("changedAt", {
                    at: moment(bank.updated_at, i18n.language, { style: "date" }),
                  })}
                </p>
              </div>
              <Link
                to="/author/banks/$bankId/new"
                params={{ bankId: bank.id }}
                className={buttonClass("quiet", "sm")}
              >
                {t("newQuestion")}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function All({ to, label }: { to: "/author/exams" | "/author/banks"; label: string }) {
  return (
    <Link to={to} className={buttonClass("quiet", "sm")}>
      {label}
      <ArrowRight aria-hidden />
    </Link>
  );
}
