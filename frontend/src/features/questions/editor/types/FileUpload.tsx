import { NumberWithUsual } from "@/shared/authoring/NumberWithUsual";
import { TagField } from "@/shared/authoring/TagField";
import { useTranslation } from "@/shared/i18n";
import { FILE_BYTES_DEFAULT } from "../../model/blank";
import { Spot } from "../findings";
import { ListFinding } from "../parts";
import { MarkingNotes } from "./Essay";
import type { TypeProps } from "./props";

const MEGABYTE = 1024 * 1024;
const KNOWN_ENDINGS = [".pdf", ".docx", ".xlsx", ".png", ".jpg", ".zip", ".txt", ".py", ".java"];

/** `PDF`, `pdf` and `*.pdf` all mean `.pdf`. */
const ending = (text: string) =>
  `.${text
    .trim()
    .toLowerCase()
    .replace(/^\*?\.*/, "")}`;

export function FileUploadBody({ body, scheme, onChange }: TypeProps<"file_upload">) {
  const { t } = useTranslation("questions");
  const become = (change: Partial<typeof body>) =>
    onChange({ body: { ...body, ...change }, scheme });
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Spot path="question.body.files_max">
          {(error) => (
            <NumberWithUsual
              label={t("file.most")}
              error={error}
              notANumber={t("notANumber")}
              value={body.files_max ?? 1}
              usual={1}
              onChange={(most) => become({ files_max: Math.trunc(most) })}
            />
          )}
        </Spot>
        <Spot path="question.body.bytes_max">
          {(error) => (
            <NumberWithUsual
              label={t("file.size")}
              unit="MB"
              error={error}
              notANumber={t("notANumber")}
              value={(body.bytes_max ?? FILE_BYTES_DEFAULT) / MEGABYTE}
              usual={FILE_BYTES_DEFAULT / MEGABYTE}
              onChange={(size) => become({ bytes_max: Math.round(size * MEGABYTE) })}
            />
          )}
        </Spot>
      </div>
      <div>
        <TagField
          label={t("file.kinds")}
          hint={t("file.kindsHint")}
          tags={body.extensions ?? []}
          known={KNOWN_ENDINGS}
          onChange={(kinds) => become({ extensions: [...new Set(kinds.map(ending))] })}
        />
        {(body.extensions ?? []).map((kind, place) => (
          <ListFinding key={kind} path={`question.body.extensions[${place}]`} />
        ))}
        <ListFinding path="question.body.extensions" />
      </div>
    </>
  );
}

export function FileUploadKeyEditor({ body, scheme, onChange }: TypeProps<"file_upload">) {
  return (
    <MarkingNotes
      value={scheme.marking_notes}
      onChange={(text) => onChange({ body, scheme: { ...scheme, marking_notes: text } })}
    />
  );
}
