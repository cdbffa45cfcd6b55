import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import {
  ApiError,
  type Bank,
  type StimulusView,
  type RichText as Text,
  useProblemText,
} from "@/shared/api";
import { LeaveGuard } from "@/shared/authoring/LeaveGuard";
import { pointsText } from "@/shared/authoring/points";
import { QuestionTypeMark } from "@/shared/authoring/QuestionTypeMark";
import { RichTextField } from "@/shared/authoring/RichTextField";
import { previewQuestion } from "@/shared/authoring/requests/previewQuestion";
import { stimulusQuery } from "@/shared/authoring/requests/readStimulus";
import { moved, SortableList } from "@/shared/authoring/SortableList";
import { useTranslation } from "@/shared/i18n";
import { useSettled } from "@/shared/lib/useSettled";
import { RichText } from "@/shared/rich";
import {
  Banner,
  Button,
  Card,
  Crumbs,
  EmptyState,
  ErrorNote,
  PageHeader,
  TextField,
  toast,
} from "@/shared/ui";
import { createStimulus } from "../api/createStimulus";
import { deleteStimulus } from "../api/deleteStimulus";
import { orderStimulus } from "../api/orderStimulus";
import { saveStimulus } from "../api/saveStimulus";

const TITLE_CHARS_MAX = 200;
const EMPTY: Text = { format: "markdown", text: "" };

/** A shared text, beside how candidates see it, and the questions that share it. */
export function StimulusPage({
  bank,
  stored,
  onCreated,
  onDeleted,
}: {
  bank: Bank;
  stored: StimulusView | null;
  onCreated: (stimulus: StimulusView) => void;
  onDeleted: () => void;
}) {
  const { t } = useTranslation("banks");
  const queries = useQueryClient();
  const problem = useProblemText();
  const [title, setTitle] = useState(stored?.title ?? "");
  const [text, setText] = useState<Text>(stored?.text ?? EMPTY);
  const [base, setBase] = useState(stored);
  const left = useRef(false);
  const dirty = title !== (base?.title ?? "") || text.text !== (base?.text.text ?? "");
  const canEdit = bank.archived_at === null;

  const keep = (view: StimulusView) => {
    setBase(view);
    queries.setQueryData(stimulusQuery(view.id).queryKey, view);
    void queries.invalidateQueries({ queryKey: ["banks", bank.id, "stimuli"] });
  };
  const save = useMutation({
    mutationFn: (sent: { title: string; text: Text }) => {
      const content = { ...sent, title: sent.title.trim() };
      return base === null
        ? createStimulus(bank.id, content)
        : saveStimulus(base.id, { version: base.version, ...content });
    },
    onSuccess: (view, sent) => {
      // What was typed while the answer was on its way stays, unsaved; a new text moves to its own page without it.
      const created = stored === null && title === sent.title && text === sent.text;
      left.current = created;
      keep(view);
      setTitle((before) => (before === sent.title ? view.title : before));
      setText((before) => (before === sent.text ? view.text : before));
      toast(t("stimuli.savedNow"));
      if (created) onCreated(view);
    },
  });
  const remove = useMutation({
    mutationFn: () => (base === null ? Promise.resolve() : deleteStimulus(base.id)),
    onSuccess: () => {
      left.current = true;
      void queries.invalidateQueries({ queryKey: ["banks", bank.id, "stimuli"] });
      onDeleted();
    },
    onError: (error) => toast(problem(error), "danger"),
  });
  const stale = save.error instanceof ApiError && save.error.status === 409;
  return (
    <>
      <LeaveGuard unsaved={() => dirty && !left.current} />
      <PageHeader
        crumbs={
          <Crumbs label={t("crumbs")}>
            <Link to="/author/banks">{t("banks")}</Link>
            <Link to="/author/banks/$bankId" params={{ bankId: bank.id }}>
              {bank.title}
            </Link>
            <Link to="/author/banks/$bankId/stimuli" params={{ bankId: bank.id }}>
              {t("tabs.stimuli")}
            </Link>
          </Crumbs>
        }
        title={base === null ? t("stimuli.new") : base.title || t("stimuli.one")}
        actions={
          canEdit && (
            <>
              {base !== null && base.questions.length === 0 && (
                <Button
                  icon={<Trash2 aria-hidden />}
                  busy={remove.isPending}
                  onClick={() => remove.mutate()}
                >
                  {t("stimuli.delete")}
                </Button>
              )}
              <Button
                look="primary"
                busy={save.isPending}
                disabled={text.text.trim() === ""}
                onClick={() => save.mutate({ title, text })}
              >
                {t("save")}
              </Button>
            </>
          )
        }
      />
      {save.error && (
        <div className="mb-4">
          {stale ? (
            <Banner tone="danger" title={t("stimuli.stale")}>
              {t("stimuli.staleLead")}
            </Banner>
          ) : (
            <ErrorNote error={save.error} />
          )}
        </div>
      )}
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <fieldset disabled={!canEdit} className="flex min-w-0 flex-col gap-4">
          <TextField
            label={t("title")}
            optional={t("optional")}
            value={title}
            maxLength={TITLE_CHARS_MAX}
            onChange={(event) => setTitle(event.target.value)}
          />
          <RichTextField
            label={t("stimuli.text")}
            hint={t("stimuli.textHint")}
            rows={14}
            value={text}
            onChange={setText}
          />
        </fieldset>
        <div className="flex min-w-0 flex-col gap-6">
          <Preview text={text} />
          {base !== null && <Sharing stimulus={base} canEdit={canEdit} onOrdered={setBase} />}
        </div>
      </div>
    </>
  );
}

/** What is written, as the server draws it. */
function Preview({ text }: { text: Text }) {
  const { t } = useTranslation("banks");
  const settled = useSettled(text, 350);
  const preview = useQuery({
    queryKey: ["preview", "stimulus", settled],
    // The server draws a shared text together with a question: one that asks nothing serves.
    queryFn: ({ signal }) =>
      previewQuestion(
        {
          question: { stem: EMPTY, body: { type: "description" } },
          key: { scheme: { type: "description" } },
          stimulus: settled,
        },
        signal,
      ),
    placeholderData: (before) => before,
    enabled: settled.text.trim() !== "",
  });
  return (
    <Card title={t("stimuli.preview")}>
      {preview.error ? (
        <ErrorNote error={preview.error} />
      ) : preview.data?.stimulus_html ? (
        <RichText html={preview.data.stimulus_html} />
      ) : (
        <p className="text-muted">{t("stimuli.nothing")}</p>
      )}
    </Card>
  );
}

/** The questions that share the text, in the order in which they are asked. */
function Sharing({
  stimulus,
  canEdit,
  onOrdered,
}: {
  stimulus: StimulusView;
  canEdit: boolean;
  onOrdered: (stimulus: StimulusView) => void;
}) {
  const { t, i18n } = useTranslation("banks");
  const problem = useProblemText();
  const order = useMutation({
    mutationFn: ({ next }: { next: StimulusView["questions"]; before: StimulusView }) =>
      orderStimulus(
        stimulus.id,
        next.map(({ id }) => id),
      ),
    onSuccess: (view) => onOrdered({ ...stimulus, questions: view.questions }),
    onError: (error, { before }) => {
      onOrdered(before);
      toast(problem(error), "danger");
    },
  });
  const { questions } = stimulus;
  return (
    <Card title={t("stimuli.sharing")}>
      {questions.length === 0 ? (
        <EmptyState title={t("stimuli.unshared")}>{t("stimuli.unsharedLead")}</EmptyState>
      ) : (
        <SortableList
          label={t("stimuli.sharing")}
          items={questions}
          itemKey={(question) => question.id}
          itemName={(question) => question.title || question.excerpt}
          onMove={(from, to) => {
            const next = moved(questions, from, to);
            // Shown at once; the server's answer confirms it.
            onOrdered({ ...stimulus, questions: next });
            order.mutate({ next, before: stimulus });
          }}
        >
          {(question, _, handle) => (
            <div className="flex items-center gap-2">
              {canEdit && handle}
              <QuestionTypeMark type={question.question_type} />
              <Link
                to="/author/questions/$questionId"
                params={{ questionId: question.id }}
                className="min-w-0 flex-1 truncate underline-offset-4 hover:underline"
              >
                {question.title || question.excerpt}
              </Link>
              <span className="tabular text-sm text-muted">
                {t("list.points", { points: pointsText(question.points, i18n.language) })}
              </span>
            </div>
          )}
        </SortableList>
      )}
    </Card>
  );
}
