import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { ApiError } from "@/shared/api";
import type { Unit, UnitKind } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, Dialog, ErrorNote, RadioGroup, TextField } from "@/shared/ui";
import { createUnit } from "./api/units";
import { kindsBelow } from "./kinds";
import { TermSelect } from "./TermSelect";

/** Makes a unit at the top or below another one. */
export function NewUnitDialog({
  below,
  onDone,
  onClose,
}: {
  below: Unit | null;
  onDone: (unit: Unit) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("units");
  const common = useTranslation("common");
  const refused = useFieldText();
  const queries = useQueryClient();
  const form = useId();
  const kinds = kindsBelow(below?.kind ?? null);
  const [kind, setKind] = useState<UnitKind>(kinds[0] ?? "class");
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const [termId, setTermId] = useState<string | null>(below?.term_id ?? null);
  const [tried, setTried] = useState(false);
  const create = useMutation({
    mutationFn: () =>
      createUnit({
        parent_id: below?.id ?? null,
        kind,
        name: name.trim(),
        code: code.trim() || null,
        term_id: termId,
      }),
    onSuccess: (unit) => {
      void queries.invalidateQueries({ queryKey: ["units"] });
      onDone(unit);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "") create.mutate();
  };
  const unplaced = create.error instanceof ApiError && create.error.fields.length > 0;
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && onClose()}
      title={below === null ? t("add") : t("addBelow", { name: below.name })}
      description={t("placeStays")}
      actions={
        <>
          <Button onClick={onClose}>{common.t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={create.isPending}>
            {t("make")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="mt-4 flex flex-col gap-4">
        {create.error && !unplaced && <ErrorNote error={create.error} />}
        <RadioGroup
          label={t("kind")}
          inline
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          error={refused(create.error, "parent")}
        />
        <TextField
          label={t("name")}
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          error={
            refused(create.error, "name") ??
            (tried && name.trim() === "" ? t("missingName") : undefined)
          }
        />
        <TextField
          label={t("code")}
          optional={t("optional")}
          hint={t("codeHint")}
          value={code}
          maxLength={50}
          onChange={(event) => setCode(event.target.value)}
          error={refused(create.error, "code")}
        />
        <TermSelect value={termId} onChange={setTermId} />
      </form>
    </Dialog>
  );
}
