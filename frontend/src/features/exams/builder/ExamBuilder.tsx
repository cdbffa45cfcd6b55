import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError, type Exam, useProblemText } from "@/shared/api";
import { LeaveGuard } from "@/shared/authoring/LeaveGuard";
import { useTranslation } from "@/shared/i18n";
import { moment } from "@/shared/time";
import { Banner, Button, Dialog, ErrorNote, findSlip, Tabs, toast } from "@/shared/ui";
import { checkQuery } from "../api/checkExam";
import { examQuery } from "../api/readExam";
import { type Known, useKnown } from "../api/readSummaries";
import { updateExam } from "../api/updateExam";
import { ExamHeader } from "../ExamHeader";
import { Publications } from "../Publications";
import { definitionOf, draftOf, type ExamDraft, fingerprint, fixedIds } from "./draft";
import { PaperTab } from "./PaperTab";
import { PublishDialog } from "./PublishDialog";
import { SettingsTab } from "./SettingsTab";
import { Summary } from "./Summary";

export type BuilderTab = "paper" | "settings" | "published";

/** An exam being built: sections and their questions on the left, what they come to on the right. */
export function ExamBuilder({
  exam,
  tab,
  onTab,
}: {
  exam: Exam;
  tab: BuilderTab;
  onTab: (tab: BuilderTab) => void;
}) {
  const { t, i18n } = useTranslation("exams");
  const queries = useQueryClient();
  const problem = useProblemText();
  const [draft, setDraft] = useState(() => draftOf(exam));
  const [base, setBase] = useState(exam);
  // What was sent, not what came back: the server's answer says the same in other words (members in another order).
  const [kept, setKept] = useState(() => fingerprint(draft));
  const [picked, setPicked] = useState<ReadonlyMap<string, Known>>(new Map());
  const [publishing, setPublishing] = useState(false);
  const { known, pending } = useKnown(fixedIds(draft), picked);
  const dirty = fingerprint(draft) !== kept;
  const away = base.archived_at !== null;
  const check = useQuery({ ...checkQuery(base.id, base.version), enabled: !away });

  const take = (view: Exam) => {
    setBase(view);
    queries.setQueryData(examQuery(view.id).queryKey, view);
    void queries.invalidateQueries({ queryKey: ["exams", "list"] });
  };
  const startFrom = (view: Exam) => {
    const next = draftOf(view);
    setDraft(next);
    setKept(fingerprint(next));
  };
  const save = useMutation({
    mutationFn: async (over: number) => {
      const view = await updateExam(base.id, {
        version: over,
        title: draft.title.trim(),
        definition: definitionOf(draft),
      });
      return { view, sent: fingerprint(draft) };
    },
    onSuccess: ({ view, sent }) => {
      take(view);
      setKept(sent);
      toast(t("save.done"));
    },
  });
  /** The exam as it is stored now; when it can't be had, nothing changes and it is said why. */
  const newest = (then: (view: Exam) => void) =>
    void queries
      .fetchQuery({ ...examQuery(base.id), staleTime: 0 })
      .then(then, (error) => toast(problem(error), "danger"));
  const refusal = save.error instanceof ApiError ? save.error : null;
  const conflict = refusal?.code === "exam.version_conflict";
  const change = (next: ExamDraft) => setDraft(next);
  const titled = draft.title.trim() !== "";
  const summary = (
    <Summary
      draft={draft}
      known={known}
      pending={pending}
      check={check.data}
      checking={check.isFetching}
      error={check.error}
      dirty={dirty}
      onPlace={(field) => {
        onTab(/^(sections)/.test(field) ? "paper" : field === "" ? tab : "settings");
        // The place exists once its tab is drawn.
        requestAnimationFrame(() => requestAnimationFrame(() => showPlace(field)));
      }}
      onRecheck={() => void check.refetch()}
    />
  );

  return (
    <>
      <LeaveGuard unsaved={() => dirty} />
      <ExamHeader
        exam={base}
        onChanged={take}
        publishable={!dirty && check.data?.publishable === true}
        dirty={dirty}
        onPublish={() => setPublishing(true)}
      />
      <Tabs
        label={t("tabs.label")}
        value={tab}
        onChange={onTab}
        tabs={[
          {
            value: "paper",
            label: t("tabs.paper"),
            content: (
              <Columns aside={summary}>
                <fieldset disabled={away} className="min-w-0">
                  <PaperTab
                    draft={draft}
                    known={known}
                    check={dirty ? undefined : check.data}
                    onChange={change}
                    onPicked={(questions) =>
                      setPicked(
                        new Map([...picked, ...questions.map((one) => [one.id, one] as const)]),
                      )
                    }
                  />
                </fieldset>
              </Columns>
            ),
          },
          {
            value: "settings",
            label: t("tabs.settings"),
            content: (
              <Columns aside={summary}>
                <fieldset disabled={away} className="min-w-0">
                  <SettingsTab
                    draft={draft}
                    findings={dirty ? [] : (check.data?.findings ?? [])}
                    onChange={change}
                  />
                </fieldset>
              </Columns>
            ),
          },
          {
            value: "published",
            label: t("tabs.published"),
            content: <Publications exam={base} />,
          },
        ]}
      />
      {refusal && !conflict && (
        <div className="mt-4">
          <ErrorNote error={refusal} />
        </div>
      )}
      {!away && tab !== "published" && (
        <div className="sticky bottom-0 z-20 -mx-4 mt-8 flex flex-wrap items-center gap-3 border-t border-line bg-surface px-4 py-3 shadow-raised sm:-mx-8 sm:px-8">
          <p role="status" className="me-auto text-sm text-muted">
            {dirty
              ? t("save.unsaved")
              : t("save.saved", { at: moment(base.updated_at, i18n.language) })}
          </p>
          {!titled && <p className="text-sm text-danger">{t("titleNeeded")}</p>}
          {dirty && (
            <Button look="quiet" onClick={() => startFrom(base)}>
              {t("save.discard")}
            </Button>
          )}
          <Button
            look="primary"
            busy={save.isPending}
            disabled={!dirty || !titled}
            onClick={() => findSlip() === null && save.mutate(base.version)}
          >
            {t("save.act")}
          </Button>
        </div>
      )}
      {conflict && (
        <Conflict
          onClose={() => save.reset()}
          onTheirs={() => {
            save.reset();
            newest((view) => {
              take(view);
              startFrom(view);
            });
          }}
          onMine={() => newest((view) => save.mutate(view.version))}
        />
      )}
      {publishing && check.data && (
        <PublishDialog
          exam={base}
          draft={draft}
          check={check.data}
          onPublished={() => {
            setPublishing(false);
            void queries
              .fetchQuery({ ...examQuery(base.id), staleTime: 0 })
              .then(take, () => undefined);
            onTab("published");
          }}
          onClose={() => setPublishing(false)}
        />
      )}
      {away && (
        <div className="mt-4">
          <Banner live={false}>{t("isArchived")}</Banner>
        </div>
      )}
    </>
  );
}

function Columns({ aside, children }: { aside: React.ReactNode; children: React.ReactNode }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_19rem] 2xl:grid-cols-[minmax(0,1fr)_22rem]">
      {children}
      <div className="lg:sticky lg:top-20 lg:max-h-[calc(100dvh-11rem)] lg:overflow-y-auto max-lg:order-first">
        {aside}
      </div>
    </div>
  );
}

/** Scrolls to the part that a finding is about: the field, or the nearest thing around it. */
function showPlace(field: string): void {
  const spots = [...document.querySelectorAll<HTMLElement>("[data-spot]")];
  const around = spots
    .filter((spot) => field.startsWith(spot.dataset["spot"] ?? "\0"))
    .sort(
      (one, other) => (other.dataset["spot"] ?? "").length - (one.dataset["spot"] ?? "").length,
    );
  const [spot] = around;
  const closed = spot?.closest<HTMLDetailsElement>("details:not([open])");
  if (closed) closed.open = true;
  spot?.scrollIntoView({ block: "center" });
  spot?.querySelector<HTMLElement>("input, textarea, button")?.focus({ preventScroll: true });
}

function Conflict({
  onTheirs,
  onMine,
  onClose,
}: {
  onTheirs: () => void;
  onMine: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("exams");
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("conflict.title")}
      description={t("conflict.lead")}
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t("conflict.back")}
          </Button>
          <Button onClick={onTheirs}>{t("conflict.theirs")}</Button>
          <Button look="primary" onClick={onMine}>
            {t("conflict.mine")}
          </Button>
        </>
      }
    />
  );
}
