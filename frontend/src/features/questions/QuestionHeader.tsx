import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { Archive, ArchiveRestore, Copy, Ellipsis, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { type Bank, type QuestionView, useProblemText } from "@/shared/api";
import { QuestionTypeMark } from "@/shared/authoring/QuestionTypeMark";
import { questionQuery } from "@/shared/authoring/requests/readQuestion";
import { useTranslation } from "@/shared/i18n";
import {
  Badge,
  Banner,
  Button,
  buttonClass,
  Crumbs,
  Dialog,
  IconButton,
  Menu,
  MenuItem,
  MenuSeparator,
  PageHeader,
  toast,
} from "@/shared/ui";
import { NavTabs } from "@/shared/ui/dense";
import { archiveQuestion } from "./api/archiveQuestion";
import { deleteQuestion } from "./api/deleteQuestion";
import { duplicateQuestion } from "./api/duplicateQuestion";
import { unarchiveQuestion } from "./api/unarchiveQuestion";
import { snippet } from "./editor/parts";

/** The top of a question's pages: where it lies, how it stands, and what can be done with it as a whole. */
export function QuestionHeader({ question, bank }: { question: QuestionView; bank: Bank }) {
  const { t } = useTranslation("questions");
  const { t: banks } = useTranslation("banks");
  const queries = useQueryClient();
  const navigate = useNavigate();
  const problem = useProblemText();
  const [deleting, setDeleting] = useState(false);
  const { body } = question.question;
  const away = question.archived_at !== null;
  const title =
    question.title ||
    snippet(question.question.stem) ||
    (body.type === "cloze" ? snippet(body.text) : "") ||
    t("untitled");
  const onError = (error: unknown) => toast(problem(error), "danger");
  const changed = () => {
    void queries.invalidateQueries({ queryKey: ["questions", "list"] });
    void queries.invalidateQueries({ queryKey: ["banks"] });
  };
  const archive = useMutation({
    mutationFn: () => (away ? unarchiveQuestion(question.id) : archiveQuestion(question.id)),
    onSuccess: (view) => {
      queries.setQueryData(questionQuery(question.id).queryKey, view);
      changed();
      toast(away ? t("acts.unarchived") : t("acts.archived"));
    },
    onError,
  });
  const copy = useMutation({
    mutationFn: () => duplicateQuestion(question.id, t("acts.copyOf", { title })),
    onSuccess: (view) => {
      changed();
      toast(t("acts.copied"));
      void navigate({ to: "/author/questions/$questionId", params: { questionId: view.id } });
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => deleteQuestion(question.id),
    onSuccess: () => {
      changed();
      toast(t("acts.deleted"));
      void navigate({ to: "/author/banks/$bankId", params: { bankId: bank.id }, replace: true });
    },
    onError,
  });
  const deletable = question.ready_version === null && !question.frozen && question.can_edit;
  return (
    <>
      <PageHeader
        crumbs={
          <Crumbs label={banks("crumbs")}>
            <Link to="/author/banks">{banks("banks")}</Link>
            <Link to="/author/banks/$bankId" params={{ bankId: bank.id }}>
              {bank.title}
            </Link>
          </Crumbs>
        }
        title={<span className="line-clamp-2">{title}</span>}
        lead={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <QuestionTypeMark type={body.type} named />
            <Badge tone={away ? "neutral" : question.state === "ready" ? "safe" : "warn"}>
              {away ? t("acts.isArchived") : t(`state.${question.state}`)}
            </Badge>
            <span className="text-sm">{t("versions.number", { number: question.version })}</span>
          </span>
        }
        actions={
          <>
            <Link
              to="/author/banks/$bankId/new"
              params={{ bankId: bank.id }}
              search={{
                type: body.type,
                ...(question.category_id !== null && { category: question.category_id }),
              }}
              className={buttonClass()}
            >
              <Plus aria-hidden />
              {t("acts.another")}
            </Link>
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
                {away ? t("acts.unarchive") : t("acts.archive")}
              </MenuItem>
              {deletable && (
                <>
                  <MenuSeparator />
                  <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setDeleting(true)}>
                    {t("acts.delete")}
                  </MenuItem>
                </>
              )}
            </Menu>
          </>
        }
      />
      {away && (
        <div className="mb-4">
          <Banner
            live={false}
            actions={
              <Button size="sm" busy={archive.isPending} onClick={() => archive.mutate()}>
                {t("acts.unarchive")}
              </Button>
            }
          >
            {t("acts.archivedLead")}
          </Banner>
        </div>
      )}
      <NavTabs
        label={t("acts.parts")}
        tabs={[
          {
            link: { to: "/author/questions/$questionId", params: { questionId: question.id } },
            label: t("acts.edit"),
            exact: true,
          },
          {
            link: {
              to: "/author/questions/$questionId/versions",
              params: { questionId: question.id },
            },
            label: t("acts.versions", { count: question.version }),
          },
        ]}
      />
      <Dialog
        open={deleting}
        onOpenChange={setDeleting}
        title={t("acts.deleteTitle")}
        description={t("acts.deleteLead")}
        width="sm"
        actions={
          <>
            <Button onClick={() => setDeleting(false)}>{t("cancel")}</Button>
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              {t("acts.delete")}
            </Button>
          </>
        }
      />
    </>
  );
}
