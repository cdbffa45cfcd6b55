import { useId, useState } from "react";
import { useTranslation } from "../i18n";
import { Button, Dialog, NumberField } from "../ui";

const ROWS_MAX = 50;
const COLUMNS_MAX = 12;

/** A table as Markdown writes it, with empty cells. */
export function tableText(rows: number, columns: number, heading: string): string {
  const line = (cell: (place: number) => string) =>
    `| ${Array.from({ length: columns }, (_, place) => cell(place)).join(" | ")} |`;
  return [
    line((place) => `${heading} ${place + 1}`),
    line(() => "---"),
    ...Array.from({ length: rows }, () => line(() => "   ")),
  ].join("\n");
}

/** How large a table is to be. */
export function TableDialog({
  onInsert,
  onClose,
}: {
  onInsert: (table: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("author");
  const form = useId();
  const [rows, setRows] = useState<number | null>(3);
  const [columns, setColumns] = useState<number | null>(3);
  const fits = (value: number | null, most: number): value is number =>
    value !== null && Number.isInteger(value) && value >= 1 && value <= most;
  const ready = fits(rows, ROWS_MAX) && fits(columns, COLUMNS_MAX);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("table.title")}
      description={t("table.lead")}
      width="sm"
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} disabled={!ready}>
            {t("insert")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="mt-4 grid grid-cols-2 gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          event.stopPropagation();
          if (fits(rows, ROWS_MAX) && fits(columns, COLUMNS_MAX))
            onInsert(tableText(rows, columns, t("table.heading")));
        }}
      >
        <NumberField
          label={t("table.columns")}
          hint={t("upTo", { most: COLUMNS_MAX })}
          value={columns}
          onChange={setColumns}
          notANumber={t("notANumber")}
        />
        <NumberField
          label={t("table.rows")}
          hint={t("upTo", { most: ROWS_MAX })}
          value={rows}
          onChange={setRows}
          notANumber={t("notANumber")}
        />
      </form>
    </Dialog>
  );
}
