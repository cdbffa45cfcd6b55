import { FileText, Trash2, Upload } from "lucide-react";
import { useId, useRef, useState } from "react";
import { useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Banner, Button, IconButton } from "@/shared/ui";
import type { FileStatus } from "../files/FileSender";
import type { InteractionProps } from "./types";

/** How files get to the server; it goes on while the candidate is at another question. */
export interface Files {
  /** Those that the server doesn't have yet. */
  waiting: readonly Pick<FileStatus, "id" | "refused" | "isHere">[];
  /** Adds a file to the answer, and sends it. */
  add: (file: File) => void;
  retry: (id: string) => void;
}

export function FileUpload({
  interaction,
  response,
  onChange,
  onSettle,
  askedBy,
  files: { waiting, add, retry },
}: InteractionProps<"file_upload"> & { files: Files }) {
  const { t, i18n } = useTranslation("attempt");
  const problemText = useProblemText();
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  /** Why the file chosen last isn't sent at all. */
  const [refusal, setRefusal] = useState<string | null>(null);
  const { files_max: filesMax, bytes_max: bytesMax, extensions } = interaction;
  const { files } = response;
  const size = (bytes: number) => fileSize(bytes, i18n.language);

  const refusalOf = ({ name, size: bytes }: File): string | null => {
    if (bytes > bytesMax) return t("files.tooLarge", { name, size: size(bytesMax) });
    const isTaken = (ending: string) => name.toLowerCase().endsWith(ending.toLowerCase());
    return extensions.length > 0 && !extensions.some(isTaken)
      ? t("files.wrongKind", { name, kinds: extensions.join(" ") })
      : null;
  };
  const choose = (file: File) => {
    const why = refusalOf(file);
    setRefusal(why);
    if (why === null) add(file);
  };
  const full = files.length >= filesMax;
  return (
    <div
      role="group"
      aria-labelledby={askedBy}
      aria-describedby={hint}
      className="flex flex-col items-start gap-3"
    >
      {files.length > 0 && (
        <ul className="flex w-full flex-col gap-2">
          {files.map((file) => {
            const status = waiting.find(({ id }) => id === file.id);
            return (
              <li
                key={file.id}
                className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-line bg-surface py-2 ps-4 pe-2"
              >
                <FileText aria-hidden className="size-5 shrink-0 text-muted" />
                <span className="min-w-0 flex-1 truncate">{file.name}</span>
                <span className="tabular text-sm text-muted">
                  {status?.refused === null ? t("files.sending") : size(file.bytes)}
                </span>
                <IconButton
                  label={t("files.remove", { name: file.name })}
                  icon={<Trash2 aria-hidden />}
                  onClick={() => {
                    onChange({
                      type: "file_upload",
                      files: files.filter((other) => other.id !== file.id),
                    });
                    onSettle();
                  }}
                />
                {status?.refused && (
                  <div className="flex w-full flex-wrap items-center gap-3 pb-1" role="alert">
                    <span className="text-sm text-danger">
                      {t("files.refused")} {problemText(status.refused)}
                    </span>
                    {status.isHere && (
                      <Button size="sm" onClick={() => retry(file.id)}>
                        {t("files.again")}
                      </Button>
                    )}
                  </div>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {refusal !== null && <Banner tone="danger">{refusal}</Banner>}
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        accept={extensions.join(",")}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) choose(chosen);
        }}
      />
      <Button icon={<Upload aria-hidden />} disabled={full} onClick={() => input.current?.click()}>
        {t("files.choose")}
      </Button>
      <p id={hint} className="text-sm text-muted">
        {t("files.rules", { count: filesMax, size: size(bytesMax), kinds: extensions.join(" ") })}
      </p>
    </div>
  );
}

function fileSize(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1_048_576
      ? [bytes / 1_048_576, "megabyte"]
      : bytes >= 1_024
        ? [bytes / 1_024, "kilobyte"]
        : [bytes, "byte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(
    value,
  );
}
