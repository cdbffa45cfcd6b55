import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FileCheck2, FileText, X } from "lucide-react";
import { useState } from "react";
import { ApiError, type Bank, type ImportReport } from "@/shared/api";
import { useNoteText } from "@/shared/authoring/noteText";
import { useTranslation } from "@/shared/i18n";
import {
  Banner,
  Button,
  buttonClass,
  Card,
  Disclosure,
  ErrorNote,
  FileDrop,
  IconButton,
  RadioGroup,
  Segmented,
  Select,
  TextArea,
} from "@/shared/ui";
import { ENCODINGS, type ImportOptions, importQuestions, WEIGHTS } from "./importQuestions";
import { Report } from "./Report";

const FILE_MEGABYTES_MAX = 32;
const BYTES_PER_KILOBYTE = 1024;

/** Questions from a GIFT file: looked at first, taken in when the author agrees. */
export function ImportPage({ bank }: { bank: Bank }) {
  const { t } = useTranslation("import");
  const queries = useQueryClient();
  const [way, setWay] = useState<"file" | "text">("file");
  const [file, setFile] = useState<File | null>(null);
  const [text, setText] = useState("");
  const [options, setOptions] = useState<ImportOptions>({
    encoding: "utf8",
    weights: "refuse",
    state: "ready",
    all_or_nothing: false,
  });
  const source =
    way === "file" ? file : text.trim() === "" ? null : new File([text], "pasted.gift.txt");
  // What is pasted is in no encoding any more: the browser has read it.
  const sent: ImportOptions = way === "text" ? { ...options, encoding: "utf8" } : options;

  const take = useMutation({
    mutationFn: () => {
      if (source === null) throw new Error("there is nothing to import");
      return importQuestions(bank.id, source, sent, false);
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["banks"] });
      void queries.invalidateQueries({ queryKey: ["questions", "list"] });
    },
  });
  const check = useMutation({
    mutationFn: () => {
      if (source === null) throw new Error("there is nothing to check");
      return importQuestions(bank.id, source, { ...sent, all_or_nothing: false }, true);
    },
    onMutate: () => take.reset(),
  });
  const change = (part: Partial<ImportOptions>) => {
    setOptions({ ...options, ...part });
    // What was found holds for what was asked.
    if (part.all_or_nothing === undefined) check.reset();
  };
  const startAnew = () => {
    setFile(null);
    setText("");
    check.reset();
    take.reset();
  };

  if (take.data) return <Done bank={bank} report={take.data} onAnother={startAnew} />;
  const report = check.data;
  const held = options.all_or_nothing && (report?.refused ?? 0) > 0;
  const taken = report === undefined || held ? 0 : report.imported;
  return (
    <div className="flex flex-col gap-6">
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
        <Card title={t("source.title")}>
          <div className="flex flex-col gap-4">
            <Segmented
              label={t("source.way")}
              value={way}
              options={[
                { value: "file", label: t("source.file") },
                { value: "text", label: t("source.text") },
              ]}
              onChange={(next) => {
                setWay(next);
                check.reset();
              }}
            />
            {way === "text" ? (
              <TextArea
                label={t("source.pasted")}
                rows={12}
                spellCheck={false}
                className="font-mono"
                placeholder={EXAMPLE}
                value={text}
                onChange={(event) => {
                  setText(event.target.value);
                  check.reset();
                }}
              />
            ) : file === null ? (
              <FileDrop
                label={t("source.drop")}
                hint={t("source.hint", { most: FILE_MEGABYTES_MAX })}
                accept=".gift,.txt,text/plain"
                onFile={(next) => {
                  setFile(next);
                  check.reset();
                }}
              />
            ) : (
              <p className="flex items-center gap-3 rounded-lg border border-line bg-ground py-2 ps-4 pe-2">
                <FileText aria-hidden className="size-5 shrink-0 text-accent" />
                <span className="min-w-0 flex-1 truncate font-medium">{file.name}</span>
                <span className="tabular text-sm text-muted">
                  {t("source.size", { size: Math.ceil(file.size / BYTES_PER_KILOBYTE) })}
                </span>
                <IconButton
                  label={t("source.another")}
                  icon={<X aria-hidden />}
                  size="sm"
                  onClick={startAnew}
                />
              </p>
            )}
            <Refusal error={check.error} />
          </div>
        </Card>
        <Card title={t("options.title")}>
          <div className="flex flex-col gap-4">
            {way === "file" && (
              <Select
                label={t("options.encoding")}
                hint={t("options.encodingHint")}
                value={options.encoding}
                options={ENCODINGS.map((encoding) => ({
                  value: encoding,
                  label: t(`options.encodings.${encoding}`),
                }))}
                onChange={(encoding) => encoding !== "" && change({ encoding })}
              />
            )}
            <RadioGroup
              label={t("options.state")}
              value={options.state}
              options={[
                {
                  value: "ready",
                  label: t("options.ready"),
                  hint: t("options.readyHint"),
                },
                { value: "draft", label: t("options.draft"), hint: t("options.draftHint") },
              ]}
              onChange={(state) => change({ state })}
            />
            <Disclosure summary={t("options.more")}>
              <Select
                label={t("options.weights")}
                hint={t("options.weightsHint")}
                value={options.weights}
                options={WEIGHTS.map((weights) => ({
                  value: weights,
                  label: t(`options.weightRules.${weights}`),
                }))}
                onChange={(weights) => weights !== "" && change({ weights })}
              />
            </Disclosure>
            <Button
              look={report === undefined ? "primary" : "secondary"}
              icon={<FileCheck2 aria-hidden />}
              disabled={source === null}
              busy={check.isPending}
              onClick={() => check.mutate()}
            >
              {t("check")}
            </Button>
          </div>
        </Card>
      </div>
      {report && (
        <>
          <Report report={report} />
          <section
            aria-label={t("take.label")}
            className="sticky bottom-0 z-20 -mx-4 flex flex-wrap items-center gap-x-6 gap-y-3 border-t border-line bg-surface px-4 py-3 shadow-raised sm:-mx-8 sm:px-8"
          >
            {report.refused > 0 && (
              <RadioGroup
                label={t("take.some")}
                labelHidden
                inline
                value={options.all_or_nothing ? "all" : "good"}
                options={[
                  { value: "good", label: t("take.good") },
                  { value: "all", label: t("take.all") },
                ]}
                onChange={(value) => change({ all_or_nothing: value === "all" })}
              />
            )}
            {held && (
              <p className="text-sm text-warn">{t("take.held", { count: report.refused })}</p>
            )}
            <Button
              look="primary"
              className="ms-auto"
              disabled={taken === 0}
              busy={take.isPending}
              onClick={() => take.mutate()}
            >
              {t("take.act", { count: taken })}
            </Button>
          </section>
          {take.error && <ErrorNote error={take.error} />}
        </>
      )}
    </div>
  );
}

/** A short piece of GIFT, the same in every language. */
const EXAMPLE = "::Capital::Which is the capital of Peru? {\n  ~Cusco\n  =Lima\n  ~Arequipa\n}";

/** Why nothing of the file could be read. */
function Refusal({ error }: { error: Error | null }) {
  const { t } = useTranslation("import");
  const noteText = useNoteText();
  if (error === null) return null;
  if (!(error instanceof ApiError) || error.fields.length === 0) return <ErrorNote error={error} />;
  return (
    <Banner tone="danger" title={t("refused")}>
      <ul>
        {error.fields.map((problem) => (
          <li key={`${problem.code}${problem.line}`}>
            {problem.line !== undefined && (
              <span className="font-medium">{t("report.onLine", { line: problem.line })}: </span>
            )}
            {noteText(problem)}
          </li>
        ))}
      </ul>
    </Banner>
  );
}

/** What was taken in, and where it is now. */
function Done({
  bank,
  report,
  onAnother,
}: {
  bank: Bank;
  report: ImportReport;
  onAnother: () => void;
}) {
  const { t } = useTranslation("import");
  return (
    <div className="flex flex-col gap-6">
      <Banner
        tone={report.imported > 0 ? "safe" : "warn"}
        title={t("done.title", { count: report.imported })}
        actions={
          <>
            <Button onClick={onAnother}>{t("done.another")}</Button>
            <Link
              to="/author/banks/$bankId"
              params={{ bankId: bank.id }}
              className={buttonClass("primary")}
            >
              {t("done.look")}
            </Link>
          </>
        }
      >
        {report.categories_created > 0 &&
          t("done.categories", { count: report.categories_created })}
      </Banner>
      <Report report={report} />
    </div>
  );
}
