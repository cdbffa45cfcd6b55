import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Sitting } from "@/shared/api/types-officer";
import { useFieldText } from "@/shared/api/useFieldText";
import { useTranslation } from "@/shared/i18n";
import { NumberField, Select, toast } from "@/shared/ui";
import { ReasonDialog } from "@/shared/ui/dense";
import { reportIncident } from "./api/incidents";

/** Something happened in a room: everybody there who is working gets the time back, and reads why. */
export function IncidentDialog({
  sitting,
  rooms,
  room: chosen,
  onDone,
  onClose,
}: {
  sitting: Sitting;
  rooms: readonly string[];
  /** The room that is looked at; null for all. */
  room: string | null;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation("live");
  const staff = useTranslation("staff");
  const refused = useFieldText();
  const [room, setRoom] = useState(chosen ?? "");
  const [minutes, setMinutes] = useState<number | null>(5);
  const report = useMutation({
    mutationFn: (reason: string) =>
      reportIncident(sitting.id, room === "" ? null : room, minutes ?? 0, reason),
    onSuccess: ({ attempts }) => {
      toast(t("incident.done", { count: attempts }));
      onDone();
    },
  });
  return (
    <ReasonDialog
      title={t("incident.title")}
      description={t("incident.lead")}
      confirm={t("incident.confirm", { minutes: minutes ?? 0 })}
      busy={report.isPending}
      error={report.error}
      ready={minutes !== null && minutes > 0}
      onConfirm={(reason) => report.mutate(reason)}
      onClose={onClose}
    >
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={t("incident.where")}
          value={room}
          options={rooms.map((name) => ({ value: name, label: name }))}
          placeholder={t("rooms.all")}
          onChange={setRoom}
          className="min-w-48 flex-1"
        />
        <NumberField
          label={t("incident.minutes")}
          unit={t("time.min")}
          notANumber={staff.t("notANumber")}
          value={minutes}
          onChange={setMinutes}
          error={refused(report.error, "minutes")}
          className="w-32"
        />
      </div>
    </ReasonDialog>
  );
}
