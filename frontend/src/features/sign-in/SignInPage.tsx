import { useState } from "react";
import type { Admission, SignedIn } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Tabs } from "@/shared/ui";
import { ActivateForm } from "./ActivateForm";
import { CodeForm } from "./CodeForm";
import { PasswordForm } from "./PasswordForm";

/** The front door: by admission code or by password. */
export function SignInPage({
  onSignedIn,
  onAdmitted,
}: {
  onSignedIn: (signedIn: SignedIn) => void;
  onAdmitted: (admission: Admission) => void;
}) {
  const { t } = useTranslation("sign-in");
  const [way, setWay] = useState<"password" | "code">("password");
  const [activating, setActivating] = useState(false);
  return (
    <div className="mx-auto flex w-full max-w-md flex-1 flex-col justify-center gap-6 py-8">
      <div>
        <h1 tabIndex={-1} className="text-3xl font-semibold tracking-tight">
          {t("title")}
        </h1>
        <p className="mt-2 text-muted">{t("tagline")}</p>
      </div>
      <div className="rounded-xl border border-line bg-surface p-5 shadow-card sm:p-7">
        <Tabs
          label={t("how")}
          value={way}
          onChange={setWay}
          tabs={[
            {
              value: "password",
              label: t("withPassword"),
              content: activating ? (
                <ActivateForm onSignedIn={onSignedIn} onBack={() => setActivating(false)} />
              ) : (
                <PasswordForm onSignedIn={onSignedIn} onHaveCode={() => setActivating(true)} />
              ),
            },
            { value: "code", label: t("withCode"), content: <CodeForm onAdmitted={onAdmitted} /> },
          ]}
        />
      </div>
    </div>
  );
}
