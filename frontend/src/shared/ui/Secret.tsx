import { Check, Copy } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "../i18n";
import { announce } from "./Announcer";
import { Button } from "./Button";

/** A code that is shown once, large enough to read out, with a button that copies it. */
export function Secret({ label, value }: { label: string; value: string }) {
  const { t } = useTranslation("staff");
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      announce(t("copied"));
    } catch {
      // No clipboard without a secure origin: the code is selected instead, for the person's own copy command.
      field.current?.select();
    }
  };
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-sunken p-3">
      <input
        ref={field}
        readOnly
        aria-label={label}
        value={value}
        onFocus={(event) => event.target.select()}
        className="min-w-0 flex-1 basis-56 bg-transparent font-mono text-xl font-semibold tracking-wider text-ink"
      />
      <Button
        icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        onClick={() => void copy()}
      >
        {copied ? t("copied") : t("copy")}
      </Button>
    </div>
  );
}
