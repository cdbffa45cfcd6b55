import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "../i18n";
import { Banner, Button, FileDrop, Select } from "../ui";
import { guessColumns, type PeopleField } from "./columns";
import {
  type PeopleFile,
  readPeopleFile,
  type UnreadableFile,
  withColumns,
} from "./readPeopleFile";

/** What was chosen: the file, and its text with the columns named as the server knows them. */
export interface ChosenFile {
  readonly file: PeopleFile;
  readonly csv: string;
}

/** Takes in a file of people and shows what its columns are taken for, to be put right before anything is sent. */
export function PeopleFileForm({
  fields,
  busy,
  check,
  onCheck,
  onForget,
}: {
  /** What columns may be; the first two are needed. */
  fields: readonly PeopleField[];
  busy: boolean;
  /** What the button says that has the file checked. */
  check: string;
  onCheck: (chosen: ChosenFile) => void;
  /** The file was taken away or changed: what was said about it holds no more. */
  onForget: () => void;
}) {
  const { t, i18n } = useTranslation("people-file");
  const listed = (names: readonly string[]) => new Intl.ListFormat(i18n.language).format(names);
  const [file, setFile] = useState<PeopleFile | null>(null);
  const [unreadable, setUnreadable] = useState<UnreadableFile | null>(null);
  const [columns, setColumns] = useState<(PeopleField | null)[]>([]);
  const take = async (next: File) => {
    onForget();
    const read = await readPeopleFile(next);
    if (typeof read === "string") {
      setUnreadable(read);
      setFile(null);
      return;
    }
    setUnreadable(null);
    setFile(read);
    setColumns(guessColumns(read.titles, fields));
  };
  const choose = (place: number, field: PeopleField | null) => {
    onForget();
    setColumns(
      columns.map((old, at) =>
        at === place ? field : old === field && field !== null ? null : old,
      ),
    );
  };
  const titleOf = (title: string, place: number) =>
    title === "" ? t("untitled", { place: place + 1 }) : title;
  /** Columns that hold something nobody will get. */
  const unused =
    file?.titles.flatMap((title, place) =>
      columns[place] === null &&
      (title !== "" || file.samples.some((record) => (record[place] ?? "") !== ""))
        ? [titleOf(title, place)]
        : [],
    ) ?? [];
  const missing = fields.slice(0, 2).filter((field) => !columns.includes(field));
  if (file === null)
    return (
      <div className="flex flex-col gap-4">
        <FileDrop
          label={t("drop")}
          hint={t("dropHint", { columns: listed(fields.map((field) => t(`fields.${field}`))) })}
          accept=".csv,.tsv,.txt,text/csv"
          onFile={(next) => void take(next)}
        />
        {unreadable && <Banner tone="danger">{t(`unreadable.${unreadable}`)}</Banner>}
      </div>
    );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex min-w-0 items-center gap-2">
          <FileSpreadsheet aria-hidden className="size-5 shrink-0 text-accent" />
          <span className="truncate font-medium">{file.name}</span>
          <span className="text-sm whitespace-nowrap text-muted">
            {t("lines", { count: file.lines })} · {file.encoding}
          </span>
        </p>
        <Button
          size="sm"
          onClick={() => {
            onForget();
            setFile(null);
          }}
        >
          {t("another")}
        </Button>
      </div>
      <fieldset>
        <legend className="mb-2 font-medium">{t("columns")}</legend>
        <div className="overflow-x-auto rounded-lg border border-line">
          <table className="w-full text-[0.9375rem]">
            <caption className="sr-only">{t("columns")}</caption>
            <thead className="bg-sunken text-sm">
              <tr>
                <th scope="col" className="px-3 py-2 text-start font-semibold">
                  {t("inFile")}
                </th>
                <th scope="col" className="px-3 py-2 text-start font-semibold max-sm:hidden">
                  {t("example")}
                </th>
                <th scope="col" className="px-3 py-2 text-start font-semibold">
                  {t("takenFor")}
                </th>
              </tr>
            </thead>
            <tbody>
              {file.titles.map((title, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <tr key={place} className="border-t border-line">
                  <th scope="row" className="px-3 py-2 text-start font-medium">
                    {titleOf(title, place)}
                  </th>
                  <td className="max-w-56 truncate px-3 py-2 text-muted max-sm:hidden">
                    {file.samples
                      .map((record) => record[place] ?? "")
                      .filter(Boolean)
                      .join(" · ")}
                  </td>
                  <td className="px-3 py-1.5">
                    <Select
                      label={t("takenForOf", { title })}
                      labelHidden
                      value={columns[place] ?? ""}
                      placeholder={t("notUsed")}
                      options={fields.map((field) => ({
                        value: field,
                        label: t(`fields.${field}`),
                      }))}
                      onChange={(field) => choose(place, field === "" ? null : field)}
                      className="min-w-36"
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </fieldset>
      {missing.length > 0 && (
        <Banner tone="warn">
          {t("missing", { columns: listed(missing.map((field) => t(`fields.${field}`))) })}
        </Banner>
      )}
      {unused.length > 0 && (
        <Banner tone="warn" title={t("unused", { count: unused.length })}>
          {t("unusedLead", { columns: listed(unused) })}
        </Banner>
      )}
      <div>
        <Button
          look="primary"
          disabled={missing.length > 0}
          busy={busy}
          onClick={() => onCheck({ file, csv: withColumns(file, columns) })}
        >
          {check}
        </Button>
      </div>
    </div>
  );
}
