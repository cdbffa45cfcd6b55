import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ApiError } from "@/shared/api";
import type { CreatedAccount, RoleInUnit } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, Card, Crumbs, ErrorNote, PageHeader, TextField } from "@/shared/ui";
import { UnitSelect } from "@/shared/units";
import { ActivationDialog } from "./ActivationDialog";
import { createAccount } from "./api/createAccount";
import { RoleAdder } from "./RoleAdder";
import { RoleList } from "./RoleList";

/** Makes an account, and hands over the code with which its person chooses a password. */
export function NewAccountPage({ onMade }: { onMade: (accountId: string) => void }) {
  const { t } = useTranslation("people");
  const staff = useTranslation("staff");
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [number, setNumber] = useState("");
  const [email, setEmail] = useState("");
  const [home, setHome] = useState<string | null>(null);
  const [roles, setRoles] = useState<RoleInUnit[]>([]);
  /** Whether a role is chosen and not given yet: an account without it isn't what was meant. */
  const [halfway, setHalfway] = useState(false);
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<CreatedAccount | null>(null);
  const create = useMutation({
    mutationFn: () =>
      createAccount({
        username: username.trim(),
        display_name: name.trim(),
        number: number.trim() || null,
        email: email.trim() || null,
        home_unit_id: home,
        roles,
      }),
    onSuccess: (created) => {
      void queries.invalidateQueries({ queryKey: ["accounts"] });
      setMade(created);
    },
  });
  const fieldText = useFieldText();
  const refused = create.error instanceof ApiError ? create.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (name.trim() !== "" && username.trim() !== "" && !halfway) create.mutate();
  };
  return (
    <>
      <PageHeader
        title={t("new")}
        lead={t("newLead")}
        crumbs={
          <Crumbs label={staff.t("way")}>
            <Link to="/admin/users">{t("title")}</Link>
          </Crumbs>
        }
      />
      <form onSubmit={submit} noValidate className="flex max-w-3xl flex-col gap-6">
        {create.error && (refused === null || refused.fields.length === 0) && (
          <ErrorNote error={create.error} />
        )}
        <Card title={t("person")}>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label={t("name")}
              value={name}
              onChange={(event) => setName(event.target.value)}
              autoComplete="off"
              error={
                fieldText(create.error, "display_name") ??
                (tried && name.trim() === "" ? t("missingName") : undefined)
              }
            />
            <TextField
              label={t("username")}
              hint={t("usernameHint")}
              value={username}
              onChange={(event) => setUsername(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              error={
                fieldText(create.error, "username") ??
                (tried && username.trim() === "" ? t("missingUsername") : undefined)
              }
            />
            <TextField
              label={t("number")}
              optional={t("optional")}
              value={number}
              onChange={(event) => setNumber(event.target.value)}
              autoComplete="off"
              error={fieldText(create.error, "number")}
            />
            <TextField
              label={t("email")}
              optional={t("optional")}
              type="email"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
              autoComplete="off"
              error={fieldText(create.error, "email")}
            />
            <UnitSelect
              label={t("home")}
              hint={t("homeHint")}
              value={home}
              onChange={setHome}
              error={fieldText(create.error, "home_unit_id")}
              className="sm:col-span-2"
            />
          </div>
        </Card>
        <Card title={t("roles")}>
          <RoleList
            roles={roles}
            onRemove={(gone) => setRoles(roles.filter((role) => role !== gone))}
            empty={t("noRolesYet")}
          />
          <div className="mt-4">
            <RoleAdder
              given={roles}
              onChoose={(role) => setHalfway(role !== "")}
              onAdd={(role) => setRoles([...roles, role])}
              error={
                fieldText(create.error, "roles") ??
                (tried && halfway ? t("roleHalfway") : undefined)
              }
            />
          </div>
        </Card>
        <div className="flex justify-end">
          <Button look="primary" type="submit" busy={create.isPending}>
            {t("create")}
          </Button>
        </div>
      </form>
      {made && (
        <ActivationDialog
          name={made.account.display_name}
          username={made.account.username}
          activation={made.activation}
          onClose={() => onMade(made.account.id)}
        />
      )}
    </>
  );
}
