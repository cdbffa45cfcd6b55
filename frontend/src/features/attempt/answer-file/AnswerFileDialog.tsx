import { ChevronLeft, ChevronRight, FileDown, QrCode as QrIcon } from "lucide-react";
import encodeQR from "qr";
import { useEffect, useState } from "react";
import { useTranslation } from "@/shared/i18n";
import { fileName, saveFile } from "@/shared/lib/saveFile";
import { Banner, Button, Dialog, Loading } from "@/shared/ui";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";

export { partsOf, seal } from "./seal";

/** More codes than this nobody scans one after the other. */
const CODES_MAX = 30;
/** Light around a code, in its own squares: readers need it. */
const QUIET = 4;

/** What waits on this device as a file that is given away by hand: saved, or shown as QR codes. */
export function AnswerFileDialog({
  player,
  state,
  close,
}: {
  player: Player;
  state: PlayerState;
  close: () => void;
}) {
  const { t } = useTranslation("answer-file");
  const [made, setMade] = useState<{ file: Uint8Array; parts: string[] } | "failed" | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  const [saved, setSaved] = useState(false);
  // An effect, because the file is made of what the device keeps, once for each opening.
  useEffect(() => {
    let gone = false;
    player.answerFile
      .make()
      .catch(() => null)
      .then((file) => {
        if (!gone) setMade(file ?? "failed");
      });
    return () => {
      gone = true;
    };
  }, [player]);
  const { attempt, saves, files } = state;
  const save = () => {
    if (made === null || made === "failed") return;
    const name = fileName(`${t("name")} ${attempt.title} ${attempt.candidate_name}`, "answers");
    saveFile(name, new Blob([made.file.slice()], { type: "application/octet-stream" }));
    setSaved(true);
  };
  return (
    <Dialog
      open
      onOpenChange={(wanted) => !wanted && close()}
      title={t("title")}
      description={t("lead", { count: saves.waiting })}
      actions={<Button onClick={close}>{t("close")}</Button>}
    >
      <div className="mt-4 flex flex-col gap-4">
        {made === null && <Loading />}
        {made === "failed" && (
          <Banner tone="danger" title={t("failed")}>
            {t("failedLead")}
          </Banner>
        )}
        {made !== null && made !== "failed" && (
          <>
            <div className="flex flex-wrap gap-3">
              <Button look="primary" icon={<FileDown aria-hidden />} onClick={save}>
                {t("save")}
              </Button>
              {made.parts.length <= CODES_MAX && (
                <Button
                  icon={<QrIcon aria-hidden />}
                  aria-expanded={shown !== null}
                  onClick={() => setShown(shown === null ? 0 : null)}
                >
                  {shown === null ? t("showCodes", { count: made.parts.length }) : t("hideCodes")}
                </Button>
              )}
            </div>
            {saved && (
              <Banner tone="safe" title={t("saved")}>
                {t("savedLead")}
              </Banner>
            )}
            {shown !== null && <Codes parts={made.parts} shown={shown} show={setShown} />}
            <ul className="flex list-disc flex-col gap-1 ps-5 text-sm text-muted">
              <li>{t("sealed")}</li>
              <li>{t("stillSent")}</li>
              <li>{t("late")}</li>
              {files.length > 0 && <li className="text-warn">{t("noFiles")}</li>}
            </ul>
          </>
        )}
      </div>
    </Dialog>
  );
}

function Codes({
  parts,
  shown,
  show,
}: {
  parts: readonly string[];
  shown: number;
  show: (index: number) => void;
}) {
  const { t } = useTranslation("answer-file");
  const label = t("code", { number: shown + 1, count: parts.length });
  return (
    <div className="flex flex-col items-center gap-3">
      <QrCode text={parts[shown] ?? ""} label={label} />
      {parts.length > 1 && (
        <div className="flex items-center gap-3">
          <Button
            size="sm"
            icon={<ChevronLeft aria-hidden />}
            disabled={shown === 0}
            onClick={() => show(shown - 1)}
          >
            {t("previous")}
          </Button>
          <span role="status" className="tabular text-sm">
            {label}
          </span>
          <Button
            size="sm"
            icon={<ChevronRight aria-hidden />}
            disabled={shown === parts.length - 1}
            onClick={() => show(shown + 1)}
          >
            {t("next")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Dark on light whatever the page's colours: many readers take nothing else. */
function QrCode({ text, label }: { text: string; label: string }) {
  const rows = encodeQR(text, "raw", { encoding: "alphanumeric", ecc: "medium", border: QUIET });
  const path = rows
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shapeRendering="crispEdges"
      className="w-full max-w-96 rounded-lg border border-line"
    >
      <rect width="100%" height="100%" fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
