import { FileText, Trash2, Upload } from "lucide-react";
import { useId, useRef, useState } from "react";
import { type ApiError, useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Banner, Button, IconButton } from "@/shared/ui";
import type { InteractionProps } from "./types";

/** How files get to the server; it goes on while the candidate is at another question. */
export interface Files {
  /** The names of those on their way. */
  sending: readonly string[];
  /** Why the last one didn't get there. */
  failed: ApiError | null;
  /** Sends a file, and adds it to the answer when it is there. */
  send: (file: File) => void;
}

export function FileUpload({
  interaction,
  response,
  onChange,
  onSettle,
  askedBy,
  files: { sending, failed, send },
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
    if (why === null) send(file);
  };
  const error = refusal ?? (failed && sending.length === 0 ? problemText(failed) : null);
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
          {files.map((file) => (
            <li
              key={file.id}
              className="flex items-center gap-3 rounded-lg border border-line bg-surface py-2 ps-4 pe-2"
            >
              <FileText aria-hidden className="size-5 shrink-0 text-muted" />
              <span className="min-w-0 flex-1 truncate">{file.name}</span>
              <span className="tabular text-sm text-muted">{size(file.bytes)}</span>
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
            </li>
          ))}
        </ul>
      )}
      {error !== null && <Banner tone="danger">{error}</Banner>}
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
      <Button
        icon={<Upload aria-hidden />}
        busy={sending.length > 0}
        disabled={full}
        onClick={() => input.current?.click()}
      >
        {sending.length > 0 ? t("files.sending") : t("files.choose")}
      </Button>
      <p id={hint} className="text-sm text-muted">
        {t("files.rules", { count: filesMax, size: size(bytesMax), kinds: extensions.join(" ") })}
      </p>
    </div>
  );
}

function fileSize(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1_048_576 ? [bytes / 1_048_576, "megabyte"] : [bytes / 1_024, "kilobyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(
    value,
  );
}
