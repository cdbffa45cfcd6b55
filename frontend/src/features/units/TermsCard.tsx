import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { ApiError } from "@/shared/api";
import type { Term } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, Card, Dialog, ErrorNote, IconButton, Loading, TextField } from "@/shared/ui";
import { putTerm, termsQuery } from "./api/units";

/** The terms in which courses and classes run. */
export function TermsCard() {
  const { t, i18n } = useTranslation("units");
  const terms = useQuery(termsQuery());
  const [editing, setEditing] = useState<{ term: Term | null } | null>(null);
  // Days of the calendar have no time zone: they are read and shown as in UTC.
  const day = (text: string) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeZone: "UTC" }).format(
      Date.parse(`${text}T00:00:00Z`),
    );
  return (
    <Card
      title={t("terms.title")}
      actions={
        <Button size="sm" icon={<Plus aria-hidden />} onClick={() => setEditing({ term: null })}>
          {t("terms.add")}
        </Button>
      }
    >
      {terms.error && <ErrorNote error={terms.error} onRetry={() => void terms.refetch()} />}
      {terms.isPending && <Loading />}
      {terms.data?.length === 0 && <p className="text-muted">{t("terms.none")}</p>}
      {terms.data && terms.data.length > 0 && (
        <ul className="flex flex-col divide-y divide-line">
          {terms.data.map((term) => (
            <li key={term.id} className="flex items-center justify-between gap-3 py-1.5">
              <span className="min-w-0">
                <span className="block font-medium">{term.name}</span>
                <span className="block text-sm text-muted">
                  {t("terms.span", { from: day(term.starts_on), to: day(term.ends_on) })}
                </span>
              </span>
              <IconButton
                size="sm"
                icon={<Pencil aria-hidden />}
                label={t("terms.edit", { name: term.name })}
                onClick={() => setEditing({ term })}
              />
            </li>
          ))}
        </ul>
      )}
      {editing && <TermDialog term={editing.term} onClose={() => setEditing(null)} />}
    </Card>
  );
}

function TermDialog({ term, onClose }: { term: Term | null; onClose: () => void }) {
  const { t } = useTranslation("units");
  const common = useTranslation("common");
  const refused = useFieldText();
  const queries = useQueryClient();
  const form = useId();
  const [name, setName] = useState(term?.name ?? "");
  const [startsOn, setStartsOn] = useState(term?.starts_on ?? "");
  const [endsOn, setEndsOn] = useState(term?.ends_on ?? "");
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: () =>
      putTerm(term?.id ?? null, { name: name.trim(), starts_on: startsOn, ends_on: endsOn }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ["terms"] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "" && startsOn !== "" && endsOn !== "") save.mutate();
  };
  const known = save.error instanceof ApiError && save.error.fields.length > 0;
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && onClose()}
      title={term === null ? t("terms.add") : t("terms.edit", { name: term.name })}
      actions={
        <>
          <Button onClick={onClose}>{common.t("cancel")}</Button>
          <Button look="primary" type="submit" form={form} busy={save.isPending}>
            {common.t("save")}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} noValidate className="mt-3 flex flex-col gap-4">
        {save.error && !known && <ErrorNote error={save.error} />}
        <TextField
          label={t("name")}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          error={
            refused(save.error, "name") ??
            (tried && name.trim() === "" ? t("missingName") : undefined)
          }
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t("terms.starts")}
            type="date"
            value={startsOn}
            onChange={(event) => setStartsOn(event.target.value)}
            error={
              refused(save.error, "starts_on") ??
              (tried && startsOn === "" ? t("terms.missingDay") : undefined)
            }
          />
          <TextField
            label={t("terms.ends")}
            type="date"
            value={endsOn}
            onChange={(event) => setEndsOn(event.target.value)}
            error={
              refused(save.error, "ends_on") ??
              (tried && endsOn === "" ? t("terms.missingDay") : undefined)
            }
          />
        </div>
      </form>
    </Dialog>
  );
}
