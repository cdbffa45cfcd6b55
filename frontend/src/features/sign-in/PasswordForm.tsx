import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SignedIn } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Button, Checkbox, ErrorNote, TextField } from "@/shared/ui";
import { signIn } from "./signIn";

export function PasswordForm({
  onSignedIn,
  onHaveCode,
}: {
  onSignedIn: (signedIn: SignedIn) => void;
  /** To setting a password with a one-time code; left out where there is no room for that. */
  onHaveCode?: () => void;
}) {
  const { t } = useTranslation("sign-in");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const attempt = useMutation({ mutationFn: signIn, onSuccess: onSignedIn });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (username.trim() !== "" && password !== "")
      attempt.mutate({ username: username.trim(), password });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {attempt.error && <ErrorNote error={attempt.error} />}
      <TextField
        label={t("username")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
        error={tried && username.trim() === "" ? t("missingUsername") : undefined}
      />
      <div className="flex flex-col gap-2.5">
        <TextField
          label={t("password")}
          type={shown ? "text" : "password"}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={tried && password === "" ? t("missingPassword") : undefined}
        />
        <Checkbox label={t("show")} checked={shown} onChange={setShown} />
      </div>
      <Button look="primary" size="lg" type="submit" busy={attempt.isPending}>
        {t("submit")}
      </Button>
      <p className="text-sm text-muted">
        {t("forgotten")}
        {onHaveCode && (
          <>
            {" "}
            <button
              type="button"
              onClick={onHaveCode}
              className="font-medium text-accent underline underline-offset-2"
            >
              {t("haveCode")}
            </button>
          </>
        )}
      </p>
    </form>
  );
}
