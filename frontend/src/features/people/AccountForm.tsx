import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/shared/api";
import type { AccountDetails } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, ErrorNote, TextField, toast } from "@/shared/ui";
import { UnitSelect } from "@/shared/units";
import { accountQuery } from "./api/getAccount";
import { updateAccount } from "./api/updateAccount";

/** What is known of a person, to be corrected. */
export function AccountForm({ account }: { account: AccountDetails }) {
  const { t } = useTranslation("people");
  const common = useTranslation("common");
  const queries = useQueryClient();
  const [name, setName] = useState(account.display_name);
  const [number, setNumber] = useState(account.number ?? "");
  const [email, setEmail] = useState(account.email ?? "");
  const [home, setHome] = useState(account.home_unit_id);
  const change = {
    ...(name.trim() !== account.display_name && { display_name: name.trim() }),
    ...((number.trim() || null) !== account.number && { number: number.trim() || null }),
    ...((email.trim() || null) !== account.email && { email: email.trim() || null }),
    ...(home !== account.home_unit_id && { home_unit_id: home }),
  };
  const changed = Object.keys(change).length > 0;
  const save = useMutation({
    mutationFn: () => updateAccount(account.id, change),
    onSuccess: (saved) => {
      queries.setQueryData(accountQuery(account.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ["accounts", "list"] });
      toast(t("saved"));
    },
  });
  const fieldText = useFieldText();
  const refused = save.error instanceof ApiError ? save.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changed && name.trim() !== "") save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {save.error && (refused === null || refused.fields.length === 0) && (
        <ErrorNote error={save.error} />
      )}
      <TextField
        label={t("name")}
        value={name}
        onChange={(event) => setName(event.target.value)}
        error={
          fieldText(save.error, "display_name") ??
          (name.trim() === "" ? t("missingName") : undefined)
        }
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("number")}
          optional={t("optional")}
          value={number}
          onChange={(event) => setNumber(event.target.value)}
          error={fieldText(save.error, "number")}
        />
        <TextField
          label={t("email")}
          optional={t("optional")}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
          error={fieldText(save.error, "email")}
        />
      </div>
      <UnitSelect
        label={t("home")}
        hint={t("homeHint")}
        value={home}
        onChange={setHome}
        error={fieldText(save.error, "home_unit_id")}
      />
      <div className="flex justify-end">
        <Button look="primary" type="submit" disabled={!changed} busy={save.isPending}>
          {common.t("save")}
        </Button>
      </div>
    </form>
  );
}
