import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import type { Bank } from "@/shared/api";
import { useFieldText } from "@/shared/api/useFieldText";
import { bankQuery } from "@/shared/authoring/requests/readBank";
import { useTranslation } from "@/shared/i18n";
import { Button, Dialog, ErrorNote, TextArea, TextField, toast } from "@/shared/ui";
import { UnitSelect, unitsQuery } from "@/shared/units";
import { createBank } from "./api/createBank";
import { updateBank } from "./api/updateBank";

const TITLE_CHARS_MAX = 200;
const DESCRIPTION_CHARS_MAX = 2_000;
const INSTITUTION = "/";

/** Makes a bank, or changes what one is called and where it belongs. */
export function BankDialog({
  bank,
  onDone,
  onClose,
}: {
  /** The bank to change; null makes one. */
  bank: Bank | null;
  onDone: (bank: Bank) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("banks");
  const form = useId();
  const queries = useQueryClient();
  const units = useQuery(unitsQuery());
  const [title, setTitle] = useState(bank?.title ?? "");
  const [description, setDescription] = useState(bank?.description ?? "");
  const [unitId, setUnitId] = useState<string | null | undefined>(undefined);
  const [asked, setAsked] = useState(false);
  // Where the bank lies now; a new one goes to the person's first unit, because most people have one.
  const known = units.data ?? [];
  const now = bank
    ? (known.find((unit) => unit.path === bank.unit_path)?.id ?? null)
    : (known[0]?.id ?? null);
  const unit = unitId === undefined ? now : unitId;
  const save = useMutation({
    mutationFn: () => {
      const path =
        unit === null ? INSTITUTION : (known.find(({ id }) => id === unit)?.path ?? INSTITUTION);
      const wanted = {
        title: title.trim(),
        description: description.trim(),
        // A unit that the person can't see stays as it is.
        unit_path: bank !== null && unitId === undefined ? bank.unit_path : path,
      };
      return bank === null
        ? createBank(wanted)
        : updateBank(bank.id, { ...wanted, version: bank.version });
    },
    onSuccess: (saved) => {
      queries.setQueryData(bankQuery(saved.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["banks", "list"] });
      toast(bank === null ? t("created") : t("changed"));
      onDone(saved);
    },
  });
  const refused = useFieldText()(save.error, "title");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (title.trim() !== "") save.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={bank === null ? t("new") : t("edit")}
      {...(bank === null && { description: t("newLead") })}
      actions={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={save.isPending}>
            {bank === null ? t("create") : t("save")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="mt-4 flex flex-col gap-4">
        <TextField
          label={t("title")}
          placeholder={t("titlePlaceholder")}
          value={title}
          maxLength={TITLE_CHARS_MAX}
          onChange={(event) => setTitle(event.target.value)}
          error={refused ?? (asked && title.trim() === "" ? t("titleNeeded") : null)}
        />
        <TextArea
          label={t("description")}
          optional={t("optional")}
          rows={3}
          value={description}
          maxLength={DESCRIPTION_CHARS_MAX}
          onChange={(event) => setDescription(event.target.value)}
        />
        <UnitSelect label={t("unit")} hint={t("unitHint")} value={unit} onChange={setUnitId} />
        {save.error && refused === undefined && <ErrorNote error={save.error} />}
      </form>
    </Dialog>
  );
}
