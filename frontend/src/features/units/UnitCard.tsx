import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Archive, ArchiveRestore, FolderPlus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/shared/api";
import type { Unit, UnitChange } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Badge, Button, Card, ErrorNote, TextField, toast } from "@/shared/ui";
import { ConfirmDialog } from "@/shared/ui/dense";
import { unitPathName } from "@/shared/units";
import { updateUnit } from "./api/units";
import { kindsBelow } from "./kinds";
import { MembersCard } from "./MembersCard";
import { TermSelect } from "./TermSelect";

/** One unit: its name, code and term, its members, and what can be made below it. */
export function UnitCard({
  unit,
  units,
  onAddBelow,
}: {
  unit: Unit;
  units: readonly Unit[];
  onAddBelow: () => void;
}) {
  const { t } = useTranslation("units");
  const common = useTranslation("common");
  const refused = useFieldText();
  const queries = useQueryClient();
  const [name, setName] = useState(unit.name);
  const [code, setCode] = useState(unit.code ?? "");
  const [termId, setTermId] = useState(unit.term_id);
  const [asking, setAsking] = useState(false);
  const change: UnitChange = {
    ...(name.trim() !== unit.name && { name: name.trim() }),
    ...((code.trim() || null) !== unit.code && { code: code.trim() || null }),
    ...(termId !== unit.term_id && { term_id: termId }),
  };
  const changed = Object.keys(change).length > 0;
  const save = useMutation({
    mutationFn: (next: UnitChange) => updateUnit(unit.id, next),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["units"] });
      setAsking(false);
      toast(t("saved"));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && name.trim() !== "") save.mutate(change);
  };
  const known = save.error instanceof ApiError && save.error.fields.length > 0;
  return (
    <div className="flex flex-col gap-6">
      <Card
        title={
          <span className="flex flex-wrap items-center gap-2">
            {unitPathName(units, unit.id)}
            <Badge>{t(`kinds.${unit.kind}`)}</Badge>
            {unit.archived && <Badge tone="warn">{t("isArchived")}</Badge>}
          </span>
        }
        actions={
          <>
            {!unit.archived && kindsBelow(unit.kind).length > 0 && (
              <Button size="sm" icon={<FolderPlus aria-hidden />} onClick={onAddBelow}>
                {t("addBelowShort")}
              </Button>
            )}
            {unit.archived ? (
              <Button
                size="sm"
                icon={<ArchiveRestore aria-hidden />}
                busy={save.isPending}
                onClick={() => save.mutate({ archived: false })}
              >
                {t("restore")}
              </Button>
            ) : (
              <Button size="sm" icon={<Archive aria-hidden />} onClick={() => setAsking(true)}>
                {t("archive")}
              </Button>
            )}
          </>
        }
      >
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          {save.error && !known && !asking && <ErrorNote error={save.error} />}
          <TextField
            label={t("name")}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
            error={
              refused(save.error, "name") ?? (name.trim() === "" ? t("missingName") : undefined)
            }
          />
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label={t("code")}
              optional={t("optional")}
              value={code}
              maxLength={50}
              onChange={(event) => setCode(event.target.value)}
              error={refused(save.error, "code")}
            />
            <TermSelect value={termId} onChange={setTermId} />
          </div>
          <div className="flex justify-end">
            <Button look="primary" type="submit" disabled={!changed} busy={save.isPending}>
              {common.t("save")}
            </Button>
          </div>
        </form>
      </Card>
      <MembersCard unit={unit} />
      {asking && (
        <ConfirmDialog
          title={t("archiveTitle", { name: unit.name })}
          description={t("archiveLead")}
          confirm={t("archive")}
          busy={save.isPending}
          error={save.error}
          onConfirm={() => save.mutate({ archived: true })}
          onClose={() => {
            save.reset();
            setAsking(false);
          }}
        />
      )}
    </div>
  );
}
