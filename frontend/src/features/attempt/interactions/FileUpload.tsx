import { useMutation } from "@tanstack/react-query";
import { FileText, Trash2, Upload } from "lucide-react";
import { useId, useRef } from "react";
import { type UploadedFile, useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Banner, Button, IconButton } from "@/shared/ui";
import type { InteractionProps } from "./types";

export function FileUpload({
  interaction,
  response,
  onChange,
  onSettle,
  askedBy,
  upload,
}: InteractionProps<"file_upload"> & { upload: (file: File) => Promise<UploadedFile> }) {
  const { t, i18n } = useTranslation("attempt");
  const problemText = useProblemText();
  const input = useRef<HTMLInputElement>(null);
  const hint = useId();
  const { files_max: filesMax, bytes_max: bytesMax, extensions } = interaction;
  const { files } = response;
  const size = (bytes: number) => fileSize(bytes, i18n.language);

  const sending = useMutation({
    mutationFn: async (chosen: File) => {
      if (chosen.size > bytesMax)
        throw new RefusedFile(t("files.tooLarge", { name: chosen.name, size: size(bytesMax) }));
      if (
        extensions.length > 0 &&
        !extensions.some((ending) => chosen.name.toLowerCase().endsWith(ending.toLowerCase()))
      )
        throw new RefusedFile(
          t("files.wrongKind", { name: chosen.name, kinds: extensions.join(" ") }),
        );
      return upload(chosen);
    },
    onSuccess: (file) => {
      onChange({ type: "file_upload", files: [...files, file] });
      onSettle();
    },
  });
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
      {sending.error && (
        <Banner tone="danger">
          {sending.error instanceof RefusedFile
            ? sending.error.message
            : problemText(sending.error)}
        </Banner>
      )}
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
          if (chosen) sending.mutate(chosen);
        }}
      />
      <Button
        icon={<Upload aria-hidden />}
        busy={sending.isPending}
        disabled={full}
        onClick={() => input.current?.click()}
      >
        {sending.isPending ? t("files.sending") : t("files.choose")}
      </Button>
      <p id={hint} className="text-sm text-muted">
        {t("files.rules", { count: filesMax, size: size(bytesMax), kinds: extensions.join(" ") })}
      </p>
    </div>
  );
}

/** A file that isn't sent at all; the message is in the person's language. */
class RefusedFile extends Error {}

function fileSize(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1_048_576 ? [bytes / 1_048_576, "megabyte"] : [bytes / 1_024, "kilobyte"];
  return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(
    value,
  );
}
