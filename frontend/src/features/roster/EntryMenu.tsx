import {
  CalendarX,
  Clock,
  KeySquare,
  MoreHorizontal,
  UserRoundCheck,
  UserRoundX,
} from "lucide-react";
import type { RosterEntry } from "@/shared/api/types-officer";
import { useTranslation } from "@/shared/i18n";
import { IconButton, Menu, MenuItem, MenuSeparator } from "@/shared/ui";

export type EntryAct = "accommodation" | "code" | "expected" | "deferred" | "withdrawn";

/** What can be done about one candidate's place. */
export function EntryMenu({
  entry,
  onAct,
}: {
  entry: RosterEntry;
  onAct: (act: EntryAct) => void;
}) {
  const { t } = useTranslation("roster");
  const label = t("actsFor", { name: entry.candidate_name });
  const started =
    entry.state !== "scheduled" && entry.state !== "ready" && entry.state !== "absent";
  return (
    <Menu
      label={label}
      trigger={<IconButton size="sm" label={label} icon={<MoreHorizontal aria-hidden />} />}
    >
      <MenuItem icon={<Clock aria-hidden />} onSelect={() => onAct("accommodation")}>
        {t("accommodation.open")}
      </MenuItem>
      <MenuItem
        icon={<KeySquare aria-hidden />}
        disabled={entry.roster_status !== "expected"}
        onSelect={() => onAct("code")}
      >
        {t("newCode.open")}
      </MenuItem>
      <MenuSeparator />
      {entry.roster_status === "expected" ? (
        <>
          <MenuItem
            icon={<CalendarX aria-hidden />}
            disabled={started}
            onSelect={() => onAct("deferred")}
          >
            {t("statuses.deferred.act")}
          </MenuItem>
          <MenuItem
            danger
            icon={<UserRoundX aria-hidden />}
            disabled={started}
            onSelect={() => onAct("withdrawn")}
          >
            {t("statuses.withdrawn.act")}
          </MenuItem>
        </>
      ) : (
        <MenuItem icon={<UserRoundCheck aria-hidden />} onSelect={() => onAct("expected")}>
          {t("statuses.expected.act")}
        </MenuItem>
      )}
    </Menu>
  );
}
