import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Copy, Ellipsis, Eye, Send } from "lucide-react";
import { type Exam, useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import {
  Badge,
  Button,
  buttonClass,
  Crumbs,
  IconButton,
  Menu,
  MenuItem,
  PageHeader,
  Tooltip,
  toast,
} from "@/shared/ui";
import { archiveExam } from "./api/archiveExam";
import { duplicateExam } from "./api/duplicateExam";
import { restoreExam } from "./api/restoreExam";

/** The top of an exam's page: how it stands, and what can be done with it as a whole. */
export function ExamHeader({
  exam,
  publishable,
  dirty,
  onChanged,
  onPublish,
}: {
  exam: Exam;
  publishable: boolean;
  dirty: boolean;
  onChanged: (exam: Exam) => void;
  onPublish: () => void;
}) {
  const { t } = useTranslation("exams");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const problem = useProblemText();
  const away = exam.archived_at !== null;
  const onError = (error: unknown) => toast(problem(error), "danger");
  const archive = useMutation({
    mutationFn: () => (away ? restoreExam(exam.id) : archiveExam(exam.id)),
    onSuccess: (view) => {
      onChanged(view);
      toast(away ? t("acts.restored") : t("acts.archived"));
    },
    onError,
  });
  const copy = useMutation({
    mutationFn: () => duplicateExam(exam.id, t("acts.copyOf", { title: exam.title })),
    onSuccess: (view) => {
      void queries.invalidateQueries({ queryKey: ["exams", "list"] });
      toast(t("acts.copied"));
      void navigate({ to: "/author/exams/$examId", params: { examId: view.id } });
    },
    onError,
  });
  const publish = (
    <Button
      look="primary"
      icon={<Send aria-hidden />}
      aria-disabled={!publishable || undefined}
      onClick={() => publishable && onPublish()}
    >
      {t("publish.open")}
    </Button>
  );
  return (
    <PageHeader
      crumbs={
        <Crumbs label={t("crumbs")}>
          <Link to="/author/exams">{t("exams")}</Link>
        </Crumbs>
      }
      title={exam.title}
      lead={
        <span className="flex flex-wrap gap-2">
          {away && <Badge>{t("state.archived")}</Badge>}
          {exam.publication === null ? (
            <Badge tone="warn">{t("state.unpublished")}</Badge>
          ) : (
            <Badge tone="safe">{t("state.published", { number: exam.publication.number })}</Badge>
          )}
        </span>
      }
      actions={
        <>
          <Link
            to="/author/exams/$examId/preview"
            params={{ examId: exam.id }}
            className={buttonClass()}
          >
            <Eye aria-hidden />
            {t("acts.preview")}
          </Link>
          {!away &&
            (publishable ? (
              publish
            ) : (
              <Tooltip text={dirty ? t("publish.saveFirst") : t("publish.notYet")}>
                {publish}
              </Tooltip>
            ))}
          <Menu
            label={t("acts.label")}
            trigger={
              <IconButton
                label={t("acts.label")}
                look="secondary"
                icon={<Ellipsis aria-hidden />}
              />
            }
          >
            <MenuItem icon={<Copy aria-hidden />} onSelect={() => copy.mutate()}>
              {t("acts.copy")}
            </MenuItem>
            <MenuItem
              icon={away ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
              onSelect={() => archive.mutate()}
            >
              {away ? t("acts.restore") : t("acts.archive")}
            </MenuItem>
          </Menu>
        </>
      }
    />
  );
}
