import { useQuery } from "@tanstack/react-query";
import { CircleCheck, CircleDashed, TriangleAlert } from "lucide-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "@/shared/i18n";
import { clock } from "@/shared/time";
import { storageCheck } from "../journal/device";

/** Room that the longest exam's answers take many times over. */
const FREE_BYTES_MIN = 20 * 1_024 * 1_024;
/** A device clock that is off by more is worth a word, though the exam goes by the server's. */
const CLOCK_OFF_MS = 60_000;

/** Whether this device will do, in plain words; nothing here keeps anybody from starting. */
export function DeviceCheck() {
  const { t } = useTranslation("attempt");
  const storage = useQuery({ queryKey: ["device check"], queryFn: storageCheck, retry: false });
  const online = useSyncExternalStore(
    (changed) => {
      window.addEventListener("online", changed);
      window.addEventListener("offline", changed);
      return () => {
        window.removeEventListener("online", changed);
        window.removeEventListener("offline", changed);
      };
    },
    () => navigator.onLine,
  );
  const clockOff = clock.known && Math.abs(clock.now() - Date.now()) > CLOCK_OFF_MS;
  const room = storage.data?.freeBytes ?? null;
  return (
    <section aria-labelledby="device-check">
      <h2 id="device-check" className="mb-3 text-xl font-semibold">
        {t("device.title")}
      </h2>
      <ul className="flex flex-col gap-2.5">
        <Check good={online}>{online ? t("device.online") : t("device.offline")}</Check>
        <Check good={storage.isPending ? null : storage.data?.works === true}>
          {storage.isPending
            ? t("device.storageChecking")
            : storage.data?.works
              ? t("device.storage")
              : t("device.noStorage")}
        </Check>
        {room !== null && room < FREE_BYTES_MIN && (
          <Check good={false}>{t("device.fullDisk")}</Check>
        )}
        <Check good={!clockOff}>{clockOff ? t("device.clockOff") : t("device.clock")}</Check>
      </ul>
    </section>
  );
}

function Check({ good, children }: { good: boolean | null; children: string }) {
  const { t } = useTranslation("attempt");
  const [Icon, look, word] =
    good === null
      ? ([CircleDashed, "text-muted", t("device.checking")] as const)
      : good
        ? ([CircleCheck, "text-safe", t("device.good")] as const)
        : ([TriangleAlert, "text-warn", t("device.attention")] as const);
  return (
    <li className="flex items-start gap-2.5">
      <Icon role="img" aria-label={word} className={`mt-0.5 size-5 shrink-0 ${look}`} />
      <span>{children}</span>
    </li>
  );
}
