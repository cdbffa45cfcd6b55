import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Admission } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Button, ErrorNote, TextField } from "@/shared/ui";
import { checkIn } from "./checkIn";

export function CodeForm({ onAdmitted }: { onAdmitted: (admission: Admission) => void }) {
  const { t } = useTranslation("sign-in");
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const attempt = useMutation({ mutationFn: checkIn, onSuccess: onAdmitted });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (code.trim() !== "") attempt.mutate(code);
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-5">
      {attempt.error && <ErrorNote error={attempt.error} />}
      <TextField
        label={t("code")}
        hint={t("codeHint")}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={tried && code.trim() === "" ? t("missingCode") : undefined}
      />
      <Button look="primary" size="lg" type="submit" busy={attempt.isPending}>
        {t("enter")}
      </Button>
    </form>
  );
}
