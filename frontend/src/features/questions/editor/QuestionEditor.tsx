import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ApiError, type Bank, type QuestionView, useProblemText } from "@/shared/api";
import { LeaveGuard } from "@/shared/authoring/LeaveGuard";
import { RichTextField } from "@/shared/authoring/RichTextField";
import { questionQuery } from "@/shared/authoring/requests/readQuestion";
import { stimulusQuery } from "@/shared/authoring/requests/readStimulus";
import { usePreview } from "@/shared/authoring/usePreview";
import { useTranslation } from "@/shared/i18n";
import { cx } from "@/shared/lib/cx";
import { Banner, Disclosure, ErrorNote, findSlip, Segmented, toast } from "@/shared/ui";
import { sendable } from "../api/content";
import { createQuestion } from "../api/createQuestion";
import { saveQuestion } from "../api/saveQuestion";
import { ConflictDialog } from "./ConflictDialog";
import { DetailsCard } from "./DetailsCard";
import { contentOf, type Draft, draftOf, filingOf, ownFindings } from "./draft";
import { FindingsNote } from "./FindingsNote";
import { FindingsProvider, goTo, Spot } from "./findings";
import { PreviewPane } from "./PreviewPane";
import { KeyCard, QuestionCard } from "./parts";
import { SaveBar } from "./SaveBar";
import { BodyEditor, KeyEditor } from "./types";

interface Save {
  draft: Draft;
  state: "draft" | "ready";
  note: string;
  /** The version to save over, when it isn't the one that the author began from. */
  over?: number;
}

/** A question being written: question and key on the left, what the candidate sees on the right. */
export function QuestionEditor({
  bank,
  start,
  stored,
  onCreated,
}: {
  bank: Bank;
  start: Draft;
  stored: QuestionView | null;
  onCreated: (view: QuestionView) => void;
}) {
  const { t } = useTranslation("questions");
  const queries = useQueryClient();
  const [draft, setDraft] = useState(start);
  const [base, setBase] = useState(stored);
  const [saved, setSaved] = useState(() => JSON.stringify(start));
  const [showAll, setShowAll] = useState(stored !== null);
  const [side, setSide] = useState<"write" | "see">("write");
  const left = useRef(false);
  const problem = useProblemText();

  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const dirty = JSON.stringify(draft) !== saved;
  const lead = (path: string) => {
    // On a narrow screen the place may be behind the preview, and what isn't drawn takes no focus.
    flushSync(() => setSide("write"));
    goTo(path);
  };
  const writable = stored === null || (stored.can_edit && stored.archived_at === null);

  const stimulus = useQuery({
    ...stimulusQuery(draft.stimulus_id ?? ""),
    enabled: draft.stimulus_id !== null,
  });
  const { preview, error, late } = usePreview(
    draft.question,
    sendable(draft.key),
    draft.stimulus_id === null ? null : stimulus.data?.text,
  );
  const take = (view: QuestionView) => {
    const next = draftOf(view);
    setSaved(JSON.stringify(next));
    setBase(view);
    queries.setQueryData(questionQuery(view.id).queryKey, view);
    return next;
  };

  const save = useMutation({
    mutationFn: ({ draft: sent, state, note, over }: Save) => {
      const content = contentOf(sent, state, note);
      return base === null
        ? createQuestion(bank.id, content, filingOf(sent))
        : saveQuestion(base.id, over ?? base.version, content, filingOf(sent));
    },
    onSuccess: (view, { draft: sent, state }) => {
      // What was typed while the answer was on its way stays, unsaved; a new question moves to its own page without it.
      const created = stored === null && draft === sent;
      if (created) left.current = true;
      const next = take(view);
      setDraft((before) => (before === sent ? next : before));
      void queries.invalidateQueries({ queryKey: ["questions", "list"] });
      void queries.invalidateQueries({ queryKey: ["questions", view.id, "versions"] });
      void queries.invalidateQueries({ queryKey: ["banks"] });
      toast(state === "ready" ? t("save.savedReady") : t("save.savedDraft"));
      if (created) onCreated(view);
    },
    onError: (refused) => {
      if (!(refused instanceof ApiError) || refused.fields.length === 0) return;
      setShowAll(true);
      lead(findings[0]?.field ?? refused.fields[0]?.field ?? "");
    },
  });
  const trySave = (state: Save["state"], note: string) => {
    if (findSlip() !== null) return;
    // What is undecided would be sent as decided.
    if (draft.undecided) {
      setShowAll(true);
      lead("key.scheme.right");
    } else save.mutate({ draft, state, note });
  };
  const refusal = save.error instanceof ApiError ? save.error : null;
  // What was refused is said of what was sent, not of what has been written since.
  const refused = save.variables?.draft === draft ? (refusal?.fields ?? []) : [];
  const known = [...ownFindings(draft), ...(preview?.findings ?? [])];
  const findings = [
    ...known,
    ...refused.filter(
      ({ field, code }) => !known.some((one) => one.field === field && one.code === code),
    ),
  ];
  const conflict = refusal?.code === "question.version_conflict" && base !== null ? refusal : null;
  const notReady = refusal?.code === "question.not_ready";

  return (
    <FindingsProvider findings={findings} showAll={showAll}>
      <LeaveGuard wholeAddress unsaved={() => dirty && !left.current} />
      {base?.ready_version && base.state === "draft" && (
        <div className="mb-4">
          <Banner live={false}>
            {t("newerDraft", { ready: base.ready_version, version: base.version })}
          </Banner>
        </div>
      )}
      <div className="mb-4 xl:hidden">
        <Segmented
          label={t("side.label")}
          value={side}
          options={[
            { value: "write", label: t("side.write") },
            { value: "see", label: t("side.see") },
          ]}
          onChange={setSide}
        />
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] 2xl:grid-cols-[minmax(0,1fr)_minmax(0,34rem)]">
        <fieldset
          disabled={!writable}
          className={cx("flex min-w-0 flex-col gap-6", side === "see" && "max-xl:hidden")}
        >
          <DetailsCard bankId={bank.id} draft={draft} onChange={change} />
          <QuestionCard>
            <Spot path="question.stem.text">
              {(problem) => (
                <RichTextField
                  label={draft.question.body.type === "cloze" ? t("stem.cloze") : t("stem.label")}
                  {...(draft.question.body.type === "cloze" && { optional: t("optional") })}
                  rows={draft.question.body.type === "cloze" ? 2 : 4}
                  value={draft.question.stem}
                  error={problem}
                  onChange={(stem) => change({ question: { ...draft.question, stem } })}
                />
              )}
            </Spot>
            <BodyEditor pair={draft} onChange={change} />
          </QuestionCard>
          {draft.question.body.type !== "description" && (
            <KeyCard>
              <KeyEditor
                pair={draft}
                undecided={draft.undecided}
                onDecide={() => change({ undecided: false })}
                onChange={change}
              />
              <Explanations draft={draft} onChange={change} />
            </KeyCard>
          )}
        </fieldset>
        <div
          className={cx(
            "flex min-w-0 flex-col gap-6 xl:sticky xl:top-20 xl:max-h-[calc(100dvh-11rem)] xl:overflow-y-auto xl:pe-1",
            side === "write" && "max-xl:hidden",
          )}
        >
          <PreviewPane draft={draft} preview={preview} error={error} late={late} />
          {preview && showAll && <FindingsNote findings={findings} onPlace={lead} />}
        </div>
      </div>
      {refusal && !conflict && (
        <div className="mt-4">
          {notReady ? (
            <Banner tone="danger" title={t("save.notReady")}>
              {t("save.notReadyLead")}
            </Banner>
          ) : (
            <ErrorNote error={refusal} />
          )}
        </div>
      )}
      {writable && (
        <SaveBar
          stored={base}
          dirty={dirty}
          busy={save.isPending ? save.variables.state : null}
          onSave={trySave}
        />
      )}
      {conflict && base && (
        <ConflictDialog
          error={conflict}
          mine={base}
          onClose={() => save.reset()}
          onKeepMine={(over) => save.variables && save.mutate({ ...save.variables, over })}
          onTakeTheirs={() => {
            save.reset();
            void queries.fetchQuery({ ...questionQuery(base.id), staleTime: 0 }).then(
              (view) => setDraft(take(view)),
              (error) => toast(problem(error), "danger"),
            );
          }}
        />
      )}
    </FindingsProvider>
  );
}

const EMPTY = { format: "markdown", text: "" } as const;

/** What is said after the exam, whatever was answered. */
function Explanations({
  draft,
  onChange,
}: {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
}) {
  const { t } = useTranslation("questions");
  const { key } = draft;
  const given = [key.general_feedback, key.explanation].some((text) => text?.text);
  return (
    <Disclosure summary={t("explain.summary")} open={given}>
      <div className="flex flex-col gap-4">
        <Spot path="key.explanation.text">
          {(error) => (
            <RichTextField
              label={t("explain.explanation")}
              optional={t("optional")}
              hint={t("explain.explanationHint")}
              value={key.explanation ?? EMPTY}
              error={error}
              onChange={(explanation) => onChange({ key: { ...key, explanation } })}
            />
          )}
        </Spot>
        <Spot path="key.general_feedback.text">
          {(error) => (
            <RichTextField
              label={t("explain.general")}
              optional={t("optional")}
              hint={t("explain.generalHint")}
              value={key.general_feedback ?? EMPTY}
              error={error}
              onChange={(text) => onChange({ key: { ...key, general_feedback: text } })}
            />
          )}
        </Spot>
      </div>
    </Disclosure>
  );
}
