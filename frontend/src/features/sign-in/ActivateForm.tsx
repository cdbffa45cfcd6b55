import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SignedIn } from "@/shared/api";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { Button, Checkbox, ErrorNote, TextField } from "@/shared/ui";
import { activate } from "./activate";

/** First sign-in, or a forgotten password: with the one-time code that the exam office gave. */
export function ActivateForm({
  onSignedIn,
  onBack,
}: {
  onSignedIn: (signedIn: SignedIn) => void;
  onBack: () => void;
}) {
  const { t } = useTranslation("sign-in");
  const [username, setUsername] = useState("");
  const [code, setCode] = useState("");
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const attempt = useMutation({ mutationFn: activate, onSuccess: onSignedIn });
  const fieldText = useFieldText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (username.trim() !== "" && code.trim() !== "" && password !== "")
      attempt.mutate({ username: username.trim(), code: code.trim(), new_password: password });
  };
  const missing = (value: string, sentence: string) =>
    tried && value.trim() === "" ? sentence : undefined;
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {attempt.error && fieldText(attempt.error, "new_password") === undefined && (
        <ErrorNote error={attempt.error} />
      )}
      <TextField
        label={t("username")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
        error={missing(username, t("missingUsername"))}
      />
      <TextField
        label={t("oneTimeCode")}
        hint={t("oneTimeCodeHint")}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={missing(code, t("missingOneTimeCode"))}
      />
      <div className="flex flex-col gap-2.5">
        <TextField
          label={t("newPassword")}
          hint={t("newPasswordHint")}
          type={shown ? "text" : "password"}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={
            missing(password, t("missingPassword")) ?? fieldText(attempt.error, "new_password")
          }
        />
        <Checkbox label={t("show")} checked={shown} onChange={setShown} />
      </div>
      <Button look="primary" size="lg" type="submit" busy={attempt.isPending}>
        {t("setPassword")}
      </Button>
      <Button look="quiet" onClick={onBack}>
        {t("back")}
      </Button>
    </form>
  );
}
