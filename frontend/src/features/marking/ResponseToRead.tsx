import { useMutation } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { useProblemText } from "@/shared/api";
import type { ResponseToMark } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { fileName, saveFile } from "@/shared/lib/saveFile";
import { useWhyText } from "@/shared/marking/useWhyText";
import { Button, toast } from "@/shared/ui";
import { fileToMark } from "./api/marking";

/** A response to be marked: a text with its length, or files to open. Nothing of it says who wrote it. */
export function ResponseToRead({
  sittingId,
  questionId,
  response: { response, response_ref, why },
}: {
  sittingId: string;
  questionId: string;
  response: ResponseToMark;
}) {
  const { t, i18n } = useTranslation("markers");
  const whyText = useWhyText();
  const problem = useProblemText();
  const open = useMutation({
    mutationFn: async ({ id, name }: { id: string; name: string }) => {
      const file = await fileToMark(sittingId, questionId, response_ref, id);
      const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1] ?? "bin";
      // Its own name might say whose it is.
      saveFile(fileName(`${t("file")} ${response_ref.slice(0, 8)}`, extension), file);
    },
    onError: (error) => toast(problem(error), "danger"),
  });
  if (response === null) return <p className="text-muted italic">{t("erased")}</p>;
  if (response.type === "file_upload")
    return response.files.length === 0 ? (
      <p className="text-muted italic">{t("nothingGiven")}</p>
    ) : (
      <ul className="flex flex-col gap-2">
        {response.files.map((file, place) => (
          <li key={file.id} className="flex items-center justify-between gap-3">
            <span>
              {t("fileNo", { number: place + 1 })}
              <span className="ms-2 text-sm text-muted">
                {new Intl.NumberFormat(i18n.language, {
                  style: "unit",
                  unit: "kilobyte",
                  maximumFractionDigits: 0,
                }).format(file.bytes / 1_000)}
              </span>
            </span>
            <Button
              size="sm"
              icon={<FileDown aria-hidden />}
              busy={open.isPending && open.variables.id === file.id}
              onClick={() => open.mutate({ id: file.id, name: file.name })}
            >
              {t("open")}
            </Button>
          </li>
        ))}
      </ul>
    );
  const text = response.type === "essay" || response.type === "short_text" ? response.text : null;
  if (text === null || text.trim() === "")
    return <p className="text-muted italic">{t("nothingGiven")}</p>;
  return (
    <>
      <p className="max-w-prose text-lg leading-relaxed whitespace-pre-wrap">{text}</p>
      {why.code === "by_marker" && why.words !== null && (
        <p className="mt-4 text-sm text-muted">{whyText(why)}</p>
      )}
    </>
  );
}
